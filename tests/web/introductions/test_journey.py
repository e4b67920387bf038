"""An introduction from the request to the link in the graph, as both sides see it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.records import RecordKind
from graphsvc.ports import GraphStore
from graphsvc.stores.memory import MemoryStore
from graphsvc.stores.sqlite import SqliteStore
from tests.rig.server import Neo4jAddress
from tests.web.introductions.conftest import WHY, Person, World


@pytest.fixture(params=["memory", "sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def world(
    request: pytest.FixtureRequest, tmp_path: Path, world_on: Callable[[GraphStore], World]
) -> Iterator[World]:
    """A world on each store there is."""
    with _opened(request, tmp_path) as store:
        yield world_on(store)


def _opened(request: pytest.FixtureRequest, folder: Path) -> GraphStore:
    if request.param == "memory":
        return MemoryStore()
    if request.param == "sqlite":
        return SqliteStore(folder / "graph.db")
    from graphsvc.stores.neo4j import Neo4jStore

    address: Neo4jAddress = request.getfixturevalue("neo4j_store_url")
    return Neo4jStore(address.uri, address.username, address.password)


def test_both_sides_accept_see_each_other_and_record_the_link(world: World, ana: Person, bob: Person) -> None:
    form = ana.page("/mises-en-relation/demander?annonce=besoin-1&avec=kayes")
    assert "Un conseil en maraîchage" in form
    assert "Nous travaillons comme vous sur « Eau »" in form
    address = ana.ask(sujet="announcement:besoin-1")
    for reader in (ana, bob):
        page = reader.page(address)
        assert WHY in page
        assert page.count("@ville.example") == int(reader is bob)  # one's own, beside the field
    assert "À vous de répondre" in bob.page("/mises-en-relation")
    bob.do(address, "accepter", contact="Secrétariat, le matin")
    assert "Secrétariat, le matin" in ana.page(address)
    assert "ana@ville.example" in bob.page(address)
    bob.do(address, "lien", nature="expertise")
    link = next(
        stored.record
        for stored in world.store.records(RecordKind.LINK)
        if {stored.record.actor_a, stored.record.actor_b} == {"amis", "kayes"}
        and stored.record.kind is LinkKind.EXPERTISE
    )
    assert (link.state, link.themes, link.territories) == (State.ACTIVE, ("water",), ("ml",))
    assert "La coopération fait partie du réseau" in ana.page(address)
