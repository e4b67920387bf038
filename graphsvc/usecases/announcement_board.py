"""The board of announcements: those that pass every filter, and what each other choice would give.

As in the directory, the counts of a filter ignore its own choices and keep all the others. What concerns a
theme or a territory is said in `concern`: what is broader comes after what names the thing itself.
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
from graphsvc.search import find_actor, find_place
from graphsvc.search.kept import kept_with_snapshot
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64
from graphsvc.usecases.concern import (
    Axis,
    Concern,
    asked_for,
    concern_of,
    counted,
    named_by,
    reaches_to,
)
from graphsvc.usecases.near_commune import kilometres

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

    `wider`: those that are found by something broader than what was asked, and by what. Facets: `direction`,
    `nature`, `theme`, `territory`, `standing`: (code, number), most first.
    """

    positions: Sequence[int]
    distances: dict[int, float]
    wider: dict[int, Concern]
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
    asked = {
        Axis.THEME: asked_for(snapshot, Axis.THEME, wanted.themes),
        Axis.TERRITORY: asked_for(snapshot, Axis.TERRITORY, wanted.territories),
    }
    ways = {axis: reaches_to(snapshot, axis, board.named[axis], entries) for axis, entries in asked.items()}
    masks, distances = _masks(snapshot, board, wanted, standings)
    masks |= {axis.value: _mask(way is not None for way in ways[axis]) for axis in Axis if asked[axis]}
    passing = _all_of(masks.values(), len(board.records))
    facets = {}
    for name in _FACETS:
        others = _all_of((mask for other, mask in masks.items() if other != name), len(board.records))
        facets[name] = _facet(snapshot, board, standings, name, np.flatnonzero(others).tolist())
    concerns = {
        k: concern
        for k in np.flatnonzero(passing).tolist()
        if (concern := concern_of(snapshot, ways[Axis.THEME][k], ways[Axis.TERRITORY][k])) is not None
    }
    found = sorted(concerns, key=lambda k: (concerns[k].steps, *_order(board.records[k], distances.get(k))))
    return Found(
        found,
        {k: distances[k] for k in found if k in distances},
        {k: concerns[k] for k in found if concerns[k].steps},
        facets,
    )


@dataclass(frozen=True, slots=True)
class _Board:
    """Each announcement; the positions of the themes and of the territories it names."""

    records: list[Announcement]
    named: dict[Axis, list[frozenset[int]]]


@kept_with_snapshot
def _board(snapshot: Snapshot) -> _Board:
    records = [snapshot.announcement(k) for k in range(len(snapshot.announcement_ids))]
    return _Board(records, {axis: [named_by(snapshot, axis, r) for r in records] for axis in Axis})


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


def _facet(
    snapshot: Snapshot, board: _Board, standings: list[Standing], facet: str, left: list[int]
) -> list[Count]:
    """What each choice of a facet would give among the announcements left."""
    if facet in list(Axis):
        return counted(snapshot, Axis(facet), [board.named[Axis(facet)][k] for k in left])
    codes = Counter(
        standings[k].value if facet == "standing" else getattr(board.records[k], facet).value for k in left
    )
    return sorted(codes.items(), key=lambda pair: (-pair[1], pair[0]))


def _order(record: Announcement, distance: float | None) -> tuple[Any, ...]:
    """Nearest first when distance was asked; owned before recorded; newest first; then French order."""
    published = record.published_on.first_day.toordinal() if record.published_on else 0
    return (round(distance or 0.0, 1), record.actor is None, -published, sort_key(record.title), record.id)
