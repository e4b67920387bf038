"""A question made into weighted vectors: everything needed to score every candidate, by any way of
computing it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graphsvc.domain.actors import ActorKind
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64, I32, I64
from matcher.asks import Exposure
from matcher.evidence.complementarity import Match, complementarity_matches, matches_vector
from matcher.evidence.freshness import age_buckets, freshness_scores
from matcher.evidence.kind import kind_scores
from matcher.evidence.proximity import proximity_query
from matcher.evidence.purpose import purpose_query
from matcher.evidence.territories import territory_query
from matcher.evidence.themes import theme_query
from matcher.evidence.ties import ties_query, transition, walk_scores
from matcher.factors import score_factors
from matcher.index import BLOCKS, MatchIndex
from matcher.question import Question
from matcher.ranking import Signal, Weights
from matcher.sparse import Vector, accumulate, block_products

AGES = freshness_scores()
_APART = (Signal.WALK, Signal.COMPLEMENTARITY, Signal.PROXIMITY, Signal.KIND, Signal.FRESHNESS)


@dataclass(frozen=True, slots=True)
class Plan:
    """The unweighted query of each signal, and the weights. `asked` joins the queries of BLOCKS.

    Queries of BLOCKS are over the columns of the index, WALK and COMPLEMENTARITY over actors, PROXIMITY over
    points. `kinds` and `ages` are tables (per kind, per age bucket). `barred` actors and those not `allowed`
    are never answered; `factors` multiply the scores of some actors.
    """

    queries: dict[Signal, Vector]
    asked: Vector
    matches: dict[int, Match]
    kinds: F64
    ages: F64
    weights: Weights
    barred: I64
    allowed: B1 | None
    factors: Vector
    day: int
    today: int

    def features(self) -> Vector:
        """The blocks' queries as one, weighted."""
        lengths = [len(self.queries[s].ids) for s in BLOCKS]
        weights = np.repeat([self.weights.of(s) for s in BLOCKS], lengths)
        return Vector(self.asked.ids, self.asked.weights * weights)

    def direct(self) -> list[Vector]:
        """The weighted contributions given actor by actor."""
        return [self.queries[s].times(self.weights.of(s)) for s in (Signal.COMPLEMENTARITY, Signal.WALK)]

    def nearby(self) -> Vector:
        """The weighted contribution of each point."""
        return self.queries[Signal.PROXIMITY].times(self.weights.proximity)

    def knows_something(self) -> bool:
        """Whether any substantive signal can answer."""
        return any(np.any(v.weights > 0) for s, v in self.queries.items() if s is not Signal.PROXIMITY)


def make_plan(
    snapshot: Snapshot, index: MatchIndex, question: Question, weights: Weights, barred: Sequence[int],
    exposure: Exposure | None, today: int,
) -> Plan:  # fmt: skip
    """The plan of a question."""
    day = question.day.toordinal()
    taxonomies = (index.themes, index.places)
    matches = complementarity_matches(
        snapshot, index.board, taxonomies, index.roles, question.announcements, day, question.wish
    )
    blocks = (
        theme_query(question.themes, index.themes),
        territory_query(question.places, index.places),
        purpose_query(question.words, index.lexicon, index.phrases),
        ties_query(index.circle, question.members, day),
    )
    parts = [Vector(v.ids + start, v.weights) for v, start in zip(blocks, index.starts, strict=False)]
    queries = dict(zip(BLOCKS, parts, strict=True))
    moves = index.moves if day >= today else transition(index.circle, day)  # a project as at its end
    queries[Signal.WALK] = walk_scores(moves, question.members)
    queries[Signal.COMPLEMENTARITY] = matches_vector(matches)
    origins = sorted({p for i in question.members if (p := int(index.seats.point_of[i])) >= 0})
    queries[Signal.PROXIMITY] = proximity_query(index.seats, origins)
    return Plan(
        queries=queries,
        asked=_joined(parts),
        matches=matches,
        kinds=kind_scores(question.kind),
        ages=AGES,
        weights=weights,
        barred=np.array(sorted(set(barred)), np.int64),
        allowed=allowed_actors(snapshot, index, question),
        factors=score_factors(snapshot, index, question, exposure),
        day=day,
        today=today,
    )


def allowed_actors(snapshot: Snapshot, index: MatchIndex, question: Question) -> B1 | None:
    """Actors inside the context: one of the kinds, one of the themes and one of the places asked for.

    An actor known only by a broader theme or place than the one asked for stays in. None = everybody.
    """
    allowed: B1 | None = None
    if question.only_kinds:
        kinds = list(ActorKind)
        allowed = np.isin(snapshot.actors.kind, [kinds.index(k) for k in question.only_kinds])
    for asked, profile, parent in (
        (question.only_themes, index.works_on, snapshot.themes.parent),
        (question.only_places, index.acts_in, snapshot.places.parent),
    ):
        if asked:
            entries = np.flatnonzero(_fitting(parent, asked)[profile.rows.ids])
            inside = np.zeros(index.n, np.bool_)
            inside[np.searchsorted(profile.rows.ptr, entries, side="right") - 1] = True
            allowed = inside if allowed is None else allowed & inside
    return allowed


def _fitting(parent: I32, asked: Sequence[int]) -> B1:
    """Which entries are one of these, within one of them, or contain one."""
    fits = np.zeros(len(parent), np.bool_)
    fits[list(asked)] = True
    while (grown := ~fits & (parent >= 0) & fits[parent]).any():
        fits |= grown
    above = list(asked)
    while above:
        fits[above] = True
        above = [up for entry in above if (up := int(parent[entry])) >= 0]
    return fits


def signal_scores(snapshot: Snapshot, index: MatchIndex, plan: Plan, signal: Signal) -> F64:
    """The score of one signal for every actor, float64[n] in [0, 1]."""
    scores = np.zeros(index.n)
    if signal in BLOCKS:
        accumulate(index.lists, plan.queries[signal], scores)
    elif signal is Signal.PROXIMITY:
        accumulate(index.seats.lists, plan.queries[signal], scores)
    elif signal is Signal.KIND:
        scores = plan.kinds[snapshot.actors.kind]
    elif signal is Signal.FRESHNESS:
        scores = plan.ages[age_buckets(snapshot.actors.confirmed, plan.today)]
    else:
        scores[plan.queries[signal].ids] = plan.queries[signal].weights
    return scores


def pair_scores(
    snapshot: Snapshot, index: MatchIndex, plan: Plan, candidates: Sequence[int]
) -> list[dict[Signal, float]]:
    """The score of every signal for each of these candidates."""
    chosen, columns = np.array(candidates, np.int64), snapshot.actors
    apart = (
        _values(plan.queries[Signal.WALK], chosen),
        _values(plan.queries[Signal.COMPLEMENTARITY], chosen),
        _values(plan.queries[Signal.PROXIMITY], index.seats.point_of[chosen]),
        plan.kinds[columns.kind[chosen]],
        plan.ages[age_buckets(columns.confirmed[chosen], plan.today)],
    )
    blocks = block_products(index.rows, chosen, plan.asked, index.starts).T
    names, scores = (*BLOCKS, *_APART), (*blocks.tolist(), *(column.tolist() for column in apart))
    return [dict(zip(names, pair, strict=True)) for pair in zip(*scores, strict=True)]


def _joined(parts: list[Vector]) -> Vector:
    return Vector(np.concatenate([p.ids for p in parts]), np.concatenate([p.weights for p in parts]))


def _values(query: Vector, keys: I64 | I32) -> F64:
    if not len(query.ids):
        return np.zeros(len(keys))
    at = np.minimum(query.ids.searchsorted(keys), len(query.ids) - 1)
    return np.where(query.ids[at] == keys, query.weights[at], 0.0)
