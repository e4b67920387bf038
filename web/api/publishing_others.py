"""Publishing experience sheets and calls from another program."""

from flask import Response

from graphsvc.domain.records import RecordKind
from graphsvc.usecases.planned import withdrawal
from graphsvc.usecases.publish_call import CallDraft, edit_call, publish_call
from graphsvc.usecases.share_experience import ExperienceDraft, edit_experience, share
from web.api.publishing_answers import READ_ELSEWHERE, bp, gone, key_sent, made, names_of, owner_sent, seed_of
from web.api.sent import drafted, object_sent, version_sent
from web.permissions import Action, policy, require
from web.shown import served, services
from web.views.publishing.forms import call_values, experience_values
from web.writing import stored


@bp.post("/experiences", **READ_ELSEWHERE)
@policy(Action.OWN_ACCOUNT)
def publish_experience() -> Response:
    """Publish a sheet: `actor`, `title`, `done`, and `successes` or `failures` at least."""
    sent, key = object_sent({*names_of(ExperienceDraft), "actor"}), key_sent()
    actor = owner_sent(sent, RecordKind.EXPERIENCE)
    record, planned = share(
        served().snapshot,
        drafted(ExperienceDraft, sent),
        actor=actor,
        seed=seed_of(key),
        today=services().today(),
    )
    return made(RecordKind.EXPERIENCE, record, planned, key, 201)


@bp.patch("/experiences/<path:id_>", **READ_ELSEWHERE)
@policy(Action.OWN_ACCOUNT)
def edit_sheet(id_: str) -> Response:
    """Change the fields that are given."""
    before = stored(RecordKind.EXPERIENCE, id_)
    require(Action.PUBLISH, before.record.actor)
    sent, key, snapshot = object_sent({*names_of(ExperienceDraft), "version"}), key_sent(), served().snapshot
    draft = drafted(ExperienceDraft, sent, experience_values(snapshot, before.record))
    version = version_sent(sent)
    record, planned = edit_experience(snapshot, before, draft, today=services().today(), version=version)
    return made(RecordKind.EXPERIENCE, record, planned, key, 200, version)


@bp.delete("/experiences/<path:id_>", **READ_ELSEWHERE)
@policy(Action.OWN_ACCOUNT)
def withdraw_sheet(id_: str) -> Response:
    """Take it off the list; its history stays."""
    before = stored(RecordKind.EXPERIENCE, id_)
    require(Action.PUBLISH, before.record.actor)
    return gone(withdrawal(before, version_sent({})))


@bp.post("/calls", **READ_ELSEWHERE)
@policy(Action.PUBLISH)
def publish_one_call() -> Response:
    """Publish a call (agents): `title`, `funder`, `closes_on`; the rest as in the exchange format."""
    sent, key = object_sent(names_of(CallDraft)), key_sent()
    draft = drafted(CallDraft, sent)
    record, planned = publish_call(served().snapshot, draft, seed=seed_of(key), today=services().today())
    return made(RecordKind.CALL, record, planned, key, 201)


@bp.patch("/calls/<path:id_>", **READ_ELSEWHERE)
@policy(Action.PUBLISH)
def edit_one_call(id_: str) -> Response:
    """Change the fields that are given."""
    before = stored(RecordKind.CALL, id_)
    sent, key, snapshot = object_sent({*names_of(CallDraft), "version"}), key_sent(), served().snapshot
    draft = drafted(CallDraft, sent, call_values(snapshot, before.record))
    version = version_sent(sent)
    record, planned = edit_call(snapshot, before, draft, today=services().today(), version=version)
    return made(RecordKind.CALL, record, planned, key, 200, version)


@bp.delete("/calls/<path:id_>", **READ_ELSEWHERE)
@policy(Action.PUBLISH)
def withdraw_call(id_: str) -> Response:
    """Take it off the list; its history stays."""
    return gone(withdrawal(stored(RecordKind.CALL, id_), version_sent({})))
