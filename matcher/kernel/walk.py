"""The compiled walk of `evidence/ties.py`: it touches the actors it reaches and no other.

Memory beside the ties: 28 bytes an actor and thread, clean again after each walk. Importing this module loads
numba; compiled code is cached on disk.
"""

import threading

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import F64, I32, I64

_scratch = threading.local()
_Scratch = tuple[F64, F64, I32, I32, I32]


def walk_compiled(
    ptr: I64, ids: I32, members: I64, restart: float, steps: int, least: float
) -> tuple[I64, F64]:
    """The actors reached, sorted, and their probabilities; see `evidence.ties.walk_scores`."""
    total, step, reached, here, there = _buffers(len(ptr) - 1)
    count = _walk(ptr, ids, members, restart, steps, least, total, step, reached, here, there)
    found = np.sort(reached[:count]).astype(np.int64)
    mass = total[found]
    total[found] = 0.0
    return found, mass


def _buffers(n: int) -> _Scratch:
    """This thread's masses (all zero) and lists of actors."""
    if getattr(_scratch, "n", -1) != n:
        _scratch.n = n
        _scratch.arrays = (np.zeros(n), np.zeros(n), *(np.empty(n, np.int32) for _ in range(3)))
    arrays: _Scratch = _scratch.arrays
    return arrays


@njit(cache=True, nogil=True)
def _walk(
    ptr: I64, ids: I32, members: I64, restart: float, steps: int, least: float,
    total: F64, step: F64, reached: I32, here: I32, there: I32,
) -> int:  # fmt: skip
    """Fill `total` and the list of those reached; returns how many. `step` is zero before and after."""
    count = len(members)
    reached[:count] = members
    here[:count] = members
    total[members] = restart / count
    standing = np.full(count, restart / count)
    size = count
    for _ in range(steps):
        ahead = 0
        for f in range(size):
            actor = here[f]
            degree = ptr[actor + 1] - ptr[actor]
            if degree == 0 or standing[f] / degree < least:
                continue
            share = (1.0 - restart) * standing[f] / degree
            for e in range(ptr[actor], ptr[actor + 1]):
                other = ids[e]
                if step[other] == 0.0:
                    there[ahead] = other
                    ahead += 1
                step[other] += share
        standing = np.empty(ahead)
        for f in range(ahead):
            actor = there[f]
            standing[f] = step[actor]
            step[actor] = 0.0
            if total[actor] == 0.0:
                reached[count] = actor
                count += 1
            total[actor] += standing[f]
        here, there = there, here
        size = ahead
    return count
