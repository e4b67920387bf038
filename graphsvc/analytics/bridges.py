"""Whom should an actor of the work list meet, what would it bring, and who can introduce them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from graphsvc.analytics.brokerage import sampled_betweenness
from graphsvc.analytics.closeness import Nearness
from graphsvc.analytics.components import holders, is_held
from graphsvc.analytics.distances import landmarks
from graphsvc.analytics.isolation import HELD_SIZE
from graphsvc.analytics.projection import usable_rows
from graphsvc.domain.actors import ActorRole
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I64, Ties

_WEAVERS = frozenset({ActorRole.NETWORK_HEAD, ActorRole.RESOURCE_CENTRE, ActorRole.RELAY})
_PAIRS = 10_000  # of actors whose shortest paths are looked at: enough to choose who introduces
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
    1, at two steps 1/2, …), the partner itself for `partner` of it. `reached`: actors that could not be
    reached and then could. `secures`: no actor alone would cut it off any more.
    """

    index: int
    score: float
    gain: float
    partner: float
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
    one group do not add up. Existing ties, the actor itself and scores of 0 are passed over. Above 2,048
    actors the sum runs over landmarks that stand for the others (see `closeness`): good to a few per cent.

    Example, a alone and path b-c-d: a link a-c gains 1 + 1/2 + 1/2 = 2, a link a-b 1 + 1/2 + 1/3.
    """
    return Weaving(snapshot, today).best(candidates, most)


class Weaving:
    """What is asked again and again of one day's network."""

    def __init__(self, snapshot: Snapshot, today: date) -> None:
        self.snapshot, self.today = snapshot, today
        self.ties: Ties = snapshot.ties(today)
        self.degree: I64 = self.ties.degree
        self.between: F64 = sampled_betweenness(self.ties, _PAIRS).share
        self.holders: dict[int, frozenset[int]] = {
            i: frozenset(hold.actor for hold in holds) for i, holds in holders(self.ties, HELD_SIZE).items()
        }
        self.nearness = Nearness(self.ties, landmarks(self.ties))
        self.parts = self.nearness.parts
        self.known = usable_rows(snapshot)
        self._weavers: dict[int, bool] = {}

    def best(self, candidates: Candidates, most: int) -> dict[int, list[Bridge]]:
        """The `most` best bridges of each actor."""
        pairs = [(i, j, score) for i, others in candidates.items() for j, score in self._possible(i, others)]
        ends = np.array([pair[:2] for pair in pairs], np.int64).reshape(len(pairs), 2)
        gains = self.nearness.gains(ends[:, 0], ends[:, 1])
        found: dict[int, list[tuple[bool, float, int, float]]] = {i: [] for i in candidates}
        for (i, j, score), gain in zip(pairs, gains.tolist(), strict=True):
            found[i].append((not self.secures(i, j), -score * gain, j, gain))
        scores = {(i, j): score for i, j, score in pairs}
        return {
            i: [
                self._bridge(i, j, scores[i, j], gain, not left) for left, _, j, gain in sorted(ranked)[:most]
            ]
            for i, ranked in found.items()
        }

    def _possible(self, i: int, others: Iterable[tuple[int, float]]) -> list[tuple[int, float]]:
        partners = {i, *self.ties.neighbours(i).tolist()}
        return [(j, score) for j, score in others if score > 0 and j not in partners]

    def _bridge(self, i: int, j: int, score: float, gain: float, secures: bool) -> Bridge:
        label, size = self.parts.label, self.parts.size
        return Bridge(
            index=j,
            score=score,
            gain=gain,
            partner=self.nearness.partner_share(i, j),
            reached=0 if label[i] == label[j] else int(size[label[j]]),
            secures=secures,
            introducer=self.introducer(i, j),
        )

    def secures(self, i: int, j: int) -> bool:
        """Whether somebody alone could cut the actor off, and nobody could with the link."""
        if i not in self.holders:
            return False
        label, size = self.parts.label, self.parts.size
        apart = label[i] != label[j]
        if self.degree[j] >= HELD_SIZE:  # its partners and it are more than a small side: it alone could hold
            return j not in self.holders[i] and (not apart or int(size[label[i]]) > HELD_SIZE)
        whole = int(size[label[i]]) + (int(size[label[j]]) if apart else 0)
        return not is_held(self.ties, i, HELD_SIZE, whole, (i, j))

    def introducer(self, i: int, j: int) -> Introducer | None:
        """Who can introduce i to j, on the best ground there is."""
        around = [k for k in self.ties.neighbours(j).tolist() if k != i]
        for by, knows in (
            (Acquaintance.SHARED_TIE, set(self.ties.neighbours(i).tolist()).__contains__),
            (Acquaintance.SHARED_RELATION, self._acquaintances(i).__contains__),
            (Acquaintance.WEAVER, self._weaves),
        ):
            if able := [k for k in around if knows(k)]:
                return Introducer(self._best_placed(able), by)
        return Introducer(self._best_placed(around), Acquaintance.BROKER) if around else None

    def _best_placed(self, some: list[int]) -> int:
        return min(some, key=lambda k: (-self.between[k], -self.degree[k], k))

    def _acquaintances(self, i: int) -> set[int]:
        rows = self.snapshot.relations_of(i)
        rows = rows[self.known[rows]]
        relations = self.snapshot.relations
        return set(relations.a[rows].tolist()) | set(relations.b[rows].tolist())

    def _weaves(self, k: int) -> bool:
        if k not in self._weavers:
            self._weavers[k] = any(
                role.role in _WEAVERS
                and (role.start is None or role.start.first_day <= self.today)
                and (role.end is None or role.end.last_day >= self.today)
                for role in self.snapshot.actor(k).roles
            )
        return self._weavers[k]
