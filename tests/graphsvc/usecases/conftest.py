"""Every store a use case may meet, with a small world in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphsvc.ports import GraphStore, Put
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.stores.memory import MemoryStore
from graphsvc.stores.sqlite import SqliteStore
from tests.graphsvc.usecases.small_world import WORLD
from tests.rig.server import Neo4jAddress


@pytest.fixture(params=["memory", "sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    """A store that holds the small world."""
    with _opened(request, tmp_path) as store:
        store.apply([Put(record) for record in WORLD], by="tests")
        yield store


def _opened(request: pytest.FixtureRequest, folder: Path) -> GraphStore:
    if request.param == "memory":
        return MemoryStore()
    if request.param == "sqlite":
        return SqliteStore(folder / "graph.db")
    from graphsvc.stores.neo4j import Neo4jStore

    address: Neo4jAddress = request.getfixturevalue("neo4j_store_url")
    return Neo4jStore(address.uri, address.username, address.password)


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """The small world, read only."""
    store = MemoryStore()
    store.apply([Put(record) for record in WORLD], by="tests")
    return build_snapshot(store)
