"""The evidence the learned order counts and the default does not, told beside the evidence of the default."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

import numpy as np

from matcher.asks import Asker, AskerKind
from matcher.evidence.alike_works import alike_facts, asked_words
from matcher.evidence.allocation import allocation_facts
from matcher.evidence.surroundings import surroundings_facts
from matcher.explain import Case, Evidence, Suggestion
from matcher.learned.background import Background, kept_background
from matcher.learned.evidence import own_evidence, reference_day
from matcher.ranking import Signal
from matcher.shared_reasons import Facts


class LearnedSignal(StrEnum):
    """The codes of this evidence."""

    ALIKE_WORKS = "alike_works"
    SURROUNDINGS = "surroundings"
    ALLOCATION = "allocation"


_READ = {
    LearnedSignal.ALIKE_WORKS: "alike_best",
    LearnedSignal.SURROUNDINGS: "surroundings",
    LearnedSignal.ALLOCATION: "allocation",
}
"""The feature each is the score of."""


def with_learned_evidence(case: Case, asker: Asker, items: Sequence[Suggestion]) -> list[Suggestion]:
    """The suggestions, each with what the learned order saw in it besides, the strongest first."""
    plan, members = case.plan, case.question.members
    background = kept_background(case.snapshot, case.index)
    candidates = np.array([s.index for s in items], np.int64)
    day = reference_day(case.snapshot, asker, plan)
    found = own_evidence(case.index, background, plan, asker, members, candidates, day)
    told = []
    for at, item in enumerate(items):
        scores = {signal: float(found[feature][at]) for signal, feature in _READ.items()}
        seen = sorted((s for s in scores if scores[s] > 0), key=lambda s: (-scores[s], s.value))
        own = (Evidence(s.value, scores[s], _facts(case, background, asker, s, item.index)) for s in seen)
        told.append(replace(item, evidence=(*item.evidence, *own)))
    return told


def _facts(case: Case, background: Background, asker: Asker, signal: LearnedSignal, j: int) -> Facts:
    snapshot, index, plan, members = case.snapshot, case.index, case.plan, case.question.members
    if signal is LearnedSignal.ALIKE_WORKS:
        return alike_facts(background.works, asked_words(index, plan.queries[Signal.PURPOSE]), j)
    if signal is LearnedSignal.ALLOCATION:
        return allocation_facts(snapshot, index.circle, members, j, plan.day)
    itself = asker.kind is AskerKind.ACTOR
    return surroundings_facts(snapshot, index, background.surroundings, plan, members, j, asks_itself=itself)
