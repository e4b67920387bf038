"""What lowers a score whatever the evidence: acquaintance, distance from the territory, and having been
suggested often.

The factors multiply the weighted sum; they are part of the default score, so the exact top-k counts with
them.
"""

import numpy as np

from graphsvc.domain.links import LinkClass
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import Perimeter
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
    factors: dict[int, float] = {}
    if all(snapshot.actors.perimeter[i] == Perimeter.INSIDE for i in question.members):
        factors = dict.fromkeys(index.elsewhere.tolist(), ELSEWHERE)
    if question.ask is Ask.POOL:
        abroad = bool(question.members) and all(index.away[i] for i in question.members)
        for i in np.flatnonzero(index.away != abroad).tolist():
            factors[i] = factors.get(i, 1.0) * FAR_SIDE
    if question.partners_excluded:
        for i, factor in _acquainted(snapshot, index, question).items():
            factors[i] = factors.get(i, 1.0) * factor
    for key, count in exposure.counts.items() if exposure is not None else ():
        position = snapshot.index(key)
        if exposure is not None and position is not None and count > exposure.limit:
            factors[position] = factors.get(position, 1.0) * exposure.limit / count
    ids = np.array(sorted(factors), np.int64)
    return Vector(ids, np.array([factors[i] for i in ids.tolist()], np.float64))


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
