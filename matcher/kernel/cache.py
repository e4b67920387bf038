"""Compiled code kept on disk is forgotten when any source of the kernel is newer.

Numba looks at the file of a function only, but a function has those of other files compiled into it.
"""

from contextlib import suppress
from pathlib import Path

SOURCES = "*.py"
KEPT = "*.nbi"


def forget_stale(folder: Path) -> int:
    """Remove the indexes of compiled kernels older than the newest source; returns how many."""
    newest = max((source.stat().st_mtime for source in folder.glob(SOURCES)), default=0.0)
    removed = 0
    for kept in (folder / "__pycache__").glob(KEPT):
        with suppress(OSError):  # another process was quicker, or the folder is not ours to write
            if kept.stat().st_mtime < newest:
                kept.unlink()
                removed += 1
    return removed


forget_stale(Path(__file__).parent)
