"""A workbook says what the CSV files say, and nothing in it is a formula."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.records import Record
from graphsvc.exchange import workbook
from graphsvc.exchange.cells import GUARD
from graphsvc.exchange.workbook import write_workbook
from graphsvc.exchange.write import table_texts
from tests.contracts.world import WORLD, plain
from tests.graphsvc.exchange.graphs import HOSTILE


def told(records: list[Record], path: Path) -> dict[str, list[list[str]]]:
    write_workbook(records, path)
    book = load_workbook(path)
    return {sheet.title: [[_read(cell.value) for cell in row] for row in sheet.iter_rows()] for sheet in book}


def _read(value: object) -> str:
    """The text of a cell, as the format writes what XML cannot hold."""
    text = "" if value is None else repr(value) if isinstance(value, float) else str(value)
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_the_sheets_hold_the_rows_of_the_files(tmp_path: Path) -> None:
    hostile = [plain(f"h{n}", purpose=text, acronym=text) for n, text in enumerate(HOSTILE)]
    records = [*WORLD, *(r for r in hostile if r.purpose and "\x00" not in r.purpose)]
    sheets = told(records, tmp_path / "b.xlsx")
    for name, text in table_texts(records).items():
        rows = list(csv.reader(io.StringIO(text, newline="")))
        if len(rows) > 1:
            found = sheets[name.removesuffix(".csv")]
            assert [[_same(c) for c in row] for row in found] == [[_same(c) for c in row] for row in rows]


def _same(cell: str) -> str:
    """A number may be written in two ways."""
    try:
        return f"{float(cell.removeprefix(GUARD)) + 0.0:.14g}"  # a spreadsheet keeps fifteen digits
    except ValueError:
        return cell


@pytest.mark.parametrize("text", [*HOSTILE, '=HYPERLINK("http://x")', "=1+1", "@SUM(A1)", "-2+3"])
def test_nothing_is_a_formula(tmp_path: Path, text: str) -> None:
    if not text.strip():
        text = "x" + text
    write_workbook([Actor("a", text, ActorKind.ASSOCIATION, purpose=text)], tmp_path / "b.xlsx")
    with zipfile.ZipFile(tmp_path / "b.xlsx") as archive:
        sheets = [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/")]
    assert sheets
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


def test_codes_keep_their_zeros_and_numbers_are_numbers(tmp_path: Path) -> None:
    write_workbook([plain("01042", siren="000123456", latitude=48.5, longitude=-2.0)], tmp_path / "b.xlsx")
    head, row = load_workbook(tmp_path / "b.xlsx")["acteurs"].iter_rows(values_only=True)
    found = dict(zip(head, row, strict=True))
    assert (found["id"], found["siren"], found["latitude"]) == ("01042", "000123456", 48.5)


def test_an_empty_graph_is_an_empty_workbook(tmp_path: Path) -> None:
    assert told([], tmp_path / "b.xlsx") == {"acteurs": []}


def test_what_a_workbook_cannot_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidValue) as refused:
        write_workbook([plain("a", purpose="x" * 40_000)], tmp_path / "b.xlsx")
    assert (refused.value.rule, refused.value.field) == ("cell_too_long", "objet")
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    with pytest.raises(InvalidValue) as refused:
        write_workbook([plain("a"), plain("b")], tmp_path / "b.xlsx")
    assert refused.value.rule == "sheet_too_long"
    assert not (tmp_path / "b.xlsx").exists()


@given(text=st.text(alphabet=st.characters(max_codepoint=0x2FFF, exclude_categories=["Cs"]), min_size=1))
@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_any_text_comes_back(tmp_path: Path, text: str) -> None:
    if "\x00" in text:
        return
    found = told([plain("a", purpose=text)], tmp_path / "b.xlsx")["acteurs"]
    cell = found[1][found[0].index("objet")]
    assert _same(cell.removeprefix("'")) == _same(text.removeprefix("'")) or cell == f"'{text}"
