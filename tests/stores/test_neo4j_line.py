"""A Neo4j server that is down, silent or slow is known within three seconds; reads go to readers."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from graphsvc.domain.errors import StoreUnavailable
from graphsvc.domain.records import RecordKind
from graphsvc.ports import Put
from graphsvc.stores import neo4j_line
from graphsvc.stores.neo4j import Neo4jStore
from tests.contracts.world import plain
from tests.rig.server import Neo4jAddress

PROMISED_SECONDS = 3.0  # on a machine that does nothing else
LIMIT_SECONDS = 10.0  # the driver alone would wait for ever


@contextmanager
def within(seconds: float = LIMIT_SECONDS) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun <= seconds


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Pipe:
    """A relay to the server that can fall silent without closing anything: a black hole."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self.silent = threading.Event()
        self._sockets: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for end in (self._door, *self._sockets):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection(self._target)
                self._sockets += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if not self.silent.is_set():
                    sink.sendall(data)
            sink.close()


@pytest.fixture
def pipe(neo4j_store_url: Neo4jAddress) -> Iterator[Pipe]:
    host, _, port = neo4j_store_url.uri.rpartition("/")[2].rpartition(":")
    pipe = Pipe((host, int(port)))
    yield pipe
    pipe.close()


def test_silence_and_a_knock_take_less_than_is_promised() -> None:
    assert neo4j_line._SILENCE_SECONDS + neo4j_line._KNOCK_SECONDS < PROMISED_SECONDS


def test_a_closed_port_is_unavailable_at_once() -> None:
    with within(), pytest.raises(StoreUnavailable):
        Neo4jStore(f"bolt://127.0.0.1:{free_port()}", "neo4j", "x" * 8)


def test_a_host_that_accepts_and_never_answers_is_unavailable_in_time() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as hole:
        port = hole.getsockname()[1]
        for scheme in ("bolt", "neo4j"):
            with within(), pytest.raises(StoreUnavailable):
                Neo4jStore(f"{scheme}://127.0.0.1:{port}", "neo4j", "x" * 8)


@pytest.mark.parametrize("uri", ["http://127.0.0.1:1", "bolt://", "nonsense", "bolt://h:99999"])
def test_an_address_that_is_none_is_unavailable(uri: str) -> None:
    with within(), pytest.raises(StoreUnavailable):
        Neo4jStore(uri, "neo4j", "x" * 8)


def test_wrong_credentials_are_said_so(neo4j_store_url: Neo4jAddress) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        Neo4jStore(neo4j_store_url.uri, neo4j_store_url.username, "certainly wrong")
    assert caught.value.reason == "credentials_refused"


def test_a_server_that_falls_silent_is_known_in_time_and_used_again_when_back(
    neo4j_store_url: Neo4jAddress, pipe: Pipe
) -> None:
    address = neo4j_store_url
    with Neo4jStore(f"bolt://127.0.0.1:{pipe.port}", address.username, address.password) as store:
        store.apply([Put(plain("a"))], by="tests")
        pipe.silent.set()
        for _ in range(2):
            with within(), pytest.raises(StoreUnavailable):
                store.counts()
        with within(), pytest.raises(StoreUnavailable):
            store.apply([Put(plain("b"))], by="tests")
        pipe.silent.clear()
        deadline = time.monotonic() + 60
        while True:
            try:
                assert store.counts()[RecordKind.ACTOR] >= 1
                break
            except StoreUnavailable:
                assert time.monotonic() < deadline
                time.sleep(0.1)


def test_reads_are_routed_to_readers_and_writes_to_the_writer(
    neo4j_store_url: Neo4jAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[str] = []
    opening = Driver.session

    def noted(driver: Driver, **options: Any) -> Any:
        modes.append(options["default_access_mode"])
        return opening(driver, **options)

    address = neo4j_store_url
    with Neo4jStore(address.uri, address.username, address.password) as store:
        monkeypatch.setattr(type(store._line._quick), "session", noted)
        store.apply([Put(plain("a"))], by="tests")
        written, modes[:] = list(modes), []
        store.info(), store.counts(), list(store.everything()), store.changes_since(0)
        assert (set(written), set(modes)) == ({"WRITE"}, {"READ"})


def test_our_own_write_is_seen_through_routing(neo4j_store_url: Neo4jAddress) -> None:
    address = neo4j_store_url
    uri = address.uri.replace("bolt://", "neo4j://", 1)
    with Neo4jStore(uri, address.username, address.password) as store:
        for number in range(3):
            store.apply([Put(plain(f"a{number}"))], by="tests")
            assert store.counts()[RecordKind.ACTOR] == number + 1


def test_a_read_crossed_by_a_write_is_read_again(neo4j_store_url: Neo4jAddress) -> None:
    address = neo4j_store_url
    with (
        Neo4jStore(address.uri, address.username, address.password) as store,
        GraphDatabase.driver(address.uri, auth=address.auth) as other,
    ):
        store.apply([Put(plain("a"))], by="tests")
        seen: list[int] = []

        def crossed(tx: Any) -> int:
            seen.append(len(seen))
            if len(seen) == 1:
                other.execute_query("MATCH (s:Store) SET s.revision = s.revision + 1")
            return seen[-1]

        assert store._read(crossed) == 1
