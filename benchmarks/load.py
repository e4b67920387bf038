"""A small closed-loop load generator: some clients, each with one open connection, asking one page after
another.
"""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import OK
from typing import BinaryIO
from urllib.parse import urlsplit

ANSWER_TIMEOUT_S = 30


@dataclass(slots=True)
class Answers:
    """What the clients got: milliseconds of each answer, and what was not a 200."""

    milliseconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def ask_in_turn(
    address: str, paths: Sequence[str], clients: int, requests: int, cookie: str | None = None
) -> Answers:
    """`requests` requests in all, shared by `clients` threads, each of which goes through all the paths, with
    this cookie; loopback addresses only.

    Raises:
        ValueError: the address is not of this machine.
    """
    turns = range(requests // clients)
    return _asked(
        address,
        [[paths[(number * 7 + turn) % len(paths)] for turn in turns] for number in range(clients)],
        cookie,
    )


def ask_each_once(address: str, paths: Sequence[str], clients: int, cookie: str | None = None) -> Answers:
    """Each path once, by one of the clients, with this cookie. Raises ValueError as `ask_in_turn`."""
    return _asked(address, [paths[number::clients] for number in range(clients)], cookie)


def _asked(address: str, shares: Sequence[Sequence[str]], cookie: str | None = None) -> Answers:
    """What clients get, each asking its share."""
    host = urlsplit(address).hostname or ""
    if host not in {"127.0.0.1", "localhost", "::1"}:
        raise ValueError(f"{address} is not an address of this machine")
    found = [Answers() for _ in shares]
    threads = [
        threading.Thread(target=_ask, args=(address, paths, answers, cookie))
        for paths, answers in zip(shares, found, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Answers(
        [taken for share in found for taken in share.milliseconds],
        [failure for share in found for failure in share.failures],
    )


def _ask(address: str, paths: Sequence[str], answers: Answers, cookie: str | None) -> None:
    parts = urlsplit(address)
    connection = Connection(parts.hostname or "", parts.port or 80, cookie)
    for path in paths:
        began = time.perf_counter()
        try:
            status = connection.get(path)
        except (OSError, ValueError) as error:
            answers.failures.append(f"{path}: {error!r}")
            connection.close()
            continue
        if status == OK:
            answers.milliseconds.append((time.perf_counter() - began) * 1000)
        else:
            answers.failures.append(f"{path}: {status}")
    connection.close()


class Connection:
    """One client's connection, opened again when the server lets it go. `http.client` would spend half a
    millisecond an answer on the cores that are being measured; this reads what a measure needs.
    """

    def __init__(self, host: str, port: int, cookie: str | None = None) -> None:
        self._to = (host, port)
        sent = f"Host: {host}:{port}\r\nAccept-Encoding: gzip\r\n"
        sent += f"Cookie: {cookie}\r\n" if cookie else ""
        self._headers = f" HTTP/1.1\r\n{sent}\r\n".encode("ascii")
        self._socket: socket.socket | None = None
        self._answers: BinaryIO | None = None

    def get(self, path: str) -> int:
        """Ask for a page, read all of it; returns its status.

        Raises:
            OSError: the server does not answer, or stops in the middle.
            ValueError: what it says is not HTTP, or does not say how long the page is.
        """
        if self._socket is None or self._answers is None:
            self._socket = socket.create_connection(self._to, ANSWER_TIMEOUT_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._answers = self._socket.makefile("rb")
        self._socket.sendall(b"GET " + path.encode("ascii") + self._headers)
        version, status, *_ = self._line().split(maxsplit=2)
        length, kept = -1, version == b"HTTP/1.1"
        while (line := self._line()) != b"\r\n":
            name, _, value = line.lower().partition(b":")
            if name == b"content-length":
                length = int(value)
            elif name == b"connection":
                kept = value.strip() != b"close"
        if length < 0:
            raise ValueError("an answer without its length")
        if len(self._answers.read(length)) < length:
            raise ConnectionError("an answer that stops in the middle")
        if not kept:
            self.close()
        return int(status)

    def _line(self) -> bytes:
        line = self._answers.readline() if self._answers is not None else b""
        if not line.endswith(b"\n"):
            raise ConnectionError("the server hung up")
        return line

    def close(self) -> None:
        """Hang up. Idempotent."""
        for end in (self._answers, self._socket):
            if end is not None:
                end.close()
        self._answers = self._socket = None
