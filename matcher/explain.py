"""One candidate explained: the evidence of the pair with its facts, and what each side gains."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from graphsvc.domain.actors import ActorKind
from graphsvc.snapshot import Snapshot
from matcher.evidence.complementarity import complementarity_facts
from matcher.evidence.freshness import freshness_facts
from matcher.evidence.kind import kind_facts
from matcher.evidence.proximity import proximity_facts
from matcher.evidence.purpose import purpose_facts
from matcher.evidence.territories import territory_facts
from matcher.evidence.themes import theme_facts
from matcher.evidence.ties import ties_facts
from matcher.index import MatchIndex
from matcher.plan import Plan, pair_scores
from matcher.question import Question
from matcher.ranking import Signal
from matcher.reasons import FEW, MOST, Reason, Reasons, Side, actor_side, brought
from matcher.shared_reasons import Facts, Grounds, common_ground, completing
from matcher.sparse import Vector
from matcher.taxonomy import Entries
from matcher.unknowns import acquaintance, not_known

_KINDS = tuple(ActorKind)
PLACE_CODES = ("common_territory", "same_country")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One signal of a pair: its code, its score in [0, 1] (unweighted) and the facts behind it."""

    code: str
    score: float
    facts: Facts


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One candidate (`index` in the snapshot), ranked from 1, with what it rests on, the weightiest first."""

    rank: int
    index: int
    score: float
    evidence: tuple[Evidence, ...]
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class Case:
    """Everything one request works on; `met` are the rows of relations that join the asker to each other
    actor.
    """

    snapshot: Snapshot
    index: MatchIndex
    question: Question
    plan: Plan
    asking: Side
    met: dict[int, list[int]]
    today: date


def explained(case: Case, rank: int, j: int, score: float) -> Suggestion:
    """The suggestion of actor j at this rank."""
    candidate = actor_side(case.index, j)
    grounds = grounds_of(case, candidate)
    ranked = sorted(grounds, key=lambda s: (-case.plan.weights.of(s) * grounds[s][0], s.value))
    evidence = tuple(Evidence(s.value, *grounds[s]) for s in ranked)
    return Suggestion(rank, j, score, evidence, _reasons(case, grounds, candidate))


def grounds_of(case: Case, candidate: Side) -> Grounds:
    """The signals that speak for an actor, with score and facts."""
    scores = pair_scores(case.snapshot, case.index, case.plan, candidate.members[0])
    return {s: (value, _facts(case, s, candidate)) for s, value in scores.items() if value > 0}


def asking_side(index: MatchIndex, question: Question) -> Side:
    """The asker as a side: what the question is about, and what the actors behind it have done."""
    since: dict[int, int] = {}
    roles = 0
    for i in question.members:
        roles |= int(index.roles[i])
        for place, day in index.acts_in.first_days(i).items():
            since[place] = min(day, since.get(place, day))
    partners = frozenset(z for i in question.members for z in index.circle.partners(i))
    themes, places = Entries.of(question.themes, index.themes), Entries.of(question.places, index.places)
    return Side(question.members, themes, places, since, partners, roles)


def _facts(case: Case, signal: Signal, candidate: Side) -> Facts:
    snapshot, index, asking, j = case.snapshot, case.index, case.asking, candidate.members[0]
    tell: dict[Signal, Callable[[], Facts]] = {
        Signal.THEMES: lambda: theme_facts(snapshot, index.themes, asking.themes, candidate.themes),
        Signal.TERRITORIES: lambda: territory_facts(snapshot, index.places, asking.places, candidate.places),
        Signal.PURPOSE: lambda: _purpose_facts(case, j),
        Signal.TIES: lambda: ties_facts(snapshot, index.circle, asking.partners, candidate.partners),
        Signal.PROXIMITY: lambda: _nearest_seat(case, j),
        Signal.COMPLEMENTARITY: lambda: complementarity_facts(snapshot, case.plan.matches[j]),
        Signal.KIND: lambda: kind_facts(_KINDS[snapshot.actors.kind[j]]),
        Signal.FRESHNESS: lambda: freshness_facts(int(snapshot.actors.confirmed[j])),
    }
    return tell[signal]() if signal in tell else {}


def _purpose_facts(case: Case, j: int) -> Facts:
    start, end = case.index.block(Signal.PURPOSE)
    query = case.plan.queries[Signal.PURPOSE]
    ids, values = case.index.rows.row(j)
    inside = (ids >= start) & (ids < end)
    local = Vector(query.ids - start, query.weights)
    theirs = case.snapshot.actor(j)
    return purpose_facts(
        case.snapshot, case.index.lexicon, local, (ids[inside] - start, values[inside]), theirs
    )


def _nearest_seat(case: Case, j: int) -> Facts:
    found = [proximity_facts(case.snapshot, case.index.seats, i, j) for i in case.question.members]
    return min((f for f in found if f), key=lambda f: float(str(f["km"])), default={})


def _reasons(case: Case, grounds: Grounds, candidate: Side) -> Reasons:
    snapshot, index, asking, j = case.snapshot, case.index, case.asking, candidate.members[0]
    shared = common_ground(grounds, index.home_ids)
    met = acquaintance(snapshot, case.met.get(j, []), j, case.today.toordinal())
    completed = grounds.get(Signal.COMPLEMENTARITY, (0.0, {}))[1]
    for_you = completing(completed, for_asker=True) + brought(snapshot, index, candidate, asking)
    for_them = completing(completed, for_asker=False) + brought(snapshot, index, asking, candidate)
    for_you = _with_shared(for_you + met, shared)
    if len(for_them) < FEW:
        for_them = _with_shared(for_them, shared)[:FEW]
    unknown = not_known(snapshot, j, case.today, in_touch=bool(met))
    return Reasons(tuple(for_you[:MOST]), tuple(for_them[:MOST]), tuple(unknown[:MOST]))


def _with_shared(own: list[Reason], shared: list[Reason]) -> list[Reason]:
    """Own reasons, then the shared ones that say something new: no territory is told twice."""
    told = {_place_id(r) for r in own} - {None}
    return own + [
        r for r in shared if r.code not in ("common_territory", "same_country") or _place_id(r) not in told
    ]


def _place_id(reason: Reason) -> object:
    place = reason.facts.get("place")
    return place.get("id") if isinstance(place, dict) else None
