"""The real site over a made-up network, and raw pyvis on the same graph and positions, for one browser."""

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from benchmarks.network_scale import made_snapshot
from graphsvc.domain.links import LinkClass
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot import Columns, Snapshot
from graphsvc.snapshot.columns import RelationColumns
from graphsvc.snapshot.tables import MemoryTable
from graphsvc.stores.memory import MemoryStore
from people.database import open_private
from web.app import create_app
from web.config import Config
from web.maps.chosen import MapFilter, choose
from web.maps.drawing_library import library_path
from web.maps.kept_layout import map_layout
from web.services import Served, Services

TODAY = date(2026, 11, 2)
_RAW = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>pyvis</title>
<style>html, body { margin: 0 } #mynetwork { width: 1100px; height: 600px; float: left; }</style>
<script src="/bench/vis-network.js"></script></head><body><div id="mynetwork"></div>
<script src="/bench/raw.js"></script></body></html>"""
_DRAW = """fetch("/bench/raw.json").then((answer) => answer.json()).then((data) => {
  const nodes = new vis.DataSet(data.nodes), edges = new vis.DataSet(data.edges);
  const network = new vis.Network(document.getElementById("mynetwork"), { nodes, edges }, data.options);
  network.once("afterDrawing", () => document.dispatchEvent(new Event("map:sharp")));
});"""


@dataclass(frozen=True, slots=True)
class Ready:
    """A site with everything warm: `address` has no final slash; so many actors and relations are shown."""

    address: str
    actors: int
    relations: int


class _Fixed(Services):
    """Services over a snapshot that no store holds."""

    made: Snapshot

    def served(self, at_least: int = 0) -> Served:  # noqa: ARG002  nothing is ever written
        """Always the same."""
        return Served(self.made, True, datetime.now(UTC))


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: requests are measured in the browser."""


def network_of(actors: int, relations: int) -> Snapshot:
    """A made-up network with so many relations."""
    made = made_snapshot(actors)
    columns = made.columns
    kept = np.sort(np.random.default_rng(5).permutation(len(columns.relations.a))[:relations])
    rows = RelationColumns(
        **{name: getattr(columns.relations, name)[kept] for name in RelationColumns.__dataclass_fields__}
    )
    return Snapshot(
        store_id=f"{made.store_id}-map",
        revision=1,
        tables={**made.tables, RecordKind.ACTOR: MemoryTable(list(made.tables[RecordKind.ACTOR]))},
        columns=Columns(
            **{n: getattr(columns, n) for n in Columns.__dataclass_fields__ if n != "relations"},
            relations=rows,
        ),
        vocabulary=made.vocabulary,
        aliases={},
    )


@contextmanager
def serving_map(snapshot: Snapshot, home: Path) -> Iterator[Ready]:
    """Serve the site on this network, and `/bench/raw`."""
    config = Config.from_environment({"MAILLAGE_HOME": str(home)})
    with open_private(f"sqlite:///{home / 'private.db'}") as private:
        services = _Fixed(MemoryStore, private, home / "snapshot", lambda: TODAY)
        services.made = snapshot
        with closing(services):
            raw = _raw_documents(services, snapshot)
            app = _WithRaw(create_app(config, services), raw)
            server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            try:
                shown = choose(snapshot, MapFilter(), TODAY)
                yield Ready(f"http://127.0.0.1:{server.server_port}", len(shown.members), len(shown.edges))
            finally:
                server.shutdown()
                thread.join()
                server.server_close()


def _raw_documents(services: Services, snapshot: Snapshot) -> bytes:
    """What pyvis gives for the same actors, relations and positions, physics off."""
    from pyvis.network import Network

    from web.labels import KIND_STYLE
    from web.maps.network import LINE

    layout, shown = map_layout(services, snapshot), choose(snapshot, MapFilter(), TODAY)
    kinds, classes = [KIND_STYLE[k] for k in KIND_STYLE], list(LinkClass)
    network = Network()
    network.toggle_physics(False)
    for i in shown.nodes:
        style = kinds[snapshot.actors.kind[i] % len(kinds)]
        own = {"id": i, "label": f"Organisme {i:07d}", "shape": style.shape, "color": style.colour, "size": 9}
        network.nodes.append({**own, "x": float(layout.x[i]), "y": float(layout.y[i])})
    ends = zip(shown.edges.a.tolist(), shown.edges.b.tolist(), shown.edges.link_class.tolist(), strict=True)
    for a, b, c in ends:
        network.edges.append({"from": a, "to": b, "color": LINE[classes[c].value][0]})
    nodes, edges, *_rest = network.get_network_data()
    options: dict[str, Any] = json.loads(network.options.to_json())
    return json.dumps({"nodes": nodes, "edges": edges, "options": options}).encode()


class _WithRaw:
    """The application, and beside it `/bench/…`: the page of raw pyvis."""

    def __init__(self, app: Flask, data: bytes) -> None:
        self._app = app
        self._files = {
            "/bench/raw": ("text/html", _RAW.encode()),
            "/bench/raw.js": ("text/javascript", _DRAW.encode()),
            "/bench/raw.json": ("application/json", data),
            "/bench/vis-network.js": ("text/javascript", library_path().read_bytes()),
        }

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        found = self._files.get(environ["PATH_INFO"])
        if found is None:
            return self._app(environ, start_response)
        start_response("200 OK", [("Content-Type", found[0]), ("Content-Length", str(len(found[1])))])
        return [found[1]]
