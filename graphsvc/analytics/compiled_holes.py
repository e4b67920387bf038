"""Constraint and effective size of all actors in one pass over their partners' partners, compiled."""

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import F64, I32, I64


@njit(cache=True, nogil=True)
def holes(ptr: I64, ids: I32) -> tuple[F64, F64]:
    """Effective size and constraint, as `brokerage.effective_size` and `brokerage.constraint` define them."""
    n = len(ptr) - 1
    size, held = np.zeros(n), np.ones(n)
    whose = np.full(n, -1, np.int64)
    through = np.zeros(n)
    for i in range(n):
        degree = ptr[i + 1] - ptr[i]
        if degree == 0:
            continue
        for e in range(ptr[i], ptr[i + 1]):
            whose[ids[e]] = i
            through[ids[e]] = 0.0
        closed = 0
        for e in range(ptr[i], ptr[i + 1]):
            q = ids[e]
            share = 1.0 / (ptr[q + 1] - ptr[q])
            for f in range(ptr[q], ptr[q + 1]):
                j = ids[f]
                if whose[j] == i:
                    through[j] += share
                    closed += 1
        total = 0.0
        for e in range(ptr[i], ptr[i + 1]):
            invested = (1.0 + through[ids[e]]) / degree
            total += invested * invested
        size[i] = degree - closed / degree
        held[i] = total
    return size, held
