"""Writing a graph as tables: what an import reads back to the same graph, in a fixed order."""

import io
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Any

from graphsvc.domain.records import Record, RecordKind, kind_of
from graphsvc.exchange.cells import format_period, guarded, join_dated, join_list
from graphsvc.exchange.columns import Cell, Column, TableSpec
from graphsvc.exchange.csv_text import csv_text
from graphsvc.exchange.format import TABLES
from graphsvc.ports import GraphStore

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # a fixed date: the same graph gives the same bytes


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the files are written. `english` headers and file names; a byte-order mark helps spreadsheets."""

    separator: str = ","
    mark: bool = False
    english: bool = False


PLAIN = Dialect()
FRENCH_SPREADSHEET = Dialect(separator=";", mark=True)


def write_tables(source: GraphStore | Iterable[Record], path: Path, *, dialect: Dialect = PLAIN) -> None:
    """Write every table to a folder, or to one file if `path` ends with `.zip`. Each file is replaced at
    once.
    """
    files = table_texts(source, dialect=dialect)
    encoding = "utf-8-sig" if dialect.mark else "utf-8"
    if path.suffix.lower() == ".zip":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in files.items():
                info = zipfile.ZipInfo(name, _ZIP_TIME)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, text.encode(encoding))
        replace_file(path, buffer.getvalue())
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        replace_file(path / name, text.encode(encoding))


def table_texts(source: GraphStore | Iterable[Record], *, dialect: Dialect = PLAIN) -> dict[str, str]:
    """File name -> CSV text of every table, empty ones included (so that nothing older stays in a folder)."""
    texts = {}
    for spec, rows in sheet_rows(source):
        headers = [c.english if dialect.english else c.french for c in spec.columns]
        name = f"{spec.english if dialect.english else spec.french}.csv"
        texts[name] = csv_text(chain([headers], rows), separator=dialect.separator)
    return texts


def sheet_rows(source: GraphStore | Iterable[Record]) -> Iterator[tuple[TableSpec, Iterator[list[str]]]]:
    """Each table and its rows of cells, as the texts of the CSV files."""
    by_kind = _by_kind(source)
    places = {p.id: p.name for p in by_kind[RecordKind.PLACE]}
    for spec in TABLES:
        yield spec, _rows(spec, by_kind[spec.kind], places)


def _by_kind(source: GraphStore | Iterable[Record]) -> dict[RecordKind, list[Any]]:
    if isinstance(source, GraphStore):
        return {kind: [s.record for s in source.records(kind)] for kind in RecordKind}
    found: dict[RecordKind, list[Any]] = {kind: [] for kind in RecordKind}
    for record in source:
        found[kind_of(record)].append(record)
    for records in found.values():
        records.sort(key=lambda r: r.id)
    return found


def _rows(spec: TableSpec, records: list[Any], places: Mapping[str, str]) -> Iterator[list[str]]:
    if spec.parts is None:
        for record in records:
            yield [_cell(column, record, places) for column in spec.columns]
        return
    owner, *columns = spec.columns
    del owner
    for record in records:
        for part in getattr(record, spec.parts):
            yield [guarded(record.id), *(_cell(column, part, places) for column in columns)]


def _cell(column: Column, record: Any, places: Mapping[str, str]) -> str:
    if column.field in _DERIVED:
        return _derived(column.field, record, places)
    value = getattr(record, column.field)
    if value is None or value == ():
        return ""
    return guarded(_plain(column, value))


_DERIVED = frozenset({"municipality", "postcode", "period"})


def _derived(field: str, record: Any, places: Mapping[str, str]) -> str:
    if field == "period":
        return format_period(record.start, record.end)
    if field == "municipality" and record.seat is not None:
        return guarded(places[record.seat]) if record.seat in places else ""
    return ""


def _plain(column: Column, value: Any) -> str:
    if column.cell is Cell.DATED_NAMES:
        return "|".join(join_dated(n.text, n.start, n.end) for n in value)
    if column.cell is Cell.DATED_ROLES:
        return "|".join(join_dated(r.role.value, r.start, r.end) for r in value)
    if isinstance(value, tuple):
        return join_list(v.value if isinstance(v, Enum) else v for v in value)
    if isinstance(value, Enum):
        return str(value.value)
    return repr(value) if isinstance(value, float) else str(value)


def replace_file(path: Path, data: bytes) -> None:
    """Write beside, then rename: nobody ever reads half a file. A device or a pipe is written to as it is.

    Raises OSError that names `path`.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
