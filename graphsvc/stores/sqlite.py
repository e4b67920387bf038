"""The default store: one SQLite file, nothing to install. Several threads and processes may use it at once.

WAL lets reads go on during a write; writes follow each other (`BEGIN IMMEDIATE`, 30 s of patience).
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from graphsvc.domain.errors import StoreDamaged, StoreLoading, StoreUnavailable
from graphsvc.domain.records import Record, RecordKind, Ref
from graphsvc.ports import Change, GraphStore, HistoryEvent, Stored, StoreInfo
from graphsvc.stores.encoding import KINDS, Unreadable, can_be_key, to_event, to_stored
from graphsvc.stores.loading import loaded_cargo
from graphsvc.stores.planning.asked import fingerprint, gather
from graphsvc.stores.planning.facts import KIND_ORDER
from graphsvc.stores.planning.plan import make_plan
from graphsvc.stores.sqlite_facts import SqliteFacts
from graphsvc.stores.sqlite_load import load_cargo
from graphsvc.stores.sqlite_rows import answered, write_plan
from graphsvc.stores.sqlite_schema import SCHEMA_VERSION, connect, explained, prepare, transaction

_IDLE_CONNECTIONS = 8
_EVENT = "SELECT revision, kind, id, version, action, before, after, by, at FROM event"


class SqliteStore(GraphStore):
    """The graph in one file. `resume=True` is for going on with an interrupted `load`."""

    def __init__(self, path: Path, *, create: bool = True, resume: bool = False) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        prepare(path, create=create)
        if not resume and self.info().loading:
            self.close()
            raise StoreLoading(str(path))

    def info(self) -> StoreInfo:
        """One row."""
        with self._connection() as connection:
            row = connection.execute("SELECT store_id, revision, loading FROM store").fetchone()
        return StoreInfo(row[0], SCHEMA_VERSION, row[1], loading=row[2] is not None)

    def counts(self) -> dict[RecordKind, int]:
        """Counted from the index of kinds."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT kind, count(*) FROM record WHERE data IS NOT NULL GROUP BY kind"
            ).fetchall()
        found = {KINDS[kind]: number for kind, number in rows}
        return {kind: found.get(kind, 0) for kind in RecordKind}

    def resolve(self, kind: RecordKind, key: str) -> str | None:
        """An id first, then an alias whose owner is there."""
        if not can_be_key(key):
            return None
        with self._reading() as connection:
            row = connection.execute(
                "SELECT id, 0 AS rank FROM record WHERE kind = ?1 AND id = ?2 AND data IS NOT NULL UNION ALL"
                " SELECT r.id, 1 FROM alias a JOIN record r ON r.kind = a.kind AND r.id = a.owner"
                " WHERE a.kind = ?1 AND a.alias = ?2 AND r.data IS NOT NULL ORDER BY rank",
                (KIND_ORDER[kind], key),
            ).fetchone()
        return None if row is None else str(row[0])

    def get_many(self, kind: RecordKind, ids: Iterable[str]) -> dict[str, Stored[Any]]:
        """One index look-up per id."""
        with self._reading() as connection:
            found = SqliteFacts(connection).current({Ref(kind, id_) for id_ in ids if can_be_key(id_)})
        return {ref.id: stored for ref, stored in found.items()}

    def records(self, kind: RecordKind) -> Iterator[Stored[Any]]:
        """Read as one transaction that lasts as long as the iteration."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT data, version, revision FROM record WHERE kind = ? AND data IS NOT NULL ORDER BY id",
                (KIND_ORDER[kind],),
            )
            for data, version, revision in rows:
                yield to_stored(kind, data, version, revision)

    def touching(self, ref: Ref) -> list[Stored[Any]]:
        """Through the index of references."""
        if not can_be_key(ref.id):
            return []
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT s.kind, s.data, s.version, s.revision FROM record t"
                " JOIN reference r ON r.target = t.key JOIN record s ON s.key = r.source"
                " WHERE t.kind = ? AND t.id = ? ORDER BY s.kind, s.id",
                (KIND_ORDER[ref.kind], ref.id),
            ).fetchall()
            return [to_stored(KINDS[kind], *rest) for kind, *rest in rows]

    def changes_since(self, revision: int, limit: int = 10_000) -> list[HistoryEvent]:
        """Events are kept in the order of the feed."""
        with self._reading() as connection:
            last = _last_whole_revision(connection, revision, limit)
            rows = connection.execute(
                f"{_EVENT} WHERE revision > ? AND revision <= ? ORDER BY revision, kind, id", (revision, last)
            ).fetchall()
        return [_event(row) for row in rows]

    def history(self, ref: Ref) -> list[HistoryEvent]:
        """Through the index of events by record."""
        if not can_be_key(ref.id):
            return []
        with self._reading() as connection:
            rows = connection.execute(
                f"{_EVENT} WHERE kind = ? AND id = ? ORDER BY revision", (KIND_ORDER[ref.kind], ref.id)
            ).fetchall()
        return [_event(row) for row in rows]

    def merged(self, kind: RecordKind) -> dict[str, str]:
        """From the aliases: the history is not read again for it."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT a.alias, a.owner FROM alias a JOIN record r ON r.kind = a.kind AND r.id = a.owner"
                " JOIN record gone ON gone.kind = a.kind AND gone.id = a.alias AND gone.data IS NULL"
                " WHERE a.kind = ? AND a.merged AND r.data IS NOT NULL",
                (KIND_ORDER[kind],),
            ).fetchall()
        return dict(rows)

    def apply(
        self,
        changes: Sequence[Change],
        *,
        by: str,
        idempotency_key: str | None = None,
        expected_versions: Mapping[Ref, int] | None = None,
        at: datetime | None = None,
    ) -> int:
        """Planned and written in one immediate transaction."""
        asked = gather(changes)
        print_ = None if idempotency_key is None else fingerprint(asked)
        with self._writing() as connection:
            revision, loading = connection.execute("SELECT revision, loading FROM store").fetchone()
            if loading is not None:
                raise StoreLoading(str(self._path))
            if idempotency_key is not None:
                known = answered(connection, idempotency_key, print_)
                if known is not None:
                    return known
            facts = SqliteFacts(connection)
            plan = make_plan(
                facts, asked, revision=revision, by=by, at=at, expected_versions=expected_versions
            )
            if plan.events:
                write_plan(connection, facts, plan)
                revision = plan.revision
            if idempotency_key is not None:
                connection.execute(
                    "INSERT INTO answered VALUES (?, ?, ?)", (idempotency_key, print_, revision)
                )
            return int(revision)

    def load(
        self, records: Iterable[Record], *, by: str, idempotency_key: str, at: datetime | None = None
    ) -> int:
        """Batches of 20,000 records, each one transaction; nothing is read of the store until the end."""
        with loaded_cargo(records) as cargo:
            return load_cargo(self._loading, cargo, by, idempotency_key, at)

    def close(self) -> None:
        """Close the idle connections; one still reading is closed when it ends."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection of the pool, given back in the end; errors of the driver are explained."""
        try:
            connection = self._take()
            try:
                yield connection
            finally:
                self._give_back(connection)
        except sqlite3.Error as error:
            raise explained(self._path, error) from error
        except Unreadable as error:
            raise StoreDamaged(str(self._path), str(error)) from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A read transaction: one revision. Nothing is read of a store that is loading."""
        with self._connection() as connection:
            connection.execute("BEGIN")
            try:
                if connection.execute("SELECT loading FROM store").fetchone() != (None,):
                    raise StoreLoading(str(self._path))
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A write transaction, committed if nothing is raised."""
        with self._connection() as connection, transaction(connection):
            yield connection

    @contextmanager
    def _loading(self) -> Iterator[sqlite3.Connection]:
        """The same, in which a record may be named before it is written (a load is checked beforehand)."""
        with self._connection() as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            try:
                with transaction(connection):
                    yield connection
            finally:
                connection.execute("PRAGMA foreign_keys = ON")

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise StoreUnavailable(str(self._path), "closed")
            if self._idle:
                return self._idle.pop()
        return connect(self._path)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if not self._closed and len(self._idle) < _IDLE_CONNECTIONS:
                self._idle.append(connection)
                return
        connection.close()


def _last_whole_revision(connection: sqlite3.Connection, after: int, limit: int) -> int:
    row = connection.execute(
        "SELECT revision FROM event WHERE revision > ? ORDER BY revision LIMIT 1 OFFSET ?",
        (after, max(limit, 0)),
    ).fetchone()
    if row is None:
        return 2**62
    (first,) = connection.execute("SELECT min(revision) FROM event WHERE revision > ?", (after,)).fetchone()
    return int(max(first, row[0] - 1))


def _event(row: tuple[Any, ...]) -> HistoryEvent:
    revision, kind, id_, *rest = row
    return to_event(revision, Ref(KINDS[kind], id_), *rest)
