"""Many answers, one JSON object a line: to standard output, or to a file that a stopped run is resumed in.

Each line is handed to the system as soon as it is its turn: a run that is killed has lost nothing but the
lines it was at, and a half-written one is cut off on resuming.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BufferedRandom, FileIO
from itertools import accumulate
from pathlib import Path

import click

from web.cli.refusal import wanted
from web.cli.same_question import Questions, drop_mark, keep_mark, kept_mark
from web.language import column

Write = Callable[[str], None]
_REFUSALS = {
    "exists": (
        "{file} existe déjà : --resume le continue, ou donnez un autre nom.",
        "{file} exists already: --resume continues it, or give another name.",
    ),
    "unwritable": (
        "{file} : impossible d’écrire dans ce fichier.",
        "{file}: this file cannot be written to.",
    ),
    "other_askers": (
        "{file} répond à d’autres demandeurs : supprimez-le, ou donnez un autre nom.",
        "{file} answers other askers: delete it, or give another name.",
    ),
    "other_question": (
        (
            "{file} ne répond pas à cette question sur le réseau de ce jour : "
            "supprimez-le, ou donnez un autre nom."
        ),
        (
            "{file} does not answer this question about the network of this day: "
            "delete it, or give another name."
        ),
    ),
}
"""Why a file is not written to, with the remedy: in French, in English."""


@contextmanager
def lines_out(path: str | None, asked: Questions, *, resume: bool) -> Iterator[tuple[int, Write]]:
    """How many of the askers were answered before, and how to write the next answer, one line.

    Raises UsageError for a file that exists without `resume`, answers something else or cannot be written.
    """
    if path is None:
        yield 0, click.echo
        return
    done, out = _opened(Path(path), asked, resume=resume)
    with out:
        yield done, lambda line: _write_line(out.write, line)
    drop_mark(Path(path))


def _opened(file: Path, asked: Questions, *, resume: bool) -> tuple[int, FileIO]:
    if file.exists() and not resume:
        raise _refused("exists", file)
    try:
        done = kept_lines(file, asked) if file.exists() else 0
        keep_mark(file, asked.mark)
        return done, FileIO(file, "ab")
    except OSError:
        raise _refused("unwritable", file) from None


def kept_lines(file: Path, asked: Questions) -> int:
    """The number of whole lines, what follows the last one being cut off.

    Raises UsageError, the file being left as it is, when they do not answer what is asked.
    """
    with file.open("r+b") as lines:
        ends = list(accumulate(len(line) for line in lines if line.endswith(b"\n")))
        if ends and (len(ends) > len(asked.ids) or _last_asker(lines, ends) != asked.ids[len(ends) - 1]):
            raise _refused("other_askers", file)
        if not asked.answered_by(lines, ends, kept_mark(file)):
            raise _refused("other_question", file)
        lines.truncate(ends[-1] if ends else 0)
    return len(ends)


def _refused(why: str, file: Path) -> click.UsageError:
    return click.UsageError(_REFUSALS[why][column(wanted("lang"))].format(file=file))


def _last_asker(lines: BufferedRandom, ends: Sequence[int]) -> str | None:
    lines.seek(ends[-2] if len(ends) > 1 else 0)
    try:
        asker = json.loads(lines.readline())["asker"]["id"]
    except (ValueError, KeyError, TypeError):
        return None
    return str(asker)


def _write_line(write: Callable[[bytes], int | None], line: str) -> None:
    """One write for the whole line; what the system did not take at once is given again."""
    rest = memoryview(line.encode() + b"\n")
    while rest:
        rest = rest[write(bytes(rest)) or 0 :]
