"""Train the re-ranker: hide known cooperations again and again, and learn what tells them from the other
candidates.

In each of ROUNDS rounds another part of the known cooperations is hidden, so that each is an example
once; every feature is computed on the copy without them. For each asker the positives are the hidden
partners among the first CANDIDATES of the default order; the negatives its HARD first candidates and as
many others drawn from the rest of the list, weighted to stand for all of it. The fit and the choice of
its penalty: `fitting.py`. What was learned of those who ask holds for their kind only (an actor is alone, a
project has ten members): a kind of asker with fewer than LEAST_POSITIVES hidden partners keeps the default.
"""

from collections import Counter
from datetime import date

import numpy as np

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I64
from matcher.asks import AskerKind
from matcher.evaluation.cases import Posed, Stage, pose
from matcher.evaluation.hiding import Hidden, Query, known_units, rounds_of
from matcher.learned.evidence import FEATURES, evidence_table
from matcher.learned.fitting import Examples, fitted
from matcher.learned.model import CANDIDATES, DataMark, Learned
from matcher.learned.order import learned_scores
from matcher.ranking import DEFAULT, Model
from matcher.topk import best_first

ROUNDS = 5
HARD = 100
MOST_ASKERS = 1500
LEAST_POSITIVES = 20


def train(snapshot: Snapshot, today: date, seed: int, model: Model = DEFAULT) -> Learned | None:
    """A re-ranker of this network, None when it knows too few cooperations to learn from.

    The same snapshot and seed give the same coefficients.
    """
    rng = np.random.default_rng(seed)
    rounds: list[list[Examples]] = []
    found: Counter[AskerKind] = Counter()
    for hidden in rounds_of(snapshot, 1 / ROUNDS, seed, ROUNDS):
        stage = Stage.of(hidden)
        rounds.append([])
        for query in _asked(hidden, rng):
            examples = _examples(stage, pose(stage, query, model, today), rng)
            if examples is not None:
                rounds[-1].append(examples)
                found[query.asker.kind] += int(examples.hidden.sum())
    asked = tuple(kind for kind in AskerKind if found[kind] >= LEAST_POSITIVES)
    if not asked:
        return None
    fit = fitted(rounds)
    return Learned(
        name="learned-2",
        base=model.name,
        asked=asked,
        features=FEATURES,
        coefficients=tuple(fit.coefficients.tolist()),
        intercept=fit.intercept,
        links=known_units(snapshot),
        trained_on=DataMark.of(snapshot),
        trained_at=today.isoformat(),
    )


def reranked(stage: Stage, posed: Posed, learned: Learned) -> F64:
    """The learned order as scores float64[n]: the first CANDIDATES reordered, then the others as they were;
    0 = not suggested. The default scores for an asker it does not answer.
    """
    if posed.query.asker.kind not in learned.asked:
        return posed.default
    candidates, default = _first(posed)
    scores = np.zeros(stage.snapshot.n)
    rest = posed.default > 0
    scores[rest] = posed.default[rest] / (2.0 + posed.default[rest].max(initial=0.0)) * 1e-6
    case = posed.case
    scores[candidates] = 1e-6 + learned_scores(
        stage.snapshot, stage.ground.index, stage.background, case.plan, posed.query.asker,
        case.question.members, candidates, default, learned,
    )  # fmt: skip
    return scores


def _asked(hidden: Hidden, rng: np.random.Generator) -> list[Query]:
    asked = [q for q in hidden.queries if q.warm]
    if len(asked) > MOST_ASKERS // ROUNDS:
        kept = rng.permutation(len(asked))[: MOST_ASKERS // ROUNDS]
        asked = [asked[k] for k in sorted(kept.tolist())]
    return asked


def _first(posed: Posed) -> tuple[I64, F64]:
    found = np.flatnonzero(posed.default > 0)
    best = best_first(found, posed.default[found], CANDIDATES)
    return np.array([j for j, _ in best], np.int64), np.array([s for _, s in best], np.float64)


def _table(stage: Stage, posed: Posed, candidates: I64, default: F64) -> F64:
    case = posed.case
    return evidence_table(
        stage.snapshot, stage.ground.index, stage.background, case.plan, posed.query.asker,
        case.question.members, candidates, default,
    )  # fmt: skip


def _examples(stage: Stage, posed: Posed, rng: np.random.Generator) -> Examples | None:
    candidates, default = _first(posed)
    hidden = np.isin(candidates, posed.warm)
    if not hidden.any():
        return None
    table = _table(stage, posed, candidates, default)
    others = np.flatnonzero(~hidden & ~np.isin(candidates, posed.cold))
    hard, rest = others[:HARD], others[HARD:]
    drawn = rng.choice(rest, min(HARD, len(rest)), replace=False) if len(rest) else rest
    chosen = np.concatenate([np.flatnonzero(hidden), hard, drawn])
    stands_for = np.ones(len(chosen))
    stands_for[len(chosen) - len(drawn) :] = len(rest) / max(len(drawn), 1)
    return Examples(table[chosen], hidden[chosen], stands_for)
