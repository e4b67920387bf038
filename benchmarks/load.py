"""A small closed-loop load generator: some clients, each with one open connection, asking one page after
another.
"""

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
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
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=ANSWER_TIMEOUT_S)
    headers = {"Accept-Encoding": "gzip"} | ({"Cookie": cookie} if cookie else {})
    for path in paths:
        began = time.perf_counter()
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            answers.failures.append(f"{path}: {error!r}")
            connection.close()
            continue
        if answer.status == http.client.OK:
            answers.milliseconds.append((time.perf_counter() - began) * 1000)
        else:
            answers.failures.append(f"{path}: {answer.status}")
    connection.close()
