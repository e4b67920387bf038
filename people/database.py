"""The private database: opened, checked, brought up to date; then short transactions."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, Select, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
)
from sqlalchemy.orm import Session

from graphsvc.domain.errors import InvalidValue, StoreDamaged, StoreUnavailable
from people.schema import bring_up_to_date, read_version

BUSY_SECONDS = 10
CONNECT_SECONDS = 3
SILENT_SECONDS = 60  # of a client of PostgreSQL in the middle of a change
_WRITER_LOCK = 0x77726974  # "writ": an advisory lock of PostgreSQL, apart from that of the migrations
_BEGIN = "maillage_begin"


def utc_now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


class PrivateDatabase:
    """Transactions on the private database: one writer at a time, whom readers do not wait for.

    So what a change finds holds until it is kept, on either engine. Safe to share between threads; not across
    a fork.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self._reader = engine.execution_options(**_to_read(engine))
        self._writer = engine.execution_options(**_to_write(engine))
        self._clock = clock
        self._compiled: dict[Select[str], Any] = {}
        self.name = engine.url.render_as_string(hide_password=True)

    def now(self) -> datetime:
        """The instant, by the clock this database was opened with."""
        return self._clock()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent reading. Raises StoreUnavailable, StoreDamaged."""
        with translated(self.name), Session(self._reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """A reading without a session, for what every page asks and no object is made of. Raises as
        `reading`.
        """
        with translated(self.name), self._reader.connect() as connection:
            yield connection

    def column(self, wanted: Select[str], values: Mapping[str, str]) -> list[str]:
        """One column of texts, asked of the driver itself: for what every answer asks, where the layers above
        it would take longer than the database. Raises as `reading`.
        """
        dialect = self._reader.dialect
        asked = self._compiled.get(wanted)
        if asked is None:
            asked = self._compiled[wanted] = wanted.compile(dialect=dialect)
        given = [values[name] for name in asked.positiontup or ()] if asked.positional else dict(values)
        with translated(self.name):
            try:
                with closing(self._reader.raw_connection()) as raw, closing(raw.cursor()) as cursor:
                    cursor.execute(asked.string, given)
                    return [row[0] for row in cursor.fetchall()]
            except dialect.loaded_dbapi.Error as error:
                raise DBAPIError.instance(asked.string, None, error, dialect.loaded_dbapi.Error) from error

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One atomic change: committed at the end, undone by any exception. Raises as `reading`."""
        with (
            translated(self.name),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def schema_version(self) -> int:
        """The version of the tables (1, 2, …)."""
        with self.reading() as session:
            return read_version(session.connection(), self.name) or 0

    def verify(self) -> None:
        """Read the whole of a SQLite file; a server looks after its own. Raises StoreDamaged."""
        if self._reader.dialect.name == "sqlite":
            with self.connected() as connection:
                verdict = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
            if verdict != "ok":
                raise StoreDamaged(self.name, str(verdict))

    def close(self) -> None:
        """Release the connections. Idempotent."""
        self._reader.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_private(home_or_url: Path | str, *, clock: Callable[[], datetime] = utc_now) -> PrivateDatabase:
    """Open the private database of a home folder (`private.db` in it) or of a URL, migrated to this version.

    A new SQLite file is made with mode 0600. Raises StoreUnavailable, InvalidValue (unreadable URL), and,
    leaving the file as it is, StoreDamaged (not one of ours) or StoreTooNew.
    """
    url = _url(home_or_url)
    engine = _engine(url)
    name = url.render_as_string(hide_password=True)
    try:
        with translated(name):
            with engine.execution_options(**_to_migrate(engine)).begin() as connection:
                bring_up_to_date(connection, name)
            if url.get_backend_name() == "sqlite":
                _use_write_ahead_log(engine)
                _close_to_all(Path(url.database or ""))
    except BaseException:
        engine.dispose()
        raise
    return PrivateDatabase(engine, clock)


def private_file(url: str) -> Path | None:
    """The file of a SQLite address; None for a server. Raises InvalidValue (unreadable URL)."""
    found = _url(url)
    return Path(found.database or "") if found.get_backend_name() == "sqlite" else None


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Errors of the driver, as errors of the product. Broken constraints pass through."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise StoreUnavailable(name, _first_line(error)) from error
    except DatabaseError as error:
        if type(error) is DatabaseError:  # neither a constraint nor a wrong query: the file itself
            raise StoreDamaged(name, _first_line(error)) from error
        raise


def _first_line(error: DatabaseError | InterfaceError | OperationalError) -> str:
    return (str(error.orig).splitlines() or [""])[0]


def _url(home_or_url: Path | str) -> URL:
    if isinstance(home_or_url, Path):
        return URL.create("sqlite", database=str(home_or_url / "private.db"))
    try:
        url = make_url(home_or_url)
    except ArgumentError:
        raise InvalidValue("setting", "MAILLAGE_PRIVATE_DB", "", "private_scheme") from None
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg") or not url.database:
        raise InvalidValue("setting", "MAILLAGE_PRIVATE_DB", "", "private_scheme")
    return url


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        _make_file(Path(url.database or ""), url.render_as_string())
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS})
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreUnavailable(url.render_as_string(), "pip install maillage[postgresql]") from error
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _to_read(engine: Engine) -> dict[str, str]:
    return {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}


def _to_migrate(engine: Engine) -> dict[str, str]:
    """PostgreSQL: `people.schema` has a lock of its own, which waits as long as a migration takes."""
    return {_BEGIN: "BEGIN IMMEDIATE"} if engine.dialect.name == "sqlite" else {}


def _to_write(engine: Engine) -> dict[str, str]:
    """The lock is taken first: on SQLite a BEGIN that reads then writes fails at once when another writes;
    PostgreSQL lets the other end between a check and what it allowed. There each statement must see what was
    committed before it, not before the lock, and a client that vanished must let the lock go.
    """
    if engine.dialect.name == "sqlite":
        return {_BEGIN: "BEGIN IMMEDIATE"}
    limits = {"lock_timeout": BUSY_SECONDS, "idle_in_transaction_session_timeout": SILENT_SECONDS}
    limited = ", ".join(
        f"set_config('{name}', '{seconds * 1000:.0f}', true)" for name, seconds in limits.items()
    )
    lock = f"SELECT {limited}, pg_advisory_xact_lock({_WRITER_LOCK})"
    return {_BEGIN: lock, "isolation_level": "READ COMMITTED"}


def _make_file(path: Path, name: str) -> None:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreUnavailable(name, str(error.strerror)) from error


def _close_to_all(path: Path) -> None:
    """What everybody on the machine could read, the file and its log, is theirs no longer."""
    for part in ("", "-wal", "-shm"):
        with suppress(OSError):  # not there, or another's: theirs to close
            file = path.with_name(path.name + part)
            mode = stat.S_IMODE(file.stat().st_mode)
            if mode & 0o007:
                file.chmod(mode & ~0o007)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver opens no transaction of its own: `_begin_sqlite` does
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(str(connection.get_execution_options().get(_BEGIN, "BEGIN")))


def _begin_postgresql(connection: Connection) -> None:
    lock = connection.get_execution_options().get(_BEGIN)
    if lock is not None:
        connection.exec_driver_sql(str(lock))


def _use_write_ahead_log(engine: Engine) -> None:
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
