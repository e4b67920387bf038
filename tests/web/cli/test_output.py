"""What commands print for machines: no cell of a CSV is a formula, in any spreadsheet."""

import csv
import io

import pytest

from graphsvc.exchange.cells import unguarded
from web.cli.output import print_csv


@pytest.mark.parametrize("first", [*"=+-@'＝＋－＠\t\n", " ="])
def test_no_cell_begins_as_a_formula_does_and_each_is_read_back(
    first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"{first}cmd|' /C calc'!A1"
    print_csv(("name", "score", "nothing"), [(text, -1.5, None)])
    _, (name, score, nothing) = csv.reader(io.StringIO(capsys.readouterr().out, newline=""))
    assert name.startswith("'")
    assert unguarded(name) == text
    assert (score, nothing) == ("-1.5", "")


def test_a_lone_carriage_return_stays_inside_its_cell(capsys: pytest.CaptureFixture[str]) -> None:
    print_csv(("name", "place"), [("Les amis\rde Kayes", "Évry")])
    assert capsys.readouterr().out == 'name,place\n"Les amis\rde Kayes",Évry\n'
