"""What lowers a score whatever the evidence: acquaintance, distance from the territory, and having been
suggested often.

The factors multiply the weighted sum; they are part of the default score, so the exact top-k counts with
them.
"""

from weakref import WeakKeyDictionary

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
_over: WeakKeyDictionary[Exposure, tuple[tuple[str, int], tuple[I64, F64]]] = WeakKeyDictionary()
"""Whom each count of exposure lowers, by position in the snapshot it was last read for: the counts are of
thousands of actors, few of them over the limit."""
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
        found = _lowered(found, *_exposed(snapshot, exposure))
    return found


def _lowered(factors: Vector, actors: I64, by: F64 | float) -> Vector:
    """The same factors, those of these actors (ascending) multiplied."""
    if not len(actors):
        return factors
    by = np.broadcast_to(by, actors.shape)
    if not len(factors.ids):
        return Vector(actors, by.copy())
    ids, weights = np.concatenate((factors.ids, actors)), np.concatenate((factors.weights, by))
    order = ids.argsort(kind="stable")
    ids, weights = ids[order], weights[order]
    again = np.flatnonzero(ids[1:] == ids[:-1])
    if not len(again):
        return Vector(ids, weights)
    weights[again] *= weights[again + 1]
    once = np.ones(len(ids), np.bool_)
    once[again + 1] = False
    return Vector(ids[once], weights[once])


def _columns(factors: dict[int, float]) -> tuple[I64, F64]:
    """Actors, ascending, and their factors."""
    ids = sorted(factors)
    return np.array(ids, np.int64), np.array([factors[i] for i in ids], np.float64)


def _exposed(snapshot: Snapshot, exposure: Exposure) -> tuple[I64, F64]:
    """Actors suggested more often than the limit, ascending, and their factors."""
    read = snapshot.store_id, snapshot.revision
    kept = _over.get(exposure)
    if kept is None or kept[0] != read:
        over = {key: exposure.limit / n for key, n in exposure.counts.items() if n > exposure.limit}
        found = {i: factor for key, factor in over.items() if (i := snapshot.index(key)) is not None}
        kept = _over[exposure] = read, _columns(found)
    return kept[1]


def _acquainted(snapshot: Snapshot, index: MatchIndex, question: Question) -> dict[int, float]:
    """Actors already joined to the asker: by live money or membership, else by a cooperation of the past."""
    relations, day = snapshot.relations, question.day.toordinal()
    found: dict[int, float] = {}
    for i in question.members:
        rows = snapshot.relations_of(i)
        last, link_class = relations.last[rows], relations.link_class[rows]
        live = (relations.first[rows] <= day) & (day <= last)
        past = index.documented[rows] & (last < day)
        means = live & (link_class != _CONTACT) & (link_class != _COOPERATION)
        others = relations.a[rows] + relations.b[rows] - i
        for kept, factor in ((past, FORMER), (means, ACQUAINTED)):
            found.update(dict.fromkeys(others[kept].tolist(), factor))
    return found
