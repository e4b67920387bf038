"""What each part of a question adds to the bounds of actors, in whole steps, each part rounded up.

Importing this module loads numba; compiled code is cached on disk.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import F32, F64, I32, I64
from matcher.kernel.instructions import LINE, prefetch
from matcher.kernel.lists import AGE_CODES, MOST, U8, U16

BEGINNING = 48
"""Entries of a list that are fetched ahead; the processor foresees the rest."""
_AGE_CODES = AGE_CODES.astype(np.float64)


class InBytes(NamedTuple):
    """What is kept as a byte of every actor: the rows of codes of frequent features, what a step of a code of
    each is worth, the same for freshness, what an actor of unknown freshness gets, and the most of all this.
    """

    rows: I64
    units: U16
    age: np.uint16
    never: np.uint16
    most: int


@njit(cache=True, nogil=True)
def in_bytes(rows: I64, peaks: F64, fresh: tuple[float, float], per: float) -> InBytes:
    """`peaks` is the most that each row can give, `fresh` what `age_unit` says, `per` the steps of a score of
    1.
    """
    units, most = np.empty(len(rows), np.uint16), 0
    for r in range(len(rows)):
        units[r] = np.uint16(_steps(peaks[r] / MOST, per))
        most += int(units[r])
    age, never = _steps(fresh[0], per), _steps(fresh[1], per)
    return InBytes(rows, units, np.uint16(age), np.uint16(never), int(MOST) * (most + age) + never)


@njit(cache=True, nogil=True)
def nothing_in_bytes(rows: I64, units: U16) -> InBytes:
    """When all bytes are added."""
    return InBytes(rows[:0], units[:0], np.uint16(0), np.uint16(0), 0)


@njit(cache=True, nogil=True)
def _steps(score: float, per: float) -> int:
    """A score in steps, rounded up."""
    return int(score * per) + 1 if score > 0.0 else 0


@njit(cache=True, nogil=True)
def age_unit(fresh: F64) -> tuple[float, float]:
    """What a step of an age code is worth at most, and what an age without a code is."""
    unit, never = 0.0, 0.0
    for age in range(len(fresh)):
        if _AGE_CODES[age] > 0.0:
            unit = max(unit, fresh[age] / _AGE_CODES[age])
        else:
            never = max(never, fresh[age])
    return unit, never


@njit(cache=True, nogil=True)
def add_bytes(bounds: U16, start: int, codes: U8, age_codes: U8, lacking: InBytes) -> None:
    """Add what is in bytes to the bounds of actors from `start` on.

    Rows are added three at a time: much of the work is fetching and storing the bounds.
    """
    rows, units, stop = lacking.rows, lacking.units, start + len(bounds)
    if lacking.age > 0 or lacking.never > 0:
        _add_ages(bounds, age_codes[start:stop], lacking.age, lacking.never)
    r = 0
    while r + 3 <= len(rows):
        _add_three(
            bounds, codes[rows[r], start:stop], units[r], codes[rows[r + 1], start:stop], units[r + 1],
            codes[rows[r + 2], start:stop], units[r + 2],
        )  # fmt: skip
        r += 3
    if r + 2 == len(rows):
        one, two = codes[rows[r], start:stop], codes[rows[r + 1], start:stop]
        _add_two(bounds, one, units[r], two, units[r + 1])
    elif r + 1 == len(rows):
        _add_one(bounds, codes[rows[r], start:stop], units[r])


@njit(cache=True, nogil=True)
def bytes_bound(actor: int, codes: U8, age_codes: U8, lacking: InBytes) -> int:
    """What `add_bytes` adds to one actor."""
    total = int(lacking.never) + int(age_codes[actor]) * int(lacking.age)
    for r in range(len(lacking.rows)):
        code = codes[np.uint64(lacking.rows[r]), np.uint64(actor)]
        total += int(code) * int(lacking.units[r])
    return total


@njit(cache=True, nogil=True)
def _add_ages(bounds: U16, codes: U8, unit: np.uint16, never: np.uint16) -> None:
    for i in range(len(codes)):
        bounds[i] = np.uint16(bounds[i] + never + np.uint16(codes[i]) * unit)


@njit(cache=True, nogil=True)
def _add_one(bounds: U16, one: U8, unit: np.uint16) -> None:
    for i in range(len(one)):
        bounds[i] = np.uint16(bounds[i] + np.uint16(one[i]) * unit)


@njit(cache=True, nogil=True)
def _add_two(bounds: U16, one: U8, unit: np.uint16, two: U8, unit2: np.uint16) -> None:
    for i in range(len(one)):
        bounds[i] = np.uint16(bounds[i] + np.uint16(one[i]) * unit + np.uint16(two[i]) * unit2)


@njit(cache=True, nogil=True)
def _add_three(
    bounds: U16, one: U8, unit: np.uint16, two: U8, unit2: np.uint16, three: U8, unit3: np.uint16
) -> None:
    for i in range(len(one)):
        more = np.uint16(one[i]) * unit + np.uint16(two[i]) * unit2 + np.uint16(three[i]) * unit3
        bounds[i] = np.uint16(bounds[i] + more)


@njit(cache=True, nogil=True)
def add_lists(bounds: U16, end: int, places: I64, stops: I64, factors: F32, ids: I32, values: F32) -> None:
    """Add what the lists give to the actors before `end`: entries places[t] to stops[t] of each, times its
    factor. `places` goes on to where each list is left.
    """
    three = np.uint64(3)
    for t in range(len(places)):
        at, stop, factor = np.uint64(places[t]), np.uint64(stops[t]), factors[t]
        while at + three < stop and ids[at + three] < end:  # four at a time: half the comparisons
            for _ in range(4):
                _raise(bounds, ids[at], values[at] * factor)
                at += np.uint64(1)
        while at < stop and ids[at] < end:
            _raise(bounds, ids[at], values[at] * factor)
            at += np.uint64(1)
        places[t] = at
        fetch_entries(ids, values, int(at))


@njit(cache=True, nogil=True)
def fetch_entries(ids: I32, values: F32, at: int) -> None:
    """Have the next entries of a list fetched; the processor foresees those that follow."""
    for ahead in range(0, BEGINNING, LINE // 4):
        prefetch(ids, np.uint64(at + ahead))
        prefetch(values, np.uint64(at + ahead))


@njit(cache=True, nogil=True)
def add_direct(bounds: U16, ids: I64, weights: F64, per: float) -> int:
    """Add what is given actor by actor; returns the bytes read."""
    for at in range(len(ids)):
        _raise(bounds, ids[at], weights[at] * per)
    return 16 * len(ids)


@njit(cache=True, nogil=True)
def add_near(bounds: U16, points: I64, weights: F64, per: float, ptr: I64, ids: I32) -> int:
    """Add to the actors of each point what the point counts; returns the bytes read."""
    read = 16 * len(points)
    for p in range(len(points)):
        for at in range(ptr[points[p]], ptr[points[p] + 1]):
            _raise(bounds, ids[at], weights[p] * per)
        read += 4 * (ptr[points[p] + 1] - ptr[points[p]])
    return read


@njit(cache=True, nogil=True)
def _raise(bounds: U16, actor: int, steps: float) -> None:
    place = np.uint64(actor)
    bounds[place] = np.uint16(np.int32(bounds[place]) + np.int32(steps) + np.int32(1))
