"""The compiled search: bounds for all actors, then exact scores for the few that can still win.

1. Every actor gets a bound (`bounds.py`), which may still lack what is kept in bytes.
2. Those of the largest bounds are scored exactly; the k-th score is the cut.
3. What bounds lack (the bytes of frequent features, freshness) is added actor by actor where the cut may be
   reached with it; to everybody's bound, when that would be too many to look at, and then 2 is done again.
4. All those whose bound reaches the cut are scored exactly.

An exact score is summed from the actor's row in the order of `topk.scored_candidates`, so that both give the
same floating-point sums.

Importing this module loads numba; compiled code is cached on disk.
"""

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import B1, F64, I64
from matcher.kernel.adding import InBytes, bytes_bound, nothing_in_bytes
from matcher.kernel.bounds import GIVE_UP, Arrays, complete_bounds, largest, set_bounds
from matcher.kernel.instructions import LANES, LINE, lowest, prefetch, reaching
from matcher.kernel.levels import CHUNK, STEPS, count_reaching, level_of
from matcher.kernel.lists import U8, U16

AHEAD = 32
"""Actors gathered before they are scored: their rows are fetched in the meantime."""
MORE = 2
"""Actors scored exactly before the rest, beyond the k asked: a bound is seldom loose enough to need more."""
MARGIN = 1e-9
"""More than what the exact sums lose by rounding."""
OTHERS = 255
"""The place of what is asked after the first 254 features: looked up in the question itself."""


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
    scratch: tuple[U16, U16, U8],
    found: tuple[I64, F64, I64],
) -> int:
    """Fill `found` (actors and scores of the k best, what was done: actors visited, scored exactly, bytes
    read) and return how many were found.

    `query` (sorted features, weights > 0); `packed` (`PackedLists.arrays()`); `ages` (bucket and code of each
    actor); `direct` (actors, weights, ptr: sorted lists end to end); `near` (sorted points, weights);
    `light` (weighted kinds, ages, factor actors, factors); `gates` (barred, allowed or empty, day); `scratch`
    (`compiled.scratch_of`: the last is zero, and zero again after).
    """
    best, _scores, done = found
    step, lacking, done[2] = set_bounds(
        query, packed, ages[1], direct, near, light[1], len(best) + MORE, scratch[0], scratch[1]
    )
    if step == 0.0:
        return 0
    return _score_the_best(
        query, packed, ages, direct, near, light, gates, floor, scratch, found, step, lacking
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
    scratch: tuple[U16, U16, U8],
    found: tuple[I64, F64, I64],
    step: float,
    lacking: InBytes,
) -> int:
    """Fill `found` from the actors whose bound may make them one of the k best; return how many were found.

    A bound and what it is `lacking`, times `step`, is no less than the score without kind and factor.
    """
    row_ptr, row_ids, row_values = packed[:3]
    codes, point_of, kind_of, born, over = packed[8], packed[11], packed[12], packed[13], packed[14]
    bucket, age_codes = ages
    kinds, fresh, factor_ids, factors = light
    barred, allowed, day = gates
    bounds, tops, places = scratch
    best, scores, done = found
    features, asked = query
    weights = np.zeros(OTHERS)
    for t in range(len(features)):
        places[features[t]] = min(t + 1, OTHERS)
        if t + 1 < OTHERS:
            weights[t + 1] = asked[t]
    factor_top, kind_top = max(1.0, largest(factors)), largest(kinds)
    k, size = len(best), 0
    chosen, reach = np.empty(AHEAD + CHUNK, np.int64), np.empty(AHEAD + CHUNK, np.int64)
    cut = _cut(floor, scores, size, factor_top, kind_top, step)
    turn, level = 0, level_of(tops, k + MORE)
    while turn < 2:
        least = max(0, cut - lacking.most)
        likely = max(least, level - lacking.most) if turn == 0 else least
        if lacking.most > 0 and count_reaching(tops, likely) > len(tops) // GIVE_UP:
            done[2] += complete_bounds(bounds, tops, codes, age_codes, lacking)
            lacking = nothing_in_bytes(lacking.rows, lacking.units)
            turn, size, level, least = 0, 0, level_of(tops, k + MORE), cut
        if turn == 0:
            least = max(level, least)
        waiting, group, chunks = 0, 0, np.uint64(0)
        while True:
            while waiting < AHEAD and (chunks or group < len(tops)):
                if not chunks:
                    chunks = reaching(tops, np.uint64(group), np.uint16(min(least, STEPS)))
                    group += LANES
                    continue
                chunk = np.uint64(group - LANES + lowest(chunks)) * np.uint64(CHUNK)
                chunks &= chunks - np.uint64(1)
                for lane in range(chunk, chunk + np.uint64(CHUNK), np.uint64(LANES)):
                    reached = reaching(bounds, np.uint64(lane), np.uint16(min(least, STEPS)))
                    while reached:
                        actor = int(lane + lowest(reached))
                        reached &= reached - np.uint64(1)
                        bound = int(bounds[actor])
                        if turn == 1 and bound >= level:
                            continue  # scored in the first turn
                        if lacking.most > 0:
                            bound += bytes_bound(actor, codes, age_codes, lacking)
                        if bound >= cut:
                            chosen[waiting], reach[waiting] = actor, bound
                            waiting += 1
                            _fetch(packed, bucket, actor)
            if not waiting:
                break
            for c in range(waiting):
                actor, bound = int(chosen[c]), int(reach[c])
                if bound < cut:
                    continue
                done[0] += 1
                kind = kinds[kind_of[actor]]
                if size == k and (bound * step + kind + MARGIN) * factor_top < scores[k - 1]:
                    continue
                if over[actor] < day or born[actor] > day or _within(barred, 0, len(barred), actor) >= 0:
                    continue
                if len(allowed) and not allowed[actor]:
                    continue
                done[1] += 1
                score = 0.0
                first, after = np.uint64(row_ptr[actor]), np.uint64(row_ptr[actor + 1])
                for e in range(first, after):  # in order; 0 adds 0
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
                    cut = max(cut, _cut(floor, scores, size, factor_top, kind_top, step))
                    least = max(least, cut - lacking.most)
            waiting = 0
        turn += 1
    for feature in features:
        places[feature] = 0
    return size


@njit(cache=True, nogil=True)
def _cut(floor: float, scores: F64, size: int, factor_top: float, slack: float, step: float) -> int:
    """The least bound that is worth an exact score; `slack` is what bounds leave out."""
    wanted = floor
    if size == len(scores):
        wanted = max(floor, scores[size - 1] / factor_top - slack)
    return max(1, int(min((wanted - MARGIN) / step, STEPS + 1.0)))


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
    scratch: tuple[U16, U16, U8],
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
