"""Whom the actors of the work list could meet: good matches that also do the network good."""

import importlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graphsvc.analytics.best_links import BestLinks, Objective, best_links
from graphsvc.analytics.bridges import Bridge, Candidates, Weaving
from graphsvc.analytics.isolation import IsolationState, WorkItem
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker, Context
from matcher.exclusions import left_out
from matcher.explain import Case, Suggestion, asking_side, explained
from matcher.index import KERNEL_FROM, build_index, pack_index
from matcher.plan import Plan, make_plan
from matcher.question import Question, ask_question
from matcher.ranking import BESIDE_SUBSTANCE, DEFAULT, Model, Signal
from matcher.reasons import Reasons
from matcher.suggest import FIRST_CONTACTS, suggest
from matcher.topk import top_k
from matcher.unknowns import rows_by_other

CANDIDATES = 8  # best matches weighed for each actor
AT_ONCE = 512  # questions made ready together: some 100 kB each
Declined = Mapping[int, frozenset[str]]
"""For each actor, the public keys it said « no thanks » to."""


def introductions(
    snapshot: Snapshot,
    actors: Iterable[int],
    today: date,
    *,
    most: int = 2,
    declined: Declined | None = None,
    weaving: Weaving | None = None,
) -> dict[int, list[Bridge]]:
    """For each actor index, the introductions that bring most: `bridges` on the scores of `suggest`."""
    weaving = weaving or Weaving(snapshot, today)
    return weaving.best(match_candidates(snapshot, actors, today, declined=declined), most)


def called_first(items: Iterable[WorkItem], met: Mapping[int, Sequence[Bridge]]) -> list[WorkItem]:
    """The work list in the order in which to call: by state, then who is surely so before who may only be so
    in our data, then by what one introduction would bring; the order of the list between equals.
    """
    states = list(IsolationState)

    def rank(item: WorkItem) -> tuple[int, bool, float]:
        most = max((bridge.score * bridge.gain for bridge in met.get(item.index, ())), default=0.0)
        return states.index(item.state), item.in_our_data_only, -most

    return sorted(items, key=rank)


def best_introductions(
    snapshot: Snapshot,
    actors: Iterable[int],
    today: date,
    budget: int,
    *,
    objective: Objective | None = None,
    limit: int | None = None,
    declined: Declined | None = None,
    weaving: Weaving | None = None,
) -> BestLinks:
    """The `budget` links that do the network most good together, among the matches of these actors; being
    joined counts for them alone.
    """
    found = match_candidates(snapshot, actors, today, declined=declined)
    pairs = [(i, j, score) for i, others in found.items() for j, score in others]
    return best_links(
        snapshot,
        today,
        pairs,
        budget,
        objective=objective,
        limit=limit,
        concerned=found.keys(),
        weaving=weaving,
    )


def match_candidates(
    snapshot: Snapshot,
    actors: Iterable[int],
    today: date,
    *,
    declined: Declined | None = None,
    model: Model = DEFAULT,
) -> Candidates:
    """The best matches of each actor with their scores, as `suggest` gives them, without its reasons.

    Large networks are searched for many actors at a time. Reasons are only made for who has too few matches,
    which `suggest` completes by first contacts.
    """
    refused, waiting = declined or {}, list(actors)
    found: dict[int, list[tuple[int, float]]] = {}
    for first in range(0, len(waiting), AT_ONCE):
        asked = [
            _asked(snapshot, i, refused.get(i, frozenset()), today, model)
            for i in waiting[first : first + AT_ONCE]
        ]
        for one, best in zip(asked, _best(snapshot, [a.plan for a in asked], model.floor), strict=True):
            few = len(best) < FIRST_CONTACTS
            found[one.index] = _completed(snapshot, one, today, model) if few else best
    return found


def bridge_reasons(
    snapshot: Snapshot,
    i: int,
    met: Sequence[int],
    today: date,
    *,
    declined: frozenset[str] = frozenset(),
    model: Model = DEFAULT,
) -> dict[int, Reasons]:
    """Why actor i and each of these matches of its own (`match_candidates`) should meet, for both sides.

    The reasons are those of `suggest`, without its search: who has enough in common with i is one of its
    matches, anybody else completed them as a first contact, of whom `suggest` itself tells.
    """
    asker = Asker.actor(i)
    case = _case(snapshot, asker, today, model)
    matches = {
        s.index: s.reasons
        for s in explained(case, [(j, 0.0) for j in met])
        if _substance(s, case.plan) >= model.floor
    }
    if len(matches) == len(met):
        return matches
    context = Context(declined=declined)
    answer = suggest(snapshot, asker, context, today=today, top=CANDIDATES, model=model)
    return {s.index: s.reasons for s in answer.items if s.index in met}


def pair_reasons(snapshot: Snapshot, asker: Asker, j: int, today: date) -> Reasons:
    """Why this asker and actor j should meet, for both sides, whether j is among its best matches or not."""
    (found,) = explained(_case(snapshot, asker, today, DEFAULT), [(j, 0.0)])
    return found.reasons


def _case(snapshot: Snapshot, asker: Asker, today: date, model: Model) -> Case:
    """What pairs of this asker are explained from, whoever the other is."""
    index = build_index(snapshot)
    asked = ask_question(snapshot, index, asker, Context(), today)
    question = replace(asked, partners_excluded=False)  # nobody is searched for: no partner lowers a score
    weights = model.weights(question.ask)
    plan = make_plan(snapshot, index, question, weights, [], None, today.toordinal())
    side, rows = asking_side(snapshot, index, question, asker), rows_by_other(snapshot, question.members)
    return Case(snapshot, index, question, plan, side, rows, today)


def _substance(found: Suggestion, plan: Plan) -> float:
    """What makes a match, as `Model.floor` counts it."""
    return sum(
        plan.weights.of(signal) * e.score
        for e in found.evidence
        if (signal := Signal(e.code)) not in BESIDE_SUBSTANCE
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """An actor's question, ready to be searched."""

    index: int
    context: Context
    question: Question
    plan: Plan


def _asked(snapshot: Snapshot, i: int, declined: frozenset[str], today: date, model: Model) -> _Asked:
    index, context = build_index(snapshot), Context(declined=declined)
    question = ask_question(snapshot, index, Asker.actor(i), context, today)
    barred = sorted(left_out(snapshot, index, question, context))
    plan = make_plan(snapshot, index, question, model.weights(question.ask), barred, None, today.toordinal())
    return _Asked(i, context, question, plan)


def _best(snapshot: Snapshot, plans: Sequence[Plan], floor: float) -> list[list[tuple[int, float]]]:
    """The matches of each plan, best first."""
    index = build_index(snapshot)
    if index.n < KERNEL_FROM or len(plans) < 2:
        return [top_k(snapshot, index, plan, floor, CANDIDATES) for plan in plans]
    kernel = importlib.import_module("matcher.kernel.batch")
    packed = index.packed or pack_index(snapshot, index)
    answers = kernel.search_batch(packed, kernel.batch_of(plans), floor, CANDIDATES)
    return [answers.of(q) for q in range(len(plans))]


def _completed(snapshot: Snapshot, asked: _Asked, today: date, model: Model) -> list[tuple[int, float]]:
    answer = suggest(
        snapshot, Asker.actor(asked.index), asked.context, today=today, top=CANDIDATES, model=model
    )
    return [(s.index, s.score) for s in answer.items]
