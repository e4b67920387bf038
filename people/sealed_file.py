"""A file with its own seal: the first line holds the SHA-256 of all that follows."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from people.errors import BackupRefused

FORMAT = 1
_MAGIC = b"MAILLAGE-BACKUP "
_HEADER_LENGTH = len(_MAGIC) + len(b"1 ") + 64 + 1
_CHUNK = 1024 * 1024


def check_seal(path: Path) -> None:
    """Raises BackupRefused: `missing`, `not_a_backup`, `damaged` (one changed byte is enough) or `newer`."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_LENGTH)
            if not header.startswith(_MAGIC) or len(header) < _HEADER_LENGTH:
                raise BackupRefused(str(path), "not_a_backup")
            format_, _, seal = header[len(_MAGIC) :].partition(b" ")
            if format_ != str(FORMAT).encode():
                raise BackupRefused(str(path), "newer" if format_.isdigit() else "not_a_backup")
            if _sum_of(file).encode() + b"\n" != seal:
                raise BackupRefused(str(path), "damaged")
    except OSError as error:
        raise BackupRefused(str(path), "missing") from error


@contextmanager
def written_at_once(path: Path) -> Iterator[IO[bytes]]:
    """A file beside `path`, with its seal in front, that takes its place once it is whole and on the disk."""
    if path.exists() and not path.is_file():  # a device is not to be replaced by a file
        raise BackupRefused(str(path), "unwritable")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    except OSError as error:
        raise BackupRefused(str(path), "unwritable") from error
    try:
        with os.fdopen(handle, "w+b") as file:
            file.write(b" " * _HEADER_LENGTH)
            yield file
            file.seek(_HEADER_LENGTH)
            seal = _sum_of(file)
            file.seek(0)
            file.write(_MAGIC + f"{FORMAT} {seal}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise BackupRefused(str(path), "unwritable") from error
    finally:
        Path(name).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sum_of(file: IO[bytes]) -> str:
    """SHA-256 from here to the end."""
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
