"""The coordinator's commands on the real data: best links, what-if, what changed."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest

from graphsvc.stores.sqlite import SqliteStore
from people.database import open_private
from people.refusals import AskerKind, decline
from tests.web.cli.program import answer, run


def test_the_best_links_keep_to_the_budget_and_say_what_each_adds(home: Path) -> None:
    found = answer(home, "bridges", "--budget", "5")
    assert 1 <= len(found["links"]) <= 5
    joined = [link["after"]["actors_joined"] for link in found["links"]]
    assert joined == sorted(joined)
    for link in found["links"]:
        assert link["gain"] == pytest.approx(sum(link["gain_parts"].values()), abs=1e-5)
        assert link["gain"] > 0
    ends = [end["id"] for link in found["links"] for end in (link["source"], link["target"])]
    assert max(ends.count(end) for end in ends) <= found["limit_per_actor"]
    rows = list(csv.DictReader(io.StringIO(run("bridges", "--format", "csv", home=home).stdout)))
    assert rows[0]["source"] == answer(home, "bridges")["links"][0]["source"]["id"]
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


def test_the_work_list_says_whom_to_meet_why_to_what_gain_and_by_whom(home: Path) -> None:
    items = answer(home, "isolated")
    assert all(len(item["bridges"]) <= 2 for item in items)
    bridges = [bridge for item in items for bridge in item["bridges"]]
    assert bridges
    for bridge in bridges:
        assert bridge["gain"] == pytest.approx(sum(bridge["gain_parts"].values()), abs=1e-5)
        assert bridge["gain_parts"]["partner"] > 0
        assert all(told["text"] for told in bridge["reasons"]["for_you"])
        assert set(bridge["reasons"]) == {"for_you", "for_them", "unknown"}
        assert bridge["introducer"] is None or bridge["introducer"]["text"]
    assert all(item["question"]["text"].endswith("?") for item in items)


def test_the_work_list_is_narrowed_by_state_kind_theme_and_territory(home: Path) -> None:
    everyone = answer(home, "isolated")
    fragile = answer(home, "isolated", "--state", "fragile")
    assert fragile == [item for item in everyone if item["state"] == "fragile"]
    diaspora = answer(home, "isolated", "--kind", "diaspora")
    assert diaspora == [item for item in everyone if item["actor"]["kind"] == "diaspora"]
    in_mali = answer(home, "isolated", "--territory", "Mali")
    assert 0 < len(in_mali) < len(everyone)
    assert len(answer(home, "isolated", "--territory", "Mali", "--theme", "education")) < len(in_mali)
    refused = run("isolated", "--state", "lonely", home=home)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "lonely" in refused.stderr


def test_the_work_list_is_read_by_people_and_by_spreadsheets(home: Path) -> None:
    items = answer(home, "isolated")
    text = run("isolated", home=home).stdout
    assert all(item["actor"]["name"] in text for item in items)
    assert "À rencontrer" in text
    rows = list(csv.DictReader(io.StringIO(run("isolated", "--format", "csv", home=home).stdout)))
    assert [row["id"] for row in rows] == [item["actor"]["id"] for item in items]
    assert "To meet:" in run("isolated", "--lang", "en", home=home).stdout


def test_an_empty_network_is_read_without_a_wrong_plural_or_an_empty_table(tmp_path: Path) -> None:
    assert run("isolated", home=tmp_path).stderr.endswith("0 acteur dans la liste de travail.\n")
    assert run("isolated", "--lang", "en", home=tmp_path).stderr.endswith("0 actors in the work list.\n")
    assert "n'a commencé ou pris fin" in run("changes", "2000", "2020", home=tmp_path).stdout


def test_the_figures_that_are_shares_read_as_shares_as_on_the_site(home: Path) -> None:
    state = run("health", home=home).stdout
    for name in ("densité", "part de partenaires communs", "part d'acteurs sans lien"):
        assert re.search(rf"^{name}.*\d\s?%\s*$", state, re.MULTILINE), name


def test_a_no_thanks_holds_on_the_command_line(home: Path, tmp_path: Path) -> None:
    own = shutil.copytree(home, tmp_path / "home")
    item = next(item for item in answer(own, "isolated") if item["bridges"])
    one, other = item["actor"]["id"], item["bridges"][0]["actor"]["id"]
    with open_private(own) as private, SqliteStore(own / "graph.db") as store:
        decline(private, store.info().store_id, AskerKind.ACTOR, one, other, by="agent")
    (again,) = [i for i in answer(own, "isolated") if i["actor"]["id"] == one]
    assert other not in {bridge["actor"]["id"] for bridge in again["bridges"]}
    links = answer(own, "bridges", "--budget", "50")["links"]
    assert (one, other) not in {(link["source"]["id"], link["target"]["id"]) for link in links}
