"""Publishing announcements from another program: the rules of the forms, with a session and its CSRF token.

A write names the version it was decided on (`If-Match`, or `version` in the body) and may carry an
`Idempotency-Key`: sent twice, it is done once.
"""

from flask import Response, jsonify
from flask_wtf.csrf import generate_csrf

from graphsvc.domain.announcements import Announcement
from graphsvc.domain.errors import VersionConflict
from graphsvc.domain.records import RecordKind
from graphsvc.ports import Stored
from graphsvc.usecases.announce import adopt, adoption_id, close, edit, publish, renew, retract
from graphsvc.usecases.announcement_draft import AnnouncementDraft
from web.api import publishing_others
from web.api.publishing_answers import READ_ELSEWHERE, bp, gone, key_sent, made, names_of, owner_sent, seed_of
from web.api.sent import drafted, object_sent, text_of, version_meant, version_sent
from web.permissions import Action, current_identity, policy, require
from web.shown import served, services
from web.views.publishing.forms import announcement_values
from web.writing import stored, stored_or_none

VIEWS = (publishing_others,)
"""Imported so that their routes are there."""


@bp.get("/session")
@policy(Action.OWN_ACCOUNT)
def session_() -> Response:
    """Who is signed in, for whom it may publish, and the token to send as `X-CSRFToken`."""
    identity = current_identity()
    return jsonify(
        {"role": identity.role.value, "actors": sorted(identity.actors), "csrf_token": generate_csrf()}
    )


@bp.post("/announcements", **READ_ELSEWHERE)
@policy(Action.OWN_ACCOUNT)
def publish_announcement() -> Response:
    """Publish: `actor`, `direction`, `nature`, `title`, `expires_on`; the rest as in the exchange format."""
    sent, key = object_sent({*names_of(AnnouncementDraft), "actor"}), key_sent()
    actor = owner_sent(sent, RecordKind.ANNOUNCEMENT)
    record, planned = publish(
        served().snapshot,
        drafted(AnnouncementDraft, sent),
        actor=actor,
        seed=seed_of(key),
        today=services().today(),
    )
    return made(RecordKind.ANNOUNCEMENT, record, planned, key, 201)


@bp.patch("/announcements/<path:id_>", **READ_ELSEWHERE)
@policy(Action.OWN_ACCOUNT)
def edit_announcement(id_: str) -> Response:
    """Change the fields that are given."""
    before: Stored[Announcement] = stored(RecordKind.ANNOUNCEMENT, id_)
    require(Action.PUBLISH, before.record.actor)
    sent, key, snapshot = (
        object_sent({*names_of(AnnouncementDraft), "version"}),
        key_sent(),
        served().snapshot,
    )
    draft = drafted(AnnouncementDraft, sent, announcement_values(snapshot, before.record))
    version = version_sent(sent)
    record, planned = edit(snapshot, before, draft, today=services().today(), version=version)
    return made(RecordKind.ANNOUNCEMENT, record, planned, key, 200, version)


@bp.post("/announcements/<path:id_>/renewal")
@policy(Action.OWN_ACCOUNT)
def renew_announcement(id_: str) -> Response:
    """A new `expires_on` (default: six months); a closed announcement opens again."""
    before: Stored[Announcement] = stored(RecordKind.ANNOUNCEMENT, id_)
    require(Action.PUBLISH, before.record.actor)
    sent, version = object_sent({"expires_on"}), version_meant(before.version)
    end, today = text_of(sent, "expires_on"), services().today()
    record, planned = renew(served().snapshot, before, end, today=today, version=version)
    return made(RecordKind.ANNOUNCEMENT, record, planned, key_sent(), 200, version)


@bp.post("/announcements/<path:id_>/closing")
@policy(Action.OWN_ACCOUNT)
def close_announcement(id_: str) -> Response:
    """Close with a `result` (`answered_here`, …) and a few words in `outcome`."""
    before: Stored[Announcement] = stored(RecordKind.ANNOUNCEMENT, id_)
    require(Action.PUBLISH, before.record.actor)
    sent, version = object_sent({"result", "outcome"}), version_meant(before.version)
    result, outcome = text_of(sent, "result"), text_of(sent, "outcome")
    record, planned = close(served().snapshot, before, result, outcome, version=version)
    return made(RecordKind.ANNOUNCEMENT, record, planned, key_sent(), 200, version)


@bp.post("/announcements/<path:id_>/adoption")
@policy(Action.OWN_ACCOUNT)
def adopt_announcement(id_: str) -> Response:
    """Take up a recorded need for `actor`: once, however often it is asked."""
    need: Stored[Announcement] = stored(RecordKind.ANNOUNCEMENT, id_)
    actor = owner_sent(object_sent({"actor"}), RecordKind.ANNOUNCEMENT)
    try:
        return _taken_up(need, actor)
    except VersionConflict:  # somebody of the same actor took it up at the same instant: it is done
        return _taken_up(need, actor)


def _taken_up(need: Stored[Announcement], actor: str) -> Response:
    existing = stored_or_none(RecordKind.ANNOUNCEMENT, adoption_id(need.record.id, actor))
    record, planned = adopt(need.record, actor, existing, today=services().today())
    status = 201 if existing is None else 200
    return made(
        RecordKind.ANNOUNCEMENT, record, planned, key_sent(), status, existing.version if existing else 0
    )


@bp.delete("/announcements/<path:id_>", **READ_ELSEWHERE)
@policy(Action.OWN_ACCOUNT)
def withdraw_announcement(id_: str) -> Response:
    """Take it off the board; its history stays."""
    before: Stored[Announcement] = stored(RecordKind.ANNOUNCEMENT, id_)
    require(Action.PUBLISH, before.record.actor)
    return gone(retract(before, version=version_sent({})))
