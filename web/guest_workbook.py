"""The guest list and the table plan of a meeting as a workbook; every text cell is forced to text."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from graphsvc.exchange.workbook import LONGEST_CELL, UNHELD

_HEAD, _SHADE = Font(bold=True), PatternFill("solid", fgColor="E6F0F2")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its title, its columns with their widths, its rows. Whole numbers stay numbers."""

    title: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str | int]]


def workbook(tables: Sequence[Table]) -> bytes:
    """The workbook of these sheets."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet: Any = book.create_sheet(table.title[:31])
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
        for number, (_, width) in enumerate(table.columns, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        heads = [_text(sheet, name) for name, _ in table.columns]
        for cell in heads:
            cell.font, cell.fill = _HEAD, _SHADE
        sheet.append(heads)
        for row in table.rows:
            sheet.append([value if isinstance(value, int) else _text(sheet, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _text(sheet: Any, text: str) -> Any:
    """A cell that is text even when it begins with « = », and that XML can hold."""
    cell = WriteOnlyCell(sheet, value="")
    cell.value = UNHELD.sub("\N{REPLACEMENT CHARACTER}", text)[:LONGEST_CELL]
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
