"""The bound of every block, in whole numbers, and which blocks are worth opening.

A bound is the sum of what the features of the query, the walk and the complementarity, nearness and age can
give at most to an actor of the block, each rounded up. Importing this module loads numba; compiled code is
cached on disk.
"""

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import F64, I32, I64
from matcher.kernel.build import BLOCK, MOST, U8

CHUNK = 32
FEW_FIRST = 64
UNITS = float(1 << 30)
"""Bounds are so many units at most: they fit an int32, and rounding up costs nothing."""
NEAR_STEPS = 8


@njit(cache=True, nogil=True)
def units_of_score(
    features: I64, weights: F64, peak: F64, direct_weights: F64, direct_ptr: I64, more: float
) -> float:
    """How many units a score of 1 is worth; 0 when nobody can have substance. `more`: nearness and age."""
    total = 0.0
    for t in range(len(features)):
        total += peak[features[t]] * weights[t]
    for t in range(len(direct_ptr) - 1):
        total += largest(direct_weights, direct_ptr[t], direct_ptr[t + 1])
    return UNITS / (total + more) if total > 0.0 else 0.0


@njit(cache=True, nogil=True)
def unit_of(peak: float, weight: float, scale: float) -> np.int32:
    """What one step of a code is worth, rounded up."""
    return np.int32(np.ceil(peak * weight / MOST * scale))


@njit(cache=True, nogil=True)
def add_features(
    sums: I32, features: I64, weights: F64, scale: float, ptr: I64, ids: I32, codes: U8, peak: F64,
    wide: I32, wide_codes: U8,
) -> int:  # fmt: skip
    """Add the features of the query to all blocks; returns the bytes read."""
    read = 0
    for t in range(len(features)):
        f = features[t]
        unit = unit_of(peak[f], weights[t], scale)
        if unit > 0 and wide[f] >= 0:
            _add_row(sums, wide_codes, wide[f], unit)
            read += wide_codes.shape[1]
        elif unit > 0:
            _add_list(sums, ids, codes, ptr[f], ptr[f + 1], unit)
            read += 5 * (ptr[f + 1] - ptr[f])
    return read


@njit(cache=True, nogil=True)
def _add_row(sums: I32, codes: U8, row: int, unit: np.int32) -> None:
    for b in range(codes.shape[1]):
        sums[b] += np.int32(codes[row, b]) * unit


@njit(cache=True, nogil=True)
def _add_list(sums: I32, ids: I32, codes: U8, start: int, stop: int, unit: np.int32) -> None:
    for at in range(start, stop):
        sums[np.uint64(ids[at])] += np.int32(codes[at]) * unit


@njit(cache=True, nogil=True)
def raise_blocks(sums: I32, most: I32, block: int, unit: np.int32) -> None:
    """Count for a block the largest of several units; `most` keeps it."""
    if unit > most[block]:
        sums[block] += unit - most[block]
        most[block] = unit


@njit(cache=True, nogil=True)
def add_direct(
    sums: I32, most: I32, given: I32, ids: I64, weights: F64, start: int, stop: int, place: I32, scale: float
) -> None:
    """Add to each block the largest of its actors' weights, to `sums` and to `given`; `most` stays zero."""
    for at in range(start, stop):
        raise_blocks(sums, most, place[ids[at]] // BLOCK, np.int32(weights[at] * scale) + np.int32(1))
    for at in range(start, stop):
        block = place[ids[at]] // BLOCK
        given[block] += most[block]
        most[block] = 0


@njit(cache=True, nogil=True)
def add_near(sums: I32, most: I32, ids: I32, start: int, stop: int, weight: float) -> None:
    """Raise each block of a point to what the point counts."""
    for at in range(start, stop):
        raise_blocks(sums, most, ids[at], np.int32(weight) + np.int32(1))


@njit(cache=True, nogil=True)
def told_apart(points: I64, weights: F64, ptr: I64, nearest: float, most: int) -> float:
    """The weight from which on points are added one by one: they list at most `most` blocks."""
    lengths = np.zeros(NEAR_STEPS + 1, np.int64)
    for p in range(len(points)):
        lengths[int(weights[p] / nearest * NEAR_STEPS)] += ptr[points[p] + 1] - ptr[points[p]]
    step, listed = NEAR_STEPS + 1, 0
    while step > 1 and listed + lengths[step - 1] <= most:
        step -= 1
        listed += lengths[step]
    return nearest * step / NEAR_STEPS


@njit(cache=True, nogil=True)
def first_blocks(sums: I32, wanted: int, found: I32) -> int:
    """The `wanted` blocks of the largest bounds, largest first; returns how many."""
    if wanted > FEW_FIRST:
        chosen = np.argsort(sums)[::-1][:wanted]
        found[: len(chosen)] = chosen
        return len(chosen)
    blocks = len(sums)
    bounds = np.zeros(wanted, np.int32)
    size, low = 0, np.int32(0)
    for start in range(0, blocks, CHUNK):
        stop = min(start + CHUNK, blocks)
        hit = np.int32(0)
        for b in range(start, stop):
            hit |= np.int32(sums[b] > low)
        if hit == 0:
            continue
        for b in range(start, stop):
            if sums[b] > low:
                at = min(size, wanted - 1)
                while at > 0 and bounds[at - 1] < sums[b]:
                    bounds[at], found[at] = bounds[at - 1], found[at - 1]
                    at -= 1
                bounds[at], found[at] = sums[b], b
                size = min(size + 1, wanted)
                if size == wanted:
                    low = bounds[wanted - 1]
    return size


@njit(cache=True, nogil=True)
def blocks_reaching(sums: I32, cut: np.int32, found: I32) -> int:
    """The blocks whose bound is at least `cut`; returns how many."""
    count, blocks = 0, len(sums)
    for start in range(0, blocks, CHUNK):
        stop = min(start + CHUNK, blocks)
        hit = np.int32(0)
        for b in range(start, stop):
            hit |= np.int32(sums[b] >= cut)
        if hit:
            for b in range(start, stop):
                if sums[b] >= cut:
                    found[count] = b
                    count += 1
    return count


@njit(cache=True, nogil=True)
def largest(values: F64, start: int, stop: int) -> float:
    """The largest of values[start:stop], 0 at least."""
    top = 0.0
    for at in range(start, stop):
        top = max(top, values[at])
    return top
