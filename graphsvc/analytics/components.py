"""Who can reach whom: connected components, and the small sides that hang on one actor."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csgraph, csr_array

from graphsvc.snapshot.columns import I32, I64, Ties


@dataclass(frozen=True, slots=True)
class Components:
    """`label[i]` numbers the component of actor i; `size[c]` counts its actors (isolated ones count 1)."""

    label: I32
    size: I64


def components(ties: Ties) -> Components:
    """Connected components of the unweighted neighbour graph. Time: linear in actors and ties."""
    n = len(ties.ptr) - 1
    if n == 0:
        return Components(np.zeros(0, np.int32), np.zeros(0, np.int64))
    graph = csr_array((np.ones(len(ties.ids), np.int8), ties.ids, ties.ptr), shape=(n, n))
    count, label = csgraph.connected_components(graph, directed=False)
    return Components(label.astype(np.int32), np.bincount(label, minlength=count).astype(np.int64))


@dataclass(frozen=True, slots=True)
class Hold:
    """If `actor` (an articulation point) left, a side of `side` actors would be cut off from the rest."""

    actor: int
    side: int


def held_sides(ties: Ties, largest_side: int) -> dict[int, Hold]:
    """For each actor on a small side that one other actor alone joins to a larger rest: who holds it.

    An actor with several holders is given the one of its smallest side, then the lowest index.
    """
    return {
        i: min(holds, key=lambda h: (h.side, h.actor)) for i, holds in holders(ties, largest_side).items()
    }


def holders(ties: Ties, largest_side: int) -> dict[int, list[Hold]]:
    """For each actor that one other actor alone could cut off: all who could, by index.

    A side is a component left when its holder is taken away, of at most `largest_side` actors and smaller
    than what remains beside it. Variant: from each neighbour of each actor, a search that gives up past
    `largest_side`; it finds exactly the articulation points with such sides (Hopcroft and Tarjan, CACM
    16(6), 1973, find all of them) and stays linear for a fixed bound.

    Example, path a-b-c-d-e and bound 2: a hangs on b and on c, b on c, d on c, e on d and on c.
    """
    size_of = (parts := components(ties)).size[parts.label]
    degree = ties.degree
    found: dict[int, list[Hold]] = {}
    # Who is on so small a side is tied to it and to its holder only: few partners, of whom the holder alone
    # may have many.
    many = degree > largest_side
    beyond = np.bincount(np.repeat(np.arange(len(degree)), degree), many[ties.ids], len(degree))
    able = ~many & (beyond <= 1)
    beside = np.unique(ties.ids[np.repeat(able, degree)])
    for holder in beside[degree[beside] > 1].tolist():
        seen: set[int] = set()
        around = ties.neighbours(holder)
        for start in around[able[around] & (beyond[around] <= many[holder])].tolist():
            if start in seen:
                continue
            side = small_side(ties, start, holder, largest_side)
            if side is None:
                continue
            seen |= side
            rest = int(size_of[holder]) - 1 - len(side)
            if len(side) >= rest + 1:
                continue  # what remains with the holder is no larger: nothing is cut off from a whole
            for i in side:
                found.setdefault(i, []).append(Hold(holder, len(side)))
    return found


def small_side(ties: Ties, start: int, holder: int, bound: int) -> set[int] | None:
    """What is reached from `start` without passing `holder`; None when that is more than `bound` actors."""
    side, waiting = {start}, [start]
    while waiting:
        for j in ties.neighbours(waiting.pop()).tolist():
            if j != holder and j not in side:
                if len(side) == bound:
                    return None
                side.add(j)
                waiting.append(j)
    return side


def is_held(ties: Ties, i: int, bound: int, whole: int, link: tuple[int, int]) -> bool:
    """Whether some actor alone could cut i off, with at most `bound` actors on its side and fewer than stay,
    in a component of `whole` actors once `link` joins two of them.

    Who is on a side of at most `bound` has at most `bound` partners: only such actors are walked through.
    """

    def around(k: int) -> list[int]:
        more = [link[1]] if k == link[0] else [link[0]] if k == link[1] else []
        return [*ties.neighbours(k).tolist(), *more]

    near = front = {i}
    for _ in range(bound):
        front = {j for k in front if len(around(k)) <= bound for j in around(k)} - near
        near = near | front
    for holder in near - {i}:
        side, waiting = {i}, [i]
        while waiting and len(side) <= bound:
            fresh = [j for j in around(waiting.pop()) if j != holder and j not in side]
            side.update(fresh)
            waiting += fresh
        if len(side) <= bound and len(side) < whole - len(side):
            return True
    return False
