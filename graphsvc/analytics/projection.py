"""The other classes of relation, apart from ties: who pays whom, who belongs to what, who met whom."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.domain.links import LinkClass, State
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, I64
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
    relations = snapshot.relations
    live = live_rows(relations, day.toordinal())
    fresh = live_rows(relations, day.toordinal(), stale_after_years)
    kept = usable_rows(snapshot, classes)
    chosen = np.flatnonzero(kept) if rows is None else np.unique(rows[kept[rows]])
    groups: dict[tuple[int, int, int], list[int]] = {}
    low, high = (
        np.minimum(relations.a[chosen], relations.b[chosen]),
        np.maximum(relations.a[chosen], relations.b[chosen]),
    )
    keys = zip(relations.link_class[chosen].tolist(), low.tolist(), high.tolist(), strict=True)
    for row, key in zip(chosen.tolist(), keys, strict=True):
        groups.setdefault(key, []).append(row)
    return [
        Edge(
            a,
            b,
            _ORDER[c],
            float(relations.weight[rows_of].sum()),
            bool(live[rows_of].any()),
            bool(fresh[rows_of].any()),
            tuple(rows_of),
        )
        for (c, a, b), rows_of in sorted(groups.items())
    ]


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


def degree_by_class(snapshot: Snapshot, day: date) -> dict[LinkClass, I64]:
    """Number of partners of each actor in each class, live at the day."""
    return {
        link_class: np.bincount(pairs.ravel(), minlength=snapshot.n).astype(np.int64)
        for link_class, pairs in live_pairs(snapshot, day).items()
    }
