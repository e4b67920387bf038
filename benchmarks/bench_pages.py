"""How long do the pages of the seed take, served by gunicorn with two processes of four threads?"""

import csv
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import quote

from benchmarks.load import Answers, ask_each_once, ask_in_turn
from benchmarks.measure import Budget, Figure, percentile
from benchmarks.programs import PROGRAM, own_home
from seed.load import seed_bundle_path

TARGET_MS = 50.0
CLIENTS, REQUESTS, WARM_UP = 4, 1200, 80
START_TIMEOUT_S = 120
HOME, DIRECTORY, RECORD = "/", "/acteurs", "/acteurs/{id}"
SEARCHES = ("kayes", "ecole", "eau", "jumelage evry", "lycée agricole")


def run(budget: Budget) -> list[Figure]:
    """p95 of home, directory and record pages under four clients at once: of any visit after a warm-up, then
    of pages that nobody has asked for since the network last changed.
    """
    names = _actors()
    records = [RECORD.format(id=quote(key)) for key in names]
    searches = [f"{DIRECTORY}?q={quote(text)}" for text in SEARCHES]
    pages = {"home": [HOME], "directory": [DIRECTORY, *searches], "record": records}
    figures = []
    with own_home() as env, serving(env) as address:
        for name, paths in pages.items():
            ask_in_turn(address, paths, CLIENTS, WARM_UP)
            taken = checked(name, ask_in_turn(address, paths, CLIENTS, budget.repeats(REQUESTS)))
            figures.append(_figure(f"{name} page, p95", taken))
    unread = {
        "home": [f"{HOME}?visite={k}" for k in range(len(names))],  # an address of its own: made anew
        "directory": [f"{DIRECTORY}?q={quote(name)}" for name in names.values()],
        "record": records,
    }
    with own_home() as env, serving(env) as address:
        for name, paths in unread.items():
            ask_each_once(address, paths[:WARM_UP], CLIENTS)
            count = min(len(paths), WARM_UP + budget.repeats(REQUESTS))
            taken = checked(name, ask_each_once(address, paths[WARM_UP:count], CLIENTS))
            figures.append(_figure(f"{name} page nobody has read yet, p95", taken))
    return figures


def _figure(name: str, taken: list[float]) -> Figure:
    note = f"{len(taken)} requests, {CLIENTS} clients, median {percentile(taken, 0.5):.1f} ms"
    return Figure(name, percentile(taken, 0.95), "ms", TARGET_MS, note=note)


def checked(name: str, answers: Answers) -> list[float]:
    """The milliseconds taken. Raises RuntimeError when a page failed."""
    if answers.failures:
        raise RuntimeError(f"{len(answers.failures)} failures on {name}: {answers.failures[:3]}")
    return answers.milliseconds


def _actors() -> dict[str, str]:
    """Ids and names."""
    with (seed_bundle_path() / "acteurs.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["nom"] for row in csv.DictReader(file) if row["id"]}


@contextmanager
def serving(env: Mapping[str, str], *, seed: bool = True) -> Iterator[str]:
    """A server of two processes on a free port, its address; seeded if empty unless told not to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(PROGRAM), "serve", "--port", str(port), "--workers", "2"]
    command += ["--seed-if-empty"] if seed else []
    process = subprocess.Popen(
        command, env=dict(env), stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(process, address)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)


def _wait(process: "subprocess.Popen[str]", address: str) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                if re.search(rb"<html", answer.read()):
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the site did not answer")
