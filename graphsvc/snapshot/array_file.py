"""Arrays in one file beside the store, memory-mapped by the processes of a machine.

Layout: 8 magic bytes, length of the header (8 bytes, little endian), the header (JSON: what the writer says
of it, where each array lies), the arrays (64-byte aligned), and a CRC-32 of all that at the end. Written to a
temporary file, then renamed: a reader sees the former file or the new one, whole.
"""

import fcntl
import json
import mmap
import os
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

Arrays = Mapping[str, "np.ndarray[Any, Any]"]
_ALIGN = 64


@contextmanager
def locked(folder: Path, name: str = ".lock") -> Iterator[None]:
    """One process of the machine at a time; the folder is made. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / name).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def write_arrays(path: Path, magic: bytes, about: Mapping[str, Any], arrays: Arrays) -> None:
    """Put this file in the place of the former one. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            _write(file, magic, about, arrays)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_arrays(path: Path, magic: bytes) -> tuple[dict[str, Any], Callable[[str], Any]]:
    """What the writer said of it, and the array of a name, mapped.

    Raises OSError when there is no file, ValueError or KeyError when it is not ours or damaged.
    """
    with path.open("rb") as file:
        block = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    if bytes(block[: len(magic)]) != magic:
        raise ValueError("another file")
    if zlib.crc32(block[:-4]) != int.from_bytes(block[-4:], "little"):
        raise ValueError("damaged file")
    length = int.from_bytes(block[len(magic) : len(magic) + 8], "little")
    start = len(magic) + 8 + length
    about = json.loads(bytes(block[len(magic) + 8 : start]))
    where = about.pop("arrays")

    def array(name: str) -> Any:
        spec = where[name]
        count = int(np.prod(spec["shape"], dtype=np.int64))
        return np.frombuffer(block, np.dtype(spec["dtype"]), count, start + spec["at"]).reshape(spec["shape"])

    return about, array


def _write(file: Any, magic: bytes, about: Mapping[str, Any], arrays: Arrays) -> None:
    where: dict[str, dict[str, Any]] = {}
    at = 0
    for name, array in arrays.items():
        where[name] = {"dtype": array.dtype.str, "shape": list(array.shape), "at": at}
        at += -(-array.nbytes // _ALIGN) * _ALIGN
    header = json.dumps({**about, "arrays": where}).encode()
    start = len(magic) + 8 + len(header)
    header += b" " * (-start % _ALIGN)
    check = 0
    for chunk in (magic, len(header).to_bytes(8, "little"), header, *_padded(arrays)):
        check = zlib.crc32(chunk, check)
        file.write(chunk)
    file.write(check.to_bytes(4, "little"))


def _padded(arrays: Arrays) -> Iterator[bytes]:
    for array in arrays.values():
        yield array.tobytes()
        yield bytes(-array.nbytes % _ALIGN)
