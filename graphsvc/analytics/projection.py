"""The other classes of relation, apart from ties: who pays whom, who belongs to what, who met whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

import numpy as np

from graphsvc.domain.links import LinkClass, State
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F32, I8, I32, I64
from graphsvc.snapshot.ties import live_rows

_ORDER = list(LinkClass)
_RETRACTED = list(State).index(State.RETRACTED)


@dataclass(frozen=True, slots=True)
class Edge:
    """A pair of actors joined in one class of relation; `rows` are the relation rows behind it.

    `live` = at least one row is live at the day asked; `fresh` = at least one live row is vouched for.
    """

    a: int
    b: int
    link_class: LinkClass
    weight: float
    live: bool
    fresh: bool
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EdgeColumns(Sequence[Edge]):
    """Edges as arrays of one length, ordered by (class, a, b); each is made into an `Edge` when asked for.

    `link_class`: position in `list(LinkClass)`; `rows[ptr[k]:ptr[k + 1]]`: the relation rows of edge k.
    """

    a: I32
    b: I32
    link_class: I8
    weight: F32
    live: B1
    fresh: B1
    ptr: I64
    rows: I64

    def __len__(self) -> int:
        return len(self.a)

    @overload
    def __getitem__(self, k: int) -> Edge: ...
    @overload
    def __getitem__(self, k: slice) -> list[Edge]: ...
    def __getitem__(self, k: int | slice) -> Edge | list[Edge]:
        if isinstance(k, slice):
            return [self[at] for at in range(*k.indices(len(self)))]
        at = k if k >= 0 else k + len(self)
        if not 0 <= at < len(self):
            raise IndexError(k)
        return Edge(
            int(self.a[at]),
            int(self.b[at]),
            _ORDER[self.link_class[at]],
            float(self.weight[at]),
            bool(self.live[at]),
            bool(self.fresh[at]),
            tuple(self.rows[self.ptr[at] : self.ptr[at + 1]].tolist()),
        )

    def where(self, kept: B1) -> "EdgeColumns":
        """The edges of this mask."""
        count = np.diff(self.ptr)
        return EdgeColumns(
            self.a[kept],
            self.b[kept],
            self.link_class[kept],
            self.weight[kept],
            self.live[kept],
            self.fresh[kept],
            np.r_[0, np.cumsum(count[kept])].astype(np.int64),
            self.rows[np.repeat(kept, count)],
        )


def class_edges(
    snapshot: Snapshot,
    day: date,
    *,
    classes: frozenset[LinkClass] = frozenset(LinkClass),
    stale_after_years: int = 10,
    rows: I64 | None = None,
) -> list[Edge]:
    """One edge per pair and class, ordered by (class, a, b), of all relation rows or of these `rows`.

    Planned and attempted rows are there with `live=False`; retracted ones are not.
    """
    found = edge_columns(snapshot, day, classes=classes, stale_after_years=stale_after_years, rows=rows)
    return list(found)


def edge_columns(
    snapshot: Snapshot,
    day: date,
    *,
    classes: frozenset[LinkClass] = frozenset(LinkClass),
    stale_after_years: int = 10,
    rows: I64 | None = None,
) -> EdgeColumns:
    """The same as `class_edges`, in arrays: no object an edge."""
    relations = snapshot.relations
    kept = usable_rows(snapshot, classes)
    chosen = np.flatnonzero(kept) if rows is None else np.unique(rows[kept[rows]])
    one, other = relations.a[chosen].astype(np.int64), relations.b[chosen].astype(np.int64)
    n = max(1, snapshot.n)
    key = (relations.link_class[chosen].astype(np.int64) * n + np.minimum(one, other)) * n + np.maximum(
        one, other
    )
    order = np.argsort(key, kind="stable")
    key, chosen = key[order], chosen[order].astype(np.int64)
    first = np.flatnonzero(np.r_[True, key[1:] != key[:-1]][: len(key)])
    pair, high = np.divmod(key[first], n)
    link_class, low = np.divmod(pair, n)

    def any_of(mask: B1) -> B1:
        return np.logical_or.reduceat(mask[chosen], first) if len(first) else np.zeros(0, np.bool_)

    weight = relations.weight[chosen]
    return EdgeColumns(
        low.astype(np.int32),
        high.astype(np.int32),
        link_class.astype(np.int8),
        np.add.reduceat(weight, first) if len(first) else weight,
        any_of(live_rows(relations, day.toordinal())),
        any_of(live_rows(relations, day.toordinal(), stale_after_years)),
        np.r_[first, len(key)].astype(np.int64),
        chosen,
    )


def usable_rows(snapshot: Snapshot, classes: frozenset[LinkClass] = frozenset(LinkClass)) -> B1:
    """Relation rows of these classes that were not retracted."""
    relations = snapshot.relations
    wanted = [k for k, c in enumerate(_ORDER) if c in classes]
    found: B1 = np.isin(relations.link_class, wanted) & (relations.state != _RETRACTED)
    return found


def live_pairs(
    snapshot: Snapshot, day: date, *, stale_after_years: int | None = None
) -> dict[LinkClass, I64]:
    """The pairs of actors (a < b, shape pairs x 2, sorted) that are joined in each class at a day."""
    relations = snapshot.relations
    live = live_rows(relations, day.toordinal(), stale_after_years)
    pairs: dict[LinkClass, I64] = {}
    for k, link_class in enumerate(_ORDER):
        rows = live & (relations.link_class == k)
        one, other = relations.a[rows].astype(np.int64), relations.b[rows].astype(np.int64)
        keys = np.unique(np.minimum(one, other) * snapshot.n + np.maximum(one, other))
        pairs[link_class] = np.column_stack(np.divmod(keys, max(1, snapshot.n)))
    return pairs
