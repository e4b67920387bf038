"""A gathering of houses at one place or on one theme, and a pair of it that should meet."""

from dataclasses import dataclass

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F32, I32
from matcher.between import bridges_between
from matcher.meetings.encounters import Encounters
from matcher.places.standing import Standing
from matcher.reasons import Reason


@dataclass(frozen=True, slots=True)
class Gathering:
    """Houses at a place (perhaps only those on one theme), or on a theme (perhaps only those of one area).

    `named`, `below`: how sure it is that each names the entry itself, or something inside.
    """

    place: int | None
    theme: int | None
    area: int | None
    houses: I32
    named: F32
    below: F32

    @property
    def key(self) -> tuple[int, int, int]:
        """What tells gatherings apart, for a stable order."""
        place, theme, area = (-1 if k is None else k for k in (self.place, self.theme, self.area))
        return place, theme, area

    def only(self, kept: B1, *, theme: int | None = None, area: int | None = None) -> "Gathering":
        """The part of these houses."""
        return Gathering(
            self.place,
            self.theme if theme is None else theme,
            self.area if area is None else area,
            self.houses[kept],
            self.named[kept],
            self.below[kept],
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two houses without live cooperation between them, and what already joins them, the easiest first."""

    one: int
    other: int
    score: float
    overlap: float
    complementarity: float
    bridges: tuple[Reason, ...]

    @classmethod
    def of(cls, snapshot: Snapshot, standing: Standing, found: Encounters, a: int, b: int) -> "Pair":
        """The pair of two rows."""
        one, other = int(found.houses[a]), int(found.houses[b])
        return cls(
            one,
            other,
            float(found.score[a, b]),
            float(found.overlap[a, b]),
            float(found.complementarity[a, b]),
            tuple(bridge.reason for bridge in bridges_between(snapshot, standing, one, other)),
        )
