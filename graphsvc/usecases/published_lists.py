"""The lists of experience sheets and of calls, asked for a theme, a territory or whom a call is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.calls import Call
from graphsvc.domain.experiences import Experience
from graphsvc.domain.text import sort_key
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.concern import (
    Axis,
    Concern,
    asked_for,
    concern_of,
    counted,
    named_by,
    reaches_to,
)
from graphsvc.usecases.fitting_calls import Window, window_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a list: codes or names, any of those of one field; fields add up. Empty: all.

    `windows` and `kinds` (who may answer) are asked of calls only.
    """

    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()
    kinds: tuple[ActorKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """Positions of the records found, in order; `wider`: those found by something broader, and by what.

    `themes`, `windows`: (code, number of records), what choosing that one instead would give.
    """

    positions: Sequence[int]
    wider: dict[int, Concern]
    themes: list[tuple[str, int]]
    windows: dict[Window, int]


def find_experiences(snapshot: Snapshot, wanted: Wanted) -> Listed:
    """The sheets on what is asked, then those on something broader; the latest first.

    Raises UnknownRecord or AmbiguousName.
    """
    records = [snapshot.experience(k) for k in range(len(snapshot.experience_ids))]
    concerns, themes = _concerned(snapshot, records, wanted, range(len(records)))
    found = sorted(concerns, key=lambda k: (concerns[k].steps, *_latest(records[k])))
    return Listed(found, _wider(concerns), themes, {})


def find_calls(snapshot: Snapshot, wanted: Wanted, today: date) -> Listed:
    """The calls: open ones, those to come, past ones; within each, those on what is asked, then those on
    something broader; the nearest deadline first.

    A call that does not say who may answer is for any kind. Raises UnknownRecord or AmbiguousName.
    """
    records = [snapshot.call(k) for k in range(len(snapshot.call_ids))]
    windows = [window_of(record, today) for record in records]
    theirs = [
        k
        for k, record in enumerate(records)
        if not wanted.kinds or not record.open_to or set(wanted.kinds) & set(record.open_to)
    ]
    inside = [k for k in theirs if not wanted.windows or windows[k] in wanted.windows]
    every, _ = _concerned(snapshot, records, wanted, theirs)
    concerns, themes = _concerned(snapshot, records, wanted, inside)
    found = sorted(
        concerns,
        key=lambda k: (
            list(Window).index(windows[k]),
            concerns[k].steps,
            *_by_deadline(records[k], windows[k]),
        ),
    )
    counts = {window: sum(windows[k] is window for k in every) for window in Window}
    return Listed(found, _wider(concerns), themes, counts)


def _concerned(
    snapshot: Snapshot, records: Sequence[Experience] | Sequence[Call], wanted: Wanted, left: Sequence[int]
) -> tuple[dict[int, Concern], list[tuple[str, int]]]:
    """Those of the records left that concern what is asked; what each other theme would give."""
    themes = [named_by(snapshot, Axis.THEME, records[k]) for k in left]
    places = [named_by(snapshot, Axis.TERRITORY, records[k]) for k in left]
    on = reaches_to(snapshot, Axis.THEME, themes, asked_for(snapshot, Axis.THEME, wanted.themes))
    at = reaches_to(snapshot, Axis.TERRITORY, places, asked_for(snapshot, Axis.TERRITORY, wanted.territories))
    ways = zip(left, on, at, strict=True)
    concerns = {
        k: concern for k, one, other in ways if (concern := concern_of(snapshot, one, other)) is not None
    }
    there = [named for named, way in zip(themes, at, strict=True) if way is not None]
    return concerns, counted(snapshot, Axis.THEME, there)


def _wider(concerns: dict[int, Concern]) -> dict[int, Concern]:
    return {k: concern for k, concern in concerns.items() if concern.steps}


def _latest(record: Experience) -> tuple[Any, ...]:
    day = record.end or record.start
    return -day.year if day is not None else 0, sort_key(record.title), record.id


def _by_deadline(record: Call, window: Window) -> tuple[Any, ...]:
    """The nearest deadline first, on either side of today; those without one after."""
    ends = record.closes_on.last_day.toordinal() if record.closes_on else 0
    sign = -1 if window is Window.PAST else 1
    return record.closes_on is None, sign * ends, sort_key(record.title), record.id
