"""One hidden question made ready for every method: who may be answered, and what the default answers.

Whoever the asker already works with (as the copy shows) is neither right nor wrong: it is left out of every
order. So are the actors the rules never suggest. The exposure cap is off.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64
from matcher.asks import AskerKind, Context
from matcher.evaluation.baselines import Case, Ground
from matcher.evaluation.hiding import Hidden, Query
from matcher.exclusions import left_out
from matcher.index import compute_index
from matcher.learned.background import Background, background_of
from matcher.plan import make_plan
from matcher.question import ask_question
from matcher.ranking import Model
from matcher.topk import scored_candidates


@dataclass(frozen=True, slots=True)
class Stage:
    """A copy ready to be asked: its index, what baselines and the learned model read beside it."""

    ground: Ground
    background: Background

    @classmethod
    def of(cls, hidden: Hidden) -> "Stage":
        """The stage of a copy. Takes as long as building a match index."""
        index = compute_index(hidden.snapshot)
        return cls(Ground.of(hidden.snapshot, index), background_of(hidden.snapshot, index))

    @property
    def snapshot(self) -> Snapshot:
        """The copy."""
        return self.ground.snapshot


@dataclass(frozen=True, slots=True)
class Posed:
    """A question, the actors that may be answered, the default scores float64[n] (0 = not suggested).

    `warm` and `cold` are the hidden partners that may be answered; `barred` counts those the rules never
    suggest.
    """

    query: Query
    case: Case
    eligible: B1
    default: F64
    warm: tuple[int, ...]
    cold: tuple[int, ...]
    barred: int


def pose(stage: Stage, query: Query, model: Model, today: date) -> Posed:
    """The question of a query, asked as a user would today."""
    snapshot, index = stage.snapshot, stage.ground.index
    question = ask_question(snapshot, index, query.asker, Context(), today)
    barred = left_out(snapshot, index, question, Context())
    if query.asker.kind is AskerKind.ACTOR:
        barred |= set(snapshot.documented_ties().neighbours(query.asker.index).tolist())
    plan = make_plan(
        snapshot, index, question, model.weights(question.ask), sorted(barred), None, today.toordinal()
    )
    columns = snapshot.actors
    eligible: B1 = (columns.ended >= plan.day) & (columns.founded <= plan.day)
    eligible[plan.barred] = False
    found, scores = scored_candidates(snapshot, index, plan, model.floor)
    default = np.zeros(snapshot.n)
    default[found] = scores
    warm = tuple(j for j in query.warm if eligible[j])
    cold = tuple(j for j in query.cold if eligible[j])
    lost = len(query.warm) + len(query.cold) - len(warm) - len(cold)
    return Posed(
        query, Case(stage.ground, query.asker.kind, question, plan), eligible, default, warm, cold, lost
    )
