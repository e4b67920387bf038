"""A first load into Neo4j: nodes first, then what joins them, batch by batch. Each step may be done twice."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from neo4j import ManagedTransaction

from graphsvc.domain.errors import BundleTooLarge, IdempotencyMismatch, StoreLoading
from graphsvc.domain.links import Link
from graphsvc.domain.records import Record, ref_of, references
from graphsvc.ports import Stored
from graphsvc.stores import neo4j_queries as cypher
from graphsvc.stores.loading import FIRST_REVISION, Cargo, first_events
from graphsvc.stores.neo4j_facts import BATCH, Neo4jFacts
from graphsvc.stores.neo4j_line import BULK_SECONDS, Line, rows
from graphsvc.stores.neo4j_rows import create_edges, create_nodes, erase, merge_changes, write_keys
from graphsvc.stores.planning.asked import ROW_LIMIT


def load_cargo(line: Line, cargo: Cargo, by: str, idempotency_key: str, at: datetime | None) -> int:
    """Mark, write the batches, unmark. Returns the revision of the load."""
    done = line.write(partial(_begin, cargo=cargo, key=idempotency_key), BULK_SECONDS)
    if done is not None:
        return done
    steps: tuple[Callable[..., Any], ...] = (_write_nodes, partial(_write_edges, by=by, at=at))
    for step in steps:
        for batch in cargo.batches(BATCH):
            if not line.write(partial(_while_loading, step=step, batch=batch), BULK_SECONDS):
                break  # another process resumed the same load and was faster
    return line.write(partial(_end, cargo=cargo, key=idempotency_key), BULK_SECONDS)


def answered(tx: ManagedTransaction, key: str, fingerprint: str | None) -> int | None:
    """The revision this key was answered with, None when it is new. Raises IdempotencyMismatch."""
    found = rows(tx, cypher.ANSWER, key=key)
    if not found:
        return None
    if found[0]["fingerprint"] != fingerprint:
        raise IdempotencyMismatch(key.partition(":")[2])
    return int(found[0]["revision"])


def _begin(tx: ManagedTransaction, cargo: Cargo, key: str) -> int | None:
    (store,) = rows(tx, cypher.LOCK_STORE)
    known = answered(tx, key, cargo.fingerprint)
    if known is not None:
        return known
    if store["loading"] is None:
        if store["revision"] > 0:
            raise BundleTooLarge(len(cargo.rank), ROW_LIMIT)
        mark = f"{cargo.fingerprint} {key}"
        tx.run(cypher.SET_LOADING, loading=mark if cargo.rank else None).consume()
        return None
    fingerprint, _, loading = store["loading"].partition(" ")
    if loading != key:
        raise StoreLoading(store["store_id"])
    if fingerprint != cargo.fingerprint:
        raise IdempotencyMismatch(key.partition(":")[2])
    return None


def _while_loading(tx: ManagedTransaction, step: Callable[..., None], batch: list[Record]) -> bool:
    (store,) = rows(tx, cypher.LOCK_STORE)
    if store["loading"] is None:
        return False
    step(tx, batch)
    return True


def _write_nodes(tx: ManagedTransaction, batch: list[Record]) -> None:
    if isinstance(batch[0], Link):
        return
    there = Neo4jFacts(tx).nodes([ref_of(record) for record in batch])
    create_nodes(tx, [_first(record) for record in batch if ref_of(record) not in there], {})


def _write_edges(tx: ManagedTransaction, batch: list[Record], by: str, at: datetime | None) -> None:
    names = {ref_of(record) for record in batch}
    places = Neo4jFacts(tx).nodes(names | {target for record in batch for _, target in references(record)})
    again = [places[name] for name in names if name in places]
    erase(tx, cypher.DELETE_EDGES if isinstance(batch[0], Link) else cypher.ERASE_DRAWN, again)
    create_edges(tx, [_first(record) for record in batch], places)
    merge_changes(tx, first_events(batch, by, at))


def _end(tx: ManagedTransaction, cargo: Cargo, key: str) -> int:
    rows(tx, cypher.LOCK_STORE)
    known = answered(tx, key, cargo.fingerprint)
    if known is not None:
        return known
    revision = FIRST_REVISION if cargo.rank else 0
    write_keys(tx, [], cargo.aliases)
    tx.run(cypher.SET_REVISION, revision=revision).consume()
    tx.run(cypher.SET_LOADING, loading=None).consume()
    tx.run(cypher.SET_ANSWER, key=key, fingerprint=cargo.fingerprint, revision=revision).consume()
    return revision


def _first(record: Record) -> Stored[Any]:
    return Stored(record, 1, FIRST_REVISION)
