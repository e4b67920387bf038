"""What each actor can reach at most, and where the largest of these bounds are.

A bound is the weighted sum of the features, the walk, the complementarity, nearness and freshness in single
precision; only what comes from a byte is more than the value itself. The kind is left out: it differs by
little. Importing this module loads numba; compiled code is cached on disk.
"""

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import F32, F64, I32, I64
from matcher.kernel import cache as _cache  # noqa: F401 - stale compiled code is forgotten on import
from matcher.kernel.lists import AGE_CODES, MOST, U8

TILE = 8192
"""Actors whose bounds are summed together: 32 kB, what a near cache holds."""
CHUNK = 128
"""Actors of whose bounds the largest is kept: they are looked at only where it matters."""
FEW = 64
UP = 1.0 + 2.0**-20
"""More than what rounding to single precision takes away."""
_AGE_CODES = AGE_CODES.astype(np.float64)


@njit(cache=True, nogil=True)
def start_bounds(
    sums: F32, features: I64, weights: F64, frequent: I32, peak: F64, codes: U8, age_codes: U8, fresh: F64
) -> int:
    """Set the bounds to freshness and the frequent features of the query; returns the bytes read.

    Rows of bytes are added three at a time: most of the work is fetching and storing the sums.
    """
    rows, units = np.empty(len(features), np.int64), np.zeros(len(features) + 3, np.float32)
    count, actors = 0, len(age_codes)
    for t in range(len(features)):
        row = frequent[features[t]]
        if row >= 0:
            rows[count] = row
            units[count] = np.float32(peak[row] * weights[t] / MOST * UP)
            count += 1
    age_unit, never = _age_unit(fresh)
    for start in range(0, actors, TILE):
        stop = min(start + TILE, actors)
        tile, ages = sums[start:stop], age_codes[start:stop]
        if age_unit > 0.0:
            _set_ages(tile, ages, age_unit, never)
        else:
            tile[:] = never
        for r in range(0, count, 3):
            one = codes[rows[r], start:stop]
            two = codes[rows[min(r + 1, count - 1)], start:stop]
            three = codes[rows[min(r + 2, count - 1)], start:stop]
            _add_rows(tile, one, units[r], two, units[r + 1], three, units[r + 2])
    return (count + 1 if age_unit > 0.0 else count) * actors


@njit(cache=True, nogil=True)
def _age_unit(fresh: F64) -> tuple[np.float32, np.float32]:
    """What a step of an age code is worth at most, and what an age without a code is."""
    unit, never = 0.0, 0.0
    for age in range(len(fresh)):
        if _AGE_CODES[age] > 0.0:
            unit = max(unit, fresh[age] / _AGE_CODES[age])
        else:
            never = max(never, fresh[age])
    return np.float32(unit * UP), np.float32(never * UP)


@njit(cache=True, nogil=True, fastmath={"contract"})
def _set_ages(sums: F32, codes: U8, unit: np.float32, never: np.float32) -> None:
    for i in range(len(sums)):
        sums[i] = never + np.float32(codes[i]) * unit


@njit(cache=True, nogil=True, fastmath={"contract"})
def _add_rows(
    sums: F32, one: U8, unit: np.float32, two: U8, unit2: np.float32, three: U8, unit3: np.float32
) -> None:
    for i in range(len(sums)):
        sums[i] += np.float32(one[i]) * unit + np.float32(two[i]) * unit2 + np.float32(three[i]) * unit3


@njit(cache=True, nogil=True)
def add_lists(sums: F32, features: I64, weights: F64, frequent: I32, ptr: I64, ids: I32, values: F32) -> int:
    """Add the features that are not frequent; returns the bytes read."""
    read = 0
    for t in range(len(features)):
        f = features[t]
        if frequent[f] >= 0:
            continue
        weight = np.float32(weights[t])
        for at in range(ptr[f], ptr[f + 1]):
            sums[np.uint64(ids[at])] += values[at] * weight
        read += 8 * (ptr[f + 1] - ptr[f])
    return read


@njit(cache=True, nogil=True)
def add_direct(sums: F32, ids: I64, weights: F64) -> int:
    """Add what is given actor by actor; returns the bytes read."""
    for at in range(len(ids)):
        sums[np.uint64(ids[at])] += np.float32(weights[at])
    return 16 * len(ids)


@njit(cache=True, nogil=True)
def add_near(sums: F32, points: I64, weights: F64, ptr: I64, ids: I32) -> int:
    """Add to the actors of each point what the point counts; returns the bytes read."""
    read = 16 * len(points)
    for p in range(len(points)):
        weight = np.float32(weights[p])
        for at in range(ptr[points[p]], ptr[points[p] + 1]):
            sums[np.uint64(ids[at])] += weight
        read += 4 * (ptr[points[p] + 1] - ptr[points[p]])
    return read


@njit(cache=True, nogil=True)
def find_tops(sums: F32, tops: F32) -> None:
    """The largest bound of each chunk. Bounds are not negative: their bits have the same order."""
    bits, highest = sums.view(np.int32), tops.view(np.int32)
    for chunk in range(len(highest)):
        highest[chunk] = _largest_bits(bits[chunk * CHUNK : chunk * CHUNK + CHUNK])


@njit(cache=True, nogil=True)
def _largest_bits(bits: I32) -> np.int32:
    top = np.int32(0)
    for i in range(len(bits)):
        top = max(top, bits[i])
    return top


@njit(cache=True, nogil=True)
def level_of(tops: F32, wanted: int) -> np.float32:
    """A level that `wanted` actors reach, or one of each chunk when there are fewer of these."""
    wanted = min(wanted, len(tops))
    if wanted > FEW:
        return np.float32(np.partition(tops, len(tops) - wanted)[len(tops) - wanted])
    best = np.zeros(wanted, np.float32)
    for top in tops:
        if top > best[wanted - 1]:
            at = wanted - 1
            while at > 0 and best[at - 1] < top:
                best[at] = best[at - 1]
                at -= 1
            best[at] = top
    return np.float32(best[wanted - 1])


@njit(cache=True, nogil=True)
def largest(values: F64) -> float:
    """The largest value, 0 at least."""
    top = 0.0
    for value in values:
        top = max(top, value)
    return top
