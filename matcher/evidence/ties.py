"""Partners in common, and who is a few handshakes away, on every cooperation ever documented.

Two signals:
- `ties`: Adamic-Adar (2003). A partner z in common weighs 1 / ln(1 + degree of z), times the freshness of
  both ties; the sum is divided by what all the asker's partners weigh, plus 1. It is the share of the
  asker's circle that the candidate knows; an asker with one very connected partner is not thereby close to
  all of its other partners.
- `walk`: personalised PageRank (Page et al. 1998), restart r = 1/2, first four steps of the series (3 % of
  the mass is left out): sqrt(min(1, p / (r (1 - r)²))), 1 where every two-step walk ends there. A step is
  followed from an actor only while each of its neighbours gets at least LEAST = 0.00001 of what stands
  there (local push, Andersen, Chung and Lang 2006): a walk costs at most 1 / LEAST neighbours looked at,
  whatever the size of the network, and p is too small by less than 2.2 LEAST x degree of the actor.

A tie loses half its weight for each 10 years between the day it was last documented and the last day any tie
was: a network documented until 2017 is not faded as a whole.
"""

import importlib
from dataclasses import dataclass
from itertools import islice

import numpy as np

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX, DAY_MIN, F64, I32, I64
from matcher.profiles import documented
from matcher.sparse import Rows, Vector, gathered, rows_from_entries

HALF_LIFE_DAYS = 3652.5
RESTART = 0.5
STEPS = 4
LEAST = 1e-5
COMPILED_FROM = 20_000


@dataclass(frozen=True, slots=True)
class Circle:
    """Documented neighbours of each actor: `rows.values` = freshness in (0, 1]; `first` = first day known
    or DAY_MIN.

    `rarity[z]` = 1 / ln(1 + degree): what it is worth to have z in common.
    """

    rows: Rows
    first: I32
    rarity: F64

    def partners(self, members: tuple[int, ...], day: int = DAY_MAX) -> tuple[I64, F64]:
        """Partners of any of these actors on or before `day`, ascending, with the freshest tie of each."""
        if len(members) == 1:
            span = slice(self.rows.ptr[members[0]], self.rows.ptr[members[0] + 1])
            begun = np.flatnonzero(self.first[span] <= day) + span.start
        else:
            entries, _ = gathered(self.rows.ptr, np.array(members, np.int64))
            begun = entries[self.first[entries] <= day]
        ids, fresh = self.rows.ids[begun].astype(np.int64), self.rows.values[begun].astype(np.float64)
        if len(members) == 1:
            return ids, fresh
        order = np.lexsort((-fresh, ids))
        ids, fresh = ids[order], fresh[order]
        new = np.diff(ids, prepend=-1) > 0
        return ids[new], fresh[new]


def documented_circle(snapshot: Snapshot) -> Circle:
    """Neighbours by every documented cooperation, with the freshness of each tie."""
    relations = snapshot.relations
    kept = documented(snapshot)
    a, b = relations.a[kept].astype(np.int64), relations.b[kept].astype(np.int64)
    first = np.where(relations.start[kept] > DAY_MIN, relations.start[kept], relations.confirmed[kept])
    seen = _last_seen(relations.start[kept], relations.end[kept], relations.confirmed[kept])
    latest = int(seen.max()) if len(seen) else DAY_MIN
    fresh = np.exp2(-(latest - seen) / HALF_LIFE_DAYS)
    owners, ids = np.r_[a, b], np.r_[b, a]
    rows = rows_from_entries(snapshot.n, snapshot.n, owners, ids, np.r_[fresh, fresh])
    begun = np.full(len(rows.ids), DAY_MAX, np.int64)
    at = np.searchsorted(rows.owners() * max(snapshot.n, 1) + rows.ids, owners * max(snapshot.n, 1) + ids)
    np.minimum.at(begun, at, np.r_[first, first].astype(np.int64))
    degree = np.diff(rows.ptr)
    return Circle(rows, begun.astype(np.int32), 1 / np.log1p(np.maximum(degree, 1)))


def _last_seen(start: I32, end: I32, confirmed: I32) -> F64:
    """Last day each tie was documented; those that say nothing are as old as the oldest."""
    ended = np.where(end < DAY_MAX, end, DAY_MIN)
    seen = np.maximum(np.maximum(confirmed, ended), start).astype(np.float64)
    said = seen > DAY_MIN
    oldest = seen[said].min() if said.any() else float(DAY_MIN)
    return np.where(said, seen, oldest)


def ties_query(circle: Circle, members: tuple[int, ...], day: int = DAY_MAX) -> Vector:
    """The query whose inner product with a candidate's row of partners is the Adamic-Adar share."""
    ids, fresh = circle.partners(members, day)
    weights = fresh * circle.rarity[ids]
    return Vector(ids, weights / (weights.sum() + 1.0))


@dataclass(frozen=True, slots=True)
class Moves:
    """The unweighted neighbour graph the walk follows: symmetric CSR over actors."""

    ptr: I64
    ids: I32


def transition(circle: Circle, day: int = DAY_MAX) -> Moves:
    """Where the walk may go from each actor: to any partner documented on or before `day`, with equal
    chances.
    """
    ptr, ids = circle.rows.ptr, circle.rows.ids
    begun = circle.first <= day
    if begun.all():
        return Moves(ptr, ids)
    before = np.zeros(len(ids) + 1, np.int64)
    np.cumsum(begun, out=before[1:])
    return Moves(before[ptr], ids[begun])


def walk_scores(moves: Moves, members: tuple[int, ...]) -> Vector:
    """The walk signal of every actor reached from these ones, themselves left out.

    Large networks are walked by the compiled kernel, which is imported only then.
    """
    if not members:
        return Vector.empty()
    starts = np.array(sorted(set(members)), np.int64)
    if len(moves.ptr) > COMPILED_FROM:
        kernel = importlib.import_module("matcher.kernel.walk")
        ids, mass = kernel.walk_compiled(moves.ptr, moves.ids, starts, RESTART, STEPS, LEAST)
    else:
        ids, mass = _walk(moves, starts)
    reached = mass > 0
    reached[np.searchsorted(ids, starts)] = False  # a walk reaches where it starts
    certain = RESTART * (1 - RESTART) ** 2
    return Vector(ids[reached], np.sqrt(np.minimum(1.0, mass[reached] / certain)))


def _walk(moves: Moves, starts: I64) -> tuple[I64, F64]:
    """The actors reached and their probabilities, by numpy, for small networks."""
    n = len(moves.ptr) - 1
    degree = np.diff(moves.ptr)
    step = np.zeros(n)
    step[starts] = RESTART / len(starts)
    total = step.copy()
    for _ in range(STEPS):
        here = np.flatnonzero(step)
        shares = step[here] / np.maximum(degree[here], 1)
        followed = (shares >= LEAST) & (degree[here] > 0)
        step = (1 - RESTART) * _spread(moves, here[followed], shares[followed])
        total += step
    ids = np.flatnonzero(total)
    return ids, total[ids]


def _spread(moves: Moves, actors: I64, shares: F64) -> F64:
    """What each actor receives when these ones give a share to each of their neighbours."""
    starts = moves.ptr[actors]
    lengths = moves.ptr[actors + 1] - starts
    before = np.cumsum(lengths) - lengths
    at = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
    given = np.repeat(shares, lengths)
    return np.bincount(moves.ids[at], weights=given, minlength=len(moves.ptr) - 1).astype(np.float64)


def ties_facts(
    snapshot: Snapshot, circle: Circle, mine: frozenset[int], theirs: frozenset[int]
) -> dict[str, object]:
    """Partners in common, the most telling first: `{"partners": [{"id", "name"}], "count": n}`."""
    shared = mine & theirs
    common = sorted(shared, key=lambda z: (-circle.rarity.item(z), z)) if len(shared) > 1 else shared
    return {"partners": [actor_facts(snapshot, z) for z in islice(common, 3)], "count": len(common)}


def actor_facts(snapshot: Snapshot, i: int) -> dict[str, object]:
    """An actor as facts name it."""
    return {"id": snapshot.ids[i], "name": snapshot.name(i)}
