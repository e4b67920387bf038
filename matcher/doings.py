"""What the records show of an actor: what it has done in a place, what it offers or looks for today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from graphsvc.domain.agreements import Agreement
from graphsvc.domain.announcements import Direction
from graphsvc.domain.links import State
from graphsvc.domain.projects import Project
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX
from matcher.index import MatchIndex
from matcher.taxonomy import Entries, reach_of

_NEVER_DONE = frozenset({State.PLANNED, State.ATTEMPTED, State.RETRACTED})
Facts = dict[str, object]


@dataclass(frozen=True, slots=True)
class Doing:
    """A project or agreement of an actor: where it was (and all that contains that), since when."""

    kind: str
    id: str
    title: str
    begun: int
    reach: frozenset[int]


def took_part(snapshot: Snapshot, index: MatchIndex, i: int) -> tuple[tuple[Doing, ...], frozenset[str]]:
    """What actor i took part in, the earliest first, and the ids of all of it: those never done included."""
    records = list(_records_of(snapshot, i))
    if not records:
        return (), frozenset()
    found = [d for entry in records if (d := _doing(snapshot, index, *entry)) is not None]
    done = tuple(sorted(found, key=lambda d: (d.begun, d.title)))
    return done, frozenset([record.id for _, record in records])


def records_there(mine: Sequence[Doing], place: int, others: frozenset[str], most: int = 2) -> list[Facts]:
    """What was done in a place or within it, the earliest first: `{kind, id, title}`.

    What the others took part in as well (their ids) is left out: it is no news to them.
    """
    if not mine:
        return []
    found = (d for d in mine if place in d.reach and d.id not in others)
    return [{"kind": d.kind, "id": d.id, "title": d.title} for d in islice(found, most)]


def _doing(snapshot: Snapshot, index: MatchIndex, kind: str, record: Project | Agreement) -> Doing | None:
    if record.state in _NEVER_DONE:
        return None
    places = (p for key in record.territories if (p := snapshot.place_index(key)) is not None)
    begun = record.start.first_day.toordinal() if record.start else DAY_MAX
    return Doing(kind, record.id, record.title, begun, reach_of(places, index.places))


def announced(
    snapshot: Snapshot, index: MatchIndex, i: int, themes: Entries, places: Entries, day: int
) -> tuple[Direction, Facts] | None:
    """The open offer or need of actor i that touches most what is asked: its direction and `{id, title}`.

    It must name one of these themes or territories, something within, or something that contains it.
    """
    mine = snapshot.announcements_of(i).tolist()
    if not mine:
        return None
    open_on_day = index.board.open_on(day)
    best: tuple[int, str, Direction, Facts] | None = None
    for k in mine:
        if not open_on_day[k]:
            continue
        record = snapshot.announcement(k)
        named = {t for key in record.themes if (t := snapshot.theme_index(key)) is not None}
        where = {p for key in record.territories if (p := snapshot.place_index(key)) is not None}
        touched = len(named & themes.reach) + 2 * len(where & places.reach)
        if touched and (best is None or (-touched, record.id) < best[:2]):
            best = (-touched, record.id, record.direction, {"id": record.id, "title": record.title})
    return best[2:] if best is not None else None


def _records_of(snapshot: Snapshot, i: int) -> Iterator[tuple[str, Project | Agreement]]:
    for k in snapshot.projects_of(i).tolist():
        yield "project", snapshot.project(k)
    for k in snapshot.agreements_of(i).tolist():
        yield "agreement", snapshot.agreement(k)
