"""Who gets suggested: how often each actor is in the answers, what the largest hubs take, and what the cap
changes.

A round asks for everybody (or an even sample of a large network) and counts. The limit is three times what
a suggested actor gets on average; past it a score is multiplied by limit / count. Round after round the
counts are those of answers without the cap: they do not swing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.snapshot import Snapshot
from matcher.asks import Asker, Context, Exposure
from matcher.exclusions import left_out
from matcher.index import build_index
from matcher.plan import make_plan
from matcher.question import ask_question
from matcher.ranking import DEFAULT, Model
from matcher.topk import top_k

TOP = 10
MOST_ASKERS = 1000
TIMES_THE_MEAN = 3
HUBS = 10
Answers = dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class CapEffect:
    """What the cap changes over all askers. Shares are in [0, 1].

    `hubs_before`/`hubs_after`: share of the suggestions that go to the ten actors of most documented
    partners; `head_before`/`head_after`: to the ten most suggested. `kept`: share of each answer the cap
    leaves in place, on average; `first_kept`: share of askers whose first suggestion stays.
    """

    askers: int
    suggestions: int
    limit: int
    hubs_before: float
    hubs_after: float
    head_before: float
    head_after: float
    suggested_before: int
    suggested_after: int
    kept: float
    first_kept: float


def sampled_askers(snapshot: Snapshot, today: date, most: int = MOST_ASKERS) -> list[int]:
    """Actors that exist today, all of them or an even sample in the order of their ids."""
    alive = np.flatnonzero(snapshot.actors.ended >= today.toordinal())
    if len(alive) > most:
        alive = alive[np.linspace(0, len(alive) - 1, most).astype(np.int64)]
    return [int(i) for i in alive]


def answers_of(
    snapshot: Snapshot,
    askers: Iterable[int],
    today: date,
    *,
    top: int = TOP,
    model: Model = DEFAULT,
    exposure: Exposure | None = None,
    pause: Callable[[], None] = lambda: None,
) -> Answers:
    """The actors suggested to each asker, best first; `pause` is called after each."""
    index, found, context = build_index(snapshot), {}, Context()
    for i in askers:
        question = ask_question(snapshot, index, Asker.actor(i), context, today)
        barred = sorted(left_out(snapshot, index, question, context))
        weights = model.weights(question.ask)
        plan = make_plan(snapshot, index, question, weights, barred, exposure, today.toordinal())
        found[i] = [j for j, _ in top_k(snapshot, index, plan, model.floor, top)]
        pause()
    return found


def exposure_from(snapshot: Snapshot, answers: Answers) -> Exposure:
    """The counts of these answers by public key, with their limit."""
    counts = _counted(answers)
    mean = sum(counts.values()) / len(counts) if counts else 0.0
    limit = max(TOP, round(TIMES_THE_MEAN * mean))
    return Exposure(limit, {snapshot.ids[j]: n for j, n in sorted(counts.items())})


def cap_effect(snapshot: Snapshot, today: date, most: int = MOST_ASKERS) -> CapEffect:
    """Ask for everybody without and with the cap, and compare."""
    askers = sampled_askers(snapshot, today, most)
    before = answers_of(snapshot, askers, today)
    exposure = exposure_from(snapshot, before)
    after = answers_of(snapshot, askers, today, exposure=exposure)
    one, other = _counted(before), _counted(after)
    degree = np.diff(build_index(snapshot).circle.rows.ptr)
    hubs = np.argsort(-degree, kind="stable")[:HUBS].tolist()
    answered = [i for i in askers if before[i]]
    stays = [len(set(before[i]) & set(after[i])) / len(before[i]) for i in answered]
    firsts = [before[i][0] == after[i][0] for i in answered]
    return CapEffect(
        askers=len(answered),
        suggestions=sum(one.values()),
        limit=exposure.limit,
        hubs_before=_share(one, hubs),
        hubs_after=_share(other, hubs),
        head_before=_share(one, _head(one)),
        head_after=_share(other, _head(other)),
        suggested_before=len(one),
        suggested_after=len(other),
        kept=float(np.mean(stays)) if stays else 1.0,
        first_kept=float(np.mean(firsts)) if firsts else 1.0,
    )


def _counted(answers: Answers) -> Counter[int]:
    return Counter(j for found in answers.values() for j in found)


def _head(counts: Mapping[int, int]) -> list[int]:
    return sorted(counts, key=lambda j: (-counts[j], j))[:HUBS]


def _share(counts: Mapping[int, int], some: Iterable[int]) -> float:
    total = sum(counts.values())
    return sum(counts.get(j, 0) for j in some) / total if total else 0.0
