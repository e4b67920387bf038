"""The Neo4j store against the contract."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.errors import DanglingReference
from graphsvc.ports import GraphStore, Put
from graphsvc.stores.neo4j import Neo4jStore
from tests.contracts.store_contract import StoreContract
from tests.contracts.world import WORLD
from tests.rig.server import Neo4jAddress

NOBODY = Actor("nobody", "Personne", ActorKind.ASSOCIATION)


class TestNeo4jStore(StoreContract):
    @pytest.fixture
    def store(self, neo4j_store_url: Neo4jAddress) -> Iterator[GraphStore]:
        address = neo4j_store_url
        with Neo4jStore(address.uri, address.username, address.password) as store:
            yield store

    def test_a_rehearsed_write_is_gone_through_and_nothing_of_it_is_kept(self, store: GraphStore) -> None:
        store.apply([Put(record) for record in WORLD], by="tests")
        before = store.info(), list(store.everything()), store.changes_since(0)
        store.rehearse([Put(NOBODY)])
        store.rehearse([Put(replace(next(r for r in WORLD if isinstance(r, Actor)), name="Autre nom"))])
        assert (store.info(), list(store.everything()), store.changes_since(0)) == before
        with pytest.raises(DanglingReference):
            store.rehearse([Put(replace(NOBODY, themes=("absent",)))])
