"""A client that is slow, or gone without a word, never keeps a thread: it has so long to send and to take.

gunicorn's threads wait for ever on a connection that is silent in the middle of a request. A telephone that
lost its network while it sent a form keeps one; eight of them kept the whole site. A reverse proxy that takes
requests whole before it passes them on (nginx does) is still the defence against who does it on purpose.
"""

import errno
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from gunicorn.workers.gthread import ThreadWorker

RECEIVE_SECONDS = 20.0  # for a whole request, its body included: 10 MiB at most
SEND_SECONDS = 60.0  # without a byte of the answer taken
Answer = TypeVar("Answer")


class TimelySocket:
    """A client's socket. What comes too late is a connection reset: for gunicorn, a client that is gone."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.begin()

    def begin(self) -> None:
        """A request begins: the time it may take runs from now."""
        self._by = time.monotonic() + RECEIVE_SECONDS

    def recv(self, size: int, flags: int = 0) -> bytes:
        """As of a socket. Raises ConnectionResetError once the request has taken too long."""
        return self._within(self._by - time.monotonic(), lambda: self._sock.recv(size, flags))

    def sendall(self, data: bytes, flags: int = 0) -> None:
        """As of a socket; a slow line is waited for, as long as something goes through. Raises
        ConnectionResetError when nobody takes it.
        """
        left = memoryview(data)
        while left:
            left = left[self._within(SEND_SECONDS, partial(self._sock.send, left, flags)) :]

    def sendfile(self, *how: Any, **where: Any) -> int:
        """As of a socket. Raises ConnectionResetError when nobody takes it."""
        return self._within(SEND_SECONDS, lambda: self._sock.sendfile(*how, **where))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def _within(self, seconds: float, act: Callable[[], Answer]) -> Answer:
        before = self._sock.gettimeout()
        if before is not None:  # gunicorn's own way of waiting, or of not waiting
            return act()
        if seconds <= 0:
            raise ConnectionResetError(errno.ECONNRESET, "too slow")
        self._sock.settimeout(seconds)
        try:
            return act()
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "too slow") from None
        finally:
            self._sock.settimeout(before)


class TimelyWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's worker with threads, on such sockets."""

    def handle(self, conn: Any) -> Any:
        """One request of a connection, new or kept."""
        if isinstance(conn.sock, TimelySocket):
            conn.sock.begin()
        else:
            conn.sock = TimelySocket(conn.sock)
        return super().handle(conn)
