"""`maillage evaluate` and `maillage learn`: their keys, their honesty on little data, what they write."""

import csv
import json
from pathlib import Path

import pytest

from matcher.learned.model import FILE
from tests.web.cli.program import run, run_anew

METHODS = {  # and the learned one, where there is enough to learn from
    "default", "popularity", "text_only", "distance_only", "theme_only", "common_neighbours",
    "adamic_adar", "pagerank",
}  # fmt: skip
COUNTED = ("auc_degree_matched", "precision_at_10", "mrr", "recall_at_10", "candidate_recall")


@pytest.fixture(scope="module")
def answers(home: Path) -> dict[str, str]:
    """The same evaluation, printed in every way."""
    ways = {"json": ("--format", "json"), "csv": ("--format", "csv"), "fr": (), "en": ("--lang", "en")}
    asked = ("evaluate", "--rounds", "1", "--seed", "3")
    done = {name: run(*asked, *way, home=home) for name, way in ways.items()}
    done["again"] = run_anew(*asked, *ways["json"], home=home)  # which orders its sets in another way
    assert {d.returncode for d in done.values()} == {0}
    return {name: d.stdout for name, d in done.items()}


def test_every_method_has_every_figure_with_its_interval(answers: dict[str, str]) -> None:
    found = json.loads(answers["json"])
    assert set(found) >= {"methods", "candidate_recall", "best_baseline", "cold", "askers", "note"}
    assert {m["name"] for m in found["methods"]} == METHODS
    for method in found["methods"]:
        assert set(method["intervals"]) == set(COUNTED)
        for name, (low, high) in method["intervals"].items():
            assert low <= method[name] <= high
        for name, (low, high) in method["cold"]["intervals"].items():
            assert low <= method["cold"][name] <= high


def test_asked_again_the_answer_is_the_same(answers: dict[str, str]) -> None:
    assert answers["json"] == answers["again"]


def test_the_table_for_a_spreadsheet_holds_the_same_figures(answers: dict[str, str]) -> None:
    rows = {row["name"]: row for row in csv.DictReader(answers["csv"].splitlines())}
    methods = {m["name"]: m for m in json.loads(answers["json"])["methods"]}
    assert set(rows) == set(methods) == METHODS
    for name, method in methods.items():
        for figure in COUNTED:
            cells = [float(rows[name][f"{figure}{end}"]) for end in ("", "_low", "_high")]
            assert cells == [method[figure], *method["intervals"][figure]]
        cold = [float(rows[name][f"cold_mrr{end}"]) for end in ("", "_low", "_high")]
        assert cold == [method["cold"]["mrr"], *method["cold"]["intervals"]["mrr"]]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "fr",
            ["rang réciproque", "rappel à 500", "AUC à notoriété égale", "poids par défaut",
             "PageRank personnalisé", "Partenaires comptés à part :", "Moins de trente demandeurs",
             "sur celui du meilleur ordre"],
        ),
        (
            "en",
            ["reciprocal rank", "recall at 500", "AUC at equal fame", "default weights",
             "personalised PageRank", "Partners counted apart:", "Fewer than thirty askers",
             "over that of the best simple order"],
        ),
    ],
)  # fmt: skip
def test_the_text_is_a_table_and_sentences_in_both_languages(
    answers: dict[str, str], lang: str, told: list[str]
) -> None:
    for words in told:
        assert words in answers[lang]
    assert ("é" in answers[lang]) == (lang == "fr")


def test_an_empty_network_says_that_there_is_nothing_to_hide(tmp_path: Path) -> None:
    done = run("evaluate", home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert "aucune coopération" in done.stdout
    assert "nan" not in done.stdout.lower()
    refused = run("learn", home=tmp_path / "home")
    assert refused.returncode == 1
    assert "trop peu de coopérations" in refused.stderr
    assert refused.stdout == ""
    assert not (tmp_path / "home" / FILE).exists()


def test_a_share_that_cannot_be_hidden_is_refused_with_its_remedy(home: Path) -> None:
    done = run("evaluate", "--hide", "0.9", home=home)
    assert done.returncode == 1
    assert "0,5" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--hide", "0", "0,5"),
        ("--hide", "1", "0,5"),
        ("--hide", "nan", "0,5"),
        ("--rounds", "0", "au moins 1"),
        ("--seed", "-1", "positif ou nul"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(
    tmp_path: Path, option: str, value: str, told: str
) -> None:
    for command in ("evaluate", "learn") if option != "--rounds" else ("evaluate",):
        done = run(command, option, value, home=tmp_path / "home")
        assert done.returncode == 1
        assert told in done.stderr
        assert "Traceback" not in done.stderr
        assert done.stdout == ""


def test_the_seed_knows_too_few_cooperations_to_learn_from(home: Path) -> None:
    before = run("suggest", "--theme", "education", "--format", "json", home=home)
    done = run("learn", "--hide", "0.25", home=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert "trop peu de coopérations" in done.stderr
    assert not (home / FILE).exists()
    assert run("suggest", "--theme", "education", "--format", "json", home=home).stdout == before.stdout


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_figure_of_the_exposure_cap_has_a_line_of_its_own(home: Path, lang: str) -> None:
    text = run("exposure", "--askers", "20", "--lang", lang, home=home).stdout.splitlines()
    lines = [line.rsplit("  ", 1)[0].strip() for line in text]
    assert len(lines) == len(set(lines)) == 12
    assert not any("…" in line for line in lines)
    assert any("plafond" in line for line in lines) == (lang == "fr")
