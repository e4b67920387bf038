"""The printable sheet of a territory: everyone acting there, since when, on what, with whom, who pays."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template

from graphsvc.search import known_place
from graphsvc.snapshot import Snapshot
from matcher.places.territory_sheet import SheetRow, Side, TerritorySheet, territory_sheet
from web.kept import kept_in_words
from web.named import place_name, topic_name
from web.permissions import Action, policy
from web.shown import served, services
from web.views.actors.listing import seat_name, theme_labels
from web.views.actors.record_view import Named, named_actor, named_place

bp = Blueprint("sheets", __name__)
MOST_THEMES, MOST_NAMES, MOST_PLACES, MOST_PAST = 4, 6, 4, 20


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One actor of the sheet. `more_themes`, `more_partners`… : how many are not named."""

    actor: Named
    seat: str | None
    places: tuple[str, ...]
    since: int | None
    confirmed: int | None
    via: Named | None
    means_only: bool
    themes: tuple[str, ...]
    more_themes: int
    partners: tuple[Named, ...]
    more_partners: int
    payers: tuple[Named, ...]
    more_payers: int


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet ready to be read: lines by side, what is shared, who pays, who acted there once."""

    sides: dict[str, tuple[SheetLine, ...]]
    themes: tuple[tuple[str, str, int], ...]
    payers: tuple[tuple[Named, int], ...]
    past: tuple[tuple[Named, int | None], ...]
    more_past: int
    apart: int
    sheet: TerritorySheet


@bp.get("/territoires/<path:id_>/fiche")
@policy(Action.READ)
def sheet(id_: str) -> str:
    """The sheet of a territory."""
    snapshot, today = served().snapshot, services().today()
    place = known_place(snapshot, id_)
    return render_template(
        "sheet.html",
        place=snapshot.place(place),
        chain=[named_place(snapshot, a) for a in reversed(snapshot.ancestors(place)[1:])],
        view=_view(snapshot, place, today),
        today=today,
    )


@kept_in_words
def _view(snapshot: Snapshot, place: int, today: date) -> SheetView:
    found = territory_sheet(snapshot, place, today)
    sides = {
        side.value: tuple(_line(snapshot, place, row) for row in found.rows if row.side is side)
        for side in Side
    }
    return SheetView(
        sides=sides,
        themes=tuple((snapshot.theme_ids[t], topic_name(snapshot.theme(t)), n) for t, n in found.themes[:8]),
        payers=tuple((named_actor(snapshot, snapshot.ids[i]), n) for i, n in found.payers),
        past=tuple((named_actor(snapshot, snapshot.ids[i]), year) for i, year in found.past[:MOST_PAST]),
        more_past=max(0, len(found.past) - MOST_PAST),
        apart=found.pairs - found.tied,
        sheet=found,
    )


def _line(snapshot: Snapshot, place: int, row: SheetRow) -> SheetLine:
    def named(indices: tuple[int, ...]) -> tuple[Named, ...]:
        return tuple(named_actor(snapshot, snapshot.ids[i]) for i in indices[:MOST_NAMES])

    inside = [p for p in row.places if p != place]
    labels = theme_labels(snapshot, tuple(snapshot.theme_ids[t] for t in row.themes))
    return SheetLine(
        actor=named_actor(snapshot, snapshot.ids[row.index]),
        seat=seat_name(snapshot, row.index),
        places=tuple(place_name(snapshot.place(p)) for p in inside[:MOST_PLACES]),
        since=row.since,
        confirmed=row.confirmed,
        via=None if row.via is None else named_actor(snapshot, snapshot.ids[row.via]),
        means_only=row.means_only,
        themes=labels[:MOST_THEMES],
        more_themes=max(0, len(labels) - MOST_THEMES),
        partners=named(row.partners),
        more_partners=max(0, len(row.partners) - MOST_NAMES),
        payers=named(row.payers),
        more_payers=max(0, len(row.payers) - MOST_NAMES),
    )
