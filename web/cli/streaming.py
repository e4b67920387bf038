"""Many answers, one JSON object a line: to standard output, or to a file that a stopped run is resumed in.

Each line is handed to the system as soon as it is its turn: a run that is killed has lost nothing but the
lines it was at, and a half-written one is cut off on resuming.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

import click

Write = Callable[[str], None]


@contextmanager
def lines_out(path: str | None, ids: Sequence[str], *, resume: bool) -> Iterator[tuple[int, Write]]:
    """How many of the askers `ids` were answered before, and how to write the next answer, one line.

    Raises UsageError for a file that exists without `resume`, answers other askers or cannot be written.
    """
    if path is None:
        yield 0, click.echo
        return
    done, out = _opened(path, ids, resume=resume)
    with out:
        yield done, lambda line: _write_line(out.write, line)


def _opened(path: str, ids: Sequence[str], *, resume: bool) -> tuple[int, FileIO]:
    file = Path(path)
    if file.exists() and not resume:
        raise click.UsageError(f"{path} existe déjà : --resume le continue, ou donnez un autre nom.")
    try:
        done = kept_lines(file, ids) if file.exists() else 0
        return done, FileIO(file, "ab")
    except OSError:
        raise click.UsageError(f"{path} : impossible d’écrire dans ce fichier.") from None


def kept_lines(file: Path, ids: Sequence[str]) -> int:
    """The number of whole lines, what follows the last one being cut off.

    Raises UsageError when the last whole line is not the answer to the asker that stands there.
    """
    count, end, last = 0, 0, b""
    with file.open("r+b") as lines:
        for line in lines:
            if not line.endswith(b"\n"):
                break
            count, end, last = count + 1, end + len(line), line
        if count and (count > len(ids) or _asker_of(last) != ids[count - 1]):
            raise click.UsageError(f"{file} répond à d'autres demandeurs : donnez un autre nom.")
        lines.truncate(end)
    return count


def _asker_of(line: bytes) -> str | None:
    try:
        asker = json.loads(line)["asker"]["id"]
    except (ValueError, KeyError, TypeError):
        return None
    return str(asker)


def _write_line(write: Callable[[bytes], int | None], line: str) -> None:
    """One write for the whole line; what the system did not take at once is given again."""
    rest = memoryview(line.encode() + b"\n")
    while rest:
        rest = rest[write(bytes(rest)) or 0 :]
