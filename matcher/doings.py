"""What the records show of an actor: what it has done in a place, what it offers or looks for today."""

from collections.abc import Iterator

from graphsvc.domain.agreements import Agreement
from graphsvc.domain.announcements import Direction
from graphsvc.domain.links import State
from graphsvc.domain.projects import Project
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX
from matcher.index import MatchIndex
from matcher.taxonomy import Entries

_NEVER_DONE = frozenset({State.PLANNED, State.ATTEMPTED, State.RETRACTED})
Facts = dict[str, object]


def records_there(
    snapshot: Snapshot, index: MatchIndex, i: int, place: int, others: tuple[int, ...], most: int = 2
) -> list[Facts]:
    """Projects and agreements of actor i in a place or within it, the earliest first: `{kind, id, title}`.

    What the others took part in as well is left out: it is no news to them.
    """
    found = []
    for kind, record in _records_of(snapshot, i):
        inside = any(
            place in index.places.ancestors(p)
            for key in record.territories
            if (p := snapshot.place_index(key)) is not None
        )
        if inside and record.state not in _NEVER_DONE:
            begun = record.start.first_day.toordinal() if record.start else DAY_MAX
            facts: Facts = {"kind": kind, "id": record.id, "title": record.title}
            found.append((begun, record.title, facts))
    if found:
        known = {key for j in others for key in _ids_of(snapshot, j)}
        found = [entry for entry in found if entry[2]["id"] not in known]
    return [facts for _, _, facts in sorted(found, key=lambda entry: entry[:2])[:most]]


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


def _ids_of(snapshot: Snapshot, j: int) -> list[str]:
    return [record.id for _, record in _records_of(snapshot, j)]


def _records_of(snapshot: Snapshot, i: int) -> Iterator[tuple[str, Project | Agreement]]:
    for k in snapshot.projects_of(i).tolist():
        yield "project", snapshot.project(k)
    for k in snapshot.agreements_of(i).tolist():
        yield "agreement", snapshot.agreement(k)
