"""Writes that touch both databases: decided here, then applied to the graph, once.

The intent is committed in the private database with an idempotency key, applied to the graph under the same
key, then marked done. A crash at any point leaves a pending intent: `redeliver` applies it, and the key makes
a second application harmless. Intents reach one graph in the order in which they were decided.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from graphsvc.domain.errors import IdempotencyMismatch, Refused, StoreError, StoreUnavailable
from graphsvc.domain.records import Ref
from graphsvc.ports import Change, GraphStore
from people.database import PrivateDatabase
from people.errors import UnreadableIntent, WrongGraph
from people.intents import Intent, read_intent, write_intent
from people.tables import OutboxRow


class Delivery(StrEnum):
    """Where an intent stands."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an intent. `revision` is the graph's, once done; a pending one will be redelivered."""

    key: str
    state: Delivery
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Redelivered:
    """What a redelivery did: keys applied, keys the graph refused, keys still waiting for the graph."""

    done: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def submit(
    private: PrivateDatabase,
    store: GraphStore,
    changes: Sequence[Change],
    *,
    by: str,
    key: str,
    store_id: str | None = None,
    expected_versions: Mapping[Ref, int] | None = None,
    also: Callable[[Session], None] | None = None,
) -> Receipt:
    """Decide these changes, then apply them to the graph. The same key again gives the same receipt.

    `also` writes in the private database in the transaction that decides; it must hold even if the graph
    refuses the changes. `store_id` (of the snapshot the person saw) lets one decide while the graph does not
    answer: the receipt then says `pending`, and nothing is lost. What the graph refuses is raised (Refused);
    another intent under a used key raises IdempotencyMismatch, another graph WrongGraph.
    """
    answering = _answering(store)
    if answering is not None and store_id is not None and answering != store_id:
        raise WrongGraph(expected=store_id, found=answering)
    known = answering or store_id or _store_id_of(private, key)
    if known is None:
        raise StoreUnavailable("graph", "store_id")
    intent = write_intent(Intent(tuple(changes), expected_versions))
    row = _decide(private, known, intent, by=by, key=key, also=also)
    if row.state == Delivery.DONE:
        return Receipt(key, Delivery.DONE, row.revision)
    for earlier in _pending(private, known, before=row.id):
        if _deliver(private, store, earlier) is Delivery.PENDING:
            return Receipt(key, Delivery.PENDING)
    return _deliver_now(private, store, row)


def redeliver(private: PrivateDatabase, store: GraphStore) -> Redelivered:
    """Apply what a crash or an outage left, in order; stops at the first that the graph does not answer."""
    rows = _pending(private, store.info().store_id)
    states: dict[str, Delivery] = {row.idempotency_key: Delivery.PENDING for row in rows}
    for row in rows:
        states[row.idempotency_key] = _deliver(private, store, row)
        if states[row.idempotency_key] is Delivery.PENDING:
            break
    return Redelivered(*(tuple(k for k, s in states.items() if s is wanted) for wanted in _REPORTED))


_REPORTED = (Delivery.DONE, Delivery.FAILED, Delivery.PENDING)


def _decide(
    private: PrivateDatabase,
    store_id: str,
    intent: str,
    *,
    by: str,
    key: str,
    also: Callable[[Session], None] | None,
) -> OutboxRow:
    """The committed row of this key: made now, or by an earlier try."""
    with private.writing() as session:
        row = _row(session, key)
        if row is None:
            row = OutboxRow(
                idempotency_key=key,
                store_id=store_id,
                by=by,
                intent=intent,
                state=Delivery.PENDING.value,
                attempts=0,
                created_at=private.now(),
            )
            session.add(row)
            session.flush()
            if also is not None:
                also(session)
            return row
    if (row.intent, row.store_id, row.by) != (intent, store_id, by):
        raise IdempotencyMismatch(key)
    return row


def _deliver_now(private: PrivateDatabase, store: GraphStore, row: OutboxRow) -> Receipt:
    try:
        revision = _apply(store, row)
    except StoreError as error:  # down, loading, damaged: the intent waits
        _note(private, row, Delivery.PENDING, error=str(error))
        return Receipt(row.idempotency_key, Delivery.PENDING)
    except Refused as error:
        _note(private, row, Delivery.FAILED, error=str(error))
        raise
    _note(private, row, Delivery.DONE, revision=revision)
    return Receipt(row.idempotency_key, Delivery.DONE, revision)


def _deliver(private: PrivateDatabase, store: GraphStore, row: OutboxRow) -> Delivery:
    try:
        return _deliver_now(private, store, row).state
    except Refused:
        return Delivery.FAILED


def _apply(store: GraphStore, row: OutboxRow) -> int:
    try:
        intent = read_intent(row.intent)
    except (KeyError, TypeError, ValueError) as error:  # written by a version with other records
        raise UnreadableIntent(row.idempotency_key) from error
    return store.apply(
        intent.changes,
        by=row.by,
        idempotency_key=row.idempotency_key,
        expected_versions=intent.expected_versions,
        at=row.created_at,
    )


def _note(
    private: PrivateDatabase,
    row: OutboxRow,
    state: Delivery,
    *,
    revision: int | None = None,
    error: str | None = None,
) -> None:
    with private.writing() as session:
        session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == row.id, OutboxRow.state != Delivery.DONE.value)
            .values(
                state=state.value,
                revision=revision,
                error=error,
                tried_at=private.now(),
                attempts=OutboxRow.attempts + 1,
            )
        )


def _row(session: Session, key: str) -> OutboxRow | None:
    return session.scalars(select(OutboxRow).filter_by(idempotency_key=key)).one_or_none()


def _store_id_of(private: PrivateDatabase, key: str) -> str | None:
    with private.reading() as session:
        row = _row(session, key)
        return row.store_id if row is not None else None


def _answering(store: GraphStore) -> str | None:
    try:
        return store.info().store_id
    except StoreError:
        return None


def _pending(private: PrivateDatabase, store_id: str, *, before: int | None = None) -> list[OutboxRow]:
    wanted = select(OutboxRow).filter_by(store_id=store_id, state=Delivery.PENDING.value)
    if before is not None:
        wanted = wanted.where(OutboxRow.id < before)
    with private.reading() as session:
        return list(session.scalars(wanted.order_by(OutboxRow.id)))
