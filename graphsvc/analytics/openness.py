"""Do those who share a theme, a kind or a territory work among themselves, or with others?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from scipy.sparse import csr_array

from graphsvc.analytics.structure import counted_actors
from graphsvc.domain.actors import ActorKind
from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import I32, I64, Ties

_KINDS = list(ActorKind)
_SEATS = [list(PlaceLevel).index(level) for level in (PlaceLevel.INTERCOMMUNALITY, PlaceLevel.DEPARTMENT)]


class Sharing(StrEnum):
    """What the actors of a group have in common."""

    THEME = "theme"  # of the first level
    KIND = "kind"
    COUNTRY = "country"  # where they act
    SEAT = "seat"  # the intercommunality, else the département, of their seat


@dataclass(frozen=True, slots=True)
class Openness:
    """A group: `code` (theme or place id, or kind), its actors, the ties among them and those that leave it.

    `index` is the E-I index, (external - internal) / (external + internal): -1 all among themselves, +1 all
    with others; None without a tie. `by_size` is what it would be if ties fell anywhere: a small group is
    open by its size alone.
    """

    code: str
    actors: int
    internal: int
    external: int
    index: float | None
    by_size: float | None


def openness(snapshot: Snapshot, day: date, sharing: Sharing) -> list[Openness]:
    """The groups that have an actor, the largest first, then by code.

    Krackhardt and Stern, Social Psychology Quarterly 51, 1988, for groups that may overlap: an actor of two
    themes is in both, and a tie leaves a theme when only one of its ends works on it.

    Example, a and b on water, c on health, ties a-b and b-c: water has 1 internal, 1 external, index 0;
    health 0 and 1, index 1.
    """
    ties = snapshot.ties(day)
    counted = np.flatnonzero(counted_actors(snapshot, day, ties))
    codes, actor, group = _members(snapshot, sharing, counted)
    within = csr_array(
        (np.ones(len(actor), np.int64), (actor, group)), shape=(snapshot.n, max(1, len(codes)))
    )
    within.sum_duplicates()
    within.data[:] = 1
    size: I64 = np.asarray(within.sum(axis=0)).ravel()
    ends = np.asarray(within.T @ ties.degree).ravel()
    internal = np.asarray((_adjacency(ties) @ within).multiply(within).sum(axis=0)).ravel() // 2
    found = [
        _group(code, int(size[g]), int(internal[g]), int(ends[g] - 2 * internal[g]), len(counted))
        for g, code in enumerate(codes)
    ]
    return sorted(found, key=lambda one: (-one.actors, one.code))


def _group(code: str, size: int, internal: int, external: int, everybody: int) -> Openness:
    inside, outside = size * (size - 1) // 2, size * (everybody - size)
    return Openness(code, size, internal, external, _balance(external, internal), _balance(outside, inside))


def _balance(external: int, internal: int) -> float | None:
    whole = external + internal
    return (external - internal) / whole if whole else None


def _members(snapshot: Snapshot, sharing: Sharing, counted: I64) -> tuple[list[str], I64, I64]:
    """The codes, and for each membership the actor and the position of its code."""
    if sharing is Sharing.KIND:
        rows = [(i, _KINDS[int(snapshot.actors.kind[i])].value) for i in counted.tolist()]
    elif sharing is Sharing.SEAT:
        rows = [(i, code) for i in counted.tolist() if (code := _seat(snapshot, i)) is not None]
    else:
        themes = sharing is Sharing.THEME
        columns = snapshot.actors
        ptr, ids = (
            (columns.theme_ptr, columns.theme_ids) if themes else (columns.place_ptr, columns.place_ids)
        )
        names = snapshot.theme_ids if themes else snapshot.place_ids
        roots = _roots(snapshot.themes.parent if themes else snapshot.places.parent)
        rows = [
            (i, names[r])
            for i in counted.tolist()
            for r in sorted({roots[t] for t in ids[ptr[i] : ptr[i + 1]].tolist()})
        ]
    codes = sorted({code for _, code in rows})
    at = {code: g for g, code in enumerate(codes)}
    return codes, _whole(i for i, _ in rows), _whole(at[code] for _, code in rows)


def _whole(numbers: Iterable[int]) -> I64:
    return np.fromiter(numbers, np.int64)


def _roots(parent: I32) -> list[int]:
    roots: list[int] = []
    for start in range(len(parent)):
        at = start
        while parent[at] >= 0:
            at = int(parent[at])
        roots.append(at)
    return roots


def _seat(snapshot: Snapshot, i: int) -> str | None:
    seat = int(snapshot.actors.seat[i])
    if seat < 0:
        return None
    chain = snapshot.ancestors(seat)
    level = {int(snapshot.places.level[p]): p for p in reversed(chain)}
    found = next((level[wanted] for wanted in _SEATS if wanted in level), chain[-1])
    return str(snapshot.place_ids[found])


def _adjacency(ties: Ties) -> "csr_array":
    n = len(ties.ptr) - 1
    return csr_array((np.ones(len(ties.ids), np.int64), ties.ids, ties.ptr), shape=(n, n))
