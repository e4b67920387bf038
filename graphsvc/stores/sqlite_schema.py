"""The SQLite file: its tables, its identity, and what is refused before anything in it is touched."""

import sqlite3
import struct
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from graphsvc.domain.errors import StoreDamaged, StoreTooNew, StoreUnavailable

APPLICATION_ID = 0x4D61696C  # "Mail"
BUSY_SECONDS = 30.0
CHECKED_BYTES = 32 * 1024 * 1024  # a larger file is checked page by page as it is read, or by `check`
_HEADER = b"SQLite format 3\x00"

# `record.data` is NULL for a name that is no current record: withdrawn or merged away (its version is kept),
# or not yet loaded. Integer keys keep `reference` small; kinds are positions in RecordKind.
_FIRST = """
CREATE TABLE store (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    store_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    loading TEXT
);
CREATE TABLE record (
    key INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    data TEXT,
    UNIQUE (kind, id)
);
CREATE TABLE reference (
    source INTEGER NOT NULL REFERENCES record (key),
    target INTEGER NOT NULL REFERENCES record (key),
    PRIMARY KEY (source, target)
) WITHOUT ROWID;
CREATE INDEX reference_target ON reference (target, source);
CREATE TABLE alias (
    kind INTEGER NOT NULL,
    alias TEXT NOT NULL,
    owner TEXT NOT NULL,
    merged INTEGER NOT NULL,
    PRIMARY KEY (kind, alias)
) WITHOUT ROWID;
CREATE INDEX alias_owner ON alias (kind, owner);
CREATE TABLE event (
    revision INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    action TEXT NOT NULL,
    before TEXT,
    after TEXT,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (revision, kind, id)
) WITHOUT ROWID;
CREATE INDEX event_record ON event (kind, id, revision);
CREATE TABLE answered (
    idempotency_key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    revision INTEGER NOT NULL
) WITHOUT ROWID;
"""

# Each migration is one script, run in one transaction with the number it leads to: what a crash interrupts
# is done again from the last number reached. Append only.
MIGRATIONS: tuple[str, ...] = (_FIRST,)
SCHEMA_VERSION = len(MIGRATIONS)


def prepare(path: Path, *, create: bool) -> None:
    """Make the file ready: created if allowed, checked, migrated. Refuses it untouched otherwise.

    Raises:
        StoreUnavailable: absent (and not to be created), or not readable.
        StoreDamaged: not ours, or broken.
        StoreTooNew: written by a later version.
    """
    try:
        if not path.exists():
            if not create:
                raise StoreUnavailable(str(path), "missing")
            path.parent.mkdir(parents=True, exist_ok=True)
        elif path.stat().st_size > 0:
            _check_header(path)
            _check_content(path)
        with closing(connect(path)) as connection:
            _migrate(connection, path)
    except OSError as error:
        raise StoreUnavailable(str(path), type(error).__name__) from error
    except sqlite3.DatabaseError as error:
        raise explained(path, error) from error


def connect(path: Path) -> sqlite3.Connection:
    """A connection for reads and writes; transactions are begun explicitly."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA mmap_size = 268435456")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction from its first statement on, committed if nothing is raised."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def explained(path: Path, error: sqlite3.Error) -> StoreDamaged | StoreUnavailable:
    """What an error of the driver means to the caller."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreDamaged(str(path), str(error))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreUnavailable(str(path), "busy")
    return StoreUnavailable(str(path), str(error))


def _check_header(path: Path) -> None:
    """Read the first 100 bytes as a plain file, so that a stranger's file is not even opened by SQLite."""
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(_HEADER):
        raise StoreDamaged(str(path), "not_a_database")
    (schema,) = struct.unpack(">I", header[60:64])
    (application,) = struct.unpack(">I", header[68:72])
    if application != APPLICATION_ID:
        raise StoreDamaged(str(path), "another_application")
    if schema > SCHEMA_VERSION:
        raise StoreTooNew(str(path), schema, SCHEMA_VERSION)


def _check_content(path: Path) -> None:
    """Read the file without writing beside it: as immutable when no log shows that somebody has it open."""
    if not _log(path).exists():
        try:
            return _check_pages(path, "mode=ro&immutable=1")
        except (StoreDamaged, sqlite3.DatabaseError):
            if not _log(path).exists():
                raise
    return _check_pages(path, "mode=ro")  # opened by somebody, or left by a crash


def _check_pages(path: Path, how: str) -> None:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, timeout=BUSY_SECONDS)) as file:
        if path.stat().st_size <= CHECKED_BYTES:
            (verdict,) = file.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise StoreDamaged(str(path), str(verdict))
        (found,) = file.execute("PRAGMA user_version").fetchone()
        if found > SCHEMA_VERSION:
            raise StoreTooNew(str(path), found, SCHEMA_VERSION)


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    while _version(connection) < SCHEMA_VERSION:
        with transaction(connection):
            done = _version(connection)  # another process may have been faster
            if done < SCHEMA_VERSION:
                _run(connection, MIGRATIONS[done])
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
                connection.execute(f"PRAGMA user_version = {done + 1:d}")
                connection.execute(
                    "INSERT INTO store VALUES (1, ?, 0, NULL) ON CONFLICT DO NOTHING", (str(uuid.uuid4()),)
                )
    if connection.execute("SELECT count(*) FROM store").fetchone() != (1,):
        raise StoreDamaged(str(path), "no_identity")
    connection.execute("PRAGMA journal_mode = WAL")


def _run(connection: sqlite3.Connection, script: str) -> None:
    # `executescript` would commit the transaction; a statement of ours ends with ";" at the end of a line.
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def _version(connection: sqlite3.Connection) -> int:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)
