"""Whom should an actor of the work list meet, what would it bring, and who can introduce them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np

from graphsvc.analytics.brokerage import betweenness
from graphsvc.analytics.components import Hold, components, holders, small_side
from graphsvc.analytics.isolation import HELD_SIZE
from graphsvc.analytics.projection import usable_rows
from graphsvc.domain.actors import ActorRole
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I32, Ties

_WEAVERS = frozenset({ActorRole.NETWORK_HEAD, ActorRole.RESOURCE_CENTRE, ActorRole.RELAY})
_KEPT = 512
Candidates = Mapping[int, Sequence[tuple[int, float]]]


class Acquaintance(StrEnum):
    """How an introducer knows the two, best first."""

    SHARED_TIE = "shared_tie"  # a live tie with both
    SHARED_RELATION = "shared_relation"  # any documented relation with one, a live tie with the other
    WEAVER = "weaver"  # tied to the one proposed; network head, resource centre or relay
    BROKER = "broker"  # the best placed of those tied to the one proposed


@dataclass(frozen=True, slots=True)
class Introducer:
    """Who can introduce, and on what ground."""

    index: int
    by: Acquaintance


@dataclass(frozen=True, slots=True)
class Bridge:
    """A link proposed to an actor.

    `score`: of the candidate, as given. `gain`: harmonic closeness it would add (a partner at one step counts
    1, at two steps 1/2, …). `reached`: actors that could not be reached and then could. `secures`: no actor
    alone would cut it off any more.
    """

    index: int
    score: float
    gain: float
    reached: int
    secures: bool
    introducer: Introducer | None


def bridges(
    snapshot: Snapshot, today: date, candidates: Candidates, *, most: int = 2
) -> dict[int, list[Bridge]]:
    """For each actor of `candidates` (actor -> (other, score in [0, 1]) pairs), its best introductions.

    Order: links that secure the actor first, then score x gain, then index. The gain of a link i-j is the sum
    over other actors k of 1 / min(d(i, k), 1 + d(j, k)) - 1 / d(i, k), with 1 / infinity = 0: harmonic
    closeness (Marchiori and Latora, Physica A 285, 2000) is finite when the network is in pieces, and a path
    by a new link begins with it, so that the formula is exact. It is what one link brings alone: two links to
    one group do not add up. Existing ties, the actor itself and scores of 0 are passed over.

    Example, a alone and path b-c-d: a link a-c gains 1 + 1/2 + 1/2 = 2, a link a-b 1 + 1/2 + 1/3.
    """
    view = _View(snapshot, today)
    return {i: view.best(i, others)[:most] for i, others in candidates.items()}


class _View:
    """What is asked again and again of one day's network."""

    def __init__(self, snapshot: Snapshot, today: date) -> None:
        self.snapshot, self.today = snapshot, today
        self.ties: Ties = snapshot.ties(today)
        self.between: F64 = betweenness(self.ties)
        self.holds: dict[int, list[Hold]] = holders(self.ties, HELD_SIZE)
        self.parts = components(self.ties)
        self.known = usable_rows(snapshot)
        self.inverse = lru_cache(maxsize=_KEPT)(self._inverse_distances)

    def best(self, i: int, others: Iterable[tuple[int, float]]) -> list[Bridge]:
        partners = {i, *self.ties.neighbours(i).tolist()}
        found = [self._bridge(i, j, score) for j, score in others if score > 0 and j not in partners]
        return sorted(found, key=lambda b: (not b.secures, -b.score * b.gain, b.index))

    def _bridge(self, i: int, j: int, score: float) -> Bridge:
        before = self.inverse(i)
        from_j = self.inverse(j)
        beyond = from_j / (1.0 + from_j)  # 1 / (1 + d) from 1 / d
        beyond[j] = 1.0
        added = np.maximum(beyond - before, 0.0)
        added[i] = 0.0
        return Bridge(
            index=j,
            score=score,
            gain=float(added.sum()),
            reached=int(((added > 0) & (before == 0)).sum()),
            secures=self._secures(i, j),
            introducer=self._introducer(i, j),
        )

    def _secures(self, i: int, j: int) -> bool:
        """Whether somebody alone could cut the actor off, and nobody could with the link."""
        held_by = self.holds.get(i, [])
        return bool(held_by) and not any(self._still_holds(hold.actor, i, j) for hold in held_by)

    def _still_holds(self, holder: int, i: int, j: int) -> bool:
        if j == holder:
            return True
        sides = [small_side(self.ties, k, holder, HELD_SIZE) for k in (i, j)]
        together = set().union(*(side or () for side in sides))
        if None in sides or len(together) > HELD_SIZE:
            return False
        label, size = self.parts.label, self.parts.size
        whole = int(size[label[i]]) + (int(size[label[j]]) if label[i] != label[j] else 0)
        return len(together) < whole - len(together)

    def _introducer(self, i: int, j: int) -> Introducer | None:
        around_j: I32 = self.ties.neighbours(j)
        known = self._acquaintances(i)
        grounds = (
            (Acquaintance.SHARED_TIE, np.intersect1d(around_j, self.ties.neighbours(i)).tolist()),
            (Acquaintance.SHARED_RELATION, [k for k in around_j.tolist() if k in known]),
            (Acquaintance.WEAVER, [k for k in around_j.tolist() if self._weaves(k)]),
            (Acquaintance.BROKER, around_j.tolist()),
        )
        for by, chosen in grounds:
            able = [k for k in chosen if k != i]
            if able:
                return Introducer(min(able, key=lambda k: (-self.between[k], -self.ties.degree[k], k)), by)
        return None

    def _acquaintances(self, i: int) -> set[int]:
        rows = self.snapshot.relations_of(i)
        rows = rows[self.known[rows]]
        relations = self.snapshot.relations
        return set(relations.a[rows].tolist()) | set(relations.b[rows].tolist())

    def _weaves(self, k: int) -> bool:
        return any(
            role.role in _WEAVERS
            and (role.start is None or role.start.first_day <= self.today)
            and (role.end is None or role.end.last_day >= self.today)
            for role in self.snapshot.actor(k).roles
        )

    def _inverse_distances(self, i: int) -> F64:
        """1 / distance from an actor to each, 0 where there is no path and at the actor itself."""
        inverse = np.zeros(self.snapshot.n)
        seen = np.zeros(self.snapshot.n, np.bool_)
        seen[i] = True
        front, step = np.array([i], np.int64), 0
        while len(front):
            step += 1
            reached = np.unique(np.concatenate([self.ties.neighbours(k) for k in front.tolist()]))
            front = reached[~seen[reached]].astype(np.int64)
            seen[front] = True
            inverse[front] = 1.0 / step
        return inverse
