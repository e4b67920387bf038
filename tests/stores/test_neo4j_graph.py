"""What a Neo4j user finds in Browser or Bloom: natural labels, relationships and indexes."""

from collections.abc import Iterator
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.spatial import WGS84Point

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.errors import StoreDamaged, StoreLoading, StoreTooNew
from graphsvc.domain.links import LinkKind
from graphsvc.domain.records import RecordKind
from graphsvc.ports import Put, Withdraw
from graphsvc.stores import neo4j_load, neo4j_queries, neo4j_schema
from graphsvc.stores.neo4j import Neo4jStore
from graphsvc.stores.neo4j_line import WRITE_SECONDS, Line
from graphsvc.stores.neo4j_shape import ACTOR_LABEL, LABEL, LINK_TYPE
from tests.contracts.world import WORLD, actor, plain
from tests.rig.server import Neo4jAddress


@pytest.fixture
def driver(neo4j_store_url: Neo4jAddress) -> Iterator[Driver]:
    with GraphDatabase.driver(neo4j_store_url.uri, auth=neo4j_store_url.auth) as driver:
        yield driver


@pytest.fixture
def store(neo4j_store_url: Neo4jAddress) -> Iterator[Neo4jStore]:
    with opened(neo4j_store_url) as store:
        yield store


def opened(address: Neo4jAddress, **options: Any) -> Neo4jStore:
    return Neo4jStore(address.uri, address.username, address.password, **options)


def ask(driver: Driver, query: str, **parameters: Any) -> list[list[Any]]:
    return [list(record.values()) for record in driver.execute_query(query, parameters).records]


def test_the_labels_and_types_are_a_closed_list() -> None:
    assert set(ACTOR_LABEL) == set(ActorKind)
    assert set(LINK_TYPE) == set(LinkKind)
    assert set(LABEL) == set(RecordKind) - {RecordKind.LINK}
    for name in (*ACTOR_LABEL.values(), *LABEL.values()):
        assert name.isalpha()
    for text in (neo4j_queries.READ_LINKS, neo4j_queries.READ_ALL_LINKS, neo4j_queries.COUNT_LINKS):
        assert all(type_ in text for type_ in LINK_TYPE.values())


def test_the_graph_is_the_one_a_person_would_draw(store: Neo4jStore, driver: Driver) -> None:
    store.apply([Put(record) for record in WORLD], by="tests")
    for pattern in (
        "(:Actor:Commune {id: 'évry'})-[:LOCATED_IN]->(:Place)-[:WITHIN]->(:Place {role: 'home'})",
        "(:Actor:Association)-[:PART_OF]->(:Commune)-[:WORKS_ON]->(:Theme)-[:BROADER]->(:Theme)",
        "(:Association)-[:SUCCEEDS]->(:Diaspora)",
        "(:Commune)-[:ACTS_IN]->(:Place {name: 'Kayes'})",
        "(:Actor {id: 'asso'})-[:TWINNED_WITH {state: 'dormant', start: '1990', source: 'doc'}]->(:Actor)",
        "(:Actor {id: 'évry'})-[:FUNDS {id: 'l2'}]->(:Actor {id: 'asso'})",
        "(:Commune)-[:PARTY_TO {role: 'lead'}]->(:Agreement)-[:ACTS_IN]->(:Place)",
        "(:Commune)-[:TAKES_PART_IN {role: 'funder', start: '2008', end: '2009-05'}]->(:Project)",
        "(:Project)-[:WORKS_ON]->(:Theme)",
        "(:Association)-[:PUBLISHES]->(:Announcement {state: 'open'})-[:NEEDS_SKILL]->(:Skill)",
        "(:Announcement)-[:OFFERS_SKILL]->(:Skill {label: 'Visas'})",
        "(:Association)-[:TELLS]->(:Experience)",
        "(:Call)-[:FUNDED_BY]->(:Commune)",
        "(:Commune)-[:ATTENDED {role: 'organiser'}]->(:Event)-[:LOCATED_IN]->(:Place)",
        "(:Change {revision: 1, kind: 'actor', id: 'old'})",
    ):
        assert ask(driver, f"MATCH p = {pattern} RETURN count(p) > 0") == [[True]], pattern


def test_a_changed_kind_changes_the_label(store: Neo4jStore, driver: Driver) -> None:
    store.apply([Put(plain("a"))], by="tests")
    store.apply([Put(plain("a").__class__("a", "A", ActorKind.MEDIA))], by="tests")
    assert ask(driver, "MATCH (n:Actor) RETURN labels(n)") == [[["Actor", "Media"]]]


def test_constraints_and_indexes_are_there(store: Neo4jStore, driver: Driver) -> None:
    unique = {
        (kind, labels[0], tuple(fields))
        for kind, labels, fields in ask(
            driver, "SHOW CONSTRAINTS YIELD entityType, labelsOrTypes, properties"
        )
    }
    assert {("NODE", label, ("id",)) for label in LABEL.values()} <= unique
    assert {("RELATIONSHIP", type_, ("id",)) for type_ in LINK_TYPE.values()} <= unique
    assert ("NODE", "Key", ("kind", "key")) in unique
    indexes = ask(driver, "SHOW INDEXES YIELD name, type, state WHERE name IN ['actor_point', 'actor_text']")
    assert sorted(indexes) == [["actor_point", "POINT", "ONLINE"], ["actor_text", "FULLTEXT", "ONLINE"]]


def test_the_french_full_text_index_finds_despite_accents_and_endings(
    store: Neo4jStore, driver: Driver
) -> None:
    store.apply([Put(record) for record in WORLD], by="tests")
    driver.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    found = ask(
        driver,
        "CALL db.index.fulltext.queryNodes('actor_text', $text) YIELD node RETURN node.name",
        text="ecole malienne",
    )
    assert found[0] == ["Les écoles maliennes de Kayes"]


def test_the_point_index_serves_a_circle(store: Neo4jStore, driver: Driver) -> None:
    store.apply([Put(record) for record in WORLD], by="tests")
    query = "MATCH (a:Actor) WHERE point.distance(a.point, $here) < 3000 RETURN a.id"
    assert ask(driver, query, here=WGS84Point((2.44, 48.63))) == [["évry"]]


@pytest.mark.parametrize(
    "text", ["x') DETACH DELETE n //", "T`) DETACH DELETE n //", "}) MATCH (m) DELETE m //", "$rows"]
)
def test_hostile_text_is_text(store: Neo4jStore, driver: Driver, text: str) -> None:
    store.apply([Put(record) for record in WORLD], by="tests")
    store.apply([Put(plain(text, purpose=text, acronym=text))], by=text, idempotency_key=text)
    assert store.get(actor(text)).record.purpose == text
    assert store.history(actor(text))[0].by == text
    assert sum(store.counts().values()) == len(WORLD) + 1
    store.apply([Withdraw(actor(text))], by="tests")
    assert sum(store.counts().values()) == len(WORLD)


def test_nothing_of_a_record_is_left_when_it_is_withdrawn(store: Neo4jStore, driver: Driver) -> None:
    store.apply([Put(record) for record in WORLD], by="tests")
    store.apply([Withdraw(stored_ref) for stored_ref in [e.ref for e in store.changes_since(0)]], by="tests")
    assert ask(driver, "MATCH (n) RETURN DISTINCT labels(n)[0] AS label ORDER BY label") == [
        ["Answer"], ["Change"], ["Store"], ["Withdrawn"],
    ]  # fmt: skip
    assert ask(driver, "MATCH ()-[r]->() RETURN count(r)") == [[0]]


def test_a_database_of_somebody_else_is_refused_untouched(
    neo4j_store_url: Neo4jAddress, driver: Driver
) -> None:
    driver.execute_query("CREATE (:Film {title: 'Kirikou'})")
    with pytest.raises(StoreDamaged):
        opened(neo4j_store_url)
    assert ask(driver, "MATCH (n) RETURN labels(n), properties(n)") == [[["Film"], {"title": "Kirikou"}]]


def test_a_newer_store_is_refused_untouched(
    store: Neo4jStore, neo4j_store_url: Neo4jAddress, driver: Driver
) -> None:
    driver.execute_query("MATCH (s:Store) SET s.schema = 99")
    with pytest.raises(StoreTooNew) as caught:
        opened(neo4j_store_url)
    assert (caught.value.found, caught.value.supported) == (99, neo4j_schema.SCHEMA_VERSION)


def test_a_store_erased_under_our_feet_is_said_damaged(store: Neo4jStore, driver: Driver) -> None:
    driver.execute_query("MATCH (s:Store) DELETE s")
    with pytest.raises(StoreDamaged):
        store.counts()


def test_a_record_spoilt_by_hand_is_said_damaged(store: Neo4jStore, driver: Driver) -> None:
    store.apply([Put(plain("a"))], by="tests")
    driver.execute_query("MATCH (a:Actor) SET a.country = 'nowhere'")
    for read in (lambda: list(store.records(RecordKind.ACTOR)), lambda: store.get(actor("a"))):
        with pytest.raises(StoreDamaged):
            read()


def test_a_load_cut_short_is_refused_to_others_and_resumed(
    neo4j_store_url: Neo4jAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = neo4j_load.create_edges

    def failing(tx: Any, puts: Any, places: Any) -> None:
        if puts[0].record.id == "c":
            raise KeyboardInterrupt
        drawn(tx, puts, places)

    with opened(neo4j_store_url) as first:
        with monkeypatch.context() as patch:
            patch.setattr(neo4j_load, "create_edges", failing)
            with pytest.raises(KeyboardInterrupt):
                first.load(WORLD, by="seed", idempotency_key="k")
        with pytest.raises(StoreLoading):
            list(first.everything())
        with pytest.raises(StoreLoading):
            opened(neo4j_store_url)
    with opened(neo4j_store_url, resume=True) as second:
        assert second.load(reversed(WORLD), by="seed", idempotency_key="k") == 1
        assert {stored.record for stored in second.everything()} == set(WORLD)
        assert len(second.changes_since(0)) == len(WORLD)


def test_a_write_run_again_by_the_driver_is_done_once(
    store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit is made, its answer is lost, the same work is run again."""
    written = Line.write
    lost: list[int] = []

    def twice(line: Line, work: Any, seconds: float = WRITE_SECONDS) -> Any:
        lost.append(written(line, work, seconds))
        return written(line, work, seconds)

    monkeypatch.setattr(Line, "write", twice)
    store.apply([Put(plain("a"))], by="tests")
    assert store.apply([Withdraw(actor("a"))], by="tests") == 2
    assert lost == [1, 2]
    assert len(store.history(actor("a"))) == 2
