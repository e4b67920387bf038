"""Coefficients that put the hidden partners of a question before its other candidates: conditional logistic
regression.

The chance that candidate j is the one hidden, among the candidates C of the same question, is exp(x_j b)
/ sum over C of exp(x_k b): only differences between candidates of one question count, so that an asker of
whom much is known weighs no more than another. A question with several hidden partners counts each of
them with the same sum (Breslow 1974). L2 penalty on features divided by their spread within a question,
minimised by Newton's method (the loss is convex). McFadden (1974), Conditional logit analysis of qualitative
choice behavior.

The penalty is the one of PENALTIES under which the partners of each round, never seen, are most likely
when the coefficients are fitted on the other rounds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graphsvc.snapshot.columns import B1, F64, I64

PENALTIES = (0.3, 0.1, 0.03, 0.01, 0.003)
"""Tried from the strongest to the weakest, per hidden partner; equal ones keep the strongest."""
STEPS = 30
CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Examples:
    """One question: the candidates' features float64[c, f], which are hidden partners, and how many
    candidates each one stands for float64[c] (more than 1 for those drawn out of a longer list).
    """

    table: F64
    hidden: B1
    stands_for: F64


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients for the features as they are, the intercept (a candidate as likely as the mean of its list
    has 0), and the penalty used.
    """

    coefficients: F64
    intercept: float
    penalty: float


def fitted(rounds: Sequence[Sequence[Examples]]) -> Fit:
    """The fit on all rounds; every question has a hidden partner, and there is one question at least."""
    penalty = _chosen(rounds)
    every = _Lists.of([e for turn in rounds for e in turn])
    spread = every.spread()
    b = _minimised(every.over(spread), penalty, np.zeros(len(spread)))
    coefficients = b / spread
    shown = every.table @ coefficients
    heights = np.maximum.reduceat(shown, every.begins)
    mass = np.add.reduceat(np.exp(shown - heights[every.owner] + every.offset), every.begins)
    lengths = np.add.reduceat(np.exp(every.offset), every.begins)
    return Fit(coefficients, -float(np.mean(heights + np.log(mass / lengths))), penalty)


@dataclass(frozen=True, slots=True)
class _Lists:
    """The candidates of many questions, one after the other: `begins` the first of each question, `owner`
    the question of each, `offset` the log of how many each stands for, `hidden` 1 or 0, `counts` the hidden
    of each question.
    """

    table: F64
    hidden: F64
    offset: F64
    begins: I64
    owner: I64
    counts: F64

    @classmethod
    def of(cls, questions: Sequence[Examples]) -> "_Lists":
        lengths = np.array([len(q.hidden) for q in questions], np.int64)
        hidden = np.concatenate([q.hidden for q in questions]).astype(np.float64)
        begins = (np.cumsum(lengths) - lengths).astype(np.int64)
        return cls(
            np.concatenate([q.table for q in questions]),
            hidden,
            np.log(np.concatenate([q.stands_for for q in questions])),
            begins,
            np.repeat(np.arange(len(questions)), lengths),
            np.add.reduceat(hidden, begins),
        )

    def spread(self) -> F64:
        """How much each feature varies within a question: what differs only between questions teaches
        nothing. Infinite for one that never varies: it has no coefficient.
        """
        lengths = np.diff(np.append(self.begins, len(self.owner)))[:, None]
        means = np.add.reduceat(self.table, self.begins) / lengths
        found = np.sqrt(np.mean((self.table - means[self.owner]) ** 2, axis=0))
        return np.where(found > 1e-9, found, np.inf)

    def over(self, spread: F64) -> "_Lists":
        """The same with features divided by a spread."""
        scaled = self.table / spread
        return _Lists(scaled, self.hidden, self.offset, self.begins, self.owner, self.counts)

    def likelihood(self, b: F64) -> tuple[float, F64]:
        """Mean log-likelihood of a hidden partner, and the chance of each candidate within its question."""
        z = self.table @ b + self.offset
        heights = np.maximum.reduceat(z, self.begins)
        mass = np.exp(z - heights[self.owner])
        sums = np.add.reduceat(mass, self.begins)
        told = float(self.hidden @ z) - float(self.counts @ (heights + np.log(sums)))
        return told / float(self.counts.sum()), mass / sums[self.owner]


def _chosen(rounds: Sequence[Sequence[Examples]]) -> float:
    """The penalty under which rounds left out are most likely; the strongest when there is one round only."""
    kept = [list(turn) for turn in rounds if turn]
    if len(kept) < 2:
        return PENALTIES[0]
    told = np.zeros(len(PENALTIES))
    for out, left in enumerate(kept):
        seen = _Lists.of([e for at, turn in enumerate(kept) if at != out for e in turn])
        spread = seen.spread()
        seen, unseen = seen.over(spread), _Lists.of(left).over(spread)
        b = np.zeros(len(spread))
        for at, penalty in enumerate(PENALTIES):
            b = _minimised(seen, penalty, b)
            told[at] += unseen.likelihood(b)[0] * unseen.counts.sum()
    return PENALTIES[int(np.argmax(told))]


def _minimised(lists: _Lists, penalty: float, b: F64) -> F64:
    """Newton's method, each step halved until it helps."""
    total = float(lists.counts.sum())
    likelihood, chance = lists.likelihood(b)
    loss = penalty / 2 * float(b @ b) - likelihood
    for _ in range(STEPS):
        weight = chance * lists.counts[lists.owner]
        slope = penalty * b - lists.table.T @ (lists.hidden - weight) / total
        means = np.add.reduceat(lists.table * chance[:, None], lists.begins)
        bend = lists.table.T @ (lists.table * weight[:, None]) - means.T @ (means * lists.counts[:, None])
        step = np.linalg.solve(bend / total + penalty * np.eye(len(b)), slope)
        size = 1.0
        while size > 1e-4:
            tried = b - size * step
            likelihood, seen = lists.likelihood(tried)
            reached = penalty / 2 * float(tried @ tried) - likelihood
            if reached <= loss:
                break
            size /= 2
        else:
            return b
        gained, b, loss, chance = loss - reached, tried, reached, seen
        if gained < CLOSE:
            break
    return b
