"""What reaches the candidate when the asker's partners share out what they have: resource allocation.

Formula: every partner z in common hands each of its k partners an equal part, 1 / k, times the freshness
of both ties (see `ties.py`); the sum over the partners in common is divided by what all the asker's
partners hand out to one of theirs, plus 1. A well connected partner in common counts far less than in
Adamic-Adar, where it loses the logarithm of its degree only. After Zhou, Lü and Zhang (2009), Predicting
missing links via local information, Eur. Phys. J. B 71.
"""

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX, F64, I64
from matcher.evidence.ties import Circle, actor_facts
from matcher.sparse import Vector, block_products

MOST_TOLD = 3


def allocation_scores(circle: Circle, members: tuple[int, ...], candidates: I64, day: int = DAY_MAX) -> F64:
    """The score of each candidate, float64[candidates] in [0, 1), on the ties begun on `day` or before."""
    query = _handed_out(circle, members, day)
    scores: F64 = block_products(circle.rows, candidates, query, (0, circle.rows.columns))[:, 0]
    return scores


def allocation_facts(
    snapshot: Snapshot, circle: Circle, members: tuple[int, ...], candidate: int, day: int = DAY_MAX
) -> dict[str, object]:
    """Through whom, those who hand most first: `{"partners": [{"id", "name"}], "count": n}`."""
    query = _handed_out(circle, members, day)
    worth = dict(zip(query.ids.tolist(), query.weights.tolist(), strict=True))
    theirs, fresh = circle.rows.row(candidate)
    found = [(-worth[z] * f, z) for z, f in zip(theirs.tolist(), fresh.tolist(), strict=True) if z in worth]
    told = [actor_facts(snapshot, z) for _, z in sorted(found)[:MOST_TOLD]]
    return {"partners": told, "count": len(found)}


def _handed_out(circle: Circle, members: tuple[int, ...], day: int) -> Vector:
    """What each partner of the members hands to one of its own, over the sum of all of it plus 1."""
    ids, fresh = circle.partners(members, day)
    degree = circle.rows.ptr[ids + 1] - circle.rows.ptr[ids]
    parts = fresh / degree
    return Vector(ids, parts / (parts.sum() + 1.0))
