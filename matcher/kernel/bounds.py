"""What each actor can reach at most, in whole steps of which 16 bits hold all.

A bound is the weighted sum of the features, the walk, the complementarity, nearness and freshness, each part
rounded up. The kind is left out: it differs by little. A step is as small as the most that the question can
give anybody allows, so that no sum can leave its 16 bits. Importing this module loads numba; compiled code is
cached on disk.
"""

from typing import Any

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import F32, F64, I32, I64
from matcher.kernel import cache as _cache  # noqa: F401 - stale compiled code is forgotten on import
from matcher.kernel.adding import (
    InBytes,
    add_bytes,
    add_direct,
    add_lists,
    add_near,
    age_unit,
    fetch_entries,
    in_bytes,
    nothing_in_bytes,
)
from matcher.kernel.instructions import LANES, prefetch
from matcher.kernel.levels import CHUNK, STEPS, count_reaching, find_tops, level_of
from matcher.kernel.lists import U8, U16

TILE = 8192
"""Actors whose bounds are summed together: 16 kB, half of what a near cache holds."""
GIVE_UP = 3
"""Looking at the bytes of single actors costs more than adding everybody's from a third of the chunks on."""
LISTS = 4096
"""Lists that are summed, since each may round up by a step; what others can give is given to everybody."""
UP = 1.0 + 2.0**-20
"""More than what rounding to single precision takes away."""
Arrays = tuple[Any, ...]


@njit(cache=True, nogil=True)
def set_bounds(
    query: tuple[I64, F64],
    packed: Arrays,
    age_codes: U8,
    direct: tuple[I64, F64, I64],
    near: tuple[I64, F64],
    fresh: F64,
    wanted: int,
    bounds: U16,
    tops: U16,
) -> tuple[float, InBytes, int]:
    """Set the bounds of all and the largest of each chunk; returns what a step is worth (0 when the question
    gives nobody anything), what bounds still lack of what is in bytes, and how many bytes were read.

    `wanted` is how many of the largest will be looked at first. Arguments as in `search.search`.
    """
    ptr, ids, values, frequent, peak, codes, near_ptr, near_ids = packed[3:11]
    actors = len(age_codes)
    rows, peaks, places, stops, weights, listed, rest = _split(query, frequent, peak, ptr)
    unit, never = age_unit(fresh)
    most = listed + rest + peaks.sum() + never + 255.0 * unit + largest(near[1])
    for t in range(len(direct[2]) - 1):
        most += largest(direct[1][direct[2][t] : direct[2][t + 1]])
    step = most / (STEPS - 256 * (len(rows) + 2) - len(weights) - len(direct[2]) - 4)
    if most <= 0.0:
        return 0.0, in_bytes(rows[:0], peaks[:0], (0.0, 0.0), 0.0), 0
    per = UP / step
    factors = np.empty(len(weights), np.float32)
    read = 4 * len(bounds)  # these are set once and read once
    for t in range(len(weights)):
        factors[t] = np.float32(weights[t] * per)
        fetch_entries(ids, values, places[t])
        read += 8 * (stops[t] - places[t])
    bounds[:actors] = np.uint16(rest * per + 1.0) if rest > 0.0 else np.uint16(0)
    read += add_direct(bounds, direct[0], direct[1], per)
    read += add_near(bounds, near[0], near[1], per, near_ptr, near_ids)
    lacking, whole = in_bytes(rows, peaks, (unit, never), per), False
    for start in range(0, actors, TILE):
        end = min(start + TILE, actors)
        here, highest = bounds[start:end], tops[start // CHUNK : -(-end // CHUNK)]
        if whole:
            add_bytes(here, start, codes, age_codes, lacking)
        add_lists(bounds, end, places, stops, factors, ids, values)
        find_tops(here, highest)
        if start == 0 and _many_may_reach(tops, len(highest), max(1, wanted * end // actors), lacking.most):
            whole = True
            add_bytes(here, start, codes, age_codes, lacking)
            find_tops(here, highest)
    if whole:
        read += bytes_read(lacking, actors)
        lacking = nothing_in_bytes(lacking.rows, lacking.units)
    return step, lacking, read


@njit(cache=True, nogil=True)
def complete_bounds(bounds: U16, tops: U16, codes: U8, age_codes: U8, lacking: InBytes) -> int:
    """Add to the bounds of all what they lack; returns the bytes read."""
    actors = len(age_codes)
    for start in range(0, actors, TILE):
        add_bytes(bounds[start : min(start + TILE, actors)], start, codes, age_codes, lacking)
    find_tops(bounds, tops)
    return bytes_read(lacking, actors) + 4 * len(bounds)


@njit(cache=True, nogil=True)
def bytes_read(lacking: InBytes, actors: int) -> int:
    """How many bytes `add_bytes` reads for so many actors."""
    return (len(lacking.rows) + 1) * actors


@njit(cache=True, nogil=True)
def _many_may_reach(tops: U16, count: int, wanted: int, lacking: int) -> bool:
    """Whether the bytes of these `count` chunks are better added at once: where many will be looked at, going
    by the first ones.
    """
    some = tops[: -(-count // LANES) * LANES]
    return lacking > 0 and count_reaching(some, max(0, level_of(some, wanted) - lacking)) > count // GIVE_UP


@njit(cache=True, nogil=True)
def _split(
    query: tuple[I64, F64], frequent: I32, peak: F32, ptr: I64
) -> tuple[I64, F64, I64, I64, F64, float, float]:
    """The rows of frequent features and the most each can give; first and last entry of the lists of the
    others, their weights, the most they can give together, and the most that the lists left out can.
    """
    features, asked = query
    rows, peaks = np.empty(len(features), np.int64), np.empty(len(features), np.float64)
    places, stops = np.empty(len(features), np.int64), np.empty(len(features), np.int64)
    weights = np.empty(len(features), np.float64)
    bytewise, lists, listed, rest = 0, 0, 0.0, 0.0
    for feature in features:
        prefetch(ptr, np.uint64(feature))
        prefetch(frequent, np.uint64(feature))
        prefetch(peak, np.uint64(feature))
    for t in range(len(features)):
        f = features[t]
        row, most = frequent[f], np.float64(peak[f]) * asked[t]
        if row >= 0:
            rows[bytewise], peaks[bytewise] = row, most
            bytewise += 1
        elif most > 0.0 and lists < LISTS:
            places[lists], stops[lists], weights[lists] = ptr[f], ptr[f + 1], asked[t]
            listed += most
            lists += 1
        else:
            rest += most
    return rows[:bytewise], peaks[:bytewise], places[:lists], stops[:lists], weights[:lists], listed, rest


@njit(cache=True, nogil=True)
def largest(values: F64) -> float:
    """The largest value, 0 at least."""
    top = 0.0
    for value in values:
        top = max(top, value)
    return top
