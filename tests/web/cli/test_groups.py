"""The commands that find groups: their keys, their tables, their refusals."""

import csv
import io
from pathlib import Path

import pytest

from tests.web.cli.program import answer, run

COMMON = {"score", "members", "themes", "territories", "reasons"}


@pytest.mark.parametrize(
    "command",
    [
        (
            "pool",
            "--announcement",
            "besoin-suivi-sur-place",
            "--territory",
            "ML-1",
            "--actor",
            "amis-de-kayes",
        ),
        ("triangles", "--actor", "kayes-commune"),
        ("convergences", "--at", "2012"),
        ("dormant", "--actor", "departement-essonne"),
        ("gaps", "--theme", "education"),
    ],
)
def test_groups_have_the_keys_of_the_exchange_format(home: Path, command: tuple[str, ...]) -> None:
    found = answer(home, *command)
    assert found
    for group in found:
        assert set(group) >= COMMON
        assert all({"id", "name", "role"} <= set(member) for member in group["members"])
        assert all(set(reason) == {"code", "facts", "text"} for reason in group["reasons"])


def test_the_case_of_the_documents_comes_first_as_of_their_time(home: Path) -> None:
    first = answer(home, "convergences", "--at", "2012", "--top", "1")[0]
    pair = first["pairs"][0]
    assert first["territories"] == ["ML-1"]
    assert {pair["a"]["id"], pair["b"]["id"]} == {"caece", "region-idf"}
    assert pair["bridges"][0]["facts"]["kind"] == "funding"
    assert 0 < first["overlap"] <= 1
    assert 0 < first["complementarity"] <= 1


def test_tables_and_text_for_people(home: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("convergences", "--format", "csv", home=home).stdout)))
    assert "Région Île-de-France" in rows[0]["members"]
    said = run("concentration", "--territory", "ML", home=home).stdout
    assert "Kayes\u00a0: beaucoup d'acteurs (5)" in said
    english = run("convergences", "--top", "1", "--lang", "en", home=home).stdout
    assert "in common" in english.splitlines()[0]
    assert "complementarity" in english.splitlines()[0]
    assert "no two of them have a live cooperation" in english


def test_the_unknown_is_refused_with_the_nearest(home: Path) -> None:
    unknown = run("pool", "--announcement", "besoin-suivi-place", home=home)
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "besoin-suivi-sur-place" in unknown.stderr
    assert run("convergences", "--theme", "zant", home=home).returncode == 1
    assert run("triangles", "--actor", "personne", home=home).returncode == 1
    assert run("dormant", "--at", "hier", home=home).returncode == 1
    assert run("pool", home=home).returncode == 2
