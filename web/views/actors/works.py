"""One project, one agreement, one event: who takes part, when, on what, says who."""

from typing import Any

from flask import Blueprint, render_template

from graphsvc.domain.records import RecordKind
from graphsvc.search import known_record
from graphsvc.snapshot import Snapshot
from web.labels import label
from web.permissions import Action, policy
from web.shown import served, services
from web.spoken import gettext as _
from web.views.actors.record_view import Named, named_actor, named_place, named_places, named_themes, vouched

bp = Blueprint("records", __name__)


@bp.get("/projets/<path:id_>")
@policy(Action.READ)
def project(id_: str) -> str:
    """A project and its participants, by role."""
    snapshot = served().snapshot
    record = snapshot.project(known_record(snapshot, RecordKind.PROJECT, id_))
    members = [
        (named_actor(snapshot, p.actor), label("participation_role", p.role.value), p.start, p.end)
        for p in record.participations
    ]
    return _page(snapshot, record, "project", members, vouched(record, "m", services().today()))


@bp.get("/accords/<path:id_>")
@policy(Action.READ)
def agreement(id_: str) -> str:
    """An agreement and its parties."""
    snapshot = served().snapshot
    record = snapshot.agreement(known_record(snapshot, RecordKind.AGREEMENT, id_))
    members = [
        (named_actor(snapshot, p.actor), _("signataire") if p.role == "signatory" else p.role, None, None)
        for p in record.parties
    ]
    return _page(snapshot, record, "agreement", members, vouched(record, "m", services().today()))


@bp.get("/evenements/<path:id_>")
@policy(Action.READ)
def event(id_: str) -> str:
    """An event, who was invited, who came."""
    snapshot = served().snapshot
    record = snapshot.event(known_record(snapshot, RecordKind.EVENT, id_))
    members = [
        (named_actor(snapshot, a.actor), label("attendance_role", a.role.value), None, None)
        for a in record.attendances
    ]
    return _page(snapshot, record, "event", members, None)


def _page(
    snapshot: Snapshot, record: Any, kind: str, members: list[tuple[Named, str, Any, Any]], state: Any
) -> str:
    where = snapshot.place_index(record.place) if kind == "event" and record.place else None
    return render_template(
        "activity.html",
        record=record,
        kind=kind,
        members=sorted(members, key=lambda m: (m[1], m[0].name)),
        themes=named_themes(snapshot, record.themes),
        places=named_places(snapshot, record.territories),
        where=named_place(snapshot, where) if where is not None else None,
        vouched=state,
    )
