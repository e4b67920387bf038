"""The data a browser draws: nodes and edges built with pyvis, and the discs, band and trays around them.

pyvis is used for its network model only: dictionaries are appended (its `add_edge` is quadratic), physics is
off, and no page of its own is ever generated.
"""

from datetime import date
from typing import Any

from pyvis.network import Network

from graphsvc.analytics.layout import BandGroup, Box, Layout
from graphsvc.analytics.projection import Edge
from graphsvc.snapshot import Snapshot
from web.labels import KIND_STYLE, label
from web.maps.chosen import Shown
from web.maps.edge_words import edge_text
from web.maps.words import frame_titles
from web.named import place_name
from web.shown import actor_path

LINE: dict[str, tuple[str, float, list[int] | bool]] = {
    # class -> colour, width, dashes: told apart without seeing colours
    "cooperation": ("#1f5f99", 2.0, False),
    "resource": ("#8a5a00", 1.6, [9, 5]),
    "structural": ("#5b6472", 1.2, [2, 4]),
    "contact": ("#868c96", 1.0, [1, 6]),
}
_OVER, _UNDER, _AROUND = 50.0, 30.0, 24.0  # map units: the name of a country, the foot of its cell, the frame


def network_document(snapshot: Snapshot, layout: Layout, shown: Shown, today: date) -> dict[str, Any]:
    """Everything the drawing needs, in plain JSON. Nodes are named by actor id."""
    network = Network()
    network.toggle_physics(False)
    network.nodes.extend(_node(snapshot, layout, i, shown) for i in shown.nodes)
    network.edges.extend(_edge(snapshot, k, edge) for k, edge in enumerate(shown.edges))
    nodes, edges, *_ = network.get_network_data()
    visible = set(shown.nodes)
    return {
        "nodes": nodes,
        "edges": edges,
        "discs": [
            {"x": d.x, "y": d.y, "r": d.r} for d in layout.discs if sum(i in visible for i in d.members) > 1
        ],
        **frames(snapshot, layout, visible),
        "revision": snapshot.revision,
        "date": today.isoformat(),
    }


def frames(snapshot: Snapshot, layout: Layout, visible: set[int]) -> dict[str, Any]:
    """The band of partner territories with its countries, and the two trays, as far as anybody is in them."""
    titles = frame_titles()
    return {
        "band": _band(layout, visible, titles["partners"]),
        "countries": [
            {
                "name": country_name(snapshot, g.country),
                "x": c.x,
                "y": c.y,
                "width": c.width,
                "height": c.height,
            }
            for g in layout.band.groups
            if (c := _cell(layout, g, visible)) is not None
        ],
        "tray": _box(layout.tray, visible, titles["tray"]),
        "inventory": _box(layout.inventory, visible, titles["inventory"]),
    }


def _node(snapshot: Snapshot, layout: Layout, i: int, shown: Shown) -> dict[str, Any]:
    actor = snapshot.actor(i)
    style = KIND_STYLE[actor.kind.value]
    partners = len(shown.partners.get(i, ()))
    return {
        "id": actor.id,
        "x": float(layout.x[i]),
        "y": float(layout.y[i]),
        "name": actor.name,
        "short": _short(actor.acronym if actor.acronym and len(actor.name) > 30 else actor.name),
        "kind": actor.kind.value,
        "kind_label": label("actor_kind", actor.kind.value),
        "shape": style.shape,
        "color": style.colour,
        "size": round(7 + 3.4 * min(partners, 40) ** 0.5, 1),
        "partners": partners,
        "context": i in shown.context,
        "ended": actor.ended is not None,
        "url": actor_path(actor.id),
    }


def _edge(snapshot: Snapshot, number: int, edge: Edge) -> dict[str, Any]:
    colour, width, dashes = LINE[edge.link_class.value]
    return {
        "id": number,
        "from": snapshot.ids[edge.a],
        "to": snapshot.ids[edge.b],
        "class": edge.link_class.value,
        "color": colour,
        "width": width,
        "dashes": dashes,
        "live": edge.live,
        "fresh": edge.fresh,
        "text": edge_text(snapshot, edge),
    }


def _cell(layout: Layout, group: BandGroup, visible: set[int]) -> Box | None:
    """The cell of a country, as high as what is shown of it; None when nothing is."""
    shown = tuple(i for i in group.members if i in visible)
    if not shown:
        return None
    top = float(min(layout.y[i] for i in shown)) - _OVER
    bottom = float(max(layout.y[i] for i in shown)) + _UNDER
    return Box(group.x, top, group.width, bottom - top, shown)


def _band(layout: Layout, visible: set[int], title: str) -> dict[str, Any] | None:
    """The frame of the partner territories: the whole band, or around the cells that a filter leaves."""
    whole = layout.band.box
    if all(i in visible for i in whole.members):
        return _box(whole, visible, title)
    cells = [c for g in layout.band.groups if (c := _cell(layout, g, visible)) is not None]
    if not cells:
        return None
    left, top = min(c.x for c in cells) - _AROUND, min(c.y for c in cells) - _AROUND
    right, bottom = max(c.x + c.width for c in cells), max(c.y + c.height for c in cells)
    members = tuple(i for c in cells for i in c.members)
    return _box(Box(left, top, right + 5 * _AROUND - left, bottom + _AROUND - top, members), visible, title)


def _box(box: Box, visible: set[int], title: str) -> dict[str, Any] | None:
    count = sum(i in visible for i in box.members)
    if not count:
        return None
    return {**_frame(box), "title": title, "count": count}


def _frame(box: Box) -> dict[str, float]:
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}


def country_name(snapshot: Snapshot, code: str) -> str:
    """The name of a country of the band, its code when no place has it."""
    place = snapshot.place_index(code)
    return place_name(snapshot.place(place)) if place is not None else code


def _short(name: str) -> str:
    return name if len(name) <= 34 else name[:33].rstrip() + "…"
