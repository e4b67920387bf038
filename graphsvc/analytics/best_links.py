"""Which few links would do the network most good together?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.analytics.bridges import Introducer, Weaving
from graphsvc.analytics.components import Components
from graphsvc.analytics.dependency import dependency
from graphsvc.analytics.isolation import DETACHED_SIZE
from graphsvc.analytics.structure import counted_actors, reachable_share, with_links
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64, I32, I64, Ties

Pair = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Objective:
    """What a set of links is worth, in actors.

    `joined`: each isolated or detached actor (in a group of at most four apart) counts the score of the best
    link of the set that leaves its group. `reach`: each of them counts the others it can newly reach, in
    units of the largest group and at most 1: one that comes to the largest group counts 1. `secured`:
    each actor that one departure would cut off counts the score of the best link of the set that would hold
    it.
    """

    joined: float = 1.0
    reach: float = 0.3
    secured: float = 0.5


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the set, in the order it was chosen.

    `gain` is what it adds to those before it, of which `joined`, `reach` and `secured` (weighted, they sum to
    it). After it: `actors_joined` in all, the share of pairs that can join each other, and the worst share
    that hangs on one actor.
    """

    a: int
    b: int
    score: float
    gain: float
    joined: float
    reach: float
    secured: float
    actors_joined: int
    reachable_pairs_share: float
    dependency: float
    introducer: Introducer | None


@dataclass(frozen=True, slots=True)
class BestLinks:
    """The set, what was there `before` it, and how many links one actor may take (`limit`)."""

    steps: tuple[Step, ...]
    apart: int
    reachable_pairs_share: float
    dependency: float
    limit: int

    @property
    def value(self) -> float:
        """What the set is worth."""
        return sum(step.gain for step in self.steps)


def best_links(
    snapshot: Snapshot,
    today: date,
    candidates: Sequence[Pair],
    budget: int,
    *,
    objective: Objective | None = None,
    limit: int | None = None,
    concerned: Iterable[int] | None = None,
    weaving: Weaving | None = None,
) -> BestLinks:
    """At most `budget` links among `candidates` (actor, actor, score in [0, 1]), each the one that adds most.

    Greedy: for the parts that only cover (joined, secured), the answer is within 1 - 1/e of the best there is
    (Nemhauser, Wolsey, Fisher, Math. Programming 14, 1978). The reach of a set is not of that kind (a link
    may open the way for the next), so that no gain is taken as a bound for later ones: each step weighs
    every link again, in one operation over all of them, which is cheaper than the queue of a lazy greedy and
    right for the three parts. Equal gains: the better score, then the first pair.

    `limit` (default: a quarter of the budget, at least one) is how many links of the set one actor may take:
    a set that hangs on one hub would only move the risk. `concerned`: the actors whose being joined counts
    (those of the work list, say); by default all that figures count.

    Example, a and b alone, triangle c-d-e and candidates a-c, a-d, b-c with score 1: a-c, then b-c if the
    limit is two, else nothing more for b.
    """
    limit = max(1, -(-budget // 4)) if limit is None else limit
    weaving = weaving or Weaving(snapshot, today)
    pool = _Pool(snapshot, today, weaving, candidates, objective or Objective(), concerned)
    start = weaving.ties
    before = (reachable_share(start, pool.counted), float(dependency(start).max(initial=0.0)))
    steps: list[Step] = []
    chosen: list[tuple[int, int]] = []
    while len(steps) < budget and (found := pool.best(limit)) is not None:
        at, gain, parts = found
        chosen.append((int(pool.a[at]), int(pool.b[at])))
        pool.take(at)
        now = with_links(start, chosen)
        steps.append(
            Step(
                a=chosen[-1][0],
                b=chosen[-1][1],
                score=float(pool.score[at]),
                gain=gain,
                joined=parts[0],
                reach=parts[1],
                secured=parts[2],
                actors_joined=pool.actors_joined(),
                reachable_pairs_share=reachable_share(now, pool.counted),
                dependency=float(dependency(now).max(initial=0.0)),
                introducer=weaving.introducer(*chosen[-1]),
            )
        )
    return BestLinks(tuple(steps), pool.apart, *before, limit)


def apart_groups(parts: Components, counted: B1) -> B1:
    """Of each component, whether it is an isolated actor or a small group beside a larger one."""
    people = np.bincount(parts.label[counted], minlength=len(parts.size))
    largest = int(people.max(initial=0))
    small: B1 = (people > 0) & (people <= DETACHED_SIZE) & ((people < largest) | (people == 1))
    return small


class _Pool:
    """The candidates and what the links taken so far already bring."""

    def __init__(
        self,
        snapshot: Snapshot,
        today: date,
        weaving: Weaving,
        candidates: Sequence[Pair],
        worth: Objective,
        concerned: Iterable[int] | None,
    ) -> None:
        pairs = _distinct(weaving.ties, candidates)
        self.a: I64 = np.array([p[0] for p in pairs], np.int64)
        self.b: I64 = np.array([p[1] for p in pairs], np.int64)
        self.score: F64 = np.array([p[2] for p in pairs], np.float64)
        self.worth = worth
        ties, parts = weaving.ties, weaving.parts
        self.counted: B1 = counted_actors(snapshot, today, ties)
        self.label: I32 = parts.label
        self.people: F64 = np.bincount(parts.label[self.counted], minlength=len(parts.size)).astype(float)
        self.largest = max(1.0, float(self.people.max(initial=0)))
        self.small = apart_groups(parts, self.counted)
        own = self.counted.copy() if concerned is None else np.zeros(len(self.counted), np.bool_)
        own[list(concerned or ())] = True
        self.own: F64 = np.bincount(parts.label[own & self.counted], minlength=len(parts.size)).astype(float)
        self.own[~self.small] = 0.0
        self.apart = int(self.own.sum())
        self.joined: F64 = np.zeros(len(parts.size))  # best score that leaves each group
        self.secured: F64 = np.zeros(len(ties.ptr) - 1)
        self.holds: tuple[B1, B1] = (
            np.array([weaving.secures(int(i), int(j)) for i, j in zip(self.a, self.b, strict=True)], bool),
            np.array([weaving.secures(int(j), int(i)) for i, j in zip(self.a, self.b, strict=True)], bool),
        )
        self.root: I64 = np.arange(len(parts.size))  # which whole each group now belongs to
        self.whole: F64 = self.people.copy()
        self.grown: B1 = np.zeros(len(parts.size), np.bool_)
        self.taken = np.zeros(len(ties.ptr) - 1, np.int64)
        self.left: B1 = np.ones(len(pairs), np.bool_)

    def best(self, limit: int) -> tuple[int, float, tuple[float, float, float]] | None:
        """Position, gain and its three parts of the link that adds most; None when none adds anything."""
        free = self.left & (self.taken[self.a] < limit) & (self.taken[self.b] < limit)
        if not free.any():
            return None
        joined, reach, secured = self._joined(), self._reach(), self._secured()
        gain = np.where(free, joined + reach + secured, -1.0)
        at = int(np.lexsort((self.b, self.a, -self.score, -gain))[0])
        if gain[at] <= 0:
            return None
        return at, float(gain[at]), (float(joined[at]), float(reach[at]), float(secured[at]))

    def take(self, at: int) -> None:
        """Add this link to the set."""
        a, b, score = int(self.a[at]), int(self.b[at]), float(self.score[at])
        one, other = self.label[a], self.label[b]
        if one != other:
            self.joined[one] = max(self.joined[one], score)
            self.joined[other] = max(self.joined[other], score)
        for end, held in ((a, self.holds[0][at]), (b, self.holds[1][at])):
            if held:
                self.secured[end] = max(self.secured[end], score)
        self._unite(int(self.root[one]), int(self.root[other]))
        self.taken[[a, b]] += 1
        self.left[at] = False

    def actors_joined(self) -> int:
        """Actors that were apart and whose group one of the links leaves."""
        return int(self.own[self.joined > 0].sum())

    def _joined(self) -> F64:
        ends = (self.label[self.a], self.label[self.b])
        outside = ends[0] != ends[1]
        gain = np.zeros(len(self.a))
        for end in ends:
            more = np.maximum(self.score - self.joined[end], 0.0) * self.own[end]
            gain += np.where(outside, more, 0.0)
        return self.worth.joined * gain

    def _reach(self) -> F64:
        one, other = self.root[self.label[self.a]], self.root[self.label[self.b]]
        found = self._nearer(one, self.whole[other]) + self._nearer(other, self.whole[one])
        return np.where(one != other, self.worth.reach * found, 0.0)

    def _nearer(self, whole: I64, more: F64) -> F64:
        """What the concerned actors of each whole gain when so many more can be reached."""
        found: F64 = self.own[whole] * np.minimum(1.0, more / self.largest)
        grown = np.flatnonzero(self.grown[whole])  # made of several groups: each already reaches others
        if len(grown):
            most = len(self.counted) + 1
            cases, of = np.unique(whole[grown] * most + more[grown].astype(np.int64), return_inverse=True)
            found[grown] = np.array([self._grown(*divmod(int(case), most)) for case in cases])[of]
        return found

    def _grown(self, whole: int, more: int) -> float:
        groups = np.flatnonzero((self.root == whole) & (self.own > 0))
        already = self.whole[whole] - self.people[groups]
        now = np.minimum(1.0, (already + more) / self.largest) - np.minimum(1.0, already / self.largest)
        return float((self.own[groups] * now).sum())

    def _secured(self) -> F64:
        gain = np.zeros(len(self.a))
        for ends, held in ((self.a, self.holds[0]), (self.b, self.holds[1])):
            gain += np.where(held, np.maximum(self.score - self.secured[ends], 0.0), 0.0)
        return self.worth.secured * gain

    def _unite(self, one: int, other: int) -> None:
        if one != other:
            self.whole[one] += self.whole[other]
            self.root[self.root == other] = one
            self.grown[one] = True


def _distinct(ties: Ties, candidates: Sequence[Pair]) -> list[Pair]:
    """Each pair once, from the actor it was found for, with its best score; no tie, no self-link, no zero."""
    best: dict[tuple[int, int], Pair] = {}
    for i, j, score in candidates:
        pair = (min(i, j), max(i, j))
        if i != j and score > 0 and (pair not in best or score > best[pair][2]):
            best[pair] = (i, j, score)
    return [found for (i, j), found in sorted(best.items()) if j not in set(ties.neighbours(i).tolist())]
