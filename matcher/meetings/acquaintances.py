"""Who knows whom already, and how well those who do not would suit each other.

Two houses know each other when a cooperation, means or a structure joins or joined them, or when a contact
(met, interviewed, introduced, guests of one event) is less than three years old: who was at one forum in 2012
is not an acquaintance any more.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from graphsvc.domain.links import LinkClass, State
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64, I32, I64
from matcher.asks import Asker, Context
from matcher.index import build_index
from matcher.places.standing import standing_on
from matcher.plan import make_plan
from matcher.question import ask_question
from matcher.ranking import DEFAULT
from matcher.topk import scored_candidates

FRESH_DAYS = 3 * 365
_CONTACT = list(LinkClass).index(LinkClass.CONTACT)
_NEVER = [list(State).index(s) for s in (State.PLANNED, State.ATTEMPTED, State.RETRACTED)]


def acquaintances(snapshot: Snapshot, actors: Sequence[int], others: Sequence[int], today: date) -> B1:
    """Whether each actor knows each other one, bool[actors, others]: an actor and its units know the same,
    and each other.
    """
    relations, house = snapshot.relations, standing_on(snapshot, today).house
    day = today.toordinal()
    seen = np.maximum(relations.start, relations.confirmed)
    fresh = (relations.link_class != _CONTACT) | ((day - FRESH_DAYS <= seen) & (seen <= day))
    happened = fresh & ~np.isin(relations.state, _NEVER) & (relations.start <= day)
    a, b = house[relations.a[happened]], house[relations.b[happened]]
    rows, row_of = np.unique(house[list(actors)], return_inverse=True)
    columns, column_of = np.unique(house[list(others)], return_inverse=True)
    known = rows[:, None] == columns[None, :]
    row, column = _positions(snapshot.n, rows), _positions(snapshot.n, columns)
    for one, other in ((a, b), (b, a)):
        inside = (one >= 0) & (other >= 0)
        r, c = row[one[inside]], column[other[inside]]
        known[r[(r >= 0) & (c >= 0)], c[(r >= 0) & (c >= 0)]] = True
    result: B1 = known[row_of][:, column_of]
    return result


def match_scores(snapshot: Snapshot, i: int, today: date) -> F64:
    """What `suggest` would give every actor for actor i, float64[n] in [0, 1]; 0 under its floor.

    Unlike `suggest`, partners and the declined are scored too: two that know each other may share a table.
    """
    index = build_index(snapshot)
    question = ask_question(snapshot, index, Asker.actor(i), Context(), today)
    weights = DEFAULT.weights(question.ask)
    plan = make_plan(snapshot, index, question, weights, [i], None, today.toordinal())
    found, scores = scored_candidates(snapshot, index, plan, DEFAULT.floor)
    full = np.zeros(snapshot.n)
    full[found] = scores
    return full


def mutual_scores(snapshot: Snapshot, houses: Sequence[int], today: date) -> F64:
    """How well each two suit each other: the mean of both directions, symmetric float64[m, m]."""
    scores = np.array([match_scores(snapshot, i, today)[list(houses)] for i in houses])
    result: F64 = (scores + scores.T) / 2
    return result


def pairs_to_introduce(
    snapshot: Snapshot, houses: Sequence[int], today: date, *, most: int
) -> list[tuple[int, int]]:
    """The pairs of strangers that suit each other best, best first."""
    if len(houses) < 2:
        return []
    scores = np.where(
        acquaintances(snapshot, houses, houses, today), 0.0, mutual_scores(snapshot, houses, today)
    )
    one, other = np.nonzero(np.triu(scores, 1))
    order = np.lexsort((other, one, -scores[one, other]))[:most]
    return [(houses[a], houses[b]) for a, b in zip(one[order].tolist(), other[order].tolist(), strict=True)]


def _positions(n: int, houses: I32) -> I64:
    positions = np.full(n, -1, np.int64)
    living = houses >= 0
    positions[houses[living]] = np.flatnonzero(living)
    return positions
