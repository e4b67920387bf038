"""What changed between two days: ties and actors that appeared and that ended, figures before and after."""

from dataclasses import asdict, dataclass
from datetime import date

from flask import Blueprint, render_template

from graphsvc.analytics.timeline import Changes, TieChange, changes
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import RelationSource
from web.kept import kept_in_words
from web.labels import label
from web.permissions import Action, policy
from web.shown import documented_years, served, services
from web.views.actors.record_view import Named, named_actor
from web.views.coordination.health import asked_day
from web.views.coordination.imagined import Change, change_of
from web.words.coordination import FIGURES, figure_text

bp = Blueprint("evolution", __name__)
YEARS_BACK = 5


@dataclass(frozen=True, slots=True)
class TieLine:
    """A pair that began or stopped to cooperate, by what, and when, if it is documented."""

    one: Named
    other: Named
    by: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Evolution:
    """The page's content."""

    found: Changes
    appeared: list[TieLine]
    ended: list[TieLine]
    born: list[Named]
    gone: list[Named]
    rows: list[tuple[str, str, Change]]


@bp.get("/evolution")
@policy(Action.READ)
def page() -> str:
    """Between `de` and `a`; by default from five years before the last documented year to today."""
    snapshot, today = served().snapshot, services().today()
    until = asked_day("a") or today
    known = min(until.year, (documented_years(snapshot) or (until.year, until.year))[1])
    since = asked_day("de") or date(max(1, known - YEARS_BACK), 12, 31)
    return render_template("coordination/evolution.html", told=evolution(snapshot, since, until), today=today)


@kept_in_words
def evolution(snapshot: Snapshot, since: date, until: date) -> Evolution:
    """What changed, in words; remembered with the snapshot."""
    found = changes(snapshot, since, until)
    before, after = asdict(found.before), asdict(found.after)
    return Evolution(
        found,
        [_tie(snapshot, one) for one in _latest_first(found.ties_appeared)],
        [_tie(snapshot, one) for one in _latest_first(found.ties_ended)],
        [named_actor(snapshot, snapshot.ids[i]) for i in found.actors_appeared],
        [named_actor(snapshot, snapshot.ids[i]) for i in found.actors_ended],
        [
            (
                label("figure", name),
                figure_text(name, before[name]),
                change_of(name, before[name], after[name]),
            )
            for name in ("recorded", *FIGURES)
        ],
    )


def _latest_first(ties: tuple[TieChange, ...]) -> list[TieChange]:
    return sorted(ties, key=lambda t: (t.day is None, -(t.day or date.min).toordinal(), t.a, t.b))


def _tie(snapshot: Snapshot, one: TieChange) -> TieLine:
    return TieLine(
        named_actor(snapshot, snapshot.ids[one.a]),
        named_actor(snapshot, snapshot.ids[one.b]),
        _record(snapshot, one.rows[0]),
        one.day,
    )


def _record(snapshot: Snapshot, row: int) -> str:
    """What joins or joined them: the project, the agreement, or the kind of the link."""
    source, position = (
        RelationSource(int(snapshot.relations.source[row])),
        int(snapshot.relations.record[row]),
    )
    if source is RelationSource.PROJECT:
        return snapshot.project(position).title
    if source is RelationSource.AGREEMENT:
        return snapshot.agreement(position).title
    return label("link_kind", snapshot.link(position).kind.value)
