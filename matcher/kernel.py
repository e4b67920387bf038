"""The compiled exact top-k: one pass over the inverted lists, no array of pairs, no copy of the network.

Sums are accumulated feature after feature in ascending order, as `topk.scored_candidates` does, so that
both give the same floating-point scores. Memory beside the index: one float64 per actor and thread, cleaned
after each query by the list of the actors touched. Importing this module loads numba; compiled code is
cached on disk.
"""

import threading

import numpy as np
from numba import njit

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MIN, F32, F64, I8, I32, I64
from matcher.evidence.freshness import NEVER, OLDEST
from matcher.index import MatchIndex
from matcher.plan import Plan

_scratch = threading.local()


def top_k_compiled(
    snapshot: Snapshot, index: MatchIndex, plan: Plan, floor: float, k: int
) -> list[tuple[int, float]]:
    """Positions and scores of the k best, best first, ties by position."""
    sums, touched = _buffers(index.n)
    columns = snapshot.actors
    count = 0
    features = plan.features()
    lists = index.lists
    count = _add_lists(
        features.ids, features.weights, lists.ptr, lists.ids, lists.values, sums, touched, count
    )
    for vector in plan.direct():
        count = _add_direct(vector.ids, vector.weights, sums, touched, count)
    factors = plan.factors
    barred = plan.barred if plan.allowed is None else np.union1d(plan.barred, np.flatnonzero(~plan.allowed))
    near = np.zeros(len(index.seats.units))
    near[plan.nearby().ids] = plan.nearby().weights
    found, scores = _best(
        sums, touched, count, floor, k, barred, columns.ended, columns.founded, plan.day, near,
        index.seats.point_of, plan.weights.kind * plan.kinds, columns.kind,
        plan.weights.freshness * plan.ages, columns.confirmed, plan.today, factors.ids, factors.weights,
    )  # fmt: skip
    return list(zip(found.tolist(), scores.tolist(), strict=True))


def _buffers(n: int) -> tuple[F64, I32]:
    """This thread's sums (all zero) and the list of actors touched."""
    if getattr(_scratch, "n", -1) != n:
        _scratch.n = n
        _scratch.sums = np.zeros(n)
        _scratch.touched = np.empty(n, np.int32)
    return _scratch.sums, _scratch.touched


@njit(cache=True, nogil=True)
def _add_lists(
    features: I64, weights: F64, ptr: I64, ids: I32, values: F32, sums: F64, touched: I32, count: int
) -> int:
    for f in range(len(features)):
        weight = weights[f]
        if weight == 0.0:
            continue
        for at in range(ptr[features[f]], ptr[features[f] + 1]):
            gain = np.float64(values[at]) * weight
            actor = ids[at]
            if gain > 0.0:
                if sums[actor] == 0.0:
                    touched[count] = actor
                    count += 1
                sums[actor] += gain
    return count


@njit(cache=True, nogil=True)
def _add_direct(actors: I64, weights: F64, sums: F64, touched: I32, count: int) -> int:
    for at in range(len(actors)):
        if weights[at] > 0.0:
            actor = actors[at]
            if sums[actor] == 0.0:
                touched[count] = actor
                count += 1
            sums[actor] += weights[at]
    return count


@njit(cache=True, nogil=True)
def _best(
    sums: F64, touched: I32, count: int, floor: float, k: int, barred: I64, ended: I32, founded: I32,
    day: int, near: F64, point_of: I32, kinds: F64, kind: I8, ages: F64, confirmed: I32, today: int,
    exposed: I64, factors: F64,
) -> tuple[I64, F64]:  # fmt: skip
    sums[barred] = -1.0
    best = np.full(k, -1, np.int64)
    scores = np.full(k, -1.0)
    size = 0
    for t in range(count):
        actor = touched[t]
        total = sums[actor]
        sums[actor] = 0.0
        if total < floor or ended[actor] < day or founded[actor] > day:
            continue
        if point_of[actor] >= 0:
            total += near[point_of[actor]]
        total += kinds[kind[actor]]
        total += ages[_bucket(confirmed[actor], today)]
        total *= _factor(actor, exposed, factors)
        size = _insert(best, scores, size, actor, total)
    sums[barred] = 0.0
    return best[:size], scores[:size]


@njit(cache=True, nogil=True)
def _insert(best: I64, scores: F64, size: int, actor: int, total: float) -> int:
    """Keep the k best in order; returns how many are kept."""
    k = len(best)
    if size == k and not _before(total, actor, scores[k - 1], best[k - 1]):
        return size
    size = min(size + 1, k)
    place = size - 1
    while place > 0 and _before(total, actor, scores[place - 1], best[place - 1]):
        scores[place] = scores[place - 1]
        best[place] = best[place - 1]
        place -= 1
    scores[place] = total
    best[place] = actor
    return size


@njit(cache=True, nogil=True)
def _factor(actor: int, exposed: I64, factors: F64) -> float:
    at = np.searchsorted(exposed, actor)
    return factors[at] if at < len(exposed) and exposed[at] == actor else 1.0


@njit(cache=True, nogil=True)
def _before(score: float, actor: int, other_score: float, other: int) -> bool:
    return score > other_score or (score == other_score and actor < other)


@njit(cache=True, nogil=True)
def _bucket(confirmed: int, today: int) -> int:
    if confirmed <= DAY_MIN:
        return NEVER
    years = np.floor((today - np.int64(confirmed)) / 365.25)
    return int(min(max(years, 0), OLDEST))
