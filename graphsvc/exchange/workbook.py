"""The same tables as one workbook (.xlsx), one sheet a table, for people who read them in a spreadsheet.

Every cell but numbers is forced to text and guarded as in the CSV files, so that nothing is a formula and no
code loses its first zero.
"""

import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.records import Record
from graphsvc.exchange.cells import unguarded
from graphsvc.exchange.columns import Cell, Column, TableSpec
from graphsvc.exchange.write import replace_file, sheet_rows
from graphsvc.ports import GraphStore

Sheet: TypeAlias = Any  # openpyxl's stubs lack the attributes of a write-only sheet
LONGEST_CELL = 32_767  # characters, of the format
MOST_ROWS = 1_048_576
UNHELD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # XML cannot hold them, and turns CR into LF
_LIKE_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NUMBERS = frozenset({Cell.NUMBER, Cell.WHOLE})
_WIDTHS = {Cell.TEXT: 44.0, Cell.NAME: 44.0, Cell.DATED_NAMES: 36.0, Cell.REFS: 26.0, Cell.REF: 22.0}
_HEAD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="E6F0F2")


def write_workbook(source: GraphStore | Iterable[Record], path: Path) -> None:
    """Write every table that has rows. The file is replaced at once.

    Raises InvalidValue (`cell_too_long`, `sheet_too_long`) for what the format cannot hold: CSV can.
    """
    sheets = []
    for spec, rows in sheet_rows(source):
        found = [[_held(spec, c, text) for c, text in zip(spec.columns, row, strict=True)] for row in rows]
        if len(found) >= MOST_ROWS:
            raise InvalidValue("workbook", spec.french, len(found), "sheet_too_long")
        if found:
            sheets.append((spec, found))
    book = Workbook(write_only=True)
    for spec, found in sheets:
        _write_sheet(book.create_sheet(spec.french), spec, found)
    if not sheets:
        book.create_sheet("acteurs")
    buffer = io.BytesIO()
    book.save(buffer)
    replace_file(path, buffer.getvalue())


def _write_sheet(sheet: Sheet, spec: TableSpec, rows: list[list[str]]) -> None:
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(spec.columns))}{len(rows) + 1}"
    for number, column in enumerate(spec.columns, start=1):
        width = _WIDTHS.get(column.cell, max(12.0, len(column.french) + 3.0))
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_head(sheet, column) for column in spec.columns])
    for row in rows:
        sheet.append([_cell(sheet, c, text) for c, text in zip(spec.columns, row, strict=True)])


def _head(sheet: Sheet, column: Column) -> object:
    cell = WriteOnlyCell(sheet, value=column.french)
    cell.font, cell.fill = _HEAD, _SHADE
    return cell


def _held(spec: TableSpec, column: Column, text: str) -> str:
    """The text as the format can hold it: control characters are written `_x000B_`."""
    held = UNHELD.sub(lambda found: f"_x{ord(found[0]):04X}_", _LIKE_ESCAPED.sub("_x005F_", text))
    if len(held) > LONGEST_CELL:
        raise InvalidValue(spec.french, column.french, text[:80], "cell_too_long")
    return held


def _cell(sheet: Sheet, column: Column, text: str) -> object:
    if not text:
        return None
    if column.cell in _NUMBERS:
        number = float(unguarded(text))
        return int(number) if column.cell is Cell.WHOLE else number
    cell = WriteOnlyCell(sheet, value="")
    cell.value = text
    cell.data_type = "s"  # even when it begins with "="
    return cell
