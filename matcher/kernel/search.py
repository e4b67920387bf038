"""The compiled search: bounds for all actors, then exact scores for the few that can still win.

1. Every actor gets the sum of what the inverted lists give it (`bounds.py`).
2. Those of the largest sums are scored exactly; the k-th score is the cut.
3. What everybody may have besides (the bytes of frequent features, freshness) is added actor by actor where
   the sum may reach the cut with it; to everybody's sum, when that would be too many to look at, and then 2
   is done again.
4. All those whose bound reaches the cut are scored exactly.

An exact score is summed from the actor's row in the order of `topk.scored_candidates`, so that both give the
same floating-point sums.

Importing this module loads numba; compiled code is cached on disk.
"""

from typing import Any

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import B1, F32, F64, I64
from matcher.kernel.bounds import (
    CHUNK,
    add_bytes,
    add_direct,
    add_near,
    age_unit,
    bytes_bound,
    bytes_most,
    find_tops,
    frequent_of,
    largest,
    level_of,
    sum_lists,
)
from matcher.kernel.lists import U8
from matcher.kernel.prefetch import LINE, prefetch

AHEAD = 32
"""Actors gathered before they are scored: their rows are fetched in the meantime."""
MORE = 2
"""Actors scored exactly before the rest, beyond the k asked: a bound is seldom loose enough to need more."""
GIVE_UP = 3
"""Looking at the bytes of single actors costs more than adding everybody's from a third of the chunks on."""
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
    list_ptr, list_ids, list_values, frequent, peak, _codes, near_ptr, near_ids = packed[3:11]
    sums, tops = scratch[:2]
    done = found[2]
    rows, units = frequent_of(features, weights, frequent, peak)
    fresh = age_unit(light[1])
    read = sum_lists(sums, features, weights, frequent, list_ptr, list_ids, list_values)
    read += add_direct(sums, direct[0], direct[1]) + add_near(sums, near[0], near[1], near_ptr, near_ids)
    find_tops(sums, tops)
    apart = (rows, units, fresh, bytes_most(units, fresh))
    rounding = 1.0 + (len(features) + len(direct[2]) + 16) * ROUNDING
    done[2] = read + 8 * len(sums)  # these are set once and read once
    return _score_the_best(
        query, packed, ages, direct, near, light, gates, floor, scratch, found, rounding, apart
    )


@njit(cache=True, nogil=True)
def _score_the_best(  # noqa: C901, PLR0912, PLR0915 - one loop: handing arrays over costs more than the work
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
    rounding: float,
    apart: tuple[I64, F32, tuple[np.float32, np.float32], float],
) -> int:
    """Fill `found` from the actors whose bound may make them one of the k best; return how many were found.

    A bound is the sum and what bytes add to it; times `rounding` it is no less than the score without kind
    and factor. `apart` is what the sums lack of the bytes: rows, units, freshness, and their most.
    """
    row_ptr, row_ids, row_values = packed[:3]
    codes, point_of, kind_of, born, over = packed[8], packed[11], packed[12], packed[13], packed[14]
    bucket, age_codes = ages
    rows, units, age, lacking = apart
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
    k, size = len(best), 0
    chosen, bounds = np.empty(AHEAD + CHUNK, np.int64), np.empty(AHEAD + CHUNK, np.float32)
    cut = _cut(floor, scores, size, factor_top, kind_top, rounding)
    turn, level = 0, level_of(tops, k + MORE)
    while turn < 2:
        least = _without(cut, lacking)
        likely = max(least, _without(level, lacking)) if turn == 0 else least
        if lacking > 0.0 and _reached(tops, likely) > len(tops) // GIVE_UP:
            done[2] += add_bytes(sums, rows, units, codes, age_codes, age) + 12 * len(sums)
            find_tops(sums, tops)
            rows, lacking, age = rows[:0], 0.0, (np.float32(0.0), np.float32(0.0))
            turn, size, level, least = 0, 0, level_of(tops, k + MORE), cut
        if turn == 0:
            least = max(level, least)
        waiting = np.uint32(0)
        for chunk in range(len(tops)):
            if tops[chunk] >= least:
                first, before = chunk * CHUNK, waiting
                for i in range(np.uint64(first), np.uint64(min(first + CHUNK, len(sums)))):
                    chosen[np.uint64(waiting)] = i
                    waiting += np.uint32(sums[i] >= least)  # no branch: it would be guessed wrong
                after, waiting = waiting, before
                for c in range(before, after):
                    actor = chosen[c]
                    if turn == 1 and sums[actor] >= level:
                        continue  # scored in the first turn
                    bound = sums[actor] + bytes_bound(actor, rows, units, codes, age_codes, age)
                    if bound >= cut:
                        chosen[waiting], bounds[waiting] = actor, bound
                        waiting += np.uint32(1)
                        _fetch(packed, bucket, actor)
            if waiting < AHEAD and chunk + 1 < len(tops):
                continue
            for c in range(waiting):
                actor, bound = chosen[c], bounds[c]
                if bound < cut:
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
                    cut = max(cut, _cut(floor, scores, size, factor_top, kind_top, rounding))
                    least = max(least, _without(cut, lacking))
            waiting = np.uint32(0)
        turn += 1
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
def _without(cut: np.float32, lacking: float) -> np.float32:
    """The least sum whose bound may reach the cut."""
    return np.float32(cut - lacking - cut * 4.0 * ROUNDING) if lacking > 0.0 else cut


@njit(cache=True, nogil=True)
def _reached(tops: F32, least: np.float32) -> int:
    """How many chunks have an actor that reaches this."""
    count = 0
    for top in tops:
        count += top >= least
    return count


@njit(cache=True, nogil=True)
def _fetch(packed: Arrays, bucket: U8, actor: int) -> None:
    """Have what an exact score reads fetched."""
    row_ptr, row_ids, row_values = packed[:3]
    place = np.uint64(actor)
    prefetch(packed[11], place)
    prefetch(packed[12], place)
    prefetch(packed[13], place)
    prefetch(packed[14], place)
    prefetch(bucket, place)
    for at in range(np.uint64(row_ptr[actor]), np.uint64(row_ptr[actor + 1]), LINE // 4):
        prefetch(row_ids, at)
        prefetch(row_values, at)


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
