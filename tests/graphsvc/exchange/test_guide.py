"""The user guide of the files: its examples are imported, its lists are complete."""

import re
from pathlib import Path

from graphsvc.exchange.format import TABLES
from tests.graphsvc.exchange.bundles import run

GUIDE = (Path(__file__).parents[3] / "docs" / "exchange.md").read_text(encoding="utf-8")


def test_the_example_of_the_guide_is_imported_without_a_remark(tmp_path: Path) -> None:
    files = dict(re.findall(r"`(\w+\.csv)`\n\n```csv\n(.*?)```", GUIDE, re.DOTALL))
    assert len(files) == 7
    _, report = run(tmp_path, files)
    assert report.rejected == ()
    assert report.ignored_columns == ()
    assert report.created == 11


def test_the_guide_lists_every_table_column_and_code() -> None:
    codes = set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", GUIDE, flags=re.DOTALL)))
    for spec in TABLES:
        assert f"{spec.french}.csv" in GUIDE
        for column in spec.columns:
            assert {column.french, column.english} <= codes, (spec.french, column.french)
            assert not column.required or f"**`{column.french}`**" in GUIDE
            for member in column.enum or ():
                assert member.value in codes, (spec.french, column.french, member.value)
