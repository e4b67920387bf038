"""The board of announcements: those that pass every filter, and what each other choice would give.

As in the directory, the counts of a filter ignore its own choices and keep all the others; a theme or a
territory includes everything below it. An announcement for a territory that contains the one asked for (the
whole Région de Kayes, for Kayes) concerns it too, and one on the whole of a theme (education, for literacy)
likewise: it comes after those for that place or theme itself.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature
from graphsvc.domain.text import sort_key
from graphsvc.search import find_actor, find_place, find_theme
from graphsvc.search.kept import kept_with_snapshot
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64
from graphsvc.usecases.near_commune import kilometres
from graphsvc.usecases.territory_reach import concerned, places_of, reach_to

Count = tuple[str, int]


class Standing(StrEnum):
    """Where an announcement stands on a day. Each has exactly one."""

    OPEN = "open"  # may be answered
    RECORDED = "recorded"  # a need without an owner, which may be taken up
    UPCOMING = "upcoming"  # its first day is to come
    EXPIRED = "expired"
    CLOSED = "closed"


ANSWERABLE = (Standing.OPEN, Standing.RECORDED)
_FACETS = ("direction", "nature", "theme", "territory", "standing")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the board. Several values of one field mean any of them; fields add up.

    `near`: a place, by code or name, and `km` the distance around it; `actor`: the owner's key.
    `standings` empty: those that may be answered.
    """

    directions: tuple[Direction, ...] = ()
    natures: tuple[Nature, ...] = ()
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    standings: tuple[Standing, ...] = ANSWERABLE
    near: str = ""
    km: float = 20.0
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Positions of the announcements found, in the order of the board, and the distance of each if asked.

    `wider`: for one that is found by a territory around what was asked, that territory's key. Facets:
    `direction`, `nature`, `theme`, `territory`, `standing`: (code, number), most first.
    """

    positions: Sequence[int]
    distances: dict[int, float]
    wider: dict[int, str]
    facets: dict[str, list[Count]]

    @property
    def total(self) -> int:
        """Number of announcements found."""
        return len(self.positions)


def standing_of(record: Announcement, day: date) -> Standing:
    """Where it stands on a day."""
    if record.state is AnnouncementState.CLOSED:
        return Standing.CLOSED
    if record.expires_on is not None and record.expires_on.last_day < day:
        return Standing.EXPIRED
    if record.published_on is not None and record.published_on.first_day > day:
        return Standing.UPCOMING
    return Standing.RECORDED if record.state is AnnouncementState.RECORDED else Standing.OPEN


def find_announcements(snapshot: Snapshot, wanted: Wanted, today: date) -> Found:
    """Filter, order and count. Raises UnknownRecord or AmbiguousName on a theme, place or actor."""
    board = _board(snapshot)
    standings = [standing_of(record, today) for record in board.records]
    asked = [find_place(snapshot, key) for key in wanted.territories]
    reaches = [reach_to(snapshot, named, asked) for named in board.territories]
    themes = {snapshot.theme_ids[find_theme(snapshot, key)] for key in wanted.themes}
    masks, distances = _masks(snapshot, board, wanted, standings)
    if themes:
        masks["theme"] = _mask(bool(reached & themes) for reached in board.reached)
    if asked:
        masks["territory"] = _mask(reach is not None for reach in reaches)
    passing = _all_of(masks.values(), len(board.records))
    facets = {}
    for name in _FACETS:
        others = _all_of((mask for other, mask in masks.items() if other != name), len(board.records))
        facets[name] = _counted(_codes(snapshot, board, standings, name, np.flatnonzero(others).tolist()))
    exact = _mask(not themes or bool(own & themes) for own in board.themes)
    steps = {k: reach for k, reach in enumerate(reaches) if reach is not None and reach.steps}
    found = sorted(
        np.flatnonzero(passing).tolist(),
        key=lambda k: (
            (steps[k].steps if k in steps else 0) + (not exact[k]),
            *_order(board.records[k], distances.get(k)),
        ),
    )
    return Found(
        found,
        {k: distances[k] for k in found if k in distances},
        {k: snapshot.place_ids[steps[k].place] for k in found if k in steps},
        facets,
    )


@dataclass(frozen=True, slots=True)
class _Board:
    """Each announcement; its themes with those above, and with those below too; the territories it names."""

    records: list[Announcement]
    themes: list[frozenset[str]]
    reached: list[frozenset[str]]
    territories: list[frozenset[int]]


@kept_with_snapshot
def _board(snapshot: Snapshot) -> _Board:
    records = [snapshot.announcement(k) for k in range(len(snapshot.announcement_ids))]
    above = [
        frozenset(
            a
            for key in r.themes
            if (t := snapshot.theme_index(key)) is not None
            for a in snapshot.theme_ancestors(t)
        )
        for r in records
    ]
    named = [{t for key in r.themes if (t := snapshot.theme_index(key)) is not None} for r in records]
    below = [
        {t for t in range(len(snapshot.theme_ids)) if own & set(snapshot.theme_ancestors(t))} for own in named
    ]
    return _Board(
        records,
        [frozenset(snapshot.theme_ids[t] for t in own) for own in above],
        [
            frozenset(snapshot.theme_ids[t] for t in own | more)
            for own, more in zip(above, below, strict=True)
        ],
        [places_of(snapshot, r.territories) for r in records],
    )


def _masks(
    snapshot: Snapshot, board: _Board, wanted: Wanted, standings: list[Standing]
) -> tuple[dict[str, B1], dict[int, float]]:
    """One mask for each filter in use but theme and territory, and the distances when they were asked."""
    masks: dict[str, B1] = {}
    if wanted.standings:
        masks["standing"] = _mask(s in wanted.standings for s in standings)
    if wanted.directions:
        masks["direction"] = _mask(r.direction in wanted.directions for r in board.records)
    if wanted.natures:
        masks["nature"] = _mask(r.nature in wanted.natures for r in board.records)
    if wanted.actor:
        owner = snapshot.ids[find_actor(snapshot, wanted.actor)]
        masks["actor"] = _mask(r.actor == owner for r in board.records)
    distances: dict[int, float] = {}
    if wanted.near:
        far: F64 = kilometres(snapshot, board.records, find_place(snapshot, wanted.near))
        masks["near"] = far <= wanted.km  # NaN is never near
        distances = {int(k): float(far[k]) for k in np.flatnonzero(masks["near"])}
    return masks, distances


def _mask(values: Iterable[bool]) -> B1:
    return np.fromiter(values, np.bool_)


def _all_of(masks: Iterable[B1], count: int) -> B1:
    passing = np.ones(count, np.bool_)
    for mask in masks:
        passing &= mask
    return passing


def _codes(
    snapshot: Snapshot, board: _Board, standings: list[Standing], facet: str, left: list[int]
) -> list[Iterable[str]]:
    """The codes of a facet by which each of the announcements left would be found."""
    if facet == "theme":
        return [board.reached[k] for k in left]
    if facet == "territory":
        reached = concerned(snapshot, [board.territories[k] for k in left])
        return [[snapshot.place_ids[p] for p in places] for places in reached]
    if facet == "standing":
        return [[standings[k].value] for k in left]
    return [[getattr(board.records[k], facet).value] for k in left]


def _counted(codes: Iterable[Iterable[str]]) -> list[Count]:
    counts = Counter(code for own in codes for code in own)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _order(record: Announcement, distance: float | None) -> tuple[Any, ...]:
    """Nearest first when distance was asked; owned before recorded; newest first; then French order."""
    published = record.published_on.first_day.toordinal() if record.published_on else 0
    return (round(distance or 0.0, 1), record.actor is None, -published, sort_key(record.title), record.id)
