"""Publishing from another program: the same rules as the forms, with a session and its CSRF token.

A write names the version it was decided on (`If-Match`, or `version` in the body) and may carry an
`Idempotency-Key`: sent twice, it is done once.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request
from flask_wtf.csrf import generate_csrf

from graphsvc.domain.announcements import Announcement
from graphsvc.domain.errors import AmbiguousName, InvalidValue, Refused, UnknownRecord
from graphsvc.domain.records import Record, RecordKind
from graphsvc.ports import Stored
from graphsvc.usecases.announce import adopt, adoption_id, close, edit, publish, renew, retract
from graphsvc.usecases.announcement_draft import AnnouncementDraft
from graphsvc.usecases.draft_reading import DraftReader
from graphsvc.usecases.faults import DraftRefused, Fault
from graphsvc.usecases.planned import Planned, withdrawal
from graphsvc.usecases.publish_call import CallDraft, edit_call, publish_call
from graphsvc.usecases.share_experience import ExperienceDraft, edit_experience, share
from web.api.publications import announcement_data, call_data, experience_data
from web.api.sent import drafted, object_sent, text_of, version_sent
from web.messages import sentence
from web.permissions import Action, current_identity, policy, require
from web.publishing_words import fault_text
from web.shown import served, services
from web.views.publishing_forms import announcement_values, call_values, experience_values
from web.writing import new_key, sound_key, stored, stored_or_none, write

bp = Blueprint("api_publishing", __name__, url_prefix="/api/v1")
# OPTIONS of an address that is also read is answered where it is read: the policy of reading is everybody's.
_READ_ELSEWHERE: dict[str, Any] = {"provide_automatic_options": False}


@bp.get("/session")
@policy(Action.OWN_ACCOUNT)
def session_() -> Response:
    """Who is signed in, for whom it may publish, and the token to send as `X-CSRFToken`."""
    identity = current_identity()
    return jsonify(
        {"role": identity.role.value, "actors": sorted(identity.actors), "csrf_token": generate_csrf()}
    )


@bp.post("/announcements", **_READ_ELSEWHERE)
@policy(Action.OWN_ACCOUNT)
def publish_announcement() -> Response:
    """Publish: `actor`, `direction`, `nature`, `title`, `expires_on`; the rest as in the exchange format."""
    sent, key = object_sent({*_names(AnnouncementDraft), "actor"}), _key()
    actor = _owner(sent, RecordKind.ANNOUNCEMENT)
    record, planned = publish(
        served().snapshot,
        drafted(AnnouncementDraft, sent),
        actor=actor,
        seed=_seed(key),
        today=services().today(),
    )
    return _made(RecordKind.ANNOUNCEMENT, record, planned, key, 201)


@bp.patch("/announcements/<path:id_>", **_READ_ELSEWHERE)
@policy(Action.OWN_ACCOUNT)
def edit_announcement(id_: str) -> Response:
    """Change the fields that are given."""
    before: Stored[Announcement] = stored(RecordKind.ANNOUNCEMENT, id_)
    require(Action.PUBLISH, before.record.actor)
    sent, key, snapshot = object_sent({*_names(AnnouncementDraft), "version"}), _key(), served().snapshot
    draft = drafted(AnnouncementDraft, sent, announcement_values(snapshot, before.record))
    version = version_sent(sent)
    record, planned = edit(snapshot, before, draft, today=services().today(), version=version)
    return _made(RecordKind.ANNOUNCEMENT, record, planned, key, 200, version)


@bp.post("/announcements/<path:id_>/renewal")
@policy(Action.OWN_ACCOUNT)
def renew_announcement(id_: str) -> Response:
    """A new `expires_on` (default: six months); a closed announcement opens again."""
    before: Stored[Announcement] = stored(RecordKind.ANNOUNCEMENT, id_)
    require(Action.PUBLISH, before.record.actor)
    sent = object_sent({"expires_on"})
    record, planned = renew(served().snapshot, before, text_of(sent, "expires_on"), today=services().today())
    return _made(RecordKind.ANNOUNCEMENT, record, planned, _key(), 200, before.version)


@bp.post("/announcements/<path:id_>/closing")
@policy(Action.OWN_ACCOUNT)
def close_announcement(id_: str) -> Response:
    """Close with a `result` (`answered_here`, …) and a few words in `outcome`."""
    before: Stored[Announcement] = stored(RecordKind.ANNOUNCEMENT, id_)
    require(Action.PUBLISH, before.record.actor)
    sent = object_sent({"result", "outcome"})
    record, planned = close(served().snapshot, before, text_of(sent, "result"), text_of(sent, "outcome"))
    return _made(RecordKind.ANNOUNCEMENT, record, planned, _key(), 200, before.version)


@bp.post("/announcements/<path:id_>/adoption")
@policy(Action.OWN_ACCOUNT)
def adopt_announcement(id_: str) -> Response:
    """Take up a recorded need for `actor`: once, however often it is asked."""
    need: Stored[Announcement] = stored(RecordKind.ANNOUNCEMENT, id_)
    actor = _owner(object_sent({"actor"}), RecordKind.ANNOUNCEMENT)
    existing = stored_or_none(RecordKind.ANNOUNCEMENT, adoption_id(need.record.id, actor))
    record, planned = adopt(need.record, actor, existing, today=services().today())
    status = 201 if existing is None else 200
    return _made(
        RecordKind.ANNOUNCEMENT, record, planned, _key(), status, existing.version if existing else 0
    )


@bp.delete("/announcements/<path:id_>", **_READ_ELSEWHERE)
@policy(Action.OWN_ACCOUNT)
def withdraw_announcement(id_: str) -> Response:
    """Take it off the board; its history stays."""
    before: Stored[Announcement] = stored(RecordKind.ANNOUNCEMENT, id_)
    require(Action.PUBLISH, before.record.actor)
    return _gone(retract(before, version=version_sent({})))


@bp.post("/experiences", **_READ_ELSEWHERE)
@policy(Action.OWN_ACCOUNT)
def publish_experience() -> Response:
    """Publish a sheet: `actor`, `title`, `done`, and `successes` or `failures` at least."""
    sent, key = object_sent({*_names(ExperienceDraft), "actor"}), _key()
    actor = _owner(sent, RecordKind.EXPERIENCE)
    record, planned = share(
        served().snapshot,
        drafted(ExperienceDraft, sent),
        actor=actor,
        seed=_seed(key),
        today=services().today(),
    )
    return _made(RecordKind.EXPERIENCE, record, planned, key, 201)


@bp.patch("/experiences/<path:id_>", **_READ_ELSEWHERE)
@policy(Action.OWN_ACCOUNT)
def edit_sheet(id_: str) -> Response:
    """Change the fields that are given."""
    before = stored(RecordKind.EXPERIENCE, id_)
    require(Action.PUBLISH, before.record.actor)
    sent, key, snapshot = object_sent({*_names(ExperienceDraft), "version"}), _key(), served().snapshot
    draft = drafted(ExperienceDraft, sent, experience_values(snapshot, before.record))
    version = version_sent(sent)
    record, planned = edit_experience(snapshot, before, draft, today=services().today(), version=version)
    return _made(RecordKind.EXPERIENCE, record, planned, key, 200, version)


@bp.delete("/experiences/<path:id_>", **_READ_ELSEWHERE)
@policy(Action.OWN_ACCOUNT)
def withdraw_sheet(id_: str) -> Response:
    """Take it off the list; its history stays."""
    before = stored(RecordKind.EXPERIENCE, id_)
    require(Action.PUBLISH, before.record.actor)
    return _gone(withdrawal(before, version_sent({})))


@bp.post("/calls", **_READ_ELSEWHERE)
@policy(Action.PUBLISH)
def publish_one_call() -> Response:
    """Publish a call (agents): `title`, `funder`, `closes_on`; the rest as in the exchange format."""
    sent, key = object_sent(_names(CallDraft)), _key()
    draft = drafted(CallDraft, sent)
    record, planned = publish_call(served().snapshot, draft, seed=_seed(key), today=services().today())
    return _made(RecordKind.CALL, record, planned, key, 201)


@bp.patch("/calls/<path:id_>", **_READ_ELSEWHERE)
@policy(Action.PUBLISH)
def edit_one_call(id_: str) -> Response:
    """Change the fields that are given."""
    before = stored(RecordKind.CALL, id_)
    sent, key, snapshot = object_sent({*_names(CallDraft), "version"}), _key(), served().snapshot
    draft = drafted(CallDraft, sent, call_values(snapshot, before.record))
    version = version_sent(sent)
    record, planned = edit_call(snapshot, before, draft, today=services().today(), version=version)
    return _made(RecordKind.CALL, record, planned, key, 200, version)


@bp.delete("/calls/<path:id_>", **_READ_ELSEWHERE)
@policy(Action.PUBLISH)
def withdraw_call(id_: str) -> Response:
    """Take it off the list; its history stays."""
    return _gone(withdrawal(stored(RecordKind.CALL, id_), version_sent({})))


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
    answer = make_response(jsonify(error=body))
    answer.status_code = status
    return answer


def _fault(fault: Fault, lang: str) -> dict[str, Any]:
    facts = dict(fault.facts)
    return {"field": fault.field, "code": fault.code, "facts": facts, "text": fault_text(fault, lang)}


def _names(draft: type[Any]) -> set[str]:
    return {f.name for f in fields(draft)}


def _key() -> str:
    given = request.headers.get("Idempotency-Key")
    return sound_key(given) if given else new_key()


def _seed(key: str) -> str:
    return f"{current_identity().account}:{key}"


def _owner(sent: Mapping[str, Any], kind: RecordKind) -> str:
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


def _made(
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


def _gone(planned: Planned) -> Response:
    written = write(planned, key=_key())
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
