"""The compiled search: bounds for all actors, then exact scores for the few that can still win.

1. Every actor gets a bound (`bounds.py`).
2. Those of the largest bounds are scored exactly; then all those whose bound reaches the k-th score.
3. An exact score is summed from the actor's row in the order of `topk.scored_candidates`, so that both give
   the same floating-point sums.

Importing this module loads numba; compiled code is cached on disk.
"""

from typing import Any

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import B1, F32, F64, I64
from matcher.kernel.bounds import (
    CHUNK,
    add_direct,
    add_lists,
    add_near,
    find_tops,
    largest,
    level_of,
    start_bounds,
)
from matcher.kernel.lists import U8

FIRST = 16
ROUNDING = 2.0**-23
MARGIN = 1e-9
"""More than what the exact sums lose by rounding."""
LEAST = 1e-12
"""Nobody without any evidence is answered."""
OTHERS = 255
"""The place of what is asked after the first 254 features: looked up in the question itself."""
Arrays = tuple[Any, ...]


@njit(cache=True, nogil=True)
def search(
    query: tuple[I64, F64],
    packed: Arrays,
    ages: tuple[U8, U8],
    direct: tuple[I64, F64, I64],
    near: tuple[I64, F64],
    light: tuple[F64, F64, I64, F64],
    gates: tuple[I64, B1, int],
    floor: float,
    scratch: tuple[F32, F32, U8],
    found: tuple[I64, F64, I64],
) -> int:
    """Fill `found` (actors and scores of the k best, what was done: actors visited, scored exactly, bytes
    read) and return how many were found.

    `query` (sorted features, weights > 0); `packed` (`PackedLists.arrays()`); `ages` (bucket and code of each
    actor); `direct` (actors, weights, ptr: sorted lists end to end); `near` (sorted points, weights);
    `light` (weighted kinds, ages, factor actors, factors); `gates` (barred, allowed or empty, day); `scratch`
    (float32[n] and one for each chunk, of anything; uint8[features] of zero), zero again after.
    """
    features, weights = query
    list_ptr, list_ids, list_values, frequent, peak, codes, near_ptr, near_ids = packed[3:11]
    sums, tops = scratch[:2]
    done = found[2]
    done[2] = start_bounds(sums, features, weights, frequent, peak, codes, ages[1], light[1])
    done[2] += add_lists(sums, features, weights, frequent, list_ptr, list_ids, list_values)
    done[2] += add_direct(sums, direct[0], direct[1]) + add_near(sums, near[0], near[1], near_ptr, near_ids)
    find_tops(sums, tops)
    added = len(features) + len(direct[2]) + 16
    return _score_the_best(
        query, packed, ages[0], direct, near, light, gates, floor, scratch, found, 1.0 + added * ROUNDING
    )


@njit(cache=True, nogil=True)
def _score_the_best(  # noqa: C901, PLR0912, PLR0915 - one loop: handing arrays over costs more than the work
    query: tuple[I64, F64],
    packed: Arrays,
    bucket: U8,
    direct: tuple[I64, F64, I64],
    near: tuple[I64, F64],
    light: tuple[F64, F64, I64, F64],
    gates: tuple[I64, B1, int],
    floor: float,
    scratch: tuple[F32, F32, U8],
    found: tuple[I64, F64, I64],
    rounding: float,
) -> int:
    """Fill `found` from the actors whose bound may make them one of the k best; returns how many were found.

    A bound times `rounding` is no less than the sum it bounds.
    """
    row_ptr, row_ids, row_values = packed[:3]
    point_of, kind_of, born, over = packed[11:]
    kinds, fresh, factor_ids, factors = light
    barred, allowed, day = gates
    sums, tops, places = scratch
    best, scores, done = found
    features, asked = query
    weights = np.zeros(OTHERS)
    for t in range(len(features)):
        places[features[t]] = min(t + 1, OTHERS)
        if t + 1 < OTHERS:
            weights[t + 1] = asked[t]
    factor_top, kind_top = max(1.0, largest(factors)), largest(kinds)
    k, size, chosen = len(best), 0, np.empty(CHUNK, np.int64)
    level = level_of(tops, max(FIRST, 2 * k))
    cut = _cut(floor, scores, size, factor_top, kind_top, rounding)
    for turn in range(2):
        if turn == 1 and level <= cut:
            break
        for chunk in range(len(tops)):
            least = max(level, cut) if turn == 0 else cut
            if tops[chunk] < least:
                continue
            first = chunk * CHUNK
            reached = np.uint32(0)
            for i in range(np.uint64(first), np.uint64(min(first + CHUNK, len(sums)))):
                chosen[np.uint64(reached)] = i
                reached += np.uint32(sums[i] >= least)  # no branch: it would be guessed wrong
            for c in range(reached):
                actor = chosen[c]
                bound = sums[actor]
                if bound < cut or (turn == 1 and bound >= level):
                    continue
                done[0] += 1
                kind = kinds[kind_of[actor]]
                if size == k and (bound * rounding + kind + MARGIN) * factor_top < scores[k - 1]:
                    continue
                if over[actor] < day or born[actor] > day or _within(barred, 0, len(barred), actor) >= 0:
                    continue
                if len(allowed) and not allowed[actor]:
                    continue
                done[1] += 1
                score = 0.0
                for e in range(
                    np.uint64(row_ptr[actor]), np.uint64(row_ptr[actor + 1])
                ):  # in order; 0 adds 0
                    place = places[np.uint64(row_ids[e])]
                    if place < OTHERS:
                        score += np.float64(row_values[e]) * weights[place]
                    else:
                        t = _within(features, OTHERS - 1, len(features), row_ids[e])
                        score += np.float64(row_values[e]) * asked[t]
                for t in range(len(direct[2]) - 1):
                    e = _within(direct[0], direct[2][t], direct[2][t + 1], actor)
                    if e >= 0:
                        score += direct[1][e]
                if score < floor or score <= 0.0:
                    continue
                e = _within(near[0], 0, len(near[0]), point_of[actor])
                score = ((score + (near[1][e] if e >= 0 else 0.0)) + kind) + fresh[bucket[actor]]
                e = _within(factor_ids, 0, len(factor_ids), actor)
                if e >= 0:
                    score *= factors[e]
                size = _insert(best, scores, size, actor, score)
                if size == k:
                    cut = _cut(floor, scores, size, factor_top, kind_top, rounding)
    for feature in features:
        places[feature] = 0
    return size


@njit(cache=True, nogil=True)
def _cut(
    floor: float, scores: F64, size: int, factor_top: float, slack: float, rounding: float
) -> np.float32:
    """The least bound that is worth an exact score; `slack` is what bounds leave out."""
    lowest = floor
    if size == len(scores):
        lowest = max(floor, scores[size - 1] / factor_top - slack)
    return np.float32(max(LEAST, (lowest - MARGIN) / rounding * (1.0 - ROUNDING)))


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
    packed: Arrays,
    ages: tuple[U8, U8],
    asked: tuple[I64, I64, F64],
    direct: tuple[I64, I64, F64],
    near: tuple[I64, I64, F64],
    factors: tuple[I64, I64, F64],
    barred: tuple[I64, I64],
    light: tuple[F64, F64, I64],
    floor: float,
    scratch: tuple[F32, F32, U8],
    found: tuple[I64, F64, I64],
) -> None:
    """`search` for the queries [first, after), into `found` (actors[q, k], scores[q, k], how many).

    `asked`, `near`, `factors` (ptr, ids, weights) and `barred` (ptr, ids) are CSR over the queries; `direct`
    has two rows a query; `light` (weighted kinds[q, .], ages[q, .], day of each).
    """
    everybody, done = np.empty(0, np.bool_), np.zeros(3, np.int64)
    actors, scores, counts = found
    for q in range(first, after):
        a, b = asked[0][q], asked[0][q + 1]
        parts = direct[0][2 * q : 2 * q + 3]
        c, d = near[0][q], near[0][q + 1]
        e, f = factors[0][q], factors[0][q + 1]
        counts[q] = search(
            (asked[1][a:b], asked[2][a:b]),
            packed,
            ages,
            (direct[1][parts[0] : parts[2]], direct[2][parts[0] : parts[2]], parts - parts[0]),
            (near[1][c:d], near[2][c:d]),
            (light[0][q], light[1][q], factors[1][e:f], factors[2][e:f]),
            (barred[1][barred[0][q] : barred[0][q + 1]], everybody, light[2][q]),
            floor,
            scratch,
            (actors[q], scores[q], done),
        )
