"""The Neo4j store against the contract."""

from collections.abc import Iterator

import pytest

from graphsvc.ports import GraphStore
from graphsvc.stores.neo4j import Neo4jStore
from tests.contracts.store_contract import StoreContract
from tests.rig.server import Neo4jAddress


class TestNeo4jStore(StoreContract):
    @pytest.fixture
    def store(self, neo4j_store_url: Neo4jAddress) -> Iterator[GraphStore]:
        address = neo4j_store_url
        with Neo4jStore(address.uri, address.username, address.password) as store:
            yield store
