"""How good a ranking is at finding what was hidden, and how sure one can be of it.

For one asker: `mrr` is 1 / rank of the first hidden partner; `precision_at_10` the share of the ten first
that are hidden partners; `recall_at_10` the share of the hidden partners among the ten first; a partner not
ranked at all counts 0. `auc_degree_matched` is the chance that a hidden partner scores above an actor that
was not hidden and has as many ties (equal scores: one half): an order by fame alone gets .5, where it gets .8
and more against actors drawn at random. After Liben-Nowell and Kleinberg (2007).
Intervals: 95 % percentile bootstrap over the askers (Efron 1979), seeded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graphsvc.snapshot.columns import B1, F64, I64

TOP = 10
RESAMPLES = 1000
MATCHED = 30
"""Actors of the same degree a hidden partner is compared with, at most."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % interval; `value` is None when there was nothing to measure."""

    value: float | None
    low: float | None
    high: float | None


def ranks_of(scores: F64, eligible: B1, targets: Sequence[int], shuffle: I64) -> list[int | None]:
    """The rank (from 1) of each target among the eligible, by falling score; None when its score is not
    positive. Equal scores are ordered by `shuffle` (a rank for every actor): no id is favoured.
    """
    found: list[int | None] = []
    for target in targets:
        if not eligible[target] or scores[target] <= 0:
            found.append(None)
            continue
        above = scores > scores[target]
        equal = (scores == scores[target]) & (shuffle < shuffle[target])
        found.append(1 + int(np.count_nonzero((above | equal) & eligible)))
    return found


def reciprocal_rank(ranks: Sequence[int | None]) -> float:
    """1 / the best rank, 0 when nothing was ranked."""
    return max((1.0 / r for r in ranks if r is not None), default=0.0)


def hits(ranks: Sequence[int | None], top: int = TOP) -> int:
    """How many are among the `top` first."""
    return sum(1 for r in ranks if r is not None and r <= top)


def matched_auc(
    scores: F64, targets: Sequence[int], eligible: B1, degree: I64, rng: np.random.Generator
) -> tuple[float, int]:
    """Sum over the targets of the share of their matched negatives they score above, and how many targets
    had any.

    Matched: eligible, not a target, of the same degree; when fewer than MATCHED are, the nearest lower and
    the nearest higher degrees in equal numbers, so that fame gains nothing. A target without any is left out.
    """
    total, counted = 0.0, 0
    others = eligible.copy()
    others[list(targets)] = False
    for target in targets:
        matched = _matched(np.flatnonzero(others), degree, int(degree[target]), rng)
        if len(matched):
            below = np.mean(scores[matched] < scores[target])
            equal = np.mean(scores[matched] == scores[target])
            total += float(below + 0.5 * equal)
            counted += 1
    return total, counted


def _matched(others: I64, degree: I64, wanted: int, rng: np.random.Generator) -> I64:
    shuffled = rng.permutation(others)
    of = degree[shuffled]
    same = shuffled[of == wanted]
    if len(same) > MATCHED:
        same = same[:MATCHED]
    lower, higher = shuffled[of < wanted], shuffled[of > wanted]
    each = min((MATCHED - len(same)) // 2, len(lower), len(higher))
    lower = lower[np.argsort(-degree[lower], kind="stable")][:each]
    higher = higher[np.argsort(degree[higher], kind="stable")][:each]
    matched: I64 = np.concatenate([same, lower, higher])
    return matched


def bootstrap_weights(askers: int, seed: int) -> F64:
    """How often each asker is drawn in each resample, float64[RESAMPLES, askers]."""
    rng = np.random.default_rng(seed)
    drawn = (
        rng.integers(0, askers, size=(RESAMPLES, askers)) if askers else np.empty((RESAMPLES, 0), np.int64)
    )
    weights = np.zeros((RESAMPLES, askers))
    for row in range(RESAMPLES):
        weights[row] = np.bincount(drawn[row], minlength=askers)
    return weights


def mean_estimate(sums: F64, counts: F64, weights: F64) -> Estimate:
    """The mean sum(sums) / sum(counts) over askers, with its interval."""
    if not counts.sum():
        return Estimate(None, None, None)
    low, high = _interval(_resampled(sums, counts, weights))
    return Estimate(float(sums.sum() / counts.sum()), low, high)


def difference_estimate(one: F64, other: F64, counts: F64, weights: F64) -> Estimate:
    """The mean of `one` minus that of `other` on the same askers (paired), with its interval."""
    return mean_estimate(one - other, counts, weights)


def ratio_estimate(one: F64, other: F64, weights: F64) -> Estimate:
    """The mean of `one` over that of `other` on the same askers; None when the latter is 0."""
    if not other.sum():
        return Estimate(None, None, None)
    below = weights @ other
    kept = below > 0
    low, high = _interval((weights @ one)[kept] / below[kept])
    return Estimate(float(one.sum() / other.sum()), low, high)


def _resampled(sums: F64, counts: F64, weights: F64) -> F64:
    below = weights @ counts
    kept = below > 0
    values: F64 = (weights @ sums)[kept] / below[kept]
    return values


def _interval(values: F64) -> tuple[float, float]:
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def best_of(values: Mapping[str, Estimate]) -> str | None:
    """The name with the largest value (the first by name among equals), None when nothing was measured."""
    known = {name: e.value for name, e in values.items() if e.value is not None}
    return min(known, key=lambda name: (-known[name], name)) if known else None
