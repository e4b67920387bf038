"""Many answers computed on all cores, handed over in order.

Each core takes every so many-th question in a forked process, which sees the network as it was read, without
a copy, and sends its answers through a pipe of its own. A pipe holds a few answers: nobody runs far ahead.
Who reads them may stop or be killed at any time: the processes end with the pipe. When one of them ends
before, or is stuck (what is forked may inherit a lock that nobody will open again), its share is computed
here.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

WORTH_SHARING = 200
"""Fewer answers are not worth starting processes."""
STUCK_SECONDS = 120.0
"""An answer takes milliseconds; a process that is silent for so long is given up."""
ENDING_SECONDS = 5.0
Answer = Callable[[int], str]


@contextmanager
def shared(answer: Answer, first: int, after: int, workers: int | None = None) -> Iterator[Iterator[str]]:
    """The answers to the questions first … after - 1, in order; `workers` defaults to the number of cores.

    The first question is answered before any process is started: what is wrong with all of them is raised
    here, and what is computed once for all is not computed by each.
    """
    count = workers if workers is not None else _cores()
    if count < 2 or after - first < WORTH_SHARING or not hasattr(os, "fork"):
        yield map(answer, range(first, after))
        return
    opening = answer(first)
    pipes: list[Connection | None] = []
    processes = []
    try:
        for worker in range(count):
            pipe, process = _started(answer, range(first + 1 + worker, after, count))
            pipes.append(pipe)
            processes.append(process)
        yield _in_order(opening, answer, pipes, first + 1, after)
    finally:
        for open_pipe in pipes:
            if open_pipe is not None:
                open_pipe.close()
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(ENDING_SECONDS)
            process.kill()  # of one that has ended, nothing
            process.join()


def _in_order(
    opening: str, answer: Answer, pipes: list[Connection | None], first: int, after: int
) -> Iterator[str]:
    yield opening
    for question in range(first, after):
        worker = (question - first) % len(pipes)
        text = _received(pipes[worker])
        if text is None:
            pipes[worker] = None
            text = answer(question)
        yield text


def _received(pipe: Connection | None) -> str | None:
    """What comes next through a pipe. None: its process has ended, or is stuck."""
    if pipe is None:
        return None
    try:
        return pipe.recv_bytes().decode() if pipe.poll(STUCK_SECONDS) else None
    except (EOFError, OSError):
        return None


def _started(answer: Answer, questions: range) -> tuple[Connection, Any]:
    """A process that answers these questions one after the other, and the end of the pipe to read."""
    context = get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(answer, questions, reader, writer), daemon=True)
    process.start()
    writer.close()
    return reader, process


def _work(answer: Answer, questions: range, reader: Connection, writer: Connection) -> None:
    """An error ends the process without a word: the question is asked again where it can be told."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    reader.close()
    with suppress(Exception):
        for question in questions:
            writer.send_bytes(answer(question).encode())
    os._exit(0)  # nothing of the parent's is to be closed or flushed twice


def _cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
