"""`maillage meeting`: the guest list for machines and for people; what is no meeting is refused."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from graphsvc.stores.sqlite import SqliteStore
from people.database import open_private
from people.refusals import AskerKind, decline
from tests.web.cli.program import answer, run

WATER = ("meeting", "--theme", "eau", "--territory", "Mali", "--size", "12")


def test_guests_have_the_fixed_keys_and_those_apart_come_first(home: Path) -> None:
    done = run(*WATER, "--tables", "2", "--format", "json", home=home)
    document = json.loads(done.stdout)
    guests = document["guests"]
    assert len(guests) == 12
    for guest in guests:
        assert {"actor", "why", "table"} <= set(guest)
        assert {"id", "name", "kind"} <= set(guest["actor"])
        assert all({"code", "facts", "text"} == set(reason) for reason in guest["why"])
        assert all(reason["text"] != reason["code"] for reason in guest["why"])
    assert {g["table"] for g in guests} == {1, 2}
    roles = [g["role"] for g in guests]
    assert roles[0] == "apart"
    assert roles.index("broker") < roles.index("on_topic")


def test_people_read_tables_and_reasons_and_notes_stay_apart(home: Path) -> None:
    done = run(*WATER, home=home)
    assert done.stdout.startswith("Table 1\n")
    assert "à l'écart du réseau" in done.stdout
    assert "agissent dans le territoire" in done.stderr
    rows = list(csv.DictReader(io.StringIO(run(*WATER, "--format", "csv", home=home).stdout)))
    assert len(rows) == 12
    assert all(row["why"] for row in rows)


def test_english_speaks_english(home: Path) -> None:
    said = run(*WATER, "--lang", "en", home=home).stdout
    assert "At its table" in said or "at its table" in said
    assert "À sa table" not in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--size", "0"), "une rencontre réunit de 2 à 300 acteurs"),
        (("--size", "4", "--tables", "3"), "au moins deux invités par table"),
        (("--theme", "eaau", "--territory", "Mali"), "Eau et assainissement"),
    ],
)
def test_what_is_no_meeting_is_refused_with_its_remedy(home: Path, arguments, sentence) -> None:
    done = run("meeting", *arguments, home=home)
    assert done.returncode == 1
    assert done.stdout == ""
    assert sentence in done.stderr


def test_nobody_on_the_topic_gives_an_empty_list_and_says_why(home: Path) -> None:
    asked = ("meeting", "--theme", "sport", "--territory", "ML", "--area", "Étampes", "--format", "json")
    document = json.loads(run(*asked, home=home).stdout)
    assert document["guests"] == []
    assert document["notes"][0]["code"] == "nobody_to_meet"


def test_who_declined_the_other_does_not_share_its_table(home: Path, tmp_path: Path) -> None:
    asked = (*WATER, "--tables", "3")
    guests = answer(home, *asked)["guests"]
    one, other = next(
        (g["actor"]["id"], h["actor"]["id"])
        for g in guests
        for h in guests
        if g["table"] == h["table"] and g["actor"]["id"] < h["actor"]["id"]
    )
    own = shutil.copytree(home, tmp_path / "home")
    with open_private(own) as private, SqliteStore(own / "graph.db") as store:
        decline(private, store.info().store_id, AskerKind.ACTOR, one, other, by="agent")
    tables = {guest["actor"]["id"]: guest["table"] for guest in answer(own, *asked)["guests"]}
    assert set(tables) == {guest["actor"]["id"] for guest in guests}
    assert tables[one] != tables[other]
