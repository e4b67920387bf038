"""What an actor has in common with a list of themes or territories: the same, one within it, or around it.

An actor says what it is about in its record, in its open announcements and in its projects under way or to
come: a call for what only the announcement names fits it too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from graphsvc.domain.announcements import Announcement
from graphsvc.domain.links import State
from graphsvc.domain.projects import ParticipationRole, Project
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import I32, I64
from graphsvc.usecases.concern import Axis, entries, named_by, reach_to

_OVER = frozenset({State.ENDED, State.DORMANT, State.ATTEMPTED, State.RETRACTED})


@dataclass(frozen=True, slots=True)
class Said:
    """The themes and places (positions) that one source names; `told` is None for the actor's own record.

    `told`: `{kind, id, title}` of the announcement or project.
    """

    told: dict[str, str] | None
    themes: frozenset[int]
    places: frozenset[int]


@dataclass(frozen=True, slots=True)
class Common:
    """What is asked and one source names as well; what an earlier source said is not said again."""

    told: dict[str, str] | None
    keys: tuple[str, ...]


def said_by(snapshot: Snapshot, i: int, today: date) -> tuple[Said, ...]:
    """The sources of actor i: its record, its announcements open today, its projects that are not over.

    What it only pays for is not its project.
    """
    sources = [_record(snapshot, i)]
    for k in snapshot.announcements_of(i).tolist():
        record = snapshot.announcement(k)
        begun = record.published_on is None or record.published_on.first_day <= today
        if begun and record.open_on(today):
            sources.append(_source(snapshot, "announcement", record))
    for k in snapshot.projects_of(i).tolist():
        project = snapshot.project(k)
        if _at_work(project, snapshot.ids[i], today):
            sources.append(_source(snapshot, "project", project))
    return tuple(sources)


def common_themes(snapshot: Snapshot, i: int, asked: Sequence[str]) -> tuple[str, ...] | None:
    """The asked themes that the record of actor i names, or something narrower or broader; None: none."""
    own = _record(snapshot, i).themes
    return _shared(snapshot, Axis.THEME, own, asked) if own else None


def common_places(snapshot: Snapshot, i: int, asked: Sequence[str]) -> tuple[str, ...] | None:
    """The asked territories where actor i acts or sits: the same, within, or around. None: it names none."""
    own = _record(snapshot, i).places
    return _shared(snapshot, Axis.TERRITORY, own, asked) if own else None


def themes_in_common(
    snapshot: Snapshot, sources: Iterable[Said], asked: Sequence[str]
) -> list[Common] | None:
    """The same source by source; None when none of them names a theme."""
    named = [(s.told, _shared(snapshot, Axis.THEME, s.themes, asked)) for s in sources if s.themes]
    return _each_once(named) if named else None


def places_in_common(
    snapshot: Snapshot, sources: Iterable[Said], asked: Sequence[str]
) -> list[Common] | None:
    """The same of territories."""
    named = [(s.told, _shared(snapshot, Axis.TERRITORY, s.places, asked)) for s in sources if s.places]
    return _each_once(named) if named else None


def _each_once(named: Iterable[tuple[dict[str, str] | None, tuple[str, ...]]]) -> list[Common]:
    found: list[Common] = []
    before: set[str] = set()
    for told, keys in named:
        new = tuple(key for key in keys if key not in before)
        if new:
            found.append(Common(told, new))
            before |= set(new)
    return found


def _record(snapshot: Snapshot, i: int) -> Said:
    actors = snapshot.actors
    places = _row(actors.place_ptr, actors.place_ids, i)
    seat = int(actors.seat[i])
    return Said(None, _row(actors.theme_ptr, actors.theme_ids, i), places | ({seat} if seat >= 0 else set()))


def _source(snapshot: Snapshot, kind: str, record: Announcement | Project) -> Said:
    return Said(
        {"kind": kind, "id": record.id, "title": record.title},
        named_by(snapshot, Axis.THEME, record),
        named_by(snapshot, Axis.TERRITORY, record),
    )


def _at_work(project: Project, key: str, today: date) -> bool:
    if project.state in _OVER or (project.end is not None and project.end.last_day < today):
        return False
    own = (p for p in project.participations if p.actor == key)
    return any(
        p.role is not ParticipationRole.FUNDER and (p.end is None or p.end.last_day >= today) for p in own
    )


def _shared(snapshot: Snapshot, axis: Axis, own: frozenset[int], asked: Sequence[str]) -> tuple[str, ...]:
    """The asked keys that any of these entries concerns."""
    return tuple(
        key
        for key in asked
        for entry in entries(snapshot, axis, (key,))
        if reach_to(snapshot, axis, own, [entry]) is not None
    )


def _row(ptr: I64, ids: I32, i: int) -> frozenset[int]:
    return frozenset(int(v) for v in ids[int(ptr[i]) : int(ptr[i + 1])])
