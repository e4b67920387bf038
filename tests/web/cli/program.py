"""The program as a process of its own, the way its users start it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def run(*arguments: str, home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run `maillage …` on a home folder, on a fixed day; nothing is raised when it fails."""
    return subprocess.run(
        [sys.executable, "-c", "from web.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "MAILLAGE_HOME": str(home), "MAILLAGE_TODAY": "2026-11-02", **env},
    )


def answer(home: Path, *arguments: str) -> Any:
    """The JSON a command answers with."""
    done = run(*arguments, "--format", "json", home=home)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
