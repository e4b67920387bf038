"""Whether what a stopped run left in a file answers what is asked now.

While it writes, a run keeps `FILE.question` beside its file: a digest of all that its answers depend on, put
there whole before the first answer and removed after the last. A file without it was finished, cut or copied:
some of its lines are then answered again and compared, byte for byte.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from io import BufferedRandom
from pathlib import Path

LONGEST_COMPARED = 4
"""Lines answered again beside the first and the last: the longest ones say most of their question."""


def mark_of(parts: Iterable[object]) -> str:
    """The digest of what answers depend on, 64 hexadecimal digits; each part by its `repr`."""
    digest = hashlib.sha256()
    for part in parts:
        written = repr(part).encode()
        digest.update(b"%d:" % len(written) + written)
    return digest.hexdigest()


@dataclass(frozen=True)
class Questions:
    """One question put to many askers: their `ids` in order, the line that answers each, and all that the
    answers depend on, asked for only when answers go to a file.
    """

    ids: Sequence[str]
    answer: Callable[[int], str]
    depends_on: Callable[[], Iterable[object]]

    @cached_property
    def mark(self) -> str:
        """The digest of the question and its askers."""
        return mark_of((tuple(self.ids), *self.depends_on()))

    def answered_by(self, lines: BufferedRandom, ends: Sequence[int], mark: str | None) -> bool:
        """Whether a file, whose whole lines end at `ends`, holds answers to these questions.

        `mark` is what was kept beside the file, None when nothing was. Moves the place read from.
        """
        if mark is not None:
            return mark == self.mark
        starts = [0, *ends]
        by_length = sorted(range(len(ends)), key=lambda k: starts[k] - ends[k])
        compared = dict.fromkeys(
            (*by_length[:LONGEST_COMPARED], *range(len(ends))[:1], *range(len(ends))[-1:])
        )
        lines.seek(starts[-1])
        begun = lines.read()
        return (not begun or self._line(len(ends)).startswith(begun)) and all(
            _read(lines, starts[k], ends[k]) == self._line(k) for k in compared
        )

    def _line(self, asker: int) -> bytes:
        """The whole line; nothing once all were answered."""
        return self.answer(asker).encode() + b"\n" if asker < len(self.ids) else b""


def _read(lines: BufferedRandom, start: int, end: int) -> bytes:
    lines.seek(start)
    return lines.read(end - start)


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.question")


def kept_mark(file: Path) -> str | None:
    """The mark beside a file, None when there is none. Raises OSError."""
    with suppress(FileNotFoundError):
        return _beside(file).read_bytes().decode("ascii", "replace")
    return None


def keep_mark(file: Path, mark: str) -> None:
    """Put the mark beside a file, whole or not at all. Raises OSError."""
    path = _beside(file)
    new = path.with_name(f"{path.name}.new")
    new.write_text(mark, encoding="ascii")
    new.replace(path)


def drop_mark(file: Path) -> None:
    """The file is finished. Raises OSError."""
    _beside(file).unlink(missing_ok=True)
