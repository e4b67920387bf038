"""Rows with their cells read: values for the domain, or the reasons why not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graphsvc.exchange.cells import CellError, unguarded
from graphsvc.exchange.columns import Cell, Column
from graphsvc.exchange.readers import Readers
from graphsvc.exchange.report import Notice, Rejection, Remedy, cut
from graphsvc.exchange.tables import Table

CACHED = frozenset({Cell.CODE, Cell.CODES, Cell.DATED_ROLES, Cell.REF, Cell.REFS, Cell.COUNTRY, Cell.DATE})


@dataclass(slots=True)
class Draft:
    """A row on its way to a record. `values` holds the columns that are not blank; `id` is empty until
    known.
    """

    table: Table
    row: int
    values: dict[str, Any]
    id: str = ""
    errors: list[tuple[str, str, CellError]] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The physical line where the row begins."""
        return self.table.lines[self.row]

    def raw(self, name: str) -> str:
        """The text of a cell by domain field; empty when the file has no such column."""
        position = self.table.positions.get(name)
        return unguarded(self.table.rows[self.row][position]) if position is not None else ""

    def refuse(self, name: str, value: str, error: CellError) -> None:
        """Record a reason, shown at the column of this domain field."""
        self.errors.append((self.table.header(name), value, error))

    def rejections(self) -> Iterator[Rejection]:
        """What the report says of this row."""
        for header, value, error in self.errors:
            remedy = Remedy(error.remedy, error.facts)
            yield Rejection(self.table.file, self.line, header, cut(value), error.rule, remedy)


def drafts_of(table: Table) -> list[Draft]:
    """One draft a row, nothing read yet."""
    return [Draft(table, i, {}) for i in range(len(table.rows))]


def read_cells(
    drafts: list[Draft], table: Table, readers: Readers, today: date, notices: list[Notice]
) -> None:
    """Fill the values of these drafts of one table, column by column; errors go to their drafts."""
    for column in table.spec.columns:
        position = table.positions.get(column.field)
        if position is None or column.cell is Cell.HINT:
            continue
        if column.cell is Cell.KEY and not column.required:
            continue  # ids are found when records are identified
        _read_column(drafts, table, column, position, readers)
        if column.field == "confirmed_on":
            _tell_future(drafts, table, today, notices)


def _read_column(drafts: list[Draft], table: Table, column: Column, position: int, readers: Readers) -> None:
    read = readers.reader(column)
    name = column.field
    cache: dict[str, Any] = {}
    caching = column.cell in CACHED
    rows = table.rows
    for draft in drafts:
        raw = rows[draft.row][position]
        if not raw or raw.isspace():
            if column.required:
                draft.refuse(name, "", CellError("required", "fill_cell"))
            continue
        value = cache.get(raw)
        if value is None:
            try:
                value = read(raw)
            except CellError as error:
                value = error
            if caching:
                cache[raw] = value
        if value.__class__ is CellError:
            draft.refuse(name, raw, value)
        else:
            draft.values[name] = value


def _tell_future(drafts: list[Draft], table: Table, today: date, notices: list[Notice]) -> None:
    """One notice a file: how many rows, and the first."""
    late = [d for d in drafts if (day := d.values.get("confirmed_on")) is not None and day.first_day > today]
    if late:
        first = late[0]
        facts = {"file": table.file, "line": first.line, "value": str(first.values["confirmed_on"])}
        notices.append(Notice("confirmed_in_future", {**facts, "rows": len(late)}))
