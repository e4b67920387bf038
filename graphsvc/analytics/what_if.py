"""What would change if these links existed? Figures before and after, and who would leave the work list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graphsvc.analytics.isolation import IsolationState, work_list
from graphsvc.analytics.structure import Structure, counted_actors, structure_of, with_links
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import Ties


class Use(StrEnum):
    """What becomes of a link one imagines."""

    NEW = "new"
    TIED = "tied"  # the two cooperate already
    REPEATED = "repeated"  # it is there twice
    SAME_ACTOR = "same_actor"
    ENDED = "ended"  # one of the two does not exist that day


@dataclass(frozen=True, slots=True)
class Imagined:
    """A link of the set, and whether it counts: only a `new` one does."""

    a: int
    b: int
    use: Use


@dataclass(frozen=True, slots=True)
class Move:
    """An actor whose state on the work list changes; None = not on the list."""

    index: int
    before: IsolationState | None
    after: IsolationState | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answer. `moves`: by state before, then index."""

    links: tuple[Imagined, ...]
    before: Structure
    after: Structure
    moves: tuple[Move, ...]


def what_if(snapshot: Snapshot, day: date, links: Sequence[tuple[int, int]]) -> WhatIf:
    """The network of a day with these links added to it, as cooperations like the others.

    Links that change nothing (a tie already there, an actor with itself, one said twice, an actor that has
    ended or does not exist yet) are told and left out. An actor of no known activity that gets a link is
    counted from then on, as it would be.
    """
    ties = snapshot.ties(day)
    told = _told(snapshot, day, links)
    with_them = with_links(ties, [(one.a, one.b) for one in told if one.use is Use.NEW])
    before, after = _states(snapshot, day, ties), _states(snapshot, day, with_them)
    order = [None, *IsolationState]
    moves = [
        Move(i, before.get(i), after.get(i))
        for i in sorted(before.keys() | after.keys())
        if before.get(i) is not after.get(i)
    ]
    return WhatIf(
        links=told,
        before=structure_of(ties, counted_actors(snapshot, day, ties)),
        after=structure_of(with_them, counted_actors(snapshot, day, with_them)),
        moves=tuple(sorted(moves, key=lambda m: (order.index(m.before), m.index))),
    )


def _states(snapshot: Snapshot, day: date, ties: Ties) -> dict[int, IsolationState]:
    items = work_list(snapshot, day, all_perimeters=True, institutions=True, ties=ties)
    return {item.index: item.state for item in items}


def _told(snapshot: Snapshot, day: date, links: Sequence[tuple[int, int]]) -> tuple[Imagined, ...]:
    ties, at = snapshot.ties(day), day.toordinal()
    founded, ended = snapshot.actors.founded, snapshot.actors.ended
    seen: set[tuple[int, int]] = set()
    told = []
    for a, b in links:
        pair = (min(a, b), max(a, b))
        if a == b:
            use = Use.SAME_ACTOR
        elif pair in seen:
            use = Use.REPEATED
        elif b in ties.neighbours(a):
            use = Use.TIED
        elif any(not founded[i] <= at <= ended[i] for i in pair):
            use = Use.ENDED
        else:
            use = Use.NEW
        seen.add(pair)
        told.append(Imagined(a, b, use))
    return tuple(told)
