"""The surroundings of an actor: data for a drawing, and a picture that needs no script.

The picture puts the actor in the middle and its neighbours in two columns, so that every name can be read.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphsvc.analytics.ego import ego_network
from graphsvc.domain.links import LinkClass
from graphsvc.snapshot import Snapshot
from web.labels import KIND_STYLE, label
from web.shown import actor_path

WIDTH, ROW, TOP = 1000, 30, 24
LEFT, RIGHT, MIDDLE = 350, 650, 500
MOST = 40
NAME_LENGTH = 33
_RANK = {c: rank for rank, c in enumerate(LinkClass)}


@dataclass(frozen=True, slots=True)
class Spot:
    """A neighbour in the picture: where it is, and how it is joined to the middle."""

    id: str
    name: str
    short: str
    kind: str
    x: int
    y: float
    link_class: str
    live: bool
    curve: str


@dataclass(frozen=True, slots=True)
class EgoPicture:
    """The picture: `hidden` neighbours did not fit; `classes` are those drawn, for the legend."""

    name: str
    kind: str
    width: int
    x: int
    height: float
    y: float
    spots: list[Spot]
    hidden: int
    classes: list[str]


def ego_picture(snapshot: Snapshot, i: int, today: date) -> EgoPicture | None:
    """The direct neighbours of an actor, None when it has none."""
    joined = _joined(snapshot, i, today)
    if not joined:
        return None
    order = sorted(joined, key=lambda j: (not joined[j][1], _RANK[joined[j][0]], snapshot.name(j)))
    shown = order[:MOST]
    rows = -(-len(shown) // 2)
    height = max(rows, 4) * ROW + 2 * TOP
    middle = height / 2
    spots = []
    for rank, j in enumerate(shown):
        column, row = (0, rank) if rank < rows else (1, rank - rows)
        in_column = rows if column == 0 else len(shown) - rows
        y = middle + (row - (in_column - 1) / 2) * ROW
        spots.append(_spot(snapshot, j, column, y, middle, joined[j]))
    classes = [c.value for c in LinkClass if any(joined[j][0] is c for j in shown)]
    actor = snapshot.actor(i)
    name = _short(actor.acronym or actor.name, 30)
    hidden = len(order) - len(shown)
    return EgoPicture(name, actor.kind.value, WIDTH, MIDDLE, height, middle, spots, hidden, classes)


def ego_data(snapshot: Snapshot, i: int, today: date, steps: int) -> dict[str, Any]:
    """Nodes and edges as a vis-network drawing takes them, with the codes and addresses behind."""
    ego = ego_network(snapshot, i, today, steps=steps)
    degree = snapshot.ties(today).degree
    nodes = []
    for j in ego.nodes:
        actor = snapshot.actor(j)
        style = KIND_STYLE[actor.kind.value]
        nodes.append(
            {
                "id": actor.id,
                "label": actor.acronym or actor.name,
                "name": actor.name,
                "kind": actor.kind.value,
                "kind_label": label("actor_kind", actor.kind.value),
                "color": style.colour,
                "shape": style.shape,
                "ties": int(degree[j]),
                "distance": ego.distance[j],
                "url": actor_path(actor.id),
            }
        )
    edges = [
        {
            "from": snapshot.ids[e.a],
            "to": snapshot.ids[e.b],
            "class": e.link_class.value,
            "live": bool(e.live),
        }
        for e in ego.edges
    ]
    return {"centre": snapshot.ids[i], "nodes": nodes, "edges": edges}


def _joined(snapshot: Snapshot, i: int, today: date) -> dict[int, tuple[LinkClass, bool]]:
    """Each direct neighbour with its strongest relation: live first, cooperation first."""
    found: dict[int, tuple[LinkClass, bool]] = {}
    for edge in ego_network(snapshot, i, today, steps=1).edges:
        if i not in (edge.a, edge.b):
            continue
        other = edge.b if edge.a == i else edge.a
        told = (edge.link_class, bool(edge.live))
        known = found.get(other)
        if known is None or (not told[1], _RANK[told[0]]) < (not known[1], _RANK[known[0]]):
            found[other] = told
    return found


def _spot(
    snapshot: Snapshot, j: int, column: int, y: float, middle: float, joined: tuple[LinkClass, bool]
) -> Spot:
    x = LEFT if column == 0 else RIGHT
    actor = snapshot.actor(j)
    bend = (x + MIDDLE) / 2
    curve = f"M{MIDDLE} {middle:g}C{bend:g} {middle:g} {bend:g} {y:g} {x} {y:g}"
    return Spot(
        actor.id, actor.name, _short(actor.name, NAME_LENGTH), actor.kind.value, x, y,
        joined[0].value, joined[1], curve,
    )  # fmt: skip


def _short(name: str, length: int) -> str:
    return name if len(name) <= length else name[: length - 1].rstrip() + "…"
