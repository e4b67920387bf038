"""The line to the server: the driver's settings, a deadline of our own, and the meaning of its errors.

The driver alone waits for ever on a server that holds the connection and says nothing. Here each unit of work
runs in a thread of its own; when it is silent for a second, the server must shake hands on a plain socket or
nobody waits for it any longer. A slow server is waited for; a dead one is known within three seconds.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, ManagedTransaction, unit_of_work
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graphsvc.domain.errors import StoreDamaged, StoreUnavailable
from graphsvc.stores.encoding import Unreadable

T = TypeVar("T")
Work = Callable[[ManagedTransaction], T]

READ_SECONDS = 20.0
WRITE_SECONDS = 30.0
BULK_SECONDS = 900.0
_SILENCE_SECONDS = 1.0  # then it must shake hands
_LATER_SECONDS = 5.0  # and again so often
_FORGIVEN_KNOCKS = 6  # a server busy with a large transaction may pause to collect its memory
_KNOCK_SECONDS = 1.8
_TRUST_SECONDS = 5.0  # a server that answered this recently is asked without knocking
_PREAMBLE = bytes.fromhex("6060b017 00000405 00000304 00000000 00000000")  # Bolt 5.4, 4.3 and older
_PLAIN = ("bolt", "neo4j")
_TLS = ("bolt+s", "bolt+ssc", "neo4j+s", "neo4j+ssc")


class Line:
    """A driver with a deadline. Safe for several threads."""

    def __init__(self, uri: str, user: str, password: str, database: str | None) -> None:
        self.name = uri
        self._database = database
        self._answered = 0.0
        self._closed = False
        self._host, self._port, self._tls = _address(uri)
        try:
            self._quick = _driver(uri, user, password, retry_seconds=2)
            self._patient = _driver(uri, user, password, retry_seconds=30)
        except (DriverError, ValueError, TypeError) as error:
            raise StoreUnavailable(uri, str(error)) from error
        self._bookmarks = GraphDatabase.bookmark_manager()

    def read(self, work: Work[T], seconds: float = READ_SECONDS) -> T:
        """Run in a read transaction, routed to a reader of a cluster, that sees our own writes."""
        return self._within(seconds, lambda: self._run(self._quick, work, seconds, write=False))

    def write(self, work: Work[T], seconds: float = WRITE_SECONDS) -> T:
        """Run in a write transaction, run again by the driver when it fails in passing: make it harmless."""
        driver = self._patient if seconds > WRITE_SECONDS else self._quick
        return self._within(seconds, lambda: self._run(driver, work, seconds, write=True))

    def define(self, statements: list[str]) -> None:
        """Run schema statements, each in a transaction of its own."""

        def run() -> None:
            with self._patient.session(database=self._database) as session:
                for statement in statements:
                    session.run(statement).consume()

        self._within(BULK_SECONDS, run)

    def close(self) -> None:
        """Close the driver, without waiting for a silent server."""
        if not self._closed:
            self._closed = True
            closing = threading.Thread(target=self._close_drivers, daemon=True)
            closing.start()
            closing.join(_KNOCK_SECONDS)

    def _close_drivers(self) -> None:
        self._quick.close()
        self._patient.close()

    def _run(self, driver: Driver, work: Work[T], seconds: float, *, write: bool) -> T:
        timed = unit_of_work(timeout=seconds)(work)
        with driver.session(
            database=self._database,
            default_access_mode=WRITE_ACCESS if write else READ_ACCESS,
            bookmark_manager=self._bookmarks,
        ) as session:
            return session.execute_write(timed) if write else session.execute_read(timed)

    def _within(self, seconds: float, call: Callable[[], T]) -> T:
        if self._closed:
            raise StoreUnavailable(self.name, "closed")
        if time.monotonic() - self._answered > _TRUST_SECONDS:
            self._knock()
        outcome: list[T] = []
        failure: list[BaseException] = []

        def run() -> None:
            try:
                outcome.append(call())
            except BaseException as error:  # noqa: BLE001 - raised again in the thread that asked
                failure.append(error)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        self._wait(thread, seconds)
        if outcome:
            self._answered = time.monotonic()
            return outcome[0]
        self._answered = 0.0
        raise self._meaning(failure[0] if failure else TimeoutError())

    def _wait(self, thread: threading.Thread, seconds: float) -> None:
        """Wait for the thread while the server lives. Long work is forgiven some missed handshakes."""
        deadline = time.monotonic() + seconds
        forgiven = _FORGIVEN_KNOCKS if seconds > WRITE_SECONDS else 0
        thread.join(_SILENCE_SECONDS)
        while thread.is_alive() and time.monotonic() < deadline:
            self._answered = 0.0
            try:
                self._knock()
            except StoreUnavailable:
                if forgiven == 0:
                    raise
                forgiven -= 1
            thread.join(_LATER_SECONDS)

    def _meaning(self, error: BaseException) -> BaseException:
        if isinstance(error, Unreadable):
            return StoreDamaged(self.name, str(error))
        if isinstance(error, AuthError):
            return StoreUnavailable(self.name, "credentials_refused")
        if isinstance(error, Neo4jError):
            return StoreUnavailable(self.name, error.code or type(error).__name__)
        if isinstance(error, DriverError | OSError):
            return StoreUnavailable(self.name, type(error).__name__)
        return error

    def _knock(self) -> None:
        """Raise StoreUnavailable unless the server shakes hands now."""
        try:
            with socket.create_connection((self._host, self._port), timeout=_KNOCK_SECONDS) as plain:
                plain.settimeout(_KNOCK_SECONDS)
                if self._tls:
                    with _unverified().wrap_socket(plain, server_hostname=self._host) as wrapped:
                        _shake_hands(wrapped)
                else:
                    _shake_hands(plain)
        except OSError as error:
            raise StoreUnavailable(self.name, type(error).__name__) from error


def _address(uri: str) -> tuple[str, int, bool]:
    """Host, port and whether TLS is spoken. Raises StoreUnavailable for what is no Bolt address."""
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname, parts.port or 7687
    except ValueError as error:
        raise StoreUnavailable(uri, "not_an_address") from error
    if not host or parts.scheme not in (*_PLAIN, *_TLS):
        raise StoreUnavailable(uri, "not_an_address")
    return host, port, parts.scheme in _TLS


def _driver(uri: str, user: str, password: str, *, retry_seconds: float) -> Driver:
    return GraphDatabase.driver(
        uri,
        auth=(user, password),
        connection_timeout=2,
        connection_acquisition_timeout=3,
        max_transaction_retry_time=retry_seconds,
        max_connection_pool_size=32,
        liveness_check_timeout=30,
        notifications_min_severity="OFF",
        user_agent="maillage",
    )


def _shake_hands(line: socket.socket) -> None:
    line.sendall(_PREAMBLE)
    if not line.recv(4):
        raise ConnectionResetError


def _unverified() -> ssl.SSLContext:
    # Nothing is said or believed on this connection; the driver verifies the certificate on its own.
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def rows(tx: ManagedTransaction, query: str, **parameters: Any) -> list[dict[str, Any]]:
    """All rows of a query, as plain dictionaries."""
    return [record.data() for record in tx.run(query, parameters)]
