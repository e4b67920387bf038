"""`maillage evaluate` and `maillage learn`: their keys, their honesty on little data, what they write."""

import json
from pathlib import Path

import pytest

from matcher.learned.model import FILE, Learned
from tests.web.cli.program import run

FIXED = {"name", "auc_degree_matched", "precision_at_10", "mrr", "recall_at_10"}


def test_the_json_has_the_promised_keys_and_says_how_sure_it_is(home: Path) -> None:
    done = run("evaluate", "--rounds", "1", "--seed", "3", "--format", "json", home=home)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) >= {"methods", "candidate_recall", "best_baseline", "cold", "askers", "note"}
    assert {"default", "popularity", "adamic_adar"} <= {m["name"] for m in found["methods"]}
    for method in found["methods"]:
        assert set(method) >= FIXED
        for name, (low, high) in method["intervals"].items():
            assert low is None or low <= method[name] <= high


def test_the_text_is_a_table_and_sentences(home: Path) -> None:
    text = run("evaluate", "--rounds", "1", home=home)
    assert "poids par défaut" in text.stdout
    assert "Moins de trente demandeurs" in text.stdout


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


def test_learning_on_the_seed_writes_coefficients_and_does_not_use_them(home: Path) -> None:
    before = run("suggest", "--theme", "education", "--format", "json", home=home)
    done = run("learn", "--hide", "0.25", "--format", "json", home=home)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["used"] is False
    assert found["refusal"] == "too_few_links"
    written = Learned.from_json((home / FILE).read_text(encoding="utf-8"))
    assert written.held is not None
    assert set(written.held.default) == FIXED - {"name"}
    assert run("suggest", "--theme", "education", "--format", "json", home=home).stdout == before.stdout
