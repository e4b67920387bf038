"""Answers computed by several processes come in order, each once, whatever becomes of a process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from web.cli import sharing
from web.cli.sharing import WORTH_SHARING, shared

COUNT = 3 * WORTH_SHARING


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_answers_come_in_order_whoever_computes_them(workers: int) -> None:
    with shared(lambda n: f"{n} é", 5, COUNT, workers) as lines:
        assert list(lines) == [f"{n} é" for n in range(5, COUNT)]


def test_several_processes_take_part() -> None:
    with shared(lambda _: str(os.getpid()), 0, COUNT, 2) as lines:
        assert len(set(lines)) == 3  # the first answer is given here


def test_few_answers_start_no_process() -> None:
    with shared(lambda _: str(os.getpid()), 0, WORTH_SHARING - 1, 2) as lines:
        assert set(lines) == {str(os.getpid())}


def test_a_process_that_dies_leaves_its_share_to_this_one() -> None:
    here = os.getpid()

    def answer(number: int) -> str:
        if number == 100 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return str(number)

    with shared(answer, 0, COUNT, 2) as lines:
        assert list(lines) == [str(n) for n in range(COUNT)]


def test_a_process_that_is_stuck_and_deaf_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "STUCK_SECONDS", 0.5)
    monkeypatch.setattr(sharing, "ENDING_SECONDS", 0.5)
    here = os.getpid()

    def answer(number: int) -> str:
        if number == 100 and os.getpid() != here:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(1000)
        return str(number)

    with shared(answer, 0, COUNT, 2) as lines:
        assert list(lines) == [str(n) for n in range(COUNT)]


def test_an_error_is_raised_where_it_can_be_told() -> None:
    def answer(number: int) -> str:
        if number == 100:
            raise ValueError("no such asker")
        return str(number)

    with pytest.raises(ValueError, match="no such asker"), shared(answer, 0, COUNT, 2) as lines:
        for _ in lines:
            pass


def test_who_stops_reading_leaves_no_process_behind() -> None:
    with shared(lambda _: str(os.getpid()), 0, COUNT, 2) as lines:
        others = {next(lines) for _ in range(5)} - {str(os.getpid())}
    for other in others:
        with pytest.raises(ProcessLookupError):
            os.kill(int(other), 0)


ENDLESS = """
import os, sys, time
from web.cli.sharing import shared
with shared(lambda n: (time.sleep(0.01), f"{os.getpid()} {n}")[1], 0, 10**6, 2) as lines:
    for line in lines:
        print(line, flush=True)
"""


def test_processes_end_with_a_killed_run() -> None:
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, text=True, cwd=root
    ) as run:
        assert run.stdout is not None
        try:
            said = [run.stdout.readline().split()[0] for _ in range(5)]
        finally:
            run.kill()
    others = {int(pid) for pid in said} - {run.pid}
    until = time.monotonic() + 20
    while any(_alive(pid) for pid in others) and time.monotonic() < until:
        time.sleep(0.05)
    assert len(others) == 2
    assert not any(_alive(pid) for pid in others)


def _alive(pid: int) -> bool:
    """Whether a process still runs (one that ended but that nobody waited for does not)."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
