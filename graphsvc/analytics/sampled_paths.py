"""Shortest paths from a sample of actors, compiled: what large networks ask of betweenness.

Imported only for networks of more than `brokerage.EXACT_UP_TO` actors: compiling takes seconds the first
time, and is kept on disk.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import F64, I32, I64

WORKERS = 2


def sampled_dependencies(ptr: I64, ids: I32, starts: I64) -> tuple[F64, F64]:
    """Sum and sum of squares, over the starts, of the scaled dependency of each start on each actor.

    The dependency of s on v is the sum over t of the share of shortest paths s-t through v (Brandes, J. Math.
    Sociology 25, 2001); here each t counts d(s, v) / d(s, t), so that an actor does not seem important for
    standing beside a start (Geisberger, Sanders, Schultes, ALENEX 2008, linear scaling). Over all starts the
    sum is the number of pairs whose shortest paths pass through v: each pair is shared by its two ends.
    """
    with ThreadPoolExecutor(WORKERS) as pool:
        parts = list(pool.map(lambda own: _from_starts(ptr, ids, own), np.array_split(starts, WORKERS)))
    return sum(p[0] for p in parts), sum(p[1] for p in parts)  # type: ignore[return-value]


@njit(cache=True, nogil=True)
def _from_starts(ptr: I64, ids: I32, starts: I64) -> tuple[F64, F64]:
    n = len(ptr) - 1
    sums, squares = np.zeros(n), np.zeros(n)
    step = np.full(n, -1, np.int32)
    paths, owed = np.empty(n), np.empty(n)
    order = np.empty(n, np.int32)
    for start in starts:
        step[start], paths[start], owed[start], order[0] = 0, 1.0, 0.0, start
        head, tail = 0, 1
        while head < tail:
            i = order[head]
            head += 1
            for e in range(ptr[i], ptr[i + 1]):
                j = ids[e]
                if step[j] < 0:
                    step[j], paths[j], owed[j] = step[i] + 1, 0.0, 0.0
                    order[tail] = j
                    tail += 1
                if step[j] == step[i] + 1:
                    paths[j] += paths[i]
        for at in range(tail - 1, 0, -1):
            i = order[at]
            part = (1.0 / step[i] + owed[i]) / paths[i]
            for e in range(ptr[i], ptr[i + 1]):
                j = ids[e]
                if step[j] == step[i] - 1:
                    owed[j] += paths[j] * part
            scaled = owed[i] * step[i]
            sums[i] += scaled
            squares[i] += scaled * scaled
        for at in range(tail):
            step[order[at]] = -1
    return sums, squares
