"""Clients of a server of several threads: who is told to come back by a new connection."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO

import pytest

_SITE = """
import sys, threading
from gunicorn.app.base import BaseApplication
from web.server import spread_clients

class Site(BaseApplication):
    def load_config(self):
        given = {"bind": "127.0.0.1:" + sys.argv[1], "threads": 4, "pre_request": spread_clients,
                 "worker_class": "web.receiving.TimelyWorker", "control_socket_disable": True}
        for name, value in given.items():
            self.cfg.set(name, value)

    def load(self):
        together = {n: threading.Barrier(n) for n in (1, 3)}
        def answer(environ, start):
            print("begun", flush=True)
            together[int(environ["PATH_INFO"].strip("/"))].wait(60)
            start("200 OK", [("Content-Length", "2")])
            return [b"ok"]
        return answer

Site().run()
"""


@dataclass(frozen=True, slots=True)
class Site:
    """Where it listens, and where it says `begun` for each request that it begins to answer."""

    port: int
    said: IO[str]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A gunicorn of one process and four threads. Its pages wait for one another: as many as their address
    says are answered together.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with subprocess.Popen(
        [sys.executable, "-c", _SITE, str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        try:
            wait_until_it_listens(port)
            yield Site(port, server.stdout)
        finally:
            server.terminate()
            try:
                server.wait(30)
            finally:
                server.kill()


def wait_until_it_listens(port: int) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def asked(site: Site, clients: int) -> list[bytes]:
    """What as many clients at once are told, each on a connection of its own that it would keep."""
    with ExitStack() as opened:
        ends = []
        for _ in range(clients):
            end = opened.enter_context(socket.create_connection(("127.0.0.1", site.port), 90))
            end.sendall(f"GET /{clients} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
            ends.append(end)
            assert site.said.readline() == "begun\n"  # each is being answered when the next one comes
        return [end.recv(4096).lower() for end in ends]


def test_a_client_alone_keeps_its_connection(site: Site) -> None:
    assert all(b"connection: keep-alive" in answer for answer in asked(site, 1))


def test_clients_beyond_half_the_threads_are_sent_to_the_process_that_has_less_to_do(site: Site) -> None:
    answers = asked(site, 3)
    assert [b"connection: close" in answer for answer in answers] == [False, False, True]
    assert all(answer.startswith(b"http/1.1 200") for answer in answers)
