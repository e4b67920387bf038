"""Plain exact search, what the compiled search is measured against: everybody's evidence is summed over the
inverted lists and the k best are picked. Compiled, one thread, no pruning, the same answer to the last bit.
"""

from typing import Any

import numpy as np
from numba import njit

from matcher.kernel.lists import PackedLists
from matcher.plan import Plan

Found = list[tuple[int, float]]


def plain_search(packed: PackedLists, plan: Plan, floor: float, k: int, sums: Any, scores: Any) -> Found:
    """The k best of a plan that is open to all; `sums` and `scores` (float64[n]) are overwritten."""
    query, near, factors = plan.features(), plan.nearby(), plan.factors
    lists, seated = packed.lists, packed.seats.lists
    sums[:] = 0.0
    _add(sums, query.ids, query.weights, lists.ptr, lists.ids, lists.values)
    for part in plan.direct():
        sums[part.ids] += part.weights
    scores[:] = sums
    _add(scores, near.ids, near.weights, seated.ptr, seated.ids, seated.values)
    kinds, ages = plan.weights.kind * plan.kinds, plan.weights.freshness * plan.ages
    age, life = packed.ages(plan.today)[0], (packed.born, packed.over, plan.day)
    _finish(sums, scores, (packed.kind, kinds), (age, ages), life, floor)
    scores[plan.barred] = -1.0
    scores[factors.ids] *= factors.weights
    return _best(scores, k)


@njit(nogil=True)
def _add(sums: Any, features: Any, weights: Any, ptr: Any, ids: Any, values: Any) -> None:
    for t in range(len(features)):
        weight = weights[t]
        for at in range(ptr[features[t]], ptr[features[t] + 1]):
            sums[np.uint64(ids[at])] += np.float64(values[at]) * weight


@njit(nogil=True)
def _finish(sums: Any, scores: Any, kind: Any, age: Any, life: Any, floor: float) -> None:
    """Whole scores of those who may be answered, -1 of the others."""
    born, over, day = life
    for i in range(len(sums)):
        if sums[i] > 0.0 and sums[i] >= floor and over[i] >= day and born[i] <= day:
            scores[i] = (scores[i] + kind[1][kind[0][i]]) + age[1][age[0][i]]
        else:
            scores[i] = -1.0


def _best(scores: Any, k: int) -> Found:
    """The k best, ties by position."""
    actors, found = np.empty(k, np.int64), np.empty(k)
    size = _pick(scores, actors, found)
    return list(zip(actors[:size].tolist(), found[:size].tolist(), strict=True))


@njit(nogil=True)
def _pick(scores: Any, actors: Any, found: Any) -> int:
    size, k = 0, len(found)
    for i in range(len(scores)):
        score = scores[i]
        if score <= 0.0 or (size == k and score <= found[k - 1]):
            continue
        size = min(size + 1, k)
        at = size - 1
        while at > 0 and found[at - 1] < score:
            found[at], actors[at] = found[at - 1], actors[at - 1]
            at -= 1
        found[at], actors[at] = score, i
    return size
