"""Two members change places when that brings partners nearer: pushing a crowd apart separates partners."""

import math

import numpy as np
from numba import njit
from scipy.spatial import cKDTree

from graphsvc.snapshot.columns import F64, I64

_ROUNDS = 12
_NEAR = 7  # places around a partner that are tried
_ENOUGH = 200  # one exchange for so many members: little is left to gain


def with_partners_near(spot: F64, pairs: I64) -> F64:
    """The same places (n x 2), exchanged so that the sum of square roots of the pairs' lengths falls.

    The root makes two very near partners worth more than several at half the way. Each member tries the
    places nearest to each of its partners; an exchange is kept when the sum falls. Deterministic; nobody
    stands on anybody who did not before.
    """
    n = len(spot)
    if n < 4 or not len(pairs):
        return spot
    ends, others = np.concatenate([pairs, pairs[:, ::-1]]).T
    order = np.argsort(ends, kind="stable")
    ptr = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(ends, minlength=n), out=ptr[1:])
    near: I64 = np.asarray(cKDTree(spot).query(spot, k=min(n, _NEAR + 1))[1], np.int64)
    place = _exchange(spot, near, ptr, np.ascontiguousarray(others[order]), _ROUNDS)
    moved: F64 = spot[place]
    return moved


@njit(cache=True, nogil=True)
def _exchange(spot: F64, near: I64, ptr: I64, ids: I64, rounds: int) -> I64:
    """The place of each member."""
    n = len(spot)
    place, member = np.arange(n), np.arange(n)
    for _ in range(rounds):
        done = 0
        for i in range(n):
            for e in range(ptr[i], ptr[i + 1]):
                for there in near[place[ids[e]]]:
                    other = member[there]
                    if other == i or other == ids[e]:
                        continue
                    here = place[i]
                    gain = _change(spot, place, ptr, ids, i, other, here, there)
                    gain += _change(spot, place, ptr, ids, other, i, there, here)
                    if gain < -1e-9:
                        place[i], place[other] = there, here
                        member[there], member[here] = i, other
                        done += 1
        if done * _ENOUGH < n:
            break
    return place


@njit(cache=True, nogil=True)
def _change(spot: F64, place: I64, ptr: I64, ids: I64, i: int, other: int, here: int, there: int) -> float:
    """What the lengths of a member's pairs become when it goes there, but that with whom it changes."""
    change = 0.0
    for e in range(ptr[i], ptr[i + 1]):
        if ids[e] == other:
            continue
        to = place[ids[e]]
        change += math.sqrt(math.hypot(spot[there, 0] - spot[to, 0], spot[there, 1] - spot[to, 1]))
        change -= math.sqrt(math.hypot(spot[here, 0] - spot[to, 0], spot[here, 1] - spot[to, 1]))
    return change
