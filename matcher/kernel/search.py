"""The compiled search: bounds for all blocks, then exact scores for the few actors that can still win.

1. Every block gets a bound (`kernel_bounds.py`).
2. The blocks of the largest bounds are opened first; then all those whose bound reaches the k-th score.
3. In an open block the rows, side by side in memory, are scored exactly, in the order of
   `topk.scored_candidates`, so that both give the same floating-point sums.

Importing this module loads numba; compiled code is cached on disk.
"""

from typing import Any

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import B1, F32, F64, I32, I64
from matcher.kernel.bounds import (
    add_direct,
    add_features,
    add_near,
    blocks_reaching,
    first_blocks,
    largest,
    told_apart,
    units_of_score,
)
from matcher.kernel.build import BLOCK, U8

FIRST_BLOCKS = 16
FEW_FEATURES = 64
TRIES = 50
MARGIN = 1e-7
"""More than what rounding can take from a bound, less than what tells two scores apart to a reader."""
Lists = tuple[Any, ...]


@njit(cache=True, nogil=True)
def search(
    query: tuple[I64, F64],
    packed: Lists,
    ages: tuple[U8, U8],
    direct: tuple[I64, F64, I64],
    near: tuple[I64, F64],
    light: tuple[F64, F64, I64, F64],
    gates: tuple[I64, B1, int],
    floor: float,
    k: int,
    scratch: tuple[I32, I32, I32, I32, F64],
) -> tuple[I64, F64, I64]:
    """Actors and scores of the k best, best first, and what was done: blocks opened, actors scored to the
    end, bytes read.

    `query` (features, weights > 0); `packed` (`PackedLists.arrays()`); `ages` (bucket of each position, the
    youngest of each block); `direct` (actors, weights, ptr: sorted lists end to end); `near` (points,
    weights); `light` (weighted kinds, ages, factor actors, factors); `gates` (barred, allowed or empty, day);
    `scratch` (three int32[blocks] of zero, one more of anything, float64[points] of zero), zero again after.
    """
    features, weights = query
    place, ptr, ids, codes, peak, wide, wide_codes = packed[:7]
    near_ptr, near_ids = packed[7:9]
    youngest = ages[1]
    direct_ids, direct_weights, direct_ptr = direct
    points, point_weights = near
    kinds, fresh = light[:2]
    sums, most, given, _, near_of = scratch
    best, scores, done = np.full(k, -1, np.int64), np.full(k, -1.0), np.zeros(3, np.int64)
    nearest = largest(point_weights, 0, len(point_weights))
    scale = units_of_score(
        features, weights, peak, direct_weights, direct_ptr, nearest + largest(fresh, 0, len(fresh))
    )
    if scale == 0.0:
        return best[:0], scores[:0], done
    age_units = np.ceil(fresh * scale).astype(np.int32)
    for b in range(len(youngest)):
        sums[b] = age_units[youngest[b]]
    done[2] = add_features(sums, features, weights, scale, ptr, ids, codes, peak, wide, wide_codes)
    for t in range(len(direct_ptr) - 1):
        first, after = direct_ptr[t], direct_ptr[t + 1]
        add_direct(sums, most, given, direct_ids, direct_weights, first, after, place, scale)
    apart = told_apart(points, point_weights, near_ptr, nearest, len(youngest) // 2)
    for p in range(len(points)):
        near_of[points[p]] = point_weights[p]
        if point_weights[p] >= apart:
            first, after = near_ptr[points[p]], near_ptr[points[p] + 1]
            add_near(sums, most, near_ids, first, after, point_weights[p] * scale)
    done[2] += 9 * len(youngest) + 24 * len(direct_ids) + 16 * len(points)
    slack = kinds.max() + min(apart, nearest)
    size = _open_blocks(
        best, scores, done, query, packed, ages, direct, light, gates, floor, scratch, scale, slack
    )
    sums[:] = 0
    for e in range(len(direct_ids)):
        given[place[direct_ids[e]] // BLOCK] = 0
    for p in range(len(points)):
        near_of[points[p]] = 0.0
        if point_weights[p] >= apart:
            for e in range(near_ptr[points[p]], near_ptr[points[p] + 1]):
                most[near_ids[e]] = 0
    return best[:size], scores[:size], done


@njit(cache=True, nogil=True)
def _open_blocks(  # noqa: C901, PLR0912 - one loop: a call that hands over arrays costs more than the work
    best: I64,
    scores: F64,
    done: I64,
    query: tuple[I64, F64],
    packed: Lists,
    ages: tuple[U8, U8],
    direct: tuple[I64, F64, I64],
    light: tuple[F64, F64, I64, F64],
    gates: tuple[I64, B1, int],
    floor: float,
    scratch: tuple[I32, I32, I32, I32, F64],
    scale: float,
    slack: float,
) -> int:
    """Fill `best` and `scores` from the blocks that may hold one of the k best; returns how many were found.

    `slack` is what the bounds of the blocks leave out: the kind, and points too far to be told apart.
    """
    features, weights = query
    row_ptr, row_features, row_values, facts = packed[9:]
    bucket = ages[0]
    direct_ids, direct_weights, direct_ptr = direct
    kinds, fresh, factor_ids, factors = light
    barred, allowed, day = gates
    sums, _, given, found, near_of = scratch
    keys, table, multiplier = _hashed(features, weights)
    factor_top = max(1.0, largest(factors, 0, len(factors)))
    k, size = len(best), 0
    for turn in range(2):
        cut = _cut(floor, scores, size, factor_top, slack, scale)
        if turn == 0:
            count = first_blocks(sums, max(FIRST_BLOCKS, k), found)
        else:
            count = blocks_reaching(sums, cut, found)
        for c in range(count):
            b = found[c]
            if sums[b] < cut:
                continue
            sums[b] = 0
            more = given[b] / scale + MARGIN
            first, after = b * BLOCK, min(b * BLOCK + BLOCK, len(bucket))
            done[0] += 1
            done[2] += 8 * (row_ptr[after] - row_ptr[first])
            for at in range(first, after):
                score = _product(
                    row_ptr[at], row_ptr[at + 1], row_features, row_values, keys, table, multiplier
                )
                point, kind, age = facts[at, 1], kinds[facts[at, 2]], fresh[bucket[at]]
                close = near_of[point] if point >= 0 else 0.0
                if score + more < floor:
                    continue
                if size == k and (score + more + close + kind + age) * factor_top < scores[k - 1]:
                    continue
                actor = facts[at, 0]
                if facts[at, 4] < day or facts[at, 3] > day or _within(barred, 0, len(barred), actor) >= 0:
                    continue
                if len(allowed) and not allowed[actor]:
                    continue
                done[1] += 1
                for t in range(len(direct_ptr) - 1):
                    e = _within(direct_ids, direct_ptr[t], direct_ptr[t + 1], actor)
                    if e >= 0:
                        score += direct_weights[e]
                if score < floor:
                    continue
                score = ((score + close) + kind) + age
                e = _within(factor_ids, 0, len(factor_ids), actor)
                if e >= 0:
                    score *= factors[e]
                size = _insert(best, scores, size, actor, score)
                if size == k:
                    cut = _cut(floor, scores, size, factor_top, slack, scale)
    done[2] += done[0] * BLOCK * 21
    return size


@njit(cache=True, nogil=True)
def _cut(floor: float, scores: F64, size: int, factor_top: float, slack: float, scale: float) -> np.int32:
    """The least bound of a block that is worth opening."""
    lowest = floor
    if size == len(scores):
        lowest = max(floor, scores[size - 1] / factor_top - slack)
    return np.int32(min(max(1.0, (lowest - MARGIN) * scale - 1.0), 2.0e9))


@njit(cache=True, nogil=True)
def _hashed(features: I64, weights: F64) -> tuple[I32, F64, int]:
    """A table of the query and the multiplier that puts its features in different places.

    The multiplier is 0 when they are too many for that: the table is then open-addressed.
    """
    count = len(features)
    size = 256
    while size < (count * count // 2 if count <= FEW_FEATURES else 4 * count):
        size *= 2
    keys, table = np.full(size, -1, np.int32), np.zeros(size)
    multiplier = 2654435761 if count <= FEW_FEATURES else 0
    for _ in range(TRIES if multiplier else 0):
        placed = 0
        for t in range(count):
            at = (features[t] * multiplier >> 12) & (size - 1)
            if keys[at] >= 0:
                break
            keys[at], table[at] = features[t], weights[t]
            placed += 1
        if placed == count:
            return keys, table, multiplier
        for t in range(placed):
            keys[(features[t] * multiplier >> 12) & (size - 1)] = -1
        multiplier = (multiplier * 747796405 + 2891336453) & 0xFFFFFFFF | 1
    for t in range(count):
        at = features[t] & (size - 1)
        while keys[at] >= 0:
            at = (at + 1) & (size - 1)
        keys[at], table[at] = features[t], weights[t]
    return keys, table, 0


@njit(cache=True, nogil=True)
def _product(
    start: int, stop: int, features: I32, values: F32, keys: I32, table: F64, multiplier: int
) -> float:
    """Inner product of a row (pairs side by side) with the query, summed in the order of the row."""
    total, mask = 0.0, len(keys) - 1
    if multiplier:
        for e in range(2 * start, 2 * stop, 2):
            at = (np.int64(features[e]) * multiplier >> 12) & mask
            named = np.float64(keys[at] == features[e])  # no branch: it would be guessed wrong half the time
            total += np.float64(values[e + 1]) * (table[at] * named)
        return total
    for e in range(2 * start, 2 * stop, 2):
        at = np.int64(features[e]) & mask
        while keys[at] >= 0:
            if keys[at] == features[e]:
                total += np.float64(values[e + 1]) * table[at]
                break
            at = (at + 1) & mask
    return total


@njit(cache=True, nogil=True)
def _within(ids: I64, start: int, stop: int, wanted: int) -> int:
    """Where `wanted` stands in the sorted ids[start:stop], -1 if it does not."""
    low, high = start, stop
    while low < high:
        middle = (low + high) >> 1
        if ids[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < stop and ids[low] == wanted else -1


@njit(cache=True, nogil=True)
def _insert(best: I64, scores: F64, size: int, actor: int, total: float) -> int:
    """Keep the k best in order, ties by actor; returns how many are kept."""
    k = len(best)
    if size == k and not _before(total, actor, scores[k - 1], best[k - 1]):
        return size
    size = min(size + 1, k)
    at = size - 1
    while at > 0 and _before(total, actor, scores[at - 1], best[at - 1]):
        scores[at], best[at] = scores[at - 1], best[at - 1]
        at -= 1
    scores[at], best[at] = total, actor
    return size


@njit(cache=True, nogil=True)
def _before(score: float, actor: int, other_score: float, other: int) -> bool:
    return score > other_score or (score == other_score and actor < other)


@njit(cache=True, nogil=True)
def search_many(
    first: int,
    after: int,
    packed: Lists,
    ages: tuple[U8, U8],
    asked: tuple[I64, I64, F64],
    direct: tuple[I64, I64, F64],
    near: tuple[I64, I64, F64],
    factors: tuple[I64, I64, F64],
    barred: tuple[I64, I64],
    light: tuple[F64, F64, I64],
    floor: float,
    scratch: tuple[I32, I32, I32, I32, F64],
    found: tuple[I64, F64, I64],
) -> None:
    """`search` for the queries [first, after), into `found` (actors[q, k], scores[q, k], how many).

    `asked`, `near`, `factors` (ptr, ids, weights) and `barred` (ptr, ids) are CSR over the queries; `direct`
    has two rows a query; `light` (weighted kinds[q, .], ages[q, .], day of each).
    """
    everybody = np.empty(0, np.bool_)
    actors, scores, counts = found
    k = actors.shape[1]
    for q in range(first, after):
        a, b = asked[0][q], asked[0][q + 1]
        parts = direct[0][2 * q : 2 * q + 3]
        c, d = near[0][q], near[0][q + 1]
        e, f = factors[0][q], factors[0][q + 1]
        best, reached, _ = search(
            (asked[1][a:b], asked[2][a:b]),
            packed,
            ages,
            (direct[1][parts[0] : parts[2]], direct[2][parts[0] : parts[2]], parts - parts[0]),
            (near[1][c:d], near[2][c:d]),
            (light[0][q], light[1][q], factors[1][e:f], factors[2][e:f]),
            (barred[1][barred[0][q] : barred[0][q + 1]], everybody, light[2][q]),
            floor,
            k,
            scratch,
        )
        counts[q] = len(best)
        actors[q, : len(best)] = best
        scores[q, : len(best)] = reached
