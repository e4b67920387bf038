"""CSV texts, all written here: every reader finds the same rows and cells again."""

import csv
import io
from collections.abc import Iterable, Sequence

from graphsvc.exchange.cells import guarded

_CRLF = "\r\n"


def csv_text(rows: Iterable[Sequence[object]], *, separator: str = ",", end: str = _CRLF) -> str:
    """The rows as RFC 4180 has them: quoted where a cell holds a separator, a quote or any end of line.

    `end` closes each line. Python's writer quotes a lone carriage return only when its own line end holds
    one, and most readers take it for the end of a row: lines are always written with both, then closed.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator=_CRLF)
    if end == _CRLF:
        writer.writerows(rows)
        return stream.getvalue()
    lines = []
    for row in rows:
        writer.writerow(row)
        lines.append(stream.getvalue().removesuffix(_CRLF) + end)
        stream.seek(0)
        stream.truncate()
    return "".join(lines)


def safe_cells(cells: Iterable[object]) -> list[object]:
    """Cells told to people: no text is a formula in a spreadsheet; numbers, None and "" are as they are."""
    return [guarded(cell) if isinstance(cell, str) and cell else cell for cell in cells]
