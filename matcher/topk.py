"""The k best candidates of a plan, exactly: the same answer, to the last bit, as scoring everybody and
sorting.

Small networks are scored by numpy over the inverted lists; from `KERNEL_FROM` actors on by the compiled
kernel, which is imported only then (compiling costs a command more than it gains on a few thousand actors).
"""

import importlib
from typing import cast

import numpy as np

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I64
from matcher.evidence.freshness import age_buckets
from matcher.index import KERNEL_FROM, MatchIndex
from matcher.plan import Plan
from matcher.sparse import accumulate


def top_k(snapshot: Snapshot, index: MatchIndex, plan: Plan, floor: float, k: int) -> list[tuple[int, float]]:
    """Positions and scores of the k best, best first, ties by position (that is, by id)."""
    if index.n >= KERNEL_FROM:
        kernel = importlib.import_module("matcher.kernel.compiled")
        return cast(list[tuple[int, float]], kernel.top_k_compiled(snapshot, index, plan, floor, k))
    return top_k_numpy(snapshot, index, plan, floor, k)


def top_k_numpy(
    snapshot: Snapshot, index: MatchIndex, plan: Plan, floor: float, k: int
) -> list[tuple[int, float]]:
    """The same by numpy, for up to some 20,000 actors."""
    candidates, scores = scored_candidates(snapshot, index, plan, floor)
    return best_first(candidates, scores, k)


def scored_candidates(snapshot: Snapshot, index: MatchIndex, plan: Plan, floor: float) -> tuple[I64, F64]:
    """Every actor with enough substance that may be suggested, and its score. Positions ascend."""
    columns = snapshot.actors
    sums = np.zeros(index.n)
    accumulate(index.lists, plan.features(), sums)
    for vector in plan.direct():
        sums[vector.ids] += vector.weights
    alive = (sums >= floor) & (columns.ended >= plan.day) & (columns.founded <= plan.day)
    alive[plan.barred] = False
    if plan.allowed is not None:
        alive &= plan.allowed
    accumulate(index.seats.lists, plan.nearby(), sums)
    found = np.flatnonzero(alive)
    scores = sums[found] + plan.weights.kind * plan.kinds[columns.kind[found]]
    scores += plan.weights.freshness * plan.ages[age_buckets(columns.confirmed[found], plan.today)]
    factors = np.ones(index.n)
    factors[plan.factors.ids] = plan.factors.weights
    return found, scores * factors[found]


def best_first(candidates: I64, scores: F64, k: int) -> list[tuple[int, float]]:
    """The k best of these, best first, ties by position."""
    if k < len(scores):
        worst = np.partition(scores, len(scores) - k)[len(scores) - k]
        kept = scores >= worst
        candidates, scores = candidates[kept], scores[kept]
    order = np.lexsort((candidates, -scores))[:k]
    return list(zip(candidates[order].tolist(), scores[order].tolist(), strict=True))
