"""Clients that send slowly, or never end, do not take the site from the others."""

import os
import socket
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace

import pytest

from web import receiving
from web.receiving import TimelySocket

SERVE = (
    "import sys; from web import receiving; receiving.RECEIVE_SECONDS = 1.0;"
    "from web.cli import main; sys.argv[1:] = ['serve', '--workers', '1', '--port', sys.argv[1]]; main()"
)
BEGUN = {
    "headers": b"GET / HTTP/1.1\r\nHost: loc",
    "a form": b"POST /connexion/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\ncsrf_token=",
}


def test_a_request_has_so_long_from_its_beginning_whatever_trickles(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(receiving, "time", SimpleNamespace(monotonic=lambda: now))
    ours, theirs = socket.socketpair()
    timely = TimelySocket(ours)
    theirs.sendall(b"ab")
    assert timely.recv(1) == b"a"
    now += receiving.RECEIVE_SECONDS
    with pytest.raises(ConnectionResetError):
        timely.recv(1)
    timely.begin()  # the next request of the same connection
    assert timely.recv(1) == b"b"
    now += receiving.RECEIVE_SECONDS - 0.1
    with pytest.raises(ConnectionResetError):
        timely.recv(1)
    assert ours.gettimeout() is None
    ours.close()
    theirs.close()


def test_an_answer_that_nobody_takes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "SEND_SECONDS", 0.2)
    ours, theirs = socket.socketpair()
    with pytest.raises(ConnectionResetError):
        TimelySocket(ours).sendall(bytes(50_000_000))
    ours.close()
    theirs.close()


def test_a_slow_line_gets_its_whole_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "SEND_SECONDS", 2.0)  # less than all of it takes, far more than a part
    ours, theirs = socket.socketpair()
    got = bytearray()

    def take() -> None:
        while len(got) < 1_500_000 and (part := theirs.recv(100_000)):
            got.extend(part)
            time.sleep(0.15)

    theirs.settimeout(30)
    taking = threading.Thread(target=take, daemon=True)
    taking.start()
    TimelySocket(ours).sendall(bytes(1_500_000))
    taking.join(30)
    assert len(got) == 1_500_000
    ours.close()
    theirs.close()


@pytest.mark.parametrize("begun", sorted(BEGUN))
def test_the_site_answers_while_more_clients_than_threads_are_silent(tmp_path: Path, begun: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port)],
        env={**os.environ, "MAILLAGE_HOME": str(tmp_path / "home")},
        stderr=subprocess.PIPE,
        text=True,
    )
    silent: list[socket.socket] = []
    try:
        _answers(port, 180)
        for _ in range(12):
            silent.append(socket.create_connection(("127.0.0.1", port), 30))
            silent[-1].sendall(BEGUN[begun])
        time.sleep(0.3)
        _answers(port, 90)  # never, if they kept their threads
    finally:
        for client in silent:
            client.close()
        site.terminate()
        try:
            _, said = site.communicate(timeout=30)
        finally:
            site.kill()
    assert "Traceback" not in said


def _answers(port: int, seconds: float) -> None:
    """Wait until a page is there. Raises OSError."""
    began = time.monotonic()
    while True:
        asking = HTTPConnection("127.0.0.1", port, timeout=seconds / 3)
        try:
            asking.request("GET", "/a-propos")
            assert asking.getresponse().status == 200
            return
        except OSError:
            if time.monotonic() - began > seconds:
                raise
            time.sleep(0.2)
        finally:
            asking.close()
