"""Clients of a server of several threads: who is told to come back by a new connection."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

_SITE = """
import sys, time
from gunicorn.app.base import BaseApplication
from web.server import spread_clients

class Site(BaseApplication):
    def load_config(self):
        given = {"bind": "127.0.0.1:" + sys.argv[1], "threads": 4, "pre_request": spread_clients,
                 "worker_class": "web.receiving.TimelyWorker", "control_socket_disable": True}
        for name, value in given.items():
            self.cfg.set(name, value)

    def load(self):
        def answer(environ, start):
            time.sleep(float(environ["PATH_INFO"].strip("/")))
            start("200 OK", [("Content-Length", "2")])
            return [b"ok"]
        return answer

Site().run()
"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A gunicorn of one process and four threads, whose pages take as many seconds as their address says."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found = int(probe.getsockname()[1])
    server = subprocess.Popen([sys.executable, "-c", _SITE, str(found)], stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", found), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield found
    finally:
        server.terminate()
        try:
            server.wait(30)
        finally:
            server.kill()


def asked(port: int, clients: int, seconds: float) -> list[bytes]:
    """What as many clients at once are told, each on a connection of its own that it would keep."""
    with ExitStack() as opened:
        ends = []
        for _ in range(clients):
            end = opened.enter_context(socket.create_connection(("127.0.0.1", port), 30))
            end.sendall(f"GET /{seconds} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
            ends.append(end)
            time.sleep(0.2)  # each is being answered when the next one comes
        return [end.recv(4096).lower() for end in ends]


def test_a_client_alone_keeps_its_connection(port: int) -> None:
    assert all(b"connection: keep-alive" in answer for answer in asked(port, 1, 0.0))


def test_clients_beyond_half_the_threads_are_sent_to_the_process_that_has_less_to_do(port: int) -> None:
    answers = asked(port, 3, 1.5)
    assert [b"connection: close" in answer for answer in answers] == [False, False, True]
    assert all(answer.startswith(b"http/1.1 200") for answer in answers)
