"""The directory: actors that pass every filter, and for each filter how many actors each choice would give.

The counts of a filter ignore that filter's own choices (and keep all others), so that a second choice can be
seen before it is made. Choosing a theme or a place includes everything below it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.domain.actors import ActorKind, ActorRole
from graphsvc.search.kept import kept_with_snapshot
from graphsvc.search.names import prepare
from graphsvc.search.ranking import search
from graphsvc.search.resolving import find_place, find_theme
from graphsvc.snapshot.columns import B1, I32, I64, Perimeter
from graphsvc.snapshot.snapshot import Snapshot

_KINDS, _ROLES = list(ActorKind), list(ActorRole)
Count = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked of the directory. Several values of one field mean any of them; fields add up.

    `kinds`, `roles`: codes; `themes`: theme codes; `seats`, `territories` (of action): place codes, or their
    exact names; `perimeter`: names of Perimeter in small letters; `isolated`: True = no live tie, False =
    some.
    """

    text: str = ""
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    perimeter: tuple[str, ...] = ()
    isolated: bool | None = None
    engaged: bool | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The actors found, best first (by text) or in French alphabetical order, and the counts of each facet.

    Facets: `kind`, `theme`, `seat`, `territory`, `role`, `perimeter`, `isolated` (`isolated` / `tied`),
    `engaged` (`known` / `unknown`), each a list of (code, number of actors), most first; choices that would
    give nothing are left out.
    """

    indices: Sequence[int]
    facets: dict[str, list[Count]]

    @property
    def total(self) -> int:
        """Number of actors found."""
        return len(self.indices)


@dataclass(frozen=True, slots=True)
class _Closure:
    """Pairs (actor, topic): the topics of each actor and everything above them, each once."""

    actor: I64
    topic: I64

    def holding(self, n: int, chosen: Sequence[int]) -> B1:
        mask = np.zeros(n, np.bool_)
        mask[self.actor[np.isin(self.topic, chosen)]] = True
        return mask

    def counts(self, mask: B1, size: int) -> I64:
        return np.bincount(self.topic[mask[self.actor]], minlength=size).astype(np.int64)


def select(snapshot: Snapshot, wanted: Filter, today: date) -> Selection:
    """Filter, order and count.

    Raises UnknownRecord (or AmbiguousName) on a theme or place, ValueError or KeyError on other codes.
    """
    n = snapshot.n
    masks = _masks(snapshot, wanted, today)
    every = np.ones(n, np.bool_)
    ranked: list[int] | None = None
    if wanted.text.strip():
        ranked = [hit.index for hit in search(snapshot, wanted.text, limit=None)]
        every[:] = False
        every[ranked] = True
    passing = every.copy()
    for mask in masks.values():
        passing &= mask
    facets = {}
    for name, count in _COUNTERS.items():
        others = every.copy()
        for other, mask in masks.items():
            if other != name:
                others &= mask
        facets[name] = count(snapshot, others, today)
    return Selection(_ordered(snapshot, passing, ranked), facets)


def _ordered(snapshot: Snapshot, passing: B1, ranked: list[int] | None) -> list[int]:
    if ranked is not None:
        return [i for i in ranked if passing[i]]
    found = np.flatnonzero(passing)
    return [int(i) for i in found[np.argsort(prepare(snapshot).rank[found], kind="stable")]]


def _masks(snapshot: Snapshot, wanted: Filter, today: date) -> dict[str, B1]:
    """One mask for each filter in use."""
    n, actors = snapshot.n, snapshot.actors
    masks: dict[str, B1] = {}
    if wanted.kinds:
        masks["kind"] = np.isin(actors.kind, [_KINDS.index(ActorKind(k)) for k in wanted.kinds])
    if wanted.themes:
        masks["theme"] = _themes(snapshot).holding(n, [find_theme(snapshot, t) for t in wanted.themes])
    if wanted.seats:
        masks["seat"] = _seats(snapshot).holding(n, [find_place(snapshot, p) for p in wanted.seats])
    if wanted.territories:
        chosen = [find_place(snapshot, p) for p in wanted.territories]
        masks["territory"] = _territories(snapshot).holding(n, chosen)
    if wanted.roles:
        bits = sum({1 << _ROLES.index(ActorRole(r)) for r in wanted.roles})
        masks["role"] = (prepare(snapshot).roles & bits) != 0
    if wanted.perimeter:
        masks["perimeter"] = np.isin(actors.perimeter, [Perimeter[p.upper()] for p in wanted.perimeter])
    if wanted.isolated is not None:
        masks["isolated"] = (snapshot.ties(today).degree == 0) == wanted.isolated
    if wanted.engaged is not None:
        masks["engaged"] = actors.engaged == wanted.engaged
    return masks


@kept_with_snapshot
def _themes(snapshot: Snapshot) -> _Closure:
    return _closure(snapshot.actors.theme_ptr, snapshot.actors.theme_ids, snapshot.theme_ancestors)


@kept_with_snapshot
def _territories(snapshot: Snapshot) -> _Closure:
    return _closure(snapshot.actors.place_ptr, snapshot.actors.place_ids, snapshot.ancestors)


@kept_with_snapshot
def _seats(snapshot: Snapshot) -> _Closure:
    seated = snapshot.actors.seat >= 0
    ptr = np.concatenate([[0], np.cumsum(seated)]).astype(np.int64)
    return _closure(ptr, snapshot.actors.seat[seated], snapshot.ancestors)


def _closure(ptr: I64, ids: I32, ancestors: Callable[[int], tuple[int, ...]]) -> _Closure:
    above = {int(t): np.array(ancestors(int(t)), np.int64) for t in np.unique(ids)}
    owners = np.repeat(np.arange(len(ptr) - 1), np.diff(ptr))
    if not len(ids):
        return _Closure(np.zeros(0, np.int64), np.zeros(0, np.int64))
    topics = np.concatenate([above[int(t)] for t in ids])
    actors = np.repeat(owners, [len(above[int(t)]) for t in ids])
    pairs = np.unique(np.stack([actors, topics]), axis=1)
    return _Closure(pairs[0], pairs[1])


def _counted(codes: Sequence[str], counts: Sequence[int] | I64) -> list[Count]:
    some = np.flatnonzero(counts).tolist()  # few of many places: only their names are read
    found = [(codes[k], int(counts[k])) for k in some]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _count_kinds(snapshot: Snapshot, mask: B1, today: date) -> list[Count]:
    del today
    counts = np.bincount(snapshot.actors.kind[mask], minlength=len(_KINDS))
    return _counted([k.value for k in _KINDS], counts)


def _count_themes(snapshot: Snapshot, mask: B1, today: date) -> list[Count]:
    del today
    ids = snapshot.theme_ids
    return _counted(ids, _themes(snapshot).counts(mask, len(ids)))


def _count_seats(snapshot: Snapshot, mask: B1, today: date) -> list[Count]:
    del today
    ids = snapshot.place_ids
    return _counted(ids, _seats(snapshot).counts(mask, len(ids)))


def _count_territories(snapshot: Snapshot, mask: B1, today: date) -> list[Count]:
    del today
    ids = snapshot.place_ids
    return _counted(ids, _territories(snapshot).counts(mask, len(ids)))


def _count_roles(snapshot: Snapshot, mask: B1, today: date) -> list[Count]:
    del today
    roles = prepare(snapshot).roles[mask]
    return _counted([r.value for r in _ROLES], [int(((roles >> b) & 1).sum()) for b in range(len(_ROLES))])


def _count_perimeters(snapshot: Snapshot, mask: B1, today: date) -> list[Count]:
    del today
    counts = np.bincount(snapshot.actors.perimeter[mask], minlength=len(Perimeter))
    return _counted([p.name.lower() for p in Perimeter], counts)


def _count_isolated(snapshot: Snapshot, mask: B1, today: date) -> list[Count]:
    alone = snapshot.ties(today).degree[mask] == 0
    return _counted(["isolated", "tied"], [int(alone.sum()), int((~alone).sum())])


def _count_engaged(snapshot: Snapshot, mask: B1, today: date) -> list[Count]:
    del today
    engaged = snapshot.actors.engaged[mask]
    return _counted(["known", "unknown"], [int(engaged.sum()), int((~engaged).sum())])


_COUNTERS: dict[str, Callable[[Snapshot, B1, date], list[Count]]] = {
    "kind": _count_kinds,
    "theme": _count_themes,
    "seat": _count_seats,
    "territory": _count_territories,
    "role": _count_roles,
    "perimeter": _count_perimeters,
    "isolated": _count_isolated,
    "engaged": _count_engaged,
}
