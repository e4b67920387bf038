"""The product's own command in a new process, as a user runs it, with a home of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("maillage")
TIMEOUT_S = 900


@contextmanager
def own_home() -> Iterator[dict[str, str]]:
    """An environment whose `MAILLAGE_HOME` is empty and removed at the end; no other setting of the
    user's.
    """
    with tempfile.TemporaryDirectory(prefix="maillage-bench-") as folder:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("MAILLAGE_", "NEO4J_"))
        }
        yield {**kept, "MAILLAGE_HOME": str(Path(folder) / "home")}


def maillage(*arguments: str, env: Mapping[str, str]) -> str:
    """Run `maillage ARGUMENTS` to its end; returns its standard output.

    Raises:
        RuntimeError: another exit status than 0; the message ends with what it said.
    """
    done = subprocess.run(
        [str(PROGRAM), *arguments],
        env=dict(env),
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"maillage {arguments[0]} ended with {done.returncode}: {done.stderr[-600:]}")
    return done.stdout
