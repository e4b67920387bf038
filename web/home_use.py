"""One home, several processes: servers and commands use its files together, a restore replaces them alone.

A server that goes on with the files it had opened before a restore keeps what people write in files nobody
reads any more, and says it is done. So each process holds a lock of the home as long as it uses it; the
system lets go of it however the process ends, `kill -9` included.
"""

import errno
import fcntl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from graphsvc.domain.errors import Refused
from web.restored_files import finish_swap, waits_to_end

LOCK = ".in-use"
PATIENCE_SECONDS = 3.0
_TRIES_EVERY = 0.05


@dataclass(eq=False)
class HomeInUse(Refused):
    """A site or a command uses the home, whose files were about to be replaced."""

    home: str


@dataclass(eq=False)
class HomeBeingRestored(Refused):
    """A restore is replacing the files of the home."""

    home: str


@contextmanager
def used_together(home: Path) -> Iterator[None]:
    """Use the files of the home, whoever else does; a swap of files that was cut off is ended first.

    Where not even an empty file can be made (disk full) one reads without a lock. Raises HomeBeingRestored.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context((home / LOCK).open("a"))
        except OSError:
            yield
            return
        if waits_to_end(home) and _locked(file.fileno(), fcntl.LOCK_EX):
            finish_swap(home)
        if not _locked(file.fileno(), fcntl.LOCK_SH):
            raise HomeBeingRestored(str(home))
        yield


@contextmanager
def used_alone(home: Path) -> Iterator[None]:
    """Use the files of the home while nobody else does. Raises HomeInUse."""
    with (home / LOCK).open("a") as file:
        if not _locked(file.fileno(), fcntl.LOCK_EX):
            raise HomeInUse(str(home))
        finish_swap(home)
        yield


def _locked(handle: int, how: int) -> bool:
    """Whether the lock was had. Where a file system knows no locks, one does without."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EWOULDBLOCK, errno.EINTR):
                return True
            if time.monotonic() > until:
                return False
            time.sleep(_TRIES_EVERY)
        else:
            return True
