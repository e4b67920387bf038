"""The first candidates of the exact default order, put in the learned order.

Only answers to `cooperate` are reordered: the coefficients were learned on cooperations, and say nothing of
an exact offer that meets a need or of means that could be pooled; and only those to the kinds of asker it
was learned from. The factors of the default (acquaintance,
exposure …) multiply the learned score as they do the default one.
"""

import numpy as np

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I64
from matcher.asks import Ask, Asker
from matcher.index import MatchIndex
from matcher.learned.background import Background, kept_background
from matcher.learned.evidence import evidence_table
from matcher.learned.model import CANDIDATES, Learned
from matcher.plan import Plan
from matcher.question import Question
from matcher.topk import top_k


def best_candidates(
    snapshot: Snapshot, index: MatchIndex, plan: Plan, asker: Asker, question: Question, floor: float, k: int,
    learned: Learned | None,
) -> list[tuple[int, float]]:  # fmt: skip
    """Positions and scores of the k best, best first: the exact default, or the learned order of its first
    CANDIDATES.
    """
    if learned is None or not reordered(learned, asker, question):
        return top_k(snapshot, index, plan, floor, k)
    first = top_k(snapshot, index, plan, floor, max(k, CANDIDATES))
    candidates = np.array([j for j, _ in first[:CANDIDATES]], np.int64)
    default = np.array([s for _, s in first[:CANDIDATES]], np.float64)
    background = kept_background(snapshot, index)
    scores = learned_scores(
        snapshot, index, background, plan, asker, question.members, candidates, default, learned
    )
    order = np.argsort(-scores, kind="stable")
    found = [(int(candidates[at]), float(scores[at])) for at in order.tolist()]
    lowest = found[-1][1] if found else 1.0
    return (found + [(j, min(score, lowest)) for j, score in first[CANDIDATES:]])[:k]


def reordered(learned: Learned | None, asker: Asker, question: Question) -> bool:
    """Whether the answer to this question follows the learned order."""
    return learned is not None and asker.kind in learned.asked and question.ask is Ask.COOPERATE


def learned_scores(
    snapshot: Snapshot, index: MatchIndex, background: Background, plan: Plan, asker: Asker,
    members: tuple[int, ...], candidates: I64, default: F64, learned: Learned,
) -> F64:  # fmt: skip
    """The learned score of each candidate, float64[candidates] in (0, 1); `default` are their default
    scores.
    """
    if not len(candidates):
        return np.empty(0)
    table = evidence_table(snapshot, index, background, plan, asker, members, candidates, default)
    factors = np.ones(snapshot.n)
    factors[plan.factors.ids] = plan.factors.weights
    return learned.scores(table) * factors[candidates]
