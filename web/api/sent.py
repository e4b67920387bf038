"""The body of a write, read without trusting it: a JSON object of known fields, and the version meant."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from flask import abort, jsonify, make_response, request

from graphsvc.domain.errors import InvalidValue

Draft = TypeVar("Draft")


def object_sent(known: set[str]) -> dict[str, Any]:
    """The JSON object sent. Raises InvalidValue (`json_object`, `unknown_field`, `text_or_texts`)."""
    try:
        sent = request.get_json(silent=True)
    except RecursionError:  # lists in lists without end
        sent = None
    if not isinstance(sent, dict):
        raise InvalidValue("body", "body", str(request.mimetype)[:80], "json_object")
    for name, value in sent.items():
        if name not in known:
            raise InvalidValue("body", name[:80], "", "unknown_field")
        texts = value if isinstance(value, list) else [value]
        if not all(isinstance(v, str | int | float | None) and not isinstance(v, bool) for v in texts):
            raise InvalidValue("body", name, str(value)[:80], "text_or_texts")
    return sent


def text_of(sent: Mapping[str, Any], name: str) -> str:
    """A field of one value, as text. Raises InvalidValue when it is a list."""
    value = sent.get(name)
    if isinstance(value, list):
        raise InvalidValue("body", name, str(value)[:80], "text_or_texts")
    return "" if value is None else str(value)


def drafted(draft: type[Draft], sent: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> Draft:
    """The draft of what was sent, on top of what there was."""
    values: dict[str, Any] = {}
    for field in fields(draft):  # type: ignore[arg-type]  # every draft is a dataclass
        given = sent[field.name] if field.name in sent else (before or {}).get(field.name)
        if field.type == "str" or field.type is str:
            values[field.name] = text_of({field.name: given}, field.name)
        else:
            texts = given if isinstance(given, list) else [] if given is None else [given]
            values[field.name] = tuple(str(v) for v in texts if v is not None)
    return draft(**values)


def version_sent(sent: Mapping[str, Any]) -> int:
    """The version the change was decided on: `If-Match: "3"`, or `version`; without it, 428."""
    given = str(sent.get("version", "")) or request.headers.get("If-Match", "").strip().strip('"')
    if not given:
        text = "Dites quelle version vous modifiez : If-Match, ou le champ version."
        refused = make_response(jsonify(error={"code": "version_required", "text": text}))
        refused.status_code = 428
        abort(refused)
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise InvalidValue("body", "version", given[:80], "whole_number")
    return int(given)
