"""The surroundings of an actor: who is within a few steps, by which relations."""

from collections import deque
from dataclasses import dataclass
from datetime import date

from graphsvc.analytics.projection import Edge, class_edges
from graphsvc.domain.links import LinkClass
from graphsvc.snapshot import Snapshot


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
    edges = [e for e in class_edges(snapshot, day, classes=classes) if e.live or not live_only]
    around: dict[int, set[int]] = {}
    contacts: dict[int, set[int]] = {}
    for edge in edges:
        target = contacts if edge.link_class is LinkClass.CONTACT else around
        target.setdefault(edge.a, set()).add(edge.b)
        target.setdefault(edge.b, set()).add(edge.a)
    distance = {centre: 0}
    waiting = deque([centre])
    while waiting:
        i = waiting.popleft()
        if distance[i] == steps:
            continue
        reached = around.get(i, set()) | (contacts.get(i, set()) if i == centre else set())
        for j in sorted(reached):
            if j not in distance and len(distance) < limit:
                distance[j] = distance[i] + 1
                waiting.append(j)
    nodes = tuple(sorted(distance, key=lambda i: (distance[i], i)))
    inside = tuple(e for e in edges if e.a in distance and e.b in distance)
    return Ego(centre, nodes, distance, inside)
