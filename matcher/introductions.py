"""Whom the actors of the work list could meet: good matches that also do the network good."""

from collections.abc import Iterable, Mapping
from datetime import date

from graphsvc.analytics.best_links import BestLinks, Objective, best_links
from graphsvc.analytics.bridges import Bridge, Candidates, Weaving
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker, Context
from matcher.exclusions import left_out
from matcher.index import build_index
from matcher.plan import make_plan
from matcher.question import ask_question
from matcher.ranking import DEFAULT, Model
from matcher.suggest import FIRST_CONTACTS, suggest
from matcher.topk import top_k

CANDIDATES = 8  # best matches weighed for each actor
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

    Reasons are only made for who has too few matches, which `suggest` completes by first contacts.
    """
    refused = declined or {}
    return {
        i: _matches(snapshot, i, Context(declined=refused.get(i, frozenset())), today, model) for i in actors
    }


def _matches(
    snapshot: Snapshot, i: int, context: Context, today: date, model: Model
) -> list[tuple[int, float]]:
    index, asker = build_index(snapshot), Asker.actor(i)
    question = ask_question(snapshot, index, asker, context, today)
    barred = sorted(left_out(snapshot, index, question, context))
    plan = make_plan(snapshot, index, question, model.weights(question.ask), barred, None, today.toordinal())
    found = top_k(snapshot, index, plan, model.floor, CANDIDATES)
    if len(found) >= FIRST_CONTACTS:
        return found
    answer = suggest(snapshot, asker, context, today=today, top=CANDIDATES, model=model)
    return [(s.index, s.score) for s in answer.items]
