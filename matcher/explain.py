"""One candidate explained: the evidence of the pair with its facts, and what each side gains."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.announcements import Direction
from graphsvc.snapshot import Snapshot
from matcher.arranging import acquainted_once, arranged, ordered
from matcher.asks import Ask, Asker, AskerKind
from matcher.doings import Doing, announced, took_part
from matcher.evidence.complementarity import complementarity_facts
from matcher.evidence.freshness import freshness_facts
from matcher.evidence.kind import kind_facts
from matcher.evidence.proximity import proximity_facts
from matcher.evidence.purpose import columns_in_common, purpose_facts
from matcher.evidence.territories import territory_facts
from matcher.evidence.themes import theme_facts
from matcher.evidence.ties import actor_facts, ties_facts
from matcher.further import further
from matcher.index import MatchIndex
from matcher.plan import Plan, pair_scores
from matcher.question import Question
from matcher.ranking import Signal
from matcher.reasons import (
    FEW,
    MOST,
    Reason,
    Reasons,
    Side,
    actor_side,
    bases_of,
    brought,
    partners_abroad,
    telling_places,
)
from matcher.shared_reasons import Facts, Grounds, common_ground, completing
from matcher.stemming import stems_of
from matcher.taxonomy import Entries, Shared, shared_entries
from matcher.unknowns import acquaintance, not_known

Signals = Mapping[Signal, float]
_KINDS = tuple(ActorKind)
_SUBJECT = frozenset({Signal.THEMES, Signal.PURPOSE, Signal.COMPLEMENTARITY})
"""The evidence that speaks of what is asked, and not only of where or of whom."""
_CODES = {signal: signal.value for signal in Signal}


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
class Pair:
    """A candidate beside the asker: its side, the themes and territories they share, and the columns of the
    lexicon that both their texts hold.
    """

    candidate: Side
    themes: Shared
    places: Shared
    words: list[int]


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


def explained(case: Case, found: Sequence[tuple[int, float]]) -> list[Suggestion]:
    """The suggestions of the actors found, with their scores, best first."""
    candidates = [j for j, _ in found]
    scores = pair_scores(case.snapshot, case.index, case.plan, candidates)
    weights = {signal: case.plan.weights.of(signal) for signal in Signal}
    ranked = enumerate(zip(found, pairs_of(case, candidates), scores, strict=True), start=1)
    return [
        _explained(case, rank, pair, score, signals, weights) for rank, ((_, score), pair, signals) in ranked
    ]


def _explained(
    case: Case, rank: int, pair: Pair, score: float, signals: Signals, weights: Signals
) -> Suggestion:
    grounds = grounds_of(case, pair, signals)
    ranked = sorted([(-weights[s] * ground[0], _CODES[s], ground) for s, ground in grounds.items()])
    evidence = tuple([Evidence(code, *ground) for _, code, ground in ranked])
    return Suggestion(rank, pair.candidate.members[0], score, evidence, _reasons(case, grounds, pair))


def pairs_of(case: Case, candidates: Sequence[int]) -> list[Pair]:
    """These actors beside the asker."""
    snapshot, index, asking = case.snapshot, case.index, case.asking
    first, query = index.block(Signal.PURPOSE)[0], case.plan.queries[Signal.PURPOSE]
    words = columns_in_common(index.rows, first, query, np.array(candidates, np.int64))
    pairs = []
    for j, shared in zip(candidates, words, strict=True):
        side = actor_side(snapshot, index, j)
        themes = shared_entries(asking.themes, side.themes, index.themes)
        pairs.append(Pair(side, themes, shared_entries(asking.places, side.places, index.places), shared))
    return pairs


def grounds_of(case: Case, pair: Pair, scores: Signals) -> Grounds:
    """The signals that speak for an actor, with score and facts."""
    return {
        s: (value, _TELL[s](case, pair, pair.candidate.members[0]) if s in _TELL else {})
        for s, value in scores.items()
        if value > 0
    }


def asking_side(snapshot: Snapshot, index: MatchIndex, question: Question, asker: Asker) -> Side:
    """The asker as a side: what the question is about, and what the actors behind it have done."""
    since: dict[int, int] = {}
    roles = 0
    doings: tuple[Doing, ...] = ()
    taken_part: frozenset[str] = frozenset()
    for i in question.members:
        roles |= int(index.roles[i])
        for place, day in index.acts_in.first_days(i).items():
            since[place] = min(day, since.get(place, day))
        done, everything = took_part(snapshot, index, i)
        doings, taken_part = doings + done, taken_part | everything
    partners = frozenset().union(*(index.circle.rows.row(i)[0].tolist() for i in question.members))
    themes, places = Entries.of(question.themes, index.themes), Entries.of(question.places, index.places)
    return Side(
        members=question.members,
        themes=themes,
        places=places,
        since=since,
        partners=partners,
        roles=roles,
        bases=bases_of(snapshot, index, question.members),
        there=partners_abroad(snapshot, index, np.array(sorted(partners), np.int64)),
        doings=doings,
        taken_part=taken_part,
        asker=asker.kind,
        pools=question.ask is Ask.POOL,
        wished=_wished(index, question),
    )


def _wished(index: MatchIndex, question: Question) -> frozenset[int]:
    """The places the question is about, with those around them, where none of the members is known to act."""
    acts = [index.acts_in.of(i) for i in question.members]
    new = [p for p in question.places if not any(p in own for own in acts)]
    if not new:
        return frozenset()
    around = {a for p in new for a in index.places.chains[p]}
    return frozenset(around.difference(*(Entries.of(own, index.places).reach for own in acts)))


def _nearest_seat(case: Case, j: int) -> Facts:
    found = [proximity_facts(case.snapshot, case.index.seats, i, j) for i in case.question.members]
    if len(found) == 1:
        return found[0]
    return min((f for f in found if f), key=lambda f: float(str(f["km"])), default={})


_TELL: dict[Signal, Callable[[Case, Pair, int], Facts]] = {
    Signal.THEMES: lambda c, pair, _: theme_facts(
        c.snapshot, c.index.themes, pair.themes, pair.candidate.themes
    ),
    Signal.TERRITORIES: lambda c, pair, _: territory_facts(c.snapshot, pair.places),
    Signal.PURPOSE: lambda c, pair, j: purpose_facts(c.snapshot, c.index.lexicon, pair.words, j),
    Signal.TIES: lambda c, pair, _: ties_facts(
        c.snapshot, c.index.circle, c.asking.partners, pair.candidate.partners
    ),
    Signal.PROXIMITY: lambda c, _, j: _nearest_seat(c, j),
    Signal.COMPLEMENTARITY: lambda c, _, j: complementarity_facts(c.snapshot, c.plan.matches[j]),
    Signal.KIND: lambda c, _, j: kind_facts(_KINDS[c.snapshot.actors.kind[j]]),
    Signal.FRESHNESS: lambda c, _, j: freshness_facts(int(c.snapshot.actors.confirmed[j])),
}
"""The facts behind each signal of a pair, the candidate given by its position as well."""


def _reasons(case: Case, grounds: Grounds, pair: Pair) -> Reasons:
    snapshot, index, asking, candidate = case.snapshot, case.index, case.asking, pair.candidate
    j = candidate.members[0]
    shared = common_ground({**grounds, **_introducers(case, grounds, candidate)}, index.home_ids)
    met = acquaintance(snapshot, case.met.get(j, []), j, case.today.toordinal())
    in_touch = bool(met) or not asking.members
    met, shared = acquainted_once(met, _from_asker(case, shared))
    completed = grounds.get(Signal.COMPLEMENTARITY, (0.0, {}))[1]
    places = _asked_first(case, telling_places(index, pair.places))
    for_you = completing(completed, for_asker=True) + brought(snapshot, index, candidate, asking, places)
    for_them = completing(completed, for_asker=False) + brought(snapshot, index, asking, candidate, places)
    apart = grounds.get(Signal.PROXIMITY, (0.0, {}))[1].get("km")
    for_you = for_you + met + _announced(case, j, completed)
    for_you = _with_more(case, candidate, asking, arranged(for_you, shared, MOST), apart)
    most = min(max(len(for_them), FEW), MOST)
    for_them = _with_more(case, asking, candidate, arranged(for_them, shared, most, own_first=True), apart)
    off_subject = grounds.keys().isdisjoint(_SUBJECT) and _has_subject(case)
    unknown = not_known(snapshot, j, case.today, in_touch=in_touch, off_subject=off_subject)
    return Reasons(tuple(for_you), tuple(for_them), tuple(unknown[:MOST]))


def _with_more(case: Case, giver: Side, receiver: Side, told: list[Reason], apart: object) -> list[Reason]:
    """What one side is told, and what else can be said to it where that is little."""
    if len(told) >= FEW:
        return told
    more = further(case.snapshot, case.index, giver, receiver, told, apart, case.today.toordinal())
    return ordered(told + more) if more else told


def _has_subject(case: Case) -> bool:
    """Whether the question is about more than a place: an announcement, a project or a request that names a
    theme, or words that are not those of its places. An actor alone asks about nothing in particular.
    """
    if case.asking.asker is AskerKind.ACTOR:
        return False
    question, snapshot = case.question, case.snapshot
    names = {root for p in question.places for root in stems_of(snapshot.place(p).name)}
    return bool(question.themes) or not names.issuperset(question.words)


def _asked_first(case: Case, places: list[int]) -> list[int]:
    """Of the territories both act in, those the question is about, when it names any."""
    asked, chain = case.question.only_places, case.index.places.ancestors
    if not asked:
        return places
    return [p for p in places if any(a in chain(p) or p in chain(a) for a in asked)]


def _from_asker(case: Case, shared: list[Reason]) -> list[Reason]:
    """What both share, as it is told: nobody stands behind a request or a recorded need."""
    if case.asking.members:
        return shared
    asker = case.asking.asker.value
    return [Reason(r.code, {**r.facts, "asker": asker}) for r in shared]


def _announced(case: Case, j: int, completed: Facts) -> list[Reason]:
    """An open offer or need of the candidate that touches the question, unless it was told already."""
    found = announced(
        case.snapshot, case.index, j, case.asking.themes, case.asking.places, case.question.day.toordinal()
    )
    if found is None or completed.get("theirs"):
        return []
    direction, record = found
    return [Reason("open_offer" if direction is Direction.OFFER else "open_need", {"theirs": record})]


def _introducers(case: Case, grounds: Grounds, candidate: Side) -> Grounds:
    """Common partners who still exist: nobody is introduced by a body dissolved since."""
    score, _ = grounds.get(Signal.TIES, (0.0, {}))
    if score <= 0:
        return {}
    alive, rarity, today = case.snapshot.actors.ended, case.index.circle.rarity, case.today.toordinal()
    known = case.asking.partners & candidate.partners
    common = [z for z in known if alive[z] >= today]
    if len(common) == len(known):
        return {}  # then the evidence tells them already
    ordered = sorted(common, key=lambda z: (-rarity[z], z))
    facts: Facts = {"partners": [actor_facts(case.snapshot, z) for z in ordered[:3]], "count": len(ordered)}
    return {Signal.TIES: (score, facts)}
