r"""Cells: what a value looks like in a file, and back, exactly.

- A cell that a spreadsheet could take for a formula, or that begins or ends with white space, gets one
  leading apostrophe on export; on import one leading apostrophe is removed and what follows is taken as
  it is.
- Several values are separated by `|`; in such a cell `\|`, `\(`, `\\` and a backslash before white space mean
  the character itself.
- A name may end with its period: `SAN d'Évry (1983/2000)`, `(1983/)`, `(/2000)`.
"""

import math
import re
from collections.abc import Iterable

from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue

GUARD = "'"
_RISKY_FIRST = frozenset("=+-@'＝＋－＠\t\r\n")
_DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?|\d{2}/\d{2}/\d{4}"
_PERIOD = re.compile(rf"(?<!\\)\(\s*(?:({_DATE})\s*)?/\s*(?:({_DATE})\s*)?\)\s*\Z", re.ASCII)
_ESCAPED = re.compile(r"\\([|(\\]|\s)")
_SPLIT = re.compile(r"((?:[^\\|]|\\.|\\\Z)*)(?:\||\Z)", re.DOTALL)
_NUMBER_NOISE = str.maketrans("", "", " \u00a0\u202f€'")


class CellError(ValueError):
    """A cell breaks a rule of its column."""

    def __init__(self, rule: str, remedy: str = "", **facts: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.remedy = remedy or rule
        self.facts = facts


def guarded(text: str) -> str:
    """The cell of a text: safe in a spreadsheet, and read back exactly by `unguarded`."""
    if not text or text[0] in _RISKY_FIRST or text[0].isspace() or text[-1].isspace():
        return GUARD + text
    return text


def unguarded(cell: str) -> str:
    """The text of a cell: white space around it dropped, unless it is guarded; one guard removed."""
    return cell[1:] if cell.startswith(GUARD) else cell.strip()


def split_list(cell: str) -> list[str]:
    """The raw values of a cell, still escaped, trimmed; blank ones are left out."""
    if "|" not in cell:
        bare = cell.strip() if "\\" not in cell else _trim(cell)
        return [bare] if bare else []
    if "\\" not in cell:
        return [bare for part in cell.split("|") if (bare := part.strip())]
    parts = (_trim(m.group(1)) for m in _SPLIT.finditer(cell))
    return [part for part in parts if part]


def _trim(part: str) -> str:
    """Without the white space around, except one that a backslash protects."""
    left = part.lstrip()
    bare = left.rstrip()
    if len(bare) < len(left) and (len(bare) - len(bare.rstrip("\\"))) % 2:
        return left[: len(bare) + 1]
    return bare


def unescaped(raw: str) -> str:
    """The value behind its escapes; a backslash before anything else is itself."""
    return _ESCAPED.sub(r"\1", raw) if "\\" in raw else raw


def escaped(text: str) -> str:
    """A value as it stands in a list."""
    text = text.replace("\\", "\\\\").replace("|", "\\|")
    if text[:1].isspace():
        text = "\\" + text
    if text[-1:].isspace() and (len(text) > 2 or text[0] != "\\"):
        text = text[:-1] + "\\" + text[-1]
    return text


def join_list(values: Iterable[str]) -> str:
    """The cell of several values, before the guard."""
    return "|".join(escaped(v) for v in values)


def split_dated(raw: str) -> tuple[str, PartialDate | None, PartialDate | None]:
    """A name and its period from a raw (escaped) value. Raises CellError on an impossible date."""
    found = _PERIOD.search(raw)
    if not found or not (found[1] or found[2]):
        return unescaped(raw), None, None
    bounds = [parse_date(part) if part else None for part in found.groups()]
    return unescaped(_trim(raw[: found.start()])), bounds[0], bounds[1]


def join_dated(text: str, start: PartialDate | None, end: PartialDate | None) -> str:
    """A name with its period, escaped for a list."""
    name = escaped(text)
    if start is None and end is None:
        found = _PERIOD.search(name)
        return f"{name[: found.start()]}\\{name[found.start() :]}" if found else name
    return f"{name} ({start or ''}/{end or ''})"


def parse_date(text: str) -> PartialDate:
    """A date of the format, or CellError."""
    try:
        return PartialDate.parse(text)
    except InvalidValue as error:
        raise CellError(error.rule, "date_forms") from None


def parse_period(text: str) -> tuple[PartialDate | None, PartialDate | None]:
    """`2010/2012`, `2010/`, `/2012`; a single date begins and ends the period."""
    if "/" not in text or re.fullmatch(r"\d{2}/\d{2}/\d{4}", text):
        day = parse_date(text)
        return day, day
    found = re.fullmatch(rf"({_DATE})?\s*/\s*({_DATE})?", text, re.ASCII)
    if not found or not (found[1] or found[2]):
        raise CellError("date_form", "period_forms")
    return (parse_date(found[1]) if found[1] else None), (parse_date(found[2]) if found[2] else None)


def format_period(start: PartialDate | None, end: PartialDate | None) -> str:
    """The cell of a period; empty when both ends are unknown."""
    return "" if start is None and end is None else f"{start or ''}/{end or ''}"


def parse_number(text: str) -> float:
    """A number, with a decimal point or comma, spaces between thousands allowed."""
    try:
        value = float(text.translate(_NUMBER_NOISE).replace(",", "."))
    except ValueError:
        raise CellError("number_form", "number_form") from None
    if not math.isfinite(value):
        raise CellError("number_form", "number_form")
    return value


def parse_whole(text: str) -> int:
    """A whole number, spaces between thousands allowed."""
    bare = text.translate(_NUMBER_NOISE)
    if not (bare.isascii() and bare.removeprefix("-").isdigit()) or len(bare) > 18:
        raise CellError("whole_number_form", "whole_number_form")
    return int(bare)
