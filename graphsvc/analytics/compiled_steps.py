"""Steps to landmarks, and what new links gain by them, compiled: what large networks ask of `distances` and
`closeness`. Same answers as their plain twins.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
from numba import njit

from graphsvc.snapshot.columns import F64, I32, I64

U8 = npt.NDArray[np.uint8]
WORKERS = 2
_WORD = 64  # targets searched from at once, a bit for each
_ONE, _TOP = np.uint64(1), np.uint64(58)
_ORDER = np.uint64(0x03F79D71B4CB0A89)  # de Bruijn: its 64 runs of six bits differ
_BIT: U8 = np.zeros(_WORD, np.uint8)
for _k in range(_WORD):
    _BIT[((0x03F79D71B4CB0A89 << _k) % 2**64) >> 58] = _k


def steps_of(ptr: I64, ids: I32, targets: I64, unreached: int, farthest: int) -> U8:
    """Steps from every actor to each target, shape (actors, targets)."""
    steps = np.full((len(ptr) - 1, len(targets)), unreached, np.uint8)
    with ThreadPoolExecutor(WORKERS) as pool:
        list(
            pool.map(
                lambda first: _fill(ptr, ids, targets[first : first + _WORD], steps, first, farthest),
                range(0, len(targets), _WORD),
            )
        )
    return steps


@njit(cache=True, nogil=True)
def _fill(ptr: I64, ids: I32, targets: I64, steps: U8, column: int, farthest: int) -> None:
    """Breadth-first from up to 64 targets at once: what a step reaches is an "or" of neighbours' words."""
    n = len(ptr) - 1
    seen, front, ahead = np.zeros(n, np.uint64), np.zeros(n, np.uint64), np.zeros(n, np.uint64)
    for k in range(len(targets)):
        front[targets[k]] |= _ONE << np.uint64(k)
        steps[targets[k], column + k] = 0
    for i in range(n):
        seen[i] = front[i]
    step, going = 0, True
    while going:
        step, going = step + 1, False
        for i in range(n):
            word = front[i]
            if word:
                for e in range(ptr[i], ptr[i + 1]):
                    ahead[ids[e]] |= word
        for i in range(n):
            new = ahead[i] & ~seen[i]
            front[i], ahead[i] = new, np.uint64(0)
            if new:
                seen[i] |= new
                going = True
                while new:
                    lowest = new & (~new + _ONE)
                    steps[i, column + _BIT[(lowest * _ORDER) >> _TOP]] = min(step, farthest)
                    new ^= lowest


@njit(cache=True, nogil=True)
def gains_of(steps: U8, targets: I64, each: float, inverse: F64, beyond: F64, one: I64, other: I64) -> F64:
    """What the links one[k]-other[k] gain when each target stands for `each` actors, as `closeness` says.

    `inverse`, `beyond`: 1 / d and 1 / (1 + d) by d, 0 for no way.
    """
    found = np.empty(len(one))
    for k in range(len(one)):
        i, j = one[k], other[k]
        nearest, added = 2 * len(inverse), 0.0
        for t in range(len(targets)):
            a, b = steps[i, t], steps[j, t]
            way = int(a) + int(b)
            nearest = min(nearest, way)
            more = beyond[b] - inverse[a]
            if more > 0.0 and targets[t] != i and targets[t] != j:
                added += more
        before = 1.0 / max(nearest, 2) if nearest < len(inverse) - 1 else 0.0
        found[k] = added * each + 1.0 - before
    return found
