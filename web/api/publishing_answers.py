"""What every write of the interface needs: its key, for whom, and the answers to what is made or refused."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request

from graphsvc.domain.errors import (
    AmbiguousName,
    InvalidValue,
    Refused,
    StoreError,
    UnknownRecord,
    VersionConflict,
)
from graphsvc.domain.records import Record, RecordKind
from graphsvc.usecases.draft_reading import DraftReader
from graphsvc.usecases.faults import DraftRefused, Fault
from graphsvc.usecases.planned import Planned
from web.api.publications import announcement_data, call_data, experience_data
from web.api.sent import text_of
from web.permissions import Action, current_identity, require
from web.shown import served
from web.words.messages import sentence
from web.words.publishing import fault_text
from web.writing import key_given, new_key, stored_or_none, write

bp = Blueprint("api_publishing", __name__, url_prefix="/api/v1")
# OPTIONS of an address that is also read is answered where it is read: the policy of reading is everybody's.
READ_ELSEWHERE: dict[str, Any] = {"provide_automatic_options": False}


@bp.errorhandler(Refused)
def _refused(error: Refused) -> Response:
    """Every refusal with its code, its facts, a sentence; a draft's faults field by field."""
    lang = "en" if request.args.get("lang") == "en" else "fr"
    status = 409
    if isinstance(error, DraftRefused):
        told = [_fault(fault, lang) for fault in error.faults]
        text = " ".join(str(fault["text"]) for fault in told)
        status, body = 422, {"code": error.code, "text": text, "facts": {"kind": error.kind}, "fields": told}
    else:
        if isinstance(error, UnknownRecord):
            status = 404
        elif isinstance(error, InvalidValue | AmbiguousName):
            status = 400
        body = {"code": error.code, "text": sentence(error, lang), "facts": error.facts}
        if isinstance(error, VersionConflict):
            body |= _current(error)
    answer = make_response(jsonify(error=body))
    answer.status_code = status
    return answer


def _current(conflict: VersionConflict) -> dict[str, Any]:
    """The record as it is now, for a program to compare with what it wanted; nothing if it is gone."""
    kind = RecordKind(conflict.kind)
    try:
        now = stored_or_none(kind, conflict.id)
    except StoreError:
        return {}
    return {"current": {**_data(kind, now.record), "version": now.version}} if now is not None else {}


def _fault(fault: Fault, lang: str) -> dict[str, Any]:
    facts = dict(fault.facts)
    return {"field": fault.field, "code": fault.code, "facts": facts, "text": fault_text(fault, lang)}


def names_of(draft: type[Any]) -> set[str]:
    """The fields of a draft."""
    return {f.name for f in fields(draft)}


def key_sent() -> str:
    """The key of this request: sent twice, it is done once. Raises InvalidValue."""
    given = request.headers.get("Idempotency-Key")
    return new_key() if given is None else key_given(given)


def seed_of(key: str) -> str:
    """What the key of a new record is made of."""
    return f"{current_identity().account}:{key}"


def owner_sent(sent: Mapping[str, Any], kind: RecordKind) -> str:
    """The actor it is published for; the only one of a member goes without saying."""
    given = text_of(sent, "actor")
    identity = current_identity()
    if not given.strip() and len(identity.actors) == 1:
        given = next(iter(identity.actors))
    reader = DraftReader(served().snapshot)
    if not given.strip():
        reader.fault("actor", "required")
    key = reader.actor("actor", given)
    reader.finish(kind.value)
    require(Action.PUBLISH, key)
    return key or ""


def made(
    kind: RecordKind, record: Record, planned: Planned, key: str, status: int, version: int | None = 0
) -> Response:
    """The record as it is now, with its version as ETag; 202 while the graph does not answer."""
    written = write(planned, key=key)
    after = (version or 0) + len(planned.changes)
    answer = make_response(jsonify({**_data(kind, record), "version": after}))
    answer.status_code = 202 if written.waiting else status
    answer.headers["ETag"] = f'"{after}"'
    if status == 201:
        answer.headers["Location"] = f"/api/v1/{_FOLDERS[kind]}/{record.id}"
    return answer


_FOLDERS = {
    RecordKind.ANNOUNCEMENT: "announcements",
    RecordKind.EXPERIENCE: "experiences",
    RecordKind.CALL: "calls",
}


def gone(planned: Planned) -> Response:
    """What became of a withdrawal: 204, or 202 while the graph does not answer."""
    written = write(planned, key=key_sent())
    answer = make_response("", 202 if written.waiting else 204)
    answer.headers.pop("Content-Type", None)
    return answer


def _data(kind: RecordKind, record: Any) -> dict[str, Any]:
    tell: dict[RecordKind, Any] = {
        RecordKind.ANNOUNCEMENT: announcement_data,
        RecordKind.EXPERIENCE: experience_data,
        RecordKind.CALL: call_data,
    }
    told: dict[str, Any] = tell[kind](served().snapshot, record)
    return told
