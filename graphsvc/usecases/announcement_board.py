"""The board of announcements: those that pass every filter, and what each other choice would give.

As in the directory, the counts of a filter ignore its own choices and keep all the others; a theme or a
territory includes everything below it.
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

Count = tuple[str, int]


class Standing(StrEnum):
    """Where an announcement stands on a day. Each has exactly one."""

    OPEN = "open"  # may be answered
    RECORDED = "recorded"  # a need without an owner, which may be taken up
    UPCOMING = "upcoming"  # its first day is to come
    EXPIRED = "expired"
    CLOSED = "closed"


ANSWERABLE = (Standing.OPEN, Standing.RECORDED)


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

    Facets: `direction`, `nature`, `theme`, `territory`, `standing`: (code, number), most first.
    """

    positions: Sequence[int]
    distances: dict[int, float]
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
    masks, distances = _masks(snapshot, board, wanted, standings)
    passing = np.ones(len(board.records), np.bool_)
    for mask in masks.values():
        passing &= mask
    facets = {}
    for name, codes in _codes(board, standings).items():
        others = np.ones(len(board.records), np.bool_)
        for other, mask in masks.items():
            if other != name:
                others &= mask
        facets[name] = _counted(codes[k] for k in np.flatnonzero(others))
    found = sorted(
        (int(k) for k in np.flatnonzero(passing)), key=lambda k: _order(board.records[k], distances.get(k))
    )
    return Found(found, {k: distances[k] for k in found if k in distances}, facets)


@dataclass(frozen=True, slots=True)
class _Board:
    records: list[Announcement]
    themes: list[frozenset[str]]
    territories: list[frozenset[str]]


@kept_with_snapshot
def _board(snapshot: Snapshot) -> _Board:
    records = [snapshot.announcement(k) for k in range(len(snapshot.announcement_ids))]
    themes, places = snapshot.theme_ids, snapshot.place_ids
    return _Board(
        records,
        [
            frozenset(
                themes[a]
                for key in r.themes
                if (t := snapshot.theme_index(key)) is not None
                for a in snapshot.theme_ancestors(t)
            )
            for r in records
        ],
        [
            frozenset(
                places[a]
                for key in r.territories
                if (p := snapshot.place_index(key)) is not None
                for a in snapshot.ancestors(p)
            )
            for r in records
        ],
    )


def _masks(
    snapshot: Snapshot, board: _Board, wanted: Wanted, standings: list[Standing]
) -> tuple[dict[str, B1], dict[int, float]]:
    """One mask for each filter in use, and the distances when they were asked."""
    themes = {snapshot.theme_ids[find_theme(snapshot, key)] for key in wanted.themes}
    places = {snapshot.place_ids[find_place(snapshot, key)] for key in wanted.territories}
    masks: dict[str, B1] = {}
    if wanted.standings:
        masks["standing"] = _mask(s in wanted.standings for s in standings)
    if wanted.directions:
        masks["direction"] = _mask(r.direction in wanted.directions for r in board.records)
    if wanted.natures:
        masks["nature"] = _mask(r.nature in wanted.natures for r in board.records)
    if themes:
        masks["theme"] = _mask(bool(own & themes) for own in board.themes)
    if places:
        masks["territory"] = _mask(bool(own & places) for own in board.territories)
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


def _codes(board: _Board, standings: list[Standing]) -> dict[str, list[tuple[str, ...]]]:
    """The codes of each announcement, for each facet."""
    return {
        "direction": [(r.direction.value,) for r in board.records],
        "nature": [(r.nature.value,) for r in board.records],
        "theme": [tuple(own) for own in board.themes],
        "territory": [tuple(own) for own in board.territories],
        "standing": [(s.value,) for s in standings],
    }


def _counted(codes: Iterable[tuple[str, ...]]) -> list[Count]:
    counts = Counter(code for own in codes for code in own)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _order(record: Announcement, distance: float | None) -> tuple[Any, ...]:
    """Nearest first when distance was asked; owned before recorded; newest first; then French order."""
    published = record.published_on.first_day.toordinal() if record.published_on else 0
    return (round(distance or 0.0, 1), record.actor is None, -published, sort_key(record.title), record.id)
