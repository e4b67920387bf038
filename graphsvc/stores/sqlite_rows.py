"""A plan written into the SQLite file, inside the caller's transaction."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from graphsvc.domain.errors import IdempotencyMismatch
from graphsvc.domain.records import Ref
from graphsvc.ports import HistoryEvent
from graphsvc.stores.encoding import to_text_or_none
from graphsvc.stores.planning.facts import KIND_ORDER, Alias, Plan
from graphsvc.stores.sqlite_facts import SqliteFacts

Texts = Mapping[Ref, str]  # the records that are put, as JSON: kept as facts and as history


def write_plan(connection: sqlite3.Connection, facts: SqliteFacts, plan: Plan) -> None:
    """Write every row of the plan and the new revision."""
    keys = facts.row_keys([event.ref for event in plan.events])
    (largest,) = connection.execute("SELECT coalesce(max(key), 0) FROM record").fetchone()
    for ref in plan.targets:
        if ref not in keys:
            largest += 1
            keys[ref] = largest
    targets = set().union(*plan.targets.values())
    keys.update(facts.row_keys(targets - keys.keys()))
    _write_records(connection, plan, keys)
    _write_references(connection, plan, keys)
    write_aliases(connection, plan.drop_aliases, plan.set_aliases)
    write_events(connection, plan.events, plan.texts)
    connection.execute("UPDATE store SET revision = ?", (plan.revision,))


def write_events(connection: sqlite3.Connection, events: Iterable[HistoryEvent], texts: Texts) -> None:
    """Add to the history. Writing the same event twice changes nothing."""
    connection.executemany(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (_event_row(event, texts) for event in events),
    )


def write_aliases(connection: sqlite3.Connection, drop: Iterable[Ref], put: Iterable[Alias]) -> None:
    """Drop, then set."""
    connection.executemany(
        "DELETE FROM alias WHERE kind = ? AND alias = ?", [(KIND_ORDER[key.kind], key.id) for key in drop]
    )
    connection.executemany(
        "INSERT INTO alias VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET owner = excluded.owner, merged = excluded.merged",
        [(KIND_ORDER[alias.key.kind], alias.key.id, alias.owner, int(alias.merged)) for alias in put],
    )


def answered(connection: sqlite3.Connection, idempotency_key: str, print_: str | None) -> int | None:
    """The revision this key was answered with, None when it is new. Raises IdempotencyMismatch."""
    row = connection.execute(
        "SELECT fingerprint, revision FROM answered WHERE idempotency_key = ?", (idempotency_key,)
    ).fetchone()
    if row is None:
        return None
    if row[0] != print_:
        raise IdempotencyMismatch(idempotency_key)
    return int(row[1])


def _write_records(connection: sqlite3.Connection, plan: Plan, keys: dict[Ref, int]) -> None:
    put = (event for event in plan.events if event.action == "put")
    connection.executemany(
        "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE"
        " SET version = excluded.version, revision = excluded.revision, data = excluded.data",
        (
            (keys[e.ref], KIND_ORDER[e.ref.kind], e.ref.id, e.version, e.revision, plan.texts[e.ref])
            for e in put
        ),
    )
    connection.executemany(
        "UPDATE record SET version = ?, revision = ?, data = NULL WHERE key = ?",
        [(version, plan.revision, keys[ref]) for ref, version in plan.gone],
    )


def _write_references(connection: sqlite3.Connection, plan: Plan, keys: dict[Ref, int]) -> None:
    stale = [(keys[event.ref],) for event in plan.events if event.ref not in plan.created]
    connection.executemany("DELETE FROM reference WHERE source = ?", stale)
    connection.executemany(
        "INSERT INTO reference VALUES (?, ?)",
        (
            (keys[source], key)
            for source, targets in plan.targets.items()
            for key in sorted({keys[target] for target in targets})
        ),
    )


def _event_row(event: HistoryEvent, texts: Texts) -> tuple[Any, ...]:
    return (
        event.revision,
        KIND_ORDER[event.ref.kind],
        event.ref.id,
        event.version,
        event.action,
        to_text_or_none(event.before),
        texts[event.ref] if event.action == "put" else to_text_or_none(event.after),
        event.by,
        event.at.isoformat(),
    )
