"""The files of the project, as git knows them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("graphsvc", "matcher", "people", "seed", "web", "benchmarks")


@cache
def tracked() -> tuple[Path, ...]:
    """Every tracked file that is there, as a full path, sorted."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return tuple(sorted(p for name in done.stdout.split("\0") if name and (p := ROOT / name).is_file()))


def texts() -> list[tuple[str, str]]:
    """The tracked text files: (path from the root, content)."""
    found = []
    for path in tracked():
        try:
            found.append((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def modules(*folders: str) -> list[tuple[str, str]]:
    """The tracked Python files of these top-level folders."""
    return [(name, text) for name, text in texts() if name.endswith(".py") and name.split("/")[0] in folders]
