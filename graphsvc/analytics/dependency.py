"""How much the network hangs on one actor: the pairs that could no longer join each other without it."""

from dataclasses import dataclass

import numpy as np

from graphsvc.analytics.components import components
from graphsvc.snapshot.columns import F64, I64, Ties

PLAIN_UP_TO = 5_000  # actors; above, compiled: compiling costs more than it gains on fewer


@dataclass(frozen=True, slots=True)
class Hub:
    """`share` of the pairs of other actors that can join each other today and could not without `index`."""

    index: int
    share: float


def dependency(ties: Ties) -> F64:
    """What the network loses with each actor: share, in [0, 1], of the pairs of other actors that can reach
    each other and could not if it left; 0 where nothing can be lost.

    Its component falls into parts of c1, c2, … actors: C(c, 2) - sum of C(ck, 2) pairs are lost among the c
    others. All parts of all actors come from one depth-first search (Hopcroft and Tarjan, CACM 16(6), 1973):
    a branch whose lowest link does not pass above an actor is a part of its own.

    Example, path a-b-c-d-e: c holds 4 of the 6 pairs of others; b 3 of 6; a none.
    """
    parts = components(ties)
    size = parts.size[parts.label].astype(np.int64)
    lost = _pairs(size - 1) - _kept(ties, size)
    together = int(_pairs(parts.size).sum()) - (size - 1)
    share: F64 = np.divide(lost, together, out=np.zeros(len(size)), where=together > 0)
    return share


def hubs(ties: Ties, most: int = 5) -> list[Hub]:
    """The actors on which most depends, first the worst; nobody when no departure would part any two."""
    share = dependency(ties)
    order = np.lexsort((np.arange(len(share)), -share))[:most]
    return [Hub(int(i), float(share[i])) for i in order if share[i] > 0]


def _pairs(count: I64) -> I64:
    found: I64 = count * (count - 1) // 2
    return found


def _kept(ties: Ties, size: I64) -> I64:
    """For each actor, the pairs of its component that would still be joined without it."""
    if len(size) > PLAIN_UP_TO:
        from graphsvc.analytics.compiled_depth import branch_pairs

        parted, kept = branch_pairs(ties.ptr, ties.ids)
    else:
        parted, kept = _branch_pairs(ties)
    return kept + _pairs(size - 1 - parted)


def _branch_pairs(ties: Ties) -> tuple[I64, I64]:
    """For each actor, the actors and the pairs of the branches that it alone holds."""
    n = len(ties.ptr) - 1
    ptr, ids = ties.ptr.tolist(), ties.ids.tolist()
    depth, low, below = [-1] * n, [0] * n, [1] * n
    parted, kept = [0] * n, [0] * n
    for root in range(n):
        if depth[root] >= 0:
            continue
        depth[root] = 0
        path, at = [root], [ptr[root]]
        while path:
            i = path[-1]
            if at[-1] < ptr[i + 1]:
                j = ids[at[-1]]
                at[-1] += 1
                if depth[j] < 0:
                    depth[j] = low[j] = depth[i] + 1
                    path.append(j)
                    at.append(ptr[j])
                else:
                    low[i] = min(low[i], depth[j])
                continue
            path.pop()
            at.pop()
            if path:
                above = path[-1]
                low[above] = min(low[above], low[i])
                below[above] += below[i]
                if low[i] >= depth[above]:
                    parted[above] += below[i]
                    kept[above] += below[i] * (below[i] - 1) // 2
    return np.array(parted, np.int64), np.array(kept, np.int64)
