"""The actors and relations that the filters of a map let through, as arrays: they may be many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from graphsvc.analytics.projection import EdgeColumns, edge_columns
from graphsvc.domain.actors import ActorKind
from graphsvc.domain.links import LinkClass
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, DAY_MAX, DAY_MIN, I8, I64
from web.maps.about import acting_in, on_theme, seated_in
from web.maps.wanted import DEFAULT_CLASSES, MapFilter, read_filter

__all__ = ["DEFAULT_CLASSES", "MapFilter", "Shown", "choose", "read_filter"]
STALE_YEARS = 10
_KINDS = list(ActorKind)
_COOPERATION = list(LinkClass).index(LinkClass.COOPERATION)


@dataclass(frozen=True)
class Shown:
    """What passes. `context`: neighbours that the filters alone would hide.

    `changes`, when two years are compared: for each edge 0 = in both, 1 = appeared, -1 = ended.
    """

    members: I64
    context: frozenset[int]
    edges: EdgeColumns
    degree: I64
    changes: I8 | None = None

    @cached_property
    def nodes(self) -> tuple[int, ...]:
        """The actors, in index order."""
        return tuple(self.members.tolist())

    @cached_property
    def ties(self) -> Mapping[int, int]:
        """Live ties of each actor shown."""
        return dict(zip(self.nodes, self.degree[self.members].tolist(), strict=True))

    @cached_property
    def around(self) -> Mapping[int, Sequence[int]]:
        """Whom a line of the map joins each actor to, in index order; those that have a neighbour only."""
        a, b = self.edges.a.astype(np.int64), self.edges.b.astype(np.int64)
        size = len(self.degree)
        key = np.unique(np.r_[a * size + b, b * size + a])
        source, target = np.divmod(key, max(1, size))
        first = np.flatnonzero(np.r_[True, source[1:] != source[:-1]][: len(source)])
        lists = np.split(target, first[1:])
        return {int(source[k]): one.tolist() for k, one in zip(first.tolist(), lists, strict=False)}

    @cached_property
    def partner_counts(self) -> I64:
        """How many actors a cooperation of this map joins each actor to."""
        pairs = self.edges.link_class == _COOPERATION
        ends = np.r_[self.edges.a[pairs], self.edges.b[pairs]]
        return np.bincount(ends, minlength=len(self.degree)).astype(np.int64)

    @cached_property
    def partners(self) -> Mapping[int, frozenset[int]]:
        """Whom a cooperation on this map joins each actor to."""
        found: dict[int, set[int]] = {}
        for k in np.flatnonzero(self.edges.link_class == _COOPERATION).tolist():
            a, b = int(self.edges.a[k]), int(self.edges.b[k])
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
        return {i: frozenset(others) for i, others in found.items()}


@lru_cache(maxsize=32)
def choose(snapshot: Snapshot, wanted: MapFilter, today: date) -> Shown:
    """The actors and relations to show, actors in index order."""
    edges, changes = _edges(snapshot, wanted, today)
    n = snapshot.n
    related = np.zeros(n, np.bool_)
    related[edges.a] = related[edges.b] = True
    chosen = _actors(snapshot, wanted, related, today)
    context = np.zeros(n, np.bool_)
    if wanted.theme is not None or wanted.seat is not None or wanted.territory is not None:
        context[edges.b[chosen[edges.a]]] = True
        context[edges.a[chosen[edges.b]]] = True
        context &= ~chosen & _of_kinds(snapshot, wanted)
    if wanted.centre is not None:
        near = _near(n, wanted.centre, edges, wanted.steps)
        chosen &= near
        chosen[wanted.centre] = True
        context &= near & ~chosen
    for pair in wanted.imagined:
        context[list(pair)] |= ~chosen[list(pair)]
    visible = chosen | context
    kept = visible[edges.a] & visible[edges.b] & (chosen[edges.a] | chosen[edges.b])
    return Shown(
        np.flatnonzero(visible).astype(np.int64),
        frozenset(np.flatnonzero(context).tolist()),
        edges.where(kept),
        snapshot.ties(today).degree,
        None if changes is None else changes[kept],
    )


def _edges(snapshot: Snapshot, wanted: MapFilter, today: date) -> tuple[EdgeColumns, I8 | None]:
    day = today if wanted.year is None else _day_in(wanted.year, today)
    edges = edge_columns(snapshot, day, classes=wanted.classes, stale_after_years=STALE_YEARS)
    if wanted.compared is not None:
        before = _live_in(snapshot, edges, wanted.compared)
        after = edges.live if wanted.year is None else _live_in(snapshot, edges, wanted.year)
        kept = before | after
        changes = after[kept].astype(np.int8) - before[kept].astype(np.int8)
        if wanted.year is not None and wanted.year < wanted.compared:
            changes = -changes  # time goes one way, whichever year was typed first
        return edges.where(kept), changes
    if wanted.year is not None:
        kept = _live_in(snapshot, edges, wanted.year)
    else:
        kept = np.ones(len(edges), np.bool_) if wanted.past else edges.live
    return edges.where(kept & edges.fresh if wanted.fresh else kept), None


def _actors(snapshot: Snapshot, wanted: MapFilter, related: B1, today: date) -> B1:
    actors = snapshot.actors
    ordinal = (today if wanted.year is None else _day_in(wanted.year, today)).toordinal()
    exists = (actors.founded <= ordinal) & (ordinal <= actors.ended)
    found = related | ((actors.engaged | wanted.unknown) & exists)
    found &= _of_kinds(snapshot, wanted)
    if wanted.seat is not None:
        found &= seated_in(snapshot, wanted.seat)
    if wanted.theme is not None:
        found &= on_theme(snapshot, wanted.theme)
    if wanted.territory is not None:
        found &= acting_in(snapshot, wanted.territory)
    return found


def _of_kinds(snapshot: Snapshot, wanted: MapFilter) -> B1:
    if not wanted.kinds:
        return np.ones(snapshot.n, np.bool_)
    return np.isin(snapshot.actors.kind, [_KINDS.index(kind) for kind in wanted.kinds])


def _live_in(snapshot: Snapshot, edges: EdgeColumns, year: int) -> B1:
    """Which edges have a row that was live at some time in a year."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    relations, rows = snapshot.relations, edges.rows
    begins = np.maximum(np.maximum(relations.first[rows], DAY_MIN), first)
    live = begins <= np.minimum(np.minimum(relations.last[rows], DAY_MAX), last)
    found: B1 = np.logical_or.reduceat(live, edges.ptr[:-1]) if len(edges) else live
    return found


def _near(n: int, centre: int, edges: EdgeColumns, steps: int) -> B1:
    reached = np.zeros(n, np.bool_)
    reached[centre] = True
    for _ in range(steps):
        from_a, from_b = reached[edges.a], reached[edges.b]
        reached[edges.b[from_a]] = True
        reached[edges.a[from_b]] = True
    return reached


def _day_in(year: int, today: date) -> date:
    return today if year == today.year else date(year, 12, 31)
