"""What ends a test that would never end?

pytest-timeout interrupts a test, its fixtures included, at the limit of `pyproject.toml`, and the rest goes
on. Two things escape it. It interrupts once, and stops counting at a failure: what is put away after that is
counted here, piece by piece. And no signal interrupts compiled code: a process that is stuck there writes the
stacks of its threads and ends (`faulthandler_timeout`); where tests are shared among processes, another takes
its place.
"""

import faulthandler
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key, get_timeout_config_value

NEXT_S = 20.0
"""After a first piece that did not end, the others have less: they may wait for the same thing."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """What a test began has as long to be put away as the test had; each further piece, `NEXT_S`."""
    seconds = float(item.config.getini("timeout") or 0)
    if not seconds or item.config.getoption("usepdb"):
        return (yield)
    with _interrupted_after(seconds), _ended_after(get_timeout_config_value(item.config), item.config):
        return (yield)


@contextmanager
def _interrupted_after(seconds: float) -> Iterator[None]:
    def interrupt(number: int, frame: FrameType | None) -> None:
        pytest.fail("what the test had begun was not put away in time")

    former = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, NEXT_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)


@contextmanager
def _ended_after(seconds: float, config: pytest.Config) -> Iterator[None]:
    """The same limit as `faulthandler_timeout`, whose count a failure stops too. 0: none."""
    if seconds:
        faulthandler.dump_traceback_later(seconds, file=config.stash[fault_handler_stderr_fd_key], exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
