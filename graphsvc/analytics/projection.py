"""The other classes of relation, apart from ties: who pays whom, who belongs to what, who met whom."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.domain.links import LinkClass, State
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, I64
from graphsvc.snapshot.ties import live_rows


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
) -> list[Edge]:
    """One edge per pair and class, ordered by (class, a, b).

    Planned and attempted rows are there with `live=False`; retracted ones are not.
    """
    relations = snapshot.relations
    live = live_rows(relations, day.toordinal())
    fresh = live_rows(relations, day.toordinal(), stale_after_years)
    order = list(LinkClass)
    wanted = [k for k, c in enumerate(order) if c in classes]
    groups: dict[tuple[int, int, int], list[int]] = {}
    for row in np.flatnonzero(np.isin(relations.link_class, wanted) & ~_retracted(snapshot)).tolist():
        a, b = int(relations.a[row]), int(relations.b[row])
        groups.setdefault((int(relations.link_class[row]), min(a, b), max(a, b)), []).append(row)
    return [
        Edge(
            a,
            b,
            order[c],
            float(relations.weight[rows].sum()),
            bool(live[rows].any()),
            bool(fresh[rows].any()),
            tuple(rows),
        )
        for (c, a, b), rows in sorted(groups.items())
    ]


def degree_by_class(snapshot: Snapshot, day: date) -> dict[LinkClass, I64]:
    """Number of partners of each actor in each class, live at the day."""
    counts = {c: np.zeros(snapshot.n, np.int64) for c in LinkClass}
    for edge in class_edges(snapshot, day):
        if edge.live:
            counts[edge.link_class][[edge.a, edge.b]] += 1
    return counts


def _retracted(snapshot: Snapshot) -> B1:
    found: B1 = snapshot.relations.state == list(State).index(State.RETRACTED)
    return found
