"""`duplicates` and `merge`: pairs are proposed, a person decides, and the decision is remembered."""

import re
from pathlib import Path

import pytest

from tests.project.tracked_files import ROOT
from tests.web.cli.program import answer, run
from web.words.duplicates import DUPLICATE_REASONS

ACTORS = """id,nom,type,commune,code_insee
a,Les amis du Sahel,association,,
b,Les Amis du Sahell,association,,
c,Comité de jumelage de Tambacounda,association,,
d,Comité de jumelage de Tambakounda,association,,
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    table = tmp_path / "acteurs.csv"
    table.write_text(ACTORS, encoding="utf-8")
    assert run("import", str(table), home=tmp_path / "home").returncode == 0
    return tmp_path / "home"


def pairs(home: Path, *more: str) -> list[tuple[str, str]]:
    return [(p["a"]["id"], p["b"]["id"]) for p in answer(home, "duplicates", *more)]


def test_pairs_come_with_their_score_and_their_reasons(home: Path) -> None:
    found = answer(home, "duplicates")
    assert {(p["a"]["id"], p["b"]["id"]) for p in found} == {("a", "b"), ("c", "d")}
    assert [p["score"] for p in found] == sorted((p["score"] for p in found), reverse=True)
    for pair in found:
        assert set(pair) == {"a", "b", "score", "because"}
        assert all(set(b) == {"code", "facts", "text"} and b["text"] for b in pair["because"])
    assert pairs(home, "--min-score", "1") == []


def test_two_actors_said_to_be_two_are_not_proposed_again(home: Path) -> None:
    assert ("c", "d") not in pairs(home, "--distinct", "d", "c")
    assert ("c", "d") not in pairs(home)
    assert ("c", "d") in pairs(home, "--reconsider", "c", "d")


def test_a_merge_keeps_the_first_and_both_keys_answer(home: Path) -> None:
    merged = answer(home, "merge", "a", "Les Amis du Sahell")
    assert (merged["kept"]["id"], merged["absorbed"]["id"]) == ("a", "b")
    assert pairs(home) == [("c", "d")]
    assert answer(home, "suggest", "--actor", "b")["asker"]["id"] == "a"


def test_a_decision_follows_a_merge(home: Path) -> None:
    run("duplicates", "--distinct", "a", "c", home=home)
    answer(home, "merge", "d", "c")
    assert pairs(home, "--min-score", "0.1").count(("a", "d")) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["merge", "a", "a"], "même acteur"),
        (["merge", "a", "zzz"], "inconnu"),
        (["duplicates", "--distinct", "a", "a"], "même acteur"),
    ],
)
def test_a_pair_that_is_none_is_refused(home: Path, arguments: list[str], said: str) -> None:
    done = run(*arguments, home=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


def test_every_reason_has_its_sentence() -> None:
    source = (ROOT / "graphsvc" / "duplicates.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'Because\(f?"([a-z_]+)(?:\{scheme\})?"', source))
    codes |= {"same_name", "similar_name"} | {"same_name_as_other_name", "similar_name_as_other_name"}
    codes = codes - {"different_"} | {"different_siren", "different_rna"}
    assert len(codes) > 10
    assert codes == set(DUPLICATE_REASONS)
