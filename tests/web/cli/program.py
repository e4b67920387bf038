"""The program as a process of its own, the way its users start it."""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from tests.project.tracked_files import ROOT

SECONDS = 120


def run(*arguments: str, home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run `maillage …` on a home folder, on a fixed day; nothing is raised when it fails.

    The process is forked from one that has imported the libraries: see `ready_program`.
    """
    return _ready().run(list(arguments), _environment(home, env))


def run_anew(*arguments: str, home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """The same in a process started from nothing: it shares no order of sets, no module, with another."""
    return subprocess.run(
        [sys.executable, "-c", "from web.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
        env=_environment(home, env),
    )


def answer(home: Path, *arguments: str) -> Any:
    """The JSON a command answers with."""
    done = run(*arguments, "--format", "json", home=home)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _environment(home: Path, more: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "MAILLAGE_HOME": str(home), "MAILLAGE_TODAY": "2026-11-02", **more}


class _Ready:
    """A process that waits to be forked, started when the first command is asked for."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.cli.ready_program"],
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # it forks: one thread only
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        atexit.register(self.end)

    def run(self, arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Raises TimeoutError, and ends all that was started, after `SECONDS`."""
        with tempfile.TemporaryDirectory(prefix="maillage-command-") as folder:
            output, errors = Path(folder) / "output", Path(folder) / "errors"
            asked = {
                "arguments": arguments,
                "environment": environment,
                "folder": str(Path.cwd()),
                "output": str(output),
                "errors": str(errors),
            }
            status = self._asked(json.dumps(asked))
            return subprocess.CompletedProcess(
                ["maillage", *arguments],
                status,
                output.read_text(encoding="utf-8"),
                errors.read_text(encoding="utf-8"),
            )

    def _asked(self, line: str) -> int:
        told, asking = self._process.stdout, self._process.stdin
        assert told is not None
        assert asking is not None
        print(line, file=asking, flush=True)
        if not select.select([told], [], [], SECONDS)[0]:
            self.end()
            raise TimeoutError(f"no end after {SECONDS} s: {line[:200]}")
        return int(told.readline())

    def end(self) -> None:
        """Idempotent."""
        _ready.cache_clear()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)


@cache
def _ready() -> _Ready:
    return _Ready()
