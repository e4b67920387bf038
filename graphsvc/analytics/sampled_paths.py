"""Shortest paths between a sample of pairs, compiled: what large networks ask of betweenness.

Imported only for networks of more than `brokerage.EXACT_UP_TO` actors: compiling takes seconds the first
time, and is kept on disk.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import F64, I32, I64

WORKERS = 2
_FRONT, _END, _EDGES, _WIDTH = range(4)


class _Side(NamedTuple):
    """What has been reached from one end of a pair.

    `step` (-1 = not reached) and number of shortest `paths` from the end; actors in the `order` of reaching
    them; the edges of shortest paths, from `up` to `down`, in the order of walking. `at`: where in `order`
    the last step begins and ends, how many edges, and how many edges leave the actors of the last step.
    `passed`: the share of the pair's paths that each path to the actor carries.
    """

    step: I32
    paths: F64
    passed: F64
    order: I32
    up: I32
    down: I32
    at: I64


def sampled_shares(ptr: I64, ids: I32, one: I64, other: I64) -> tuple[F64, F64]:
    """Sum and sum of squares, over the pairs one[k], other[k] (distinct), of the share of their shortest
    paths that pass through each actor; 0 for the pairs that no path joins.

    Pairs as in Riondato and Kornaropoulos (Data Mining and Knowledge Discovery 30, 2016), searched from both
    ends at once, the narrower first, as in KADABRA (Borassi and Natale, ACM JEA 24, 2019): a pair costs the
    neighbourhoods where the two searches meet, not the network. Variant: instead of one path drawn, all the
    shortest paths of a pair are counted, each for its part, which varies less for the same searches.
    """
    with ThreadPoolExecutor(WORKERS) as pool:
        halves = zip(np.array_split(one, WORKERS), np.array_split(other, WORKERS), strict=True)
        parts = list(pool.map(lambda half: _of_pairs(ptr, ids, *half), halves))
    return sum(p[0] for p in parts), sum(p[1] for p in parts)  # type: ignore[return-value]


@njit(cache=True, nogil=True)
def _of_pairs(ptr: I64, ids: I32, one: I64, other: I64) -> tuple[F64, F64]:
    n = len(ptr) - 1
    sums, squares = np.zeros(n), np.zeros(n)
    first, second = _nowhere(n, len(ids) // 2), _nowhere(n, len(ids) // 2)
    for k in range(len(one)):
        _leave(ptr, first, one[k])
        _leave(ptr, second, other[k])
        paths = 0.0
        near, far = first, second
        while paths == 0.0:
            near, far = first, second
            if second.at[_WIDTH] < first.at[_WIDTH]:
                near, far = second, first
            if not _widen(ptr, ids, near):
                break
            paths = _paths_between(near, far)
        if paths > 0.0:
            _hand_back(near, far, paths)
            _add(near, near.at[_END], far, sums, squares)
            _add(far, far.at[_FRONT], near, sums, squares)  # where they meet, near has counted
        _forget(first)
        _forget(second)
    return sums, squares


@njit(cache=True, nogil=True)
def _nowhere(n: int, edges: int) -> _Side:
    return _Side(
        np.full(n, -1, np.int32),
        np.zeros(n),
        np.zeros(n),
        np.empty(n, np.int32),
        np.empty(edges, np.int32),
        np.empty(edges, np.int32),
        np.zeros(4, np.int64),
    )


@njit(cache=True, nogil=True)
def _leave(ptr: I64, side: _Side, end: int) -> None:
    side.step[end], side.paths[end], side.order[0] = 0, 1.0, end
    side.at[_FRONT], side.at[_END], side.at[_EDGES] = 0, 1, 0
    side.at[_WIDTH] = ptr[end + 1] - ptr[end]


@njit(cache=True, nogil=True)
def _widen(ptr: I64, ids: I32, side: _Side) -> bool:
    """Go one step farther; False when there is nobody there."""
    step, paths, order, up, down = side.step, side.paths, side.order, side.up, side.down
    front, end, edge = side.at[_FRONT], side.at[_END], side.at[_EDGES]
    ahead, tail, width = step[order[front]] + 1, end, 0
    for k in range(front, end):
        i = order[k]
        mine = paths[i]
        for e in range(ptr[i], ptr[i + 1]):
            j = ids[e]
            if step[j] < 0:
                step[j], paths[j], order[tail] = ahead, mine, j
                width += ptr[j + 1] - ptr[j]
                tail += 1
            elif step[j] == ahead:
                paths[j] += mine
            else:
                continue
            up[edge], down[edge] = i, j
            edge += 1
    side.at[_FRONT], side.at[_END], side.at[_EDGES], side.at[_WIDTH] = end, tail, edge, width
    farther: bool = tail > end
    return farther


@njit(cache=True, nogil=True)
def _paths_between(near: _Side, far: _Side) -> float:
    """Through the actors of near's last step that far has reached: all in far's last step, else the two
    would have met before. Each shortest path passes through just one of them.
    """
    total = 0.0
    for k in range(near.at[_FRONT], near.at[_END]):
        j = near.order[k]
        if far.step[j] >= 0:
            total += near.paths[j] * far.paths[j]
    return total


@njit(cache=True, nogil=True)
def _hand_back(near: _Side, far: _Side, total: float) -> None:
    """From where they meet to both ends, along the edges walked, last first."""
    for k in range(near.at[_FRONT], near.at[_END]):
        j = near.order[k]
        if far.step[j] >= 0:
            near.passed[j] = far.paths[j] / total
            far.passed[j] = near.paths[j] / total
    for side in (near, far):
        for e in range(side.at[_EDGES] - 1, -1, -1):
            side.passed[side.up[e]] += side.passed[side.down[e]]


@njit(cache=True, nogil=True)
def _add(side: _Side, until: int, other: _Side, sums: F64, squares: F64) -> None:
    """What passes through the actors reached, the two ends apart."""
    for k in range(1, until):
        i = side.order[k]
        share = side.paths[i] * side.passed[i]
        if other.step[i] != 0:
            sums[i] += share
            squares[i] += share * share


@njit(cache=True, nogil=True)
def _forget(side: _Side) -> None:
    for k in range(side.at[_END]):
        i = side.order[k]
        side.step[i], side.passed[i] = -1, 0.0
