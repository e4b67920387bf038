"""The two sides a triangle stands on: an actor of the territory and one of a partner territory, or two actors
of partner territories, with what they lack.

They cooperate today, or the first acts where the second is (the distance between seats says nothing). What
they lack is an open need of either, and the themes of the partner that the other does not work on.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graphsvc.domain.announcements import Direction
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64
from matcher.groups.gatherings import Gatherings
from matcher.places.standing import Standing

TIED, POSSIBLE = 1.0, 0.8
HOMES_OF_ONE = 5
"""Actors of the territory weighed for one partner they do not cooperate with, the best placed first."""
SURE = 0.4


@dataclass(frozen=True, slots=True)
class Base:
    """`one` is of the territory, or of a partner territory like `partner`; `place`: where they meet.

    `themes`: what the partner works on and `one` does not, position -> worth; `needs`: announcements of
    either; `strength`: how much of a base there is already.
    """

    one: int
    partner: int
    tied: bool
    place: int
    strength: float
    themes: dict[int, float]
    needs: tuple[int, ...]

    @property
    def promise(self) -> float:
        """What there is to complete: orders the bases when there are too many."""
        return self.strength * (len(self.needs) + max(self.themes.values(), default=0.0))


def bases_of(
    snapshot: Snapshot, standing: Standing, at_places: Gatherings, level: F64, partners: list[int]
) -> Iterator[Base]:
    """The bases with these partner-side houses that lack something."""
    for partner in partners:
        seat = int(snapshot.actors.seat[partner])
        chain = snapshot.ancestors(seat) if seat >= 0 else ()
        tied = standing.partners(partner).tolist()
        sides: list[tuple[int, bool, int]] = [
            (one, True, seat) for one in tied if _may(standing, one, partner)
        ]
        near = _present(standing, at_places, level, chain)
        sides += [(one, False, place) for one, place in near if one not in tied and one != partner]
        for one, together, place in sides:
            worth = TIED if together else POSSIBLE * float(level[place])
            base = _base(snapshot, standing, one, partner, together, place, worth)
            if base.themes or base.needs:
                yield base


def _may(standing: Standing, one: int, partner: int) -> bool:
    """An actor of the territory, or another partner-side one: each such pair is seen once."""
    return bool(standing.local[one]) or (bool(standing.index.away[one]) and one < partner)


def _present(
    standing: Standing, at_places: Gatherings, level: F64, chain: tuple[int, ...]
) -> list[tuple[int, int]]:
    """Local houses that act at the narrowest place around a seat where any do, the surest first."""
    for place in chain:
        houses, named, below = at_places.of(place)
        sure = np.maximum(named, below)
        local = standing.local[houses]
        if local.any() and level[place] > 0:
            order = np.lexsort((houses[local], -sure[local]))[:HOMES_OF_ONE]
            return [(int(h), place) for h in houses[local][order]]
    return []


def _base(
    snapshot: Snapshot, standing: Standing, one: int, partner: int, tied: bool, place: int, strength: float
) -> Base:
    own, theirs = standing.themes.of(one), standing.themes.of(partner)
    known = {a for t, sure in own.items() if sure >= SURE for a in snapshot.theme_ancestors(t)}
    above = {a for t in theirs for a in snapshot.theme_ancestors(t)[1:]}
    missing = [t for t in theirs if t not in known and not (set(snapshot.theme_ancestors(t)) & set(own))]
    importance = standing.index.themes.importance
    worth = {t: float(theirs[t] * (0.5 + 0.5 * importance[t])) for t in missing if t not in above}
    needs = (*open_needs(snapshot, standing, one), *open_needs(snapshot, standing, partner))
    return Base(one, partner, tied, place, strength, worth, needs)


def open_needs(snapshot: Snapshot, standing: Standing, house: int) -> tuple[int, ...]:
    """Needs of a house that may be answered on the day."""
    board = standing.index.board
    found = [int(k) for unit in standing.units_of(house) for k in snapshot.announcements_of(int(unit))]
    open_: B1 = board.open_on(standing.day)
    return tuple(k for k in found if open_[k] and snapshot.announcement(k).direction is Direction.NEED)
