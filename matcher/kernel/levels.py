"""Where the largest bounds are: the largest of each chunk of actors, and how many reach a level.

Importing this module loads numba; compiled code is cached on disk.
"""

import numpy as np
from numba import njit

from matcher.kernel.instructions import LANES, counted, reaching
from matcher.kernel.lists import U16

CHUNK = 128
"""Actors of whose bounds the largest is kept: they are looked at only where it matters."""
STEPS = 65535
"""The largest bound."""


@njit(cache=True, nogil=True)
def find_tops(bounds: U16, tops: U16) -> None:
    """The largest bound of each chunk."""
    for chunk in range(len(tops)):
        tops[chunk] = _largest(bounds[chunk * CHUNK : chunk * CHUNK + CHUNK])


@njit(cache=True, nogil=True)
def _largest(values: U16) -> np.uint16:
    top = np.uint16(0)
    for i in range(len(values)):
        top = max(top, values[i])
    return top


@njit(cache=True, nogil=True)
def count_reaching(tops: U16, level: int) -> int:
    """How many reach a level of at most `STEPS`. As many as a multiple of `LANES`, here and below."""
    count = np.uint64(0)
    for group in range(0, len(tops), LANES):
        count += counted(reaching(tops, np.uint64(group), np.uint16(level)))
    return int(count)


@njit(cache=True, nogil=True)
def level_of(tops: U16, wanted: int) -> int:
    """The highest level that `wanted` of these reach, 1 at least."""
    level, above = 1, STEPS + 1
    while above - level > 1:
        middle = (level + above) >> 1
        if count_reaching(tops, middle) >= wanted:
            level = middle
        else:
            above = middle
    return level
