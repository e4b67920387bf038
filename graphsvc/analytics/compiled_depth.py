"""The depth-first search of `dependency`, compiled, for large networks: same answer as its plain twin."""

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import I32, I64


@njit(cache=True, nogil=True)
def branch_pairs(ptr: I64, ids: I32) -> tuple[I64, I64]:
    """For each actor, the actors and the pairs of the branches that it alone holds."""
    n = len(ptr) - 1
    depth, low = np.full(n, -1, np.int64), np.zeros(n, np.int64)
    below = np.ones(n, np.int64)
    parted, kept = np.zeros(n, np.int64), np.zeros(n, np.int64)
    path, at = np.empty(n, np.int64), np.empty(n, np.int64)
    for root in range(n):
        if depth[root] >= 0:
            continue
        depth[root] = 0
        path[0], at[0] = root, ptr[root]
        top = 0
        while top >= 0:
            i = path[top]
            if at[top] < ptr[i + 1]:
                j = ids[at[top]]
                at[top] += 1
                if depth[j] < 0:
                    depth[j] = low[j] = depth[i] + 1
                    top += 1
                    path[top], at[top] = j, ptr[j]
                elif depth[j] < low[i]:
                    low[i] = depth[j]
                continue
            top -= 1
            if top >= 0:
                above = path[top]
                low[above] = min(low[above], low[i])
                below[above] += below[i]
                if low[i] >= depth[above]:
                    parted[above] += below[i]
                    kept[above] += below[i] * (below[i] - 1) // 2
    return parted, kept
