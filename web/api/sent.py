"""The body of a write, read without trusting it: a JSON object of known fields, and the version meant."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from flask import abort, jsonify, make_response, request

from graphsvc.domain.errors import InvalidValue
from web.words.messages import rule_text

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


def version_meant(current: int) -> int:
    """The version an act was decided on, for those that need not name one: that of `If-Match`, else the
    current one. Raises InvalidValue (`whole_number`).
    """
    return version_sent({}) if "If-Match" in request.headers else current


def version_sent(sent: Mapping[str, Any]) -> int:
    """The version the change was decided on: `If-Match: "3"`, or `version`; without it, 428.

    A proxy that compresses answers makes their ETag a weak one (`W/"3"`): it says the same version.
    Raises InvalidValue (`whole_number`, `two_versions` when both are given and differ).
    """
    in_body = "" if sent.get("version") is None else str(sent["version"])
    in_header = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not (in_body or in_header):
        said = rule_text("version_required", request.args.get("lang"))
        text = f"{said[:1].upper()}{said[1:]}."
        refused = make_response(jsonify(error={"code": "version_required", "text": text}))
        refused.status_code = 428
        abort(refused)
    for field, given in (("version", in_body), ("If-Match", in_header)):
        if given and not (given.isascii() and given.isdigit() and len(given) < 10):
            raise InvalidValue("body", field, given[:80], "whole_number")
    if in_body and in_header and int(in_body) != int(in_header):
        raise InvalidValue("body", "version", in_body, "two_versions")
    return int(in_body or in_header)
