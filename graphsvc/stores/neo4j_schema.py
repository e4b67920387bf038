"""Constraints, indexes and the identity of the store in Neo4j, and what is refused untouched."""

import uuid
from functools import partial

from neo4j import ManagedTransaction

from graphsvc.domain.errors import StoreDamaged, StoreTooNew
from graphsvc.stores.neo4j_line import BULK_SECONDS, Line, rows

SCHEMA_VERSION = 1

# Statements by name, each "IF NOT EXISTS": what a crash interrupts is done again. Community edition has
# uniqueness but neither existence constraints nor node keys.
DEFINITIONS: dict[str, str] = {
    "store_one": "CREATE CONSTRAINT store_one IF NOT EXISTS FOR (n:Store) REQUIRE n.one IS UNIQUE",
    "place_id": "CREATE CONSTRAINT place_id IF NOT EXISTS FOR (n:Place) REQUIRE n.id IS UNIQUE",
    "theme_id": "CREATE CONSTRAINT theme_id IF NOT EXISTS FOR (n:Theme) REQUIRE n.id IS UNIQUE",
    "skill_id": "CREATE CONSTRAINT skill_id IF NOT EXISTS FOR (n:Skill) REQUIRE n.id IS UNIQUE",
    "actor_id": "CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (n:Actor) REQUIRE n.id IS UNIQUE",
    "agreement_id": ("CREATE CONSTRAINT agreement_id IF NOT EXISTS FOR (n:Agreement) REQUIRE n.id IS UNIQUE"),
    "project_id": "CREATE CONSTRAINT project_id IF NOT EXISTS FOR (n:Project) REQUIRE n.id IS UNIQUE",
    "announcement_id": (
        "CREATE CONSTRAINT announcement_id IF NOT EXISTS FOR (n:Announcement) REQUIRE n.id IS UNIQUE"
    ),
    "experience_id": (
        "CREATE CONSTRAINT experience_id IF NOT EXISTS FOR (n:Experience) REQUIRE n.id IS UNIQUE"
    ),
    "call_id": "CREATE CONSTRAINT call_id IF NOT EXISTS FOR (n:Call) REQUIRE n.id IS UNIQUE",
    "event_id": "CREATE CONSTRAINT event_id IF NOT EXISTS FOR (n:Event) REQUIRE n.id IS UNIQUE",
    "key_key": "CREATE CONSTRAINT key_key IF NOT EXISTS FOR (n:Key) REQUIRE (n.kind, n.key) IS UNIQUE",
    "withdrawn_id": (
        "CREATE CONSTRAINT withdrawn_id IF NOT EXISTS FOR (n:Withdrawn) REQUIRE (n.kind, n.id) IS UNIQUE"
    ),
    "answer_key": "CREATE CONSTRAINT answer_key IF NOT EXISTS FOR (n:Answer) REQUIRE n.key IS UNIQUE",
    "twinned_with_id": (
        "CREATE CONSTRAINT twinned_with_id IF NOT EXISTS FOR ()-[r:TWINNED_WITH]-() REQUIRE r.id IS UNIQUE"
    ),
    "cooperates_with_id": (
        "CREATE CONSTRAINT cooperates_with_id IF NOT EXISTS FOR ()-[r:COOPERATES_WITH]-()"
        " REQUIRE r.id IS UNIQUE"
    ),
    "partner_of_id": (
        "CREATE CONSTRAINT partner_of_id IF NOT EXISTS FOR ()-[r:PARTNER_OF]-() REQUIRE r.id IS UNIQUE"
    ),
    "exchanges_with_id": (
        "CREATE CONSTRAINT exchanges_with_id IF NOT EXISTS FOR ()-[r:EXCHANGES_WITH]-()"
        " REQUIRE r.id IS UNIQUE"
    ),
    "advises_id": ("CREATE CONSTRAINT advises_id IF NOT EXISTS FOR ()-[r:ADVISES]-() REQUIRE r.id IS UNIQUE"),
    "acts_with_id": (
        "CREATE CONSTRAINT acts_with_id IF NOT EXISTS FOR ()-[r:ACTS_WITH]-() REQUIRE r.id IS UNIQUE"
    ),
    "funds_id": ("CREATE CONSTRAINT funds_id IF NOT EXISTS FOR ()-[r:FUNDS]-() REQUIRE r.id IS UNIQUE"),
    "member_of_id": (
        "CREATE CONSTRAINT member_of_id IF NOT EXISTS FOR ()-[r:MEMBER_OF]-() REQUIRE r.id IS UNIQUE"
    ),
    "hosts_id": ("CREATE CONSTRAINT hosts_id IF NOT EXISTS FOR ()-[r:HOSTS]-() REQUIRE r.id IS UNIQUE"),
    "lends_staff_to_id": (
        "CREATE CONSTRAINT lends_staff_to_id IF NOT EXISTS FOR ()-[r:LENDS_STAFF_TO]-()"
        " REQUIRE r.id IS UNIQUE"
    ),
    "trades_with_id": (
        "CREATE CONSTRAINT trades_with_id IF NOT EXISTS FOR ()-[r:TRADES_WITH]-() REQUIRE r.id IS UNIQUE"
    ),
    "operates_for_id": (
        "CREATE CONSTRAINT operates_for_id IF NOT EXISTS FOR ()-[r:OPERATES_FOR]-() REQUIRE r.id IS UNIQUE"
    ),
    "coordinates_id": (
        "CREATE CONSTRAINT coordinates_id IF NOT EXISTS FOR ()-[r:COORDINATES]-() REQUIRE r.id IS UNIQUE"
    ),
    "met_id": ("CREATE CONSTRAINT met_id IF NOT EXISTS FOR ()-[r:MET]-() REQUIRE r.id IS UNIQUE"),
    "interviewed_id": (
        "CREATE CONSTRAINT interviewed_id IF NOT EXISTS FOR ()-[r:INTERVIEWED]-() REQUIRE r.id IS UNIQUE"
    ),
    "introduced_to_id": (
        "CREATE CONSTRAINT introduced_to_id IF NOT EXISTS FOR ()-[r:INTRODUCED_TO]-() REQUIRE r.id IS UNIQUE"
    ),
    "change_record": "CREATE INDEX change_record IF NOT EXISTS FOR (n:Change) ON (n.kind, n.id)",
    "change_revision": "CREATE INDEX change_revision IF NOT EXISTS FOR (n:Change) ON (n.revision)",
    "key_owner": "CREATE INDEX key_owner IF NOT EXISTS FOR (n:Key) ON (n.kind, n.owner)",
    "actor_point": "CREATE POINT INDEX actor_point IF NOT EXISTS FOR (n:Actor) ON (n.point)",
    "place_point": "CREATE POINT INDEX place_point IF NOT EXISTS FOR (n:Place) ON (n.point)",
    "actor_text": (
        "CREATE FULLTEXT INDEX actor_text IF NOT EXISTS FOR (n:Actor)"
        " ON EACH [n.name, n.acronym, n.other_names, n.purpose]"
        " OPTIONS {indexConfig: {`fulltext.analyzer`: 'french', `fulltext.eventually_consistent`: true}}"
    ),
}
# Ordered, append only; each brings the store from the version of its place to the next.
MIGRATIONS: tuple[dict[str, str], ...] = (DEFINITIONS,)

_EMPTY = "MATCH (n) RETURN n LIMIT 1"
_FOUND = "MATCH (s:Store {one: 1}) RETURN s.schema AS schema, s.loading AS loading"
_BORN = "MERGE (s:Store {one: 1}) ON CREATE SET s.store_id = $store_id, s.schema = $schema, s.revision = 0"
_GROWN = "MATCH (s:Store {one: 1}) SET s.schema = $schema"
_NAMES = "SHOW INDEXES YIELD name"  # a constraint is held by an index of its name
_AWAIT = "CALL db.awaitIndexes(300)"


def prepare(line: Line) -> bool:
    """Make the database ready: recognised, migrated. Returns whether a load has begun and not ended.

    Raises:
        StoreDamaged: it holds nodes but not our store.
        StoreTooNew: written by a later version.
    """
    found = line.read(_look)
    if found == []:
        raise StoreDamaged(line.name, "another_application")
    schema, loading = found[0] if found else (0, None)
    if schema > SCHEMA_VERSION:
        raise StoreTooNew(line.name, schema, SCHEMA_VERSION)
    for number, statements in enumerate(MIGRATIONS[schema:], start=schema + 1):
        there = line.read(_named)
        line.define([*(text for name, text in statements.items() if name not in there), _AWAIT])
        line.write(partial(_note, number=number), BULK_SECONDS)
    return loading is not None


def _named(tx: ManagedTransaction) -> set[str]:
    return {row["name"] for row in rows(tx, _NAMES)}


def _look(tx: ManagedTransaction) -> list[tuple[int, str | None]] | None:
    """The store's state in a list; an empty list in somebody else's database; None in an empty one."""
    found = rows(tx, _FOUND)
    if found:
        return [(found[0]["schema"], found[0]["loading"])]
    return [] if rows(tx, _EMPTY) else None


def _note(tx: ManagedTransaction, number: int) -> None:
    tx.run(_BORN, store_id=str(uuid.uuid4()), schema=number).consume()
    tx.run(_GROWN, schema=number).consume()
