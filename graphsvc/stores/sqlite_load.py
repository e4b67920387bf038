"""A first load into the SQLite file, batch by batch. Every step may be done twice without effect."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from graphsvc.domain.errors import BundleTooLarge, IdempotencyMismatch, StoreLoading
from graphsvc.domain.records import Record, ref_of, references
from graphsvc.ports import HistoryEvent
from graphsvc.stores.encoding import to_text
from graphsvc.stores.loading import FIRST_REVISION, Cargo, first_events
from graphsvc.stores.planning.asked import ROW_LIMIT
from graphsvc.stores.planning.facts import KIND_ORDER
from graphsvc.stores.sqlite_rows import answered, write_aliases, write_events

BATCH = 20_000
Writing = Callable[[], AbstractContextManager[sqlite3.Connection]]


def load_cargo(writing: Writing, cargo: Cargo, by: str, idempotency_key: str, at: datetime | None) -> int:
    """Mark, write the batches, unmark. Returns the revision of the load."""
    with writing() as connection:
        done = _begin(connection, cargo, idempotency_key)
    if done is not None:
        return done
    for batch in cargo.batches(BATCH):
        with writing() as connection:
            if connection.execute("SELECT loading FROM store").fetchone() == (None,):
                break  # another process resumed the same load and was faster
            _write_batch(connection, cargo, batch, first_events(batch, by, at))
    with writing() as connection:
        return _end(connection, cargo, idempotency_key)


def _begin(connection: sqlite3.Connection, cargo: Cargo, idempotency_key: str) -> int | None:
    known = answered(connection, idempotency_key, cargo.fingerprint)
    if known is not None:
        return known
    store_id, revision, loading = connection.execute(
        "SELECT store_id, revision, loading FROM store"
    ).fetchone()
    if loading is None:
        if revision > 0:
            raise BundleTooLarge(len(cargo.rank), ROW_LIMIT)
        mark = f"{cargo.fingerprint} {idempotency_key}"
        connection.execute("UPDATE store SET loading = ?", (mark if cargo.rank else None,))
        return None
    fingerprint, _, key = loading.partition(" ")
    if key != idempotency_key:
        raise StoreLoading(store_id)
    if fingerprint != cargo.fingerprint:
        raise IdempotencyMismatch(idempotency_key)
    return None


def _write_batch(
    connection: sqlite3.Connection, cargo: Cargo, batch: list[Record], events: list[HistoryEvent]
) -> None:
    texts = {event.ref: to_text(event.after or {}) for event in events}
    connection.executemany(
        "INSERT INTO record VALUES (?, ?, ?, 1, ?, ?) ON CONFLICT DO NOTHING",
        ((cargo.rank[e.ref], KIND_ORDER[e.ref.kind], e.ref.id, FIRST_REVISION, texts[e.ref]) for e in events),
    )
    connection.executemany(
        "INSERT INTO reference VALUES (?, ?) ON CONFLICT DO NOTHING",
        ((cargo.rank[ref_of(r)], cargo.rank[target]) for r in batch for _, target in references(r)),
    )
    write_events(connection, events, texts)


def _end(connection: sqlite3.Connection, cargo: Cargo, idempotency_key: str) -> int:
    known = answered(connection, idempotency_key, cargo.fingerprint)
    if known is not None:
        return known
    revision = FIRST_REVISION if cargo.rank else 0
    write_aliases(connection, [], cargo.aliases)
    connection.execute("UPDATE store SET revision = ?, loading = NULL", (revision,))
    connection.execute(
        "INSERT INTO answered VALUES (?, ?, ?)", (idempotency_key, cargo.fingerprint, revision)
    )
    return revision
