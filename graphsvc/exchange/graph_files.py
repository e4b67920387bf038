"""GEXF (with colours, sizes and positions, for Gephi) and GraphML (flat values, for everything else)."""

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx

from graphsvc.exchange.network import Look, actor_kind, edge_rows, node_rows, xml_row, xml_text
from graphsvc.exchange.write import replace_file
from graphsvc.snapshot.snapshot import Snapshot

_GREY = "#888888"


def write_gexf(snapshot: Snapshot, path: Path, labels: Mapping[str, str] | Look, *, today: date) -> None:
    """Write every actor and relation. Node size grows with the number of live ties at `today`."""
    look = labels if isinstance(labels, Look) else Look(labels)
    graph = _graph(snapshot, look, today)
    for i, id_ in enumerate(snapshot.ids):
        node = graph.nodes[xml_text(id_)]
        red, green, blue = _rgb(look.colours.get(actor_kind(snapshot, i), _GREY))
        node["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "size": 4.0 + 2.0 * float(node["ties"]) ** 0.5,
        }
        if id_ in look.positions:
            x, y = look.positions[id_]
            node["viz"]["position"] = {"x": float(x), "y": float(y), "z": 0.0}
    _write(nx.write_gexf, graph, path)


def write_graphml(snapshot: Snapshot, path: Path, labels: Mapping[str, str] | Look, *, today: date) -> None:
    """Write every actor and relation with flat attributes; several values are joined by `|`."""
    look = labels if isinstance(labels, Look) else Look(labels)
    graph = _graph(snapshot, look, today)
    for i, id_ in enumerate(snapshot.ids):
        node = graph.nodes[xml_text(id_)]
        node["colour"] = look.colours.get(actor_kind(snapshot, i), _GREY)
        if id_ in look.positions:
            node["x"], node["y"] = (float(v) for v in look.positions[id_])
    _write(nx.write_graphml_xml, graph, path)


def _write(writer: Callable[..., object], graph: "nx.MultiGraph[Any]", path: Path) -> None:
    buffer = io.BytesIO()
    writer(graph, buffer)
    replace_file(path, buffer.getvalue())


def _graph(snapshot: Snapshot, look: Look, today: date) -> "nx.MultiGraph[Any]":
    """An undirected multigraph; the giver of a directed relation is its `source` end."""
    graph: nx.MultiGraph[Any] = nx.MultiGraph()
    for id_, row in node_rows(snapshot, look, today):
        graph.add_node(xml_text(id_), **xml_row(row))
    for a, b, key, row in edge_rows(snapshot, look):
        graph.add_edge(xml_text(a), xml_text(b), key=key, giver=xml_text(a), **xml_row(row))
    return graph


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
