"""Events: what took place and what is announced, newest first, with who took part."""

from flask import Blueprint, render_template, request

from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.events import Event, EventKind
from graphsvc.snapshot import Snapshot
from web.permissions import Action, policy
from web.shown import served, services
from web.views.actors.record_view import Named, named_place, named_themes

bp = Blueprint("events", __name__)


@bp.get("/evenements")
@policy(Action.READ)
def calendar() -> str:
    """All events, by year: those to come first, then the past ones."""
    snapshot, today = served().snapshot, services().today()
    kind = request.args.get("type", "")
    if kind and kind not in [k.value for k in EventKind]:
        raise InvalidValue("filtre", "type", kind[:80], "unknown_code")
    events = [snapshot.event(k) for k in range(len(snapshot.event_ids))]
    shown = sorted((e for e in events if kind in ("", e.kind.value)), key=_newest_first)
    years: dict[int | None, list[tuple[Event, Named | None, tuple[Named, ...], bool]]] = {}
    for event in shown:
        begins = _begins(event)
        to_come = begins is not None and begins.first_day > today
        line = (event, _where(snapshot, event), named_themes(snapshot, event.themes), to_come)
        years.setdefault(begins.year if begins else None, []).append(line)
    return render_template(
        "events.html",
        years=years,
        total=len(shown),
        kind=kind,
        kinds=[(k.value, n) for k in EventKind if (n := sum(e.kind is k for e in events))],
    )


def _begins(event: Event) -> PartialDate | None:
    return event.start or event.end


def _newest_first(event: Event) -> tuple[bool, int, str]:
    begins = _begins(event)
    return begins is None, -begins.first_day.toordinal() if begins else 0, event.title


def _where(snapshot: Snapshot, event: Event) -> Named | None:
    place = snapshot.place_index(event.place) if event.place else None
    return named_place(snapshot, place) if place is not None else None
