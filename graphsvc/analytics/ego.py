"""The surroundings of an actor: who is within a few steps, by which relations."""

from collections import deque
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.analytics.projection import Edge, class_edges, usable_rows
from graphsvc.domain.links import LinkClass
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.ties import live_rows

_CONTACT = list(LinkClass).index(LinkClass.CONTACT)


@dataclass(frozen=True, slots=True)
class Ego:
    """`nodes` (centre first, then by distance and index), their `distance`, and the `edges` among them."""

    centre: int
    nodes: tuple[int, ...]
    distance: dict[int, int]
    edges: tuple[Edge, ...]


def ego_network(
    snapshot: Snapshot,
    centre: int,
    day: date,
    *,
    steps: int = 1,
    classes: frozenset[LinkClass] = frozenset(LinkClass),
    live_only: bool = False,
    limit: int = 400,
) -> Ego:
    """Actors within `steps` (1 to 3) relations of any asked class, at most `limit` of them, nearest first.

    Contacts are shown but never walked through: having met the same consultant is not being near.
    """
    if not 1 <= steps <= 3:
        raise ValueError(steps)
    relations = snapshot.relations
    walked = usable_rows(snapshot, classes)
    if live_only:
        walked = walked & live_rows(relations, day.toordinal())
    through = walked & (relations.link_class != _CONTACT)
    distance = {centre: 0}
    waiting = deque([centre])
    while waiting:
        i = waiting.popleft()
        if distance[i] == steps:
            continue
        rows = snapshot.relations_of(i)
        rows = rows[walked[rows] if i == centre else through[rows]]
        for j in np.unique(np.where(relations.a[rows] == i, relations.b[rows], relations.a[rows])).tolist():
            if j not in distance and len(distance) < limit:
                distance[j] = distance[i] + 1
                waiting.append(j)
    nodes = tuple(sorted(distance, key=lambda i: (distance[i], i)))
    touched = np.concatenate([snapshot.relations_of(i) for i in nodes])
    inside = touched[np.isin(relations.a[touched], nodes) & np.isin(relations.b[touched], nodes)]
    edges = class_edges(snapshot, day, classes=classes, rows=inside)
    return Ego(centre, nodes, distance, tuple(e for e in edges if e.live or not live_only))
