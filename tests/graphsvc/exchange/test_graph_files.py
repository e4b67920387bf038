import json
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

from graphsvc.domain.records import Record
from graphsvc.exchange.geojson import write_geojson
from graphsvc.exchange.graph_files import write_gexf, write_graphml
from graphsvc.exchange.network import Look, xml_text
from graphsvc.ports import Put
from graphsvc.snapshot.build import build_snapshot
from graphsvc.snapshot.snapshot import Snapshot
from graphsvc.stores.memory import MemoryStore
from tests.graphsvc.exchange.bundles import BASE, run
from tests.graphsvc.exchange.graphs import graphs

TODAY = date(2030, 1, 1)


def snapshot_of(records: list[Record]) -> Snapshot:
    store = MemoryStore()
    store.apply([Put(r) for r in records], by="test")
    return build_snapshot(store)


@pytest.mark.parametrize(("write", "read"), [(write_gexf, nx.read_gexf), (write_graphml, nx.read_graphml)])
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=graphs())
def test_every_actor_and_relation_is_read_back_by_networkx(write, read, records, tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    snapshot = snapshot_of(records)
    path = tmp_path_factory.mktemp("graph") / "graph.xml"
    write(snapshot, path, {}, today=TODAY)
    graph = read(path)
    assert graph.number_of_edges() == len(snapshot.relations.a)
    assert graph.number_of_nodes() == snapshot.n


def test_gexf_carries_words_colours_sizes_and_positions(tmp_path: Path) -> None:
    files = {**BASE, "relations.csv": "acteur_a,acteur_b,type,debut\na,b,partnership,2010\n"}
    store, _ = run(tmp_path / "in", files)
    look = Look({"association": "Association"}, {"association": "#0072b2"}, {"a": (1.5, -2.0)})
    path = tmp_path / "graph.gexf"
    write_gexf(build_snapshot(store), path, look, today=TODAY)
    text = path.read_text()
    assert 'r="0" g="114" b="178"' in text
    assert 'x="1.5" y="-2.0"' in text
    node = nx.read_gexf(path).nodes["a"]
    assert (node["label"], node["kind"], node["ties"]) == ("Association Alpha", "Association", 1)


def test_geojson_has_a_point_for_each_located_actor_and_counts_the_others(tmp_path: Path) -> None:
    actors = "id,nom,type,latitude,longitude\na,A,media,48.6,2.4\nb,B,media,14.4,-11.4\nc,C,media,,\n"
    links = "acteur_a,acteur_b,type\na,b,partnership\na,c,partnership\n"
    store, _ = run(tmp_path / "in", {"acteurs.csv": actors, "relations.csv": links})
    path = tmp_path / "map.geojson"
    write_geojson(build_snapshot(store), path, {}, today=TODAY)
    data = json.loads(path.read_text())
    shapes = [(f["geometry"]["type"], f["geometry"]["coordinates"]) for f in data["features"]]
    assert shapes == [
        ("Point", [2.4, 48.6]),
        ("Point", [-11.4, 14.4]),
        ("LineString", [[2.4, 48.6], [-11.4, 14.4]]),
    ]
    assert data["without_point"] == 1


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    assert xml_text("a\x0b\x00\ufffe😀é\n") == "a😀é\n"
