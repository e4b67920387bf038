"""What is done to an announcement in one step: renewed, closed, taken up, withdrawn; and undoing the last."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.announcements import Announcement, Result
from graphsvc.domain.errors import UnknownRecord
from graphsvc.domain.records import Record, RecordKind
from graphsvc.domain.serial import from_data
from graphsvc.ports import Stored
from graphsvc.usecases.announce import adopt, adoption_id, close, renew, retract
from graphsvc.usecases.announcement_draft import usual_renewal
from graphsvc.usecases.faults import Fault
from graphsvc.usecases.planned import Planned
from graphsvc.usecases.undo import inverse_of
from web.permissions import Action, policy
from web.shown import served, services
from web.views.publishing.forms import shown_faults
from web.views.publishing.sending import Trouble, named_owner, own_actors, require_owner, send, speaks_for_all
from web.views.publishing.taken_off import nothing_left_to_do
from web.writing import Written, new_key, own_events, sound_key, stored, stored_or_none, tell, write

bp = Blueprint("publishing_acts", __name__)
UNDOABLE = (RecordKind.ANNOUNCEMENT, RecordKind.EXPERIENCE, RecordKind.CALL)
_ADDRESSES = {
    RecordKind.ANNOUNCEMENT: ("announcements.announcement", "announcements.board"),
    RecordKind.EXPERIENCE: ("experiences.sheet", "experiences.sheets"),
    RecordKind.CALL: ("calls.call", "calls.calls"),
}
_Decision = Callable[[Stored[Announcement]], tuple[Record, Planned]]


@bp.post("/annonces/<path:id_>/prolonger")
@policy(Action.OWN_ACCOUNT)
def prolong(id_: str) -> Response | AnyResponse:
    """A new last day; a closed announcement opens again."""
    typed = request.form.get("expires_on", "")
    snapshot, today = served().snapshot, services().today()
    return _act(id_, "renewed", lambda before: renew(snapshot, before, typed, today=today))


@bp.post("/annonces/<path:id_>/clore")
@policy(Action.OWN_ACCOUNT)
def shut(id_: str) -> Response | AnyResponse:
    """Closed, with what became of it."""
    snapshot = served().snapshot
    result, outcome = request.form.get("result", ""), request.form.get("outcome", "")
    return _act(id_, "closed", lambda before: close(snapshot, before, result, outcome))


@bp.post("/annonces/<path:id_>/retirer")
@policy(Action.OWN_ACCOUNT)
def withdraw(id_: str) -> Response | AnyResponse:
    """Taken off the board; its history stays."""
    return _act(id_, "withdrawn", lambda before: (before.record, retract(before)))


@bp.post("/annonces/<path:id_>/reprendre")
@policy(Action.OWN_ACCOUNT)
def take_up(id_: str) -> Response | AnyResponse:
    """« C'est aussi notre besoin » : an announcement of one's own; once, however often one asks."""
    snapshot, today = served().snapshot, services().today()
    need: Stored[Announcement] = stored(RecordKind.ANNOUNCEMENT, id_)
    actor, faults = named_owner(snapshot, request.form.get("actor", ""))
    if actor is None:
        return _again(need.record, "adopt", Trouble(422, faults))
    existing = stored_or_none(RecordKind.ANNOUNCEMENT, adoption_id(need.record.id, actor))
    key = sound_key(request.form.get("key"))
    sent = send(lambda: adopt(need.record, actor, existing, today=today), key)
    if isinstance(sent, Trouble) and sent.conflict is None:
        return _again(need.record, "adopt", sent)
    if isinstance(sent, Trouble):  # somebody else of the same actor took it up at the same instant
        return redirect(url_for("announcements.announcement", id_=adoption_id(need.record.id, actor)), 303)
    return _done("adopted", *sent)


@bp.post("/publier/annuler")
@policy(Action.OWN_ACCOUNT)
def take_back() -> AnyResponse:
    """Undo one's own last act, if nothing of it has changed since."""
    given = request.form.get("revision", "")
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        abort(400)
    events = own_events(int(given))
    if events is None or len(events) != 1 or events[0].ref.kind not in UNDOABLE:
        abort(403)
    event = events[0]
    for data in (event.before, event.after):
        if data is not None:
            record = from_data(event.ref.kind, data)
            require_owner(getattr(record, "actor", None))
    kind, id_ = event.ref.kind, event.ref.id
    title = str((event.after or event.before or {}).get("title", id_))
    written = write(inverse_of(events), key=f"undo-{given}")
    tell("undone", kind, id_, title, written)
    there, list_ = _ADDRESSES[kind]
    gone = event.before is None or written.waiting
    return redirect(url_for(list_) if gone else url_for(there, id_=id_), 303)


def _act(id_: str, what: str, decide: _Decision) -> Response | AnyResponse:
    try:
        before: Stored[Announcement] = stored(RecordKind.ANNOUNCEMENT, id_)
    except UnknownRecord:
        return nothing_left_to_do(RecordKind.ANNOUNCEMENT, id_, "announcements.board")
    require_owner(before.record.actor)
    sent = send(lambda: decide(before), sound_key(request.form.get("key")))
    if isinstance(sent, Trouble):
        return _again(before.record, what, sent)
    return _done(what, *sent)


def _done(what: str, record: Record, written: Written) -> AnyResponse:
    tell(what, RecordKind.ANNOUNCEMENT, record.id, getattr(record, "title", record.id), written)
    if what == "withdrawn" or written.waiting:
        return redirect(url_for("announcements.board"), 303)
    return redirect(url_for("announcements.announcement", id_=record.id), 303)


def _again(record: Announcement, what: str, trouble: Trouble) -> Response:
    """A page with only this act, what was typed and what is wrong."""
    faults: list[Fault] = trouble.faults
    page = render_template(
        "announcement_act.html",
        record=record,
        what=what,
        trouble=trouble,
        faults=shown_faults(faults),
        typed=request.form,
        key=new_key(),
        results=[result.value for result in Result],
        proposed=usual_renewal(record, services().today()).isoformat(),
        own=own_actors(served().snapshot),
        for_all=speaks_for_all(),
    )
    return Response(page, trouble.status, mimetype="text/html")
