"""Whether a record concerns a place: it names the place, what is within it, or what contains it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graphsvc.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Reach:
    """The way from a place asked for to what concerns it: so many `steps` up to `place`, 0 for itself."""

    steps: int
    place: int


def places_of(snapshot: Snapshot, keys: Iterable[str]) -> frozenset[int]:
    """The positions of the territories a record names."""
    return frozenset(p for key in keys if (p := snapshot.place_index(key)) is not None)


def with_all_above(snapshot: Snapshot, places: Iterable[int]) -> frozenset[int]:
    """These places and all that contains them."""
    return frozenset(a for p in places for a in snapshot.ancestors(p))


def reach_to(snapshot: Snapshot, named: frozenset[int], asked: Sequence[int]) -> Reach | None:
    """The shortest way from one of the asked places to what is named; None when it concerns none of them.

    Something within an asked place counts as the place itself: 0 steps.
    """
    within = with_all_above(snapshot, named)
    ways = [Reach(0, p) for p in asked if p in within]
    ways += [Reach(n, a) for p in asked for n, a in enumerate(snapshot.ancestors(p)) if a in named]
    return min(ways, key=lambda way: way.steps, default=None)


def concerned(snapshot: Snapshot, named: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """For each set of territories named, the places it concerns among those that any of them lies in."""
    above = [with_all_above(snapshot, own) for own in named]
    offered = {p: frozenset(snapshot.ancestors(p)) for p in frozenset().union(*above)}
    return [
        own | {p for p, over in offered.items() if over & chosen}
        for own, chosen in zip(above, named, strict=True)
    ]
