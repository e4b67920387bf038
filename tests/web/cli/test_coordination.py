"""The coordinator's commands on the real data: best links, what-if, what changed."""

import csv
import io
from pathlib import Path

import pytest

from tests.web.cli.program import answer, run


def test_the_best_links_keep_to_the_budget_and_say_what_each_adds(home: Path) -> None:
    found = answer(home, "bridges", "--budget", "5")
    assert 1 <= len(found["links"]) <= 5
    joined = [link["after"]["actors_joined"] for link in found["links"]]
    assert joined == sorted(joined)
    for link in found["links"]:
        assert link["gain"] == pytest.approx(sum(link["gain_parts"].values()), abs=1e-5)
        assert link["gain"] > 0
    ends = [end["id"] for link in found["links"] for end in (link["from"], link["to"])]
    assert max(ends.count(end) for end in ends) <= found["limit_per_actor"]
    rows = list(csv.DictReader(io.StringIO(run("bridges", "--format", "csv", home=home).stdout)))
    assert rows[0]["from"] == answer(home, "bridges")["links"][0]["from"]["id"]
    assert run("bridges", "--budget", "0", home=home).returncode == 2


def test_a_what_if_names_actors_by_key_or_name_and_tells_before_from_after(home: Path) -> None:
    found = answer(home, "what-if", "AMAFH=Les Amis de Kayes", "amafh=amafh")
    assert [one["use"] for one in found["links"]] == ["new", "same_actor"]
    assert found["after"]["ties"] == found["before"]["ties"] + 1
    text = run("what-if", "AMAFH=Les Amis de Kayes", home=home).stdout
    assert "liens de coopération vivants" in text
    past = answer(home, "what-if", "AMAFH=Les Amis de Kayes", "--at", "2012")
    assert past["at"] == "2012-12-31"


def test_a_line_that_is_no_link_and_an_actor_nobody_knows_are_refused_in_one_sentence(home: Path) -> None:
    for wrong, said in (("caece", "signe égal"), ("caece=zzzz", "inconnu")):
        done = run("what-if", wrong, home=home)
        assert (done.returncode, done.stdout) == (1, "")
        assert said in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_what_changed_between_two_years_makes_the_figures_of_the_second(home: Path) -> None:
    found = answer(home, "changes", "2012", "2016")
    assert (found["since"], found["until"]) == ("2012-12-31", "2016-12-31")
    grown = len(found["ties_appeared"]) - len(found["ties_ended"])
    assert found["before"]["ties"] + grown == found["after"]["ties"]
    assert found["before"] == {k: v for k, v in answer(home, "health", "--at", "2012").items() if k != "at"}
    assert run("changes", "hier", home=home).returncode == 1


def test_the_work_list_says_whom_to_meet(home: Path) -> None:
    items = answer(home, "isolated")
    assert any(item["bridges"] for item in items)
    assert all(len(item["bridges"]) <= 2 for item in items)
