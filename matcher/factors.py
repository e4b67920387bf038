"""What lowers a score whatever the evidence: acquaintance, distance from the territory, and having been
suggested often.

The factors multiply the weighted sum; they are part of the default score, so the exact top-k counts with
them.
"""

import numpy as np

from graphsvc.domain.links import LinkClass
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I64, Perimeter
from matcher.asks import Ask, Exposure
from matcher.index import MatchIndex
from matcher.question import Question
from matcher.sparse import Vector

ACQUAINTED = 0.6
"""Money or membership already joins the two: to suggest it tells them little."""
FORMER = 0.8
"""They cooperated before: to revive a link is another service, here the new comes first."""
ELSEWHERE = 0.6
"""A local body (commune, school …) of another territory of the country, for an asker of this one."""
FAR_SIDE = 0.5
"""Means are pooled among those who leave from the same side: a van or a container sets out from here, and
who is there already receives it. An asker who does not say where it is asks from the home territory."""
_COOPERATION = list(LinkClass).index(LinkClass.COOPERATION)
_CONTACT = list(LinkClass).index(LinkClass.CONTACT)


def score_factors(
    snapshot: Snapshot, index: MatchIndex, question: Question, exposure: Exposure | None
) -> Vector:
    """The factor of every actor that has one, other than 1."""
    found = Vector.empty()
    if all(snapshot.actors.perimeter[i] == Perimeter.INSIDE for i in question.members):
        found = _lowered(found, index.elsewhere.astype(np.int64), ELSEWHERE)
    if question.ask is Ask.POOL:
        abroad = bool(question.members) and all(index.away[i] for i in question.members)
        found = _lowered(found, np.flatnonzero(index.away != abroad), FAR_SIDE)
    if question.partners_excluded:
        found = _lowered(found, *_columns(_acquainted(snapshot, index, question)))
    if exposure is not None:
        found = _lowered(found, *_columns(_exposed(snapshot, exposure)))
    return found


def _lowered(factors: Vector, actors: I64, by: F64 | float) -> Vector:
    """The same factors, those of these actors (ascending) multiplied."""
    if not len(actors):
        return factors
    by = np.broadcast_to(by, actors.shape)
    if not len(factors.ids):
        return Vector(actors, by.copy())
    at = np.searchsorted(factors.ids, actors)
    known = factors.ids[np.minimum(at, len(factors.ids) - 1)] == actors
    weights = factors.weights.copy()
    weights[at[known]] *= by[known]
    new = at[~known]
    return Vector(np.insert(factors.ids, new, actors[~known]), np.insert(weights, new, by[~known]))


def _columns(factors: dict[int, float]) -> tuple[I64, F64]:
    """Actors, ascending, and their factors."""
    ids = sorted(factors)
    return np.array(ids, np.int64), np.array([factors[i] for i in ids], np.float64)


def _exposed(snapshot: Snapshot, exposure: Exposure) -> dict[int, float]:
    """Actors suggested more often than the limit."""
    over = {key: exposure.limit / count for key, count in exposure.counts.items() if count > exposure.limit}
    return {i: factor for key, factor in over.items() if (i := snapshot.index(key)) is not None}


def _acquainted(snapshot: Snapshot, index: MatchIndex, question: Question) -> dict[int, float]:
    """Actors already joined to the asker: by live money or membership, else by a cooperation of the past."""
    relations, day = snapshot.relations, question.day.toordinal()
    found: dict[int, float] = {}
    for i in question.members:
        rows = snapshot.relations_of(i)
        live = (relations.first[rows] <= day) & (day <= relations.last[rows])
        past = index.documented[rows] & (relations.last[rows] < day)
        means = live & (relations.link_class[rows] != _CONTACT) & (relations.link_class[rows] != _COOPERATION)
        for kept, factor in ((past, FORMER), (means, ACQUAINTED)):
            for end in (relations.a, relations.b):
                found.update(dict.fromkeys(end[rows[kept]].tolist(), factor))
    return found
