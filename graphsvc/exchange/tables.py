"""One file to one table: separator, headers, rows with their physical lines."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphsvc.exchange.archives import FileRefused, SourceFile
from graphsvc.exchange.columns import TableSpec
from graphsvc.exchange.encodings import decode
from graphsvc.exchange.format import TABLES
from graphsvc.exchange.headers import header_key, headers_of, table_named
from graphsvc.exchange.report import IgnoredColumn, Notice, Rejection, Remedy, cut

if TYPE_CHECKING:
    from _csv import Reader

FIELD_LIMIT = 1024 * 1024
SEPARATORS = (",", ";", "\t")
_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")
_SEP_LINE = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A file read: `positions` of the known columns, rows of raw cells, and the line each row begins on."""

    spec: TableSpec
    file: str
    headers: tuple[str, ...]
    positions: dict[str, int]
    rows: Sequence[list[str]]
    lines: Sequence[int]

    def header(self, name: str) -> str:
        """The header of a domain field as the file writes it (the French name if the file has no such
        column).
        """
        position = self.positions.get(name)
        if position is not None:
            return self.headers[position]
        return next((c.french for c in self.spec.columns if c.field == name), name)


@dataclass(slots=True)
class Reading:
    """What reading gathers besides the tables."""

    rejected: list[Rejection] = field(default_factory=list)
    ignored: list[IgnoredColumn] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def read_table(source: SourceFile, reading: Reading) -> Table | None:
    """The table of a file, or None when it has to be left out. Raises FileRefused."""
    stem = source.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    spec = table_named(stem)
    if spec is None and not source.alone:
        reading.notices.append(Notice("file_ignored", {"file": source.name}))
        return None
    text = _text_of(source, reading)
    offset = 0
    forced = None
    if mark := _SEP_LINE.match(text):
        forced, text, offset = mark[1], text[mark.end() :], 1
    separator, spec = _dialect(source.name, text, spec, forced)
    if separator != ",":
        reading.notices.append(Notice("separator_recognised", {"file": source.name, "separator": separator}))
    return _rows(source.name, spec, text, separator, offset, reading)


def _text_of(source: SourceFile, reading: Reading) -> str:
    decoded = decode(source.data)
    if decoded is None:
        raise FileRefused(source.name, "encoding_unreadable", "save_as_utf8")
    text = decoded.text.removeprefix("\ufeff")
    if not text.strip():
        raise FileRefused(source.name, "empty_file", "headers_expected", tables=[s.french for s in TABLES])
    if bad := _FORBIDDEN.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        reading.rejected.append(
            Rejection(source.name, line, "", ascii(bad[0]), "forbidden_character", Remedy("save_as_utf8"))
        )
        raise _AlreadySaid
    if decoded.encoding != "utf-8":
        facts = {"file": source.name, "encoding": decoded.encoding, "guessed": decoded.guessed}
        reading.notices.append(Notice("encoding_recognised", facts))
    return text


class _AlreadySaid(FileRefused):
    """The rejection was recorded with its line."""

    def __init__(self) -> None:
        super().__init__("", "already_said")


def already_said(refusal: FileRefused) -> bool:
    """Whether the rejection of this refusal is in the report."""
    return isinstance(refusal, _AlreadySaid)


def _dialect(file: str, text: str, spec: TableSpec | None, forced: str | None) -> tuple[str, TableSpec]:
    """The separator (and the table, if the name does not say it) that makes most headers known."""
    best: tuple[int, int, str, TableSpec] | None = None
    for separator in (forced,) if forced else SEPARATORS:
        headers = _first_row(text, separator)
        keys = {header_key(h) for h in headers}
        for candidate in (spec,) if spec else TABLES:
            known = {c.field for k in keys if (c := headers_of(candidate).get(k))}
            missing = sum(c.required and c.field not in known for c in candidate.columns)
            score = len(known) - 3 * missing
            if best is None or score > best[0]:
                best = score, missing, separator, candidate
    assert best is not None  # noqa: S101 - there is at least one separator and one table
    score, missing, separator, found = best
    if spec is None and (missing or score < 2):  # a file of any name must show which table it is
        headers = _first_row(text, ",")
        raise FileRefused(
            file, "unknown_table", "name_of_table", cut(" ".join(headers)), tables=[s.french for s in TABLES]
        )
    return separator, found


def _first_row(text: str, separator: str) -> list[str]:
    try:
        return next((r for r in _reader(text[:20_000], separator, strict=False) if any(r)), [])
    except csv.Error:
        return []


def _reader(text: str, separator: str, *, strict: bool = True) -> "Reader":
    csv.field_size_limit(FIELD_LIMIT)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)


def _rows(file: str, spec: TableSpec, text: str, separator: str, offset: int, reading: Reading) -> Table:
    reader = _reader(text, separator)
    headers: tuple[str, ...] = ()
    positions: dict[str, int] = {}
    rows: list[list[str]] = []
    lines: list[int] = []
    width = 0
    line = offset + 1
    try:
        for row in reader:
            start, line = line, offset + reader.line_num + 1
            if len(row) == width:
                if any(map(str.strip, row)):
                    rows.append(row)
                    lines.append(start)
            elif not any(c.strip() for c in row):
                continue
            elif not width:
                headers = tuple(h.strip() for h in row)
                width = len(headers)
                positions = _positions(file, spec, headers, start, reading)
            elif fitted := _fitted(file, row, width, start, reading):
                rows.append(fitted)
                lines.append(start)
    except csv.Error as error:
        rule = "field_too_long" if "field larger" in str(error) else "quotes_unbalanced"
        facts = {"limit": FIELD_LIMIT} if rule == "field_too_long" else {}
        reading.rejected.append(Rejection(file, line, "", "", rule, Remedy(rule, facts)))
        raise _AlreadySaid from None
    return Table(spec, file, headers, positions, rows, lines)


def _positions(
    file: str, spec: TableSpec, headers: Sequence[str], line: int, reading: Reading
) -> dict[str, int]:
    """Domain field -> column number; wrong, double and missing columns are reported."""
    accepted = headers_of(spec)
    positions: dict[str, int] = {}
    for number, header in enumerate(headers):
        column = accepted.get(header_key(header))
        if column is None:
            if header:
                reading.ignored.append(IgnoredColumn(file, header))
        elif column.field in positions:
            raise _said(reading, file, line, header, "duplicate_header", "one_column_each", column.french)
        else:
            positions[column.field] = number
    lacking = [c.french for c in spec.columns if c.required and c.field not in positions]
    if lacking:
        expected = [c.french for c in spec.columns]
        facts = {"missing": lacking, "expected": expected, "table": spec.french}
        value = cut(" ".join(headers))
        reading.rejected.append(
            Rejection(file, line, lacking[0], value, "missing_columns", Remedy("expected_columns", facts))
        )
        raise _AlreadySaid
    return positions


def _said(
    reading: Reading, file: str, line: int, column: str, rule: str, remedy: str, known_as: str
) -> FileRefused:
    reading.rejected.append(Rejection(file, line, column, column, rule, Remedy(remedy, {"column": known_as})))
    return _AlreadySaid()


def _fitted(file: str, row: list[str], width: int, line: int, reading: Reading) -> list[str] | None:
    """The row without superfluous empty cells at its end; None, and a rejection, if it does not fit."""
    found = len(row)
    if found > width and not any(c.strip() for c in row[width:]):
        return row[:width]
    rule = "row_too_long" if found > width else "row_too_short"
    value = cut(" | ".join(row))
    remedy = Remedy("cells_expected", {"expected": width, "found": found})
    reading.rejected.append(Rejection(file, line, "", value, rule, remedy))
    return None
