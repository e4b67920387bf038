"""Whatever the cells hold, a CSV is read back the same by Python and by a spreadsheet."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graphsvc.exchange.cells import unguarded
from graphsvc.exchange.csv_text import csv_text, safe_cells

CELLS = st.text(
    st.sampled_from("ab é'\"=,;\t\r\n\v\f\x85\u2028\ufeff") | st.characters(codec="utf-8"), max_size=8
)
ROWS = st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), max_size=5))
DIALECTS = st.tuples(st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]))


def spreadsheet(text: str, separator: str) -> list[list[str]]:
    """A reader as spreadsheets have it: outside quotes a separator ends a cell; CR, LF or both end a row."""
    rows: list[list[str]] = []
    row: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == '"':
            cell = ""
            at += 1
            while text[at] != '"' or text[at + 1 : at + 2] == '"':
                cell += text[at]
                at += 2 if text[at] == '"' else 1
            at += 1
        else:
            start = at
            while at < len(text) and text[at] not in (separator, "\r", "\n"):
                at += 1
            cell = text[start:at]
        row.append(cell)
        if text[at : at + 1] == separator:
            at += 1
            if at == len(text) or text[at] in "\r\n":
                row.append("")
        if at == len(text) or text[at] in "\r\n":
            at += 2 if text[at : at + 2] == "\r\n" else 1
            rows.append(row)
            row = []
    return rows


@given(ROWS, DIALECTS)
@example([["a\rb", "c"]], (",", "\n"))
@example([["a", "\r"]], (";", "\n"))
def test_every_reader_finds_the_same_cells(rows: list[list[str]], dialect: tuple[str, str]) -> None:
    separator, end = dialect
    text = csv_text(rows, separator=separator, end=end)
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)) == rows
    assert spreadsheet(text, separator) == rows
    assert text.endswith(end) or not rows


@given(ROWS, DIALECTS)
def test_no_cell_told_to_people_is_a_formula_and_each_is_read_back(
    rows: list[list[str]], dialect: tuple[str, str]
) -> None:
    separator, end = dialect
    text = csv_text([safe_cells(row) for row in rows], separator=separator, end=end)
    found = spreadsheet(text, separator)
    assert [[unguarded(cell) for cell in row] for row in found] == rows
    assert not any(cell[:1] in set("=+-@\t\r\n") for row in found for cell in row if cell)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_numbers_and_nothing_stay_what_they_are(end: str) -> None:
    text = csv_text([("name", "score", "nothing", "empty"), safe_cells(("a", -1.5, None, ""))], end=end)
    assert text == f"name,score,nothing,empty{end}a,-1.5,,{end}"
