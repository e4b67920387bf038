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
from matcher.kernel.prefetch import LINE, prefetch

TILE = 8192
"""Actors whose bounds are summed together: 32 kB, what a near cache holds."""
CHUNK = 128
"""Actors of whose bounds the largest is kept: they are looked at only where it matters."""
FEW = 64
BEGINNING = 48
"""Entries of a list that are fetched ahead; the processor foresees the rest."""
UP = 1.0 + 2.0**-20
"""More than what rounding to single precision takes away."""
_AGE_CODES = AGE_CODES.astype(np.float64)


@njit(cache=True, nogil=True)
def frequent_of(features: I64, weights: F64, frequent: I32, peak: F64) -> tuple[I64, F32]:
    """The rows of bytes of the query's frequent features, and what a step of a byte of each is worth."""
    rows, units = np.empty(len(features), np.int64), np.empty(len(features), np.float32)
    count = 0
    for t in range(len(features)):
        row = frequent[features[t]]
        if row >= 0:
            rows[count] = row
            units[count] = np.float32(peak[row] * weights[t] / MOST * UP)
            count += 1
    return rows[:count], units[:count]


@njit(cache=True, nogil=True)
def add_bytes(
    sums: F32, rows: I64, units: F32, codes: U8, age_codes: U8, ages: tuple[np.float32, np.float32]
) -> int:
    """Add freshness and the rows of bytes to the bounds of everybody; returns the bytes read.

    Rows are added three at a time: most of the work is fetching and storing the sums.
    """
    count, actors = len(rows), len(age_codes)
    for start in range(0, actors, TILE):
        stop = min(start + TILE, actors)
        tile = sums[start:stop]
        if ages[0] > 0.0 or ages[1] > 0.0:
            _add_ages(tile, age_codes[start:stop], ages[0], ages[1])
        for r in range(0, count, 3):
            second, third = min(r + 1, count - 1), min(r + 2, count - 1)
            one, two, three = (
                codes[rows[r], start:stop],
                codes[rows[second], start:stop],
                codes[rows[third], start:stop],
            )
            nothing = np.float32(0.0)
            unit2, unit3 = (
                units[second] if second > r else nothing,
                units[third] if third > second else nothing,
            )
            _add_rows(tile, one, units[r], two, unit2, three, unit3)
    return (count + 1 if ages[0] > 0.0 else count) * actors


@njit(cache=True, nogil=True)
def bytes_bound(
    actor: int, rows: I64, units: F32, codes: U8, age_codes: U8, ages: tuple[np.float32, np.float32]
) -> np.float32:
    """What `add_bytes` adds to one actor."""
    total = ages[1] + np.float32(age_codes[actor]) * ages[0]
    for r in range(len(rows)):
        total += np.float32(codes[np.uint64(rows[r]), np.uint64(actor)]) * units[r]
    return total


@njit(cache=True, nogil=True)
def bytes_most(units: F32, ages: tuple[np.float32, np.float32]) -> float:
    """What `add_bytes` adds to anybody at most."""
    total = np.float64(ages[1]) + MOST * np.float64(ages[0])
    for unit in units:
        total += MOST * np.float64(unit)
    return total * UP


@njit(cache=True, nogil=True)
def age_unit(fresh: F64) -> tuple[np.float32, np.float32]:
    """What a step of an age code is worth at most, and what an age without a code is."""
    unit, never = 0.0, 0.0
    for age in range(len(fresh)):
        if _AGE_CODES[age] > 0.0:
            unit = max(unit, fresh[age] / _AGE_CODES[age])
        else:
            never = max(never, fresh[age])
    return np.float32(unit * UP), np.float32(never * UP)


@njit(cache=True, nogil=True, fastmath={"contract"})
def _add_ages(sums: F32, codes: U8, unit: np.float32, never: np.float32) -> None:
    for i in range(len(sums)):
        sums[i] += never + np.float32(codes[i]) * unit


@njit(cache=True, nogil=True, fastmath={"contract"})
def _add_rows(
    sums: F32, one: U8, unit: np.float32, two: U8, unit2: np.float32, three: U8, unit3: np.float32
) -> None:
    for i in range(len(sums)):
        sums[i] += np.float32(one[i]) * unit + np.float32(two[i]) * unit2 + np.float32(three[i]) * unit3


@njit(cache=True, nogil=True)
def sum_lists(sums: F32, features: I64, weights: F64, frequent: I32, ptr: I64, ids: I32, values: F32) -> int:
    """Set the sums to what the lists of the features that are not frequent give; returns the bytes read.

    The lists are gone through together, a tile of actors after the other, so that the sums stay near.
    """
    places, stops = np.empty(len(features), np.int64), np.empty(len(features), np.int64)
    factors = np.empty(len(features), np.float32)
    count = entries = 0
    for feature in features:
        prefetch(ptr, np.uint64(feature))
    for t in range(len(features)):
        f = features[t]
        if frequent[f] < 0 and ptr[f] < ptr[f + 1]:
            places[count], stops[count], factors[count] = ptr[f], ptr[f + 1], weights[t]
            entries += stops[count] - places[count]
            _fetch_entries(ids, values, places[count])
            count += 1
    for start in range(0, len(sums), TILE):
        end = min(start + TILE, len(sums))
        sums[start:end] = 0.0
        for t in range(count):
            at, stop, factor = places[t], stops[t], factors[t]
            while at < stop and ids[np.uint64(at)] < end:
                sums[np.uint64(ids[np.uint64(at)])] += values[np.uint64(at)] * factor
                at += 1
            places[t] = at
            _fetch_entries(ids, values, at)
    return 8 * entries


@njit(cache=True, nogil=True)
def _fetch_entries(ids: I32, values: F32, at: int) -> None:
    """Have the next entries of a list fetched; the processor foresees those that follow."""
    for ahead in range(0, BEGINNING, LINE // 4):
        prefetch(ids, np.uint64(at + ahead))
        prefetch(values, np.uint64(at + ahead))


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
