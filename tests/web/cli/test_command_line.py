"""The command line as its users type it: what it prints, where, and how it ends."""

import csv
import io
import json
import socket
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graphsvc.exchange import codes
from graphsvc.exchange.report import Remedy
from tests.web.cli.program import answer, run
from web.words.imports import IMPORT_NOTICES
from web.words.messages import remedy_text, rule_text


def test_loading_the_seed_again_changes_nothing(tmp_path: Path) -> None:
    first = json.loads(run("seed", "--format", "json", home=tmp_path).stdout)
    again = json.loads(run("seed", "--format", "json", home=tmp_path).stdout)
    assert first["created"] > 1000
    assert (again["created"], again["updated"], again["rejected"]) == (0, 0, [])
    assert again["unchanged"] == first["created"]


def test_search_finds_despite_accents_and_typing_errors(home: Path) -> None:
    found = answer(home, "search", "amis de kayess")
    assert found[0] == {
        "id": "amis-de-kayes",
        "name": "Les Amis de Kayes",
        "kind": "association",
        "place": "Essonne",
    }
    rows = list(csv.DictReader(io.StringIO(run("search", "cresi", "--format", "csv", home=home).stdout)))
    assert rows[0]["id"] == "cresi"


def test_suggestions_have_reasons_for_both_sides_in_the_fixed_keys(home: Path) -> None:
    document = answer(home, "suggest", "--actor", "Les Amis de Kayes", "--top", "3")
    assert document["asker"]["id"] == "amis-de-kayes"
    assert [s["rank"] for s in document["suggestions"]] == [1, 2, 3]
    for suggestion in document["suggestions"]:
        assert set(suggestion) >= {"rank", "score", "actor", "evidence", "reasons"}
        assert set(suggestion["reasons"]) == {"for_you", "for_them", "unknown"}
        assert suggestion["reasons"]["for_you"]
        assert all(set(r) == {"code", "facts", "text"} for r in suggestion["reasons"]["for_you"])


def test_a_file_of_keys_gives_one_object_a_line(home: Path, tmp_path: Path) -> None:
    keys = tmp_path / "keys.txt"
    keys.write_text("amis-de-kayes\ncaece\n", encoding="utf-8")
    lines = run("suggest", "--actor", f"@{keys}", "--top", "1", home=home).stdout.splitlines()
    assert [json.loads(line)["asker"]["id"] for line in lines] == ["amis-de-kayes", "caece"]


def test_the_work_list_and_the_health_speak_in_codes_and_sentences(home: Path) -> None:
    items = answer(home, "isolated")
    assert {i["state"] for i in items} <= {"isolated", "financed_only", "fragile", "detached", "dormant"}
    assert all(i["because"][0]["text"] for i in items)
    assert len(answer(home, "isolated", "--all-perimeters", "--institutions")) > len(items)
    now, then = answer(home, "health"), answer(home, "health", "--at", "2012")
    assert (then["at"], now["at"]) == ("2012-12-31", "2026-11-02")
    assert then["ties"] > now["ties"] > 0


def test_an_unknown_actor_is_refused_in_one_sentence_with_the_three_nearest(home: Path) -> None:
    done = run("suggest", "--actor", "amis-kayes", home=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Les Amis de Kayes (amis-de-kayes)" in done.stderr
    error = json.loads(run("suggest", "--actor", "amis-kayes", "--format", "json", home=home).stderr)["error"]
    assert error["code"] == "unknown_record"
    assert len(error["facts"]["nearest"]) == 3


def test_an_ambiguous_name_is_answered_by_its_candidates(tmp_path: Path) -> None:
    twice = tmp_path / "acteurs.csv"
    twice.write_text("id,nom,type\na,Solidarité,association\nb,Solidarité,association\n", encoding="utf-8")
    assert run("import", str(twice), home=tmp_path / "home").returncode == 0
    done = run("suggest", "--actor", "solidarite", home=tmp_path / "home")
    assert done.returncode == 1
    assert "(a)" in done.stderr
    assert "(b)" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["suggest"], ["suggest", "--actor", "a", "--all"], ["nothing"], ["health", "--wrong"]]
)
def test_wrong_usage_ends_with_two_and_is_said_in_french(home: Path, arguments: list[str]) -> None:
    done = run(*arguments, home=home)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Erreur\u202f:" in done.stderr
    assert "Usage" not in done.stderr


def test_wrong_usage_is_english_or_json_for_who_asks(home: Path) -> None:
    assert "Error: No such option" in run("health", "--wrong", "--lang", "en", home=home).stderr
    told = json.loads(run("health", "--wrong", "--format", "json", home=home).stderr)
    assert told["error"]["code"] == "wrong_usage"


@pytest.mark.parametrize("text", ["", "  ", "?!"])
def test_a_search_for_nothing_is_refused_with_a_remedy(home: Path, text: str) -> None:
    done = run("search", text, home=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert "au moins une lettre" in done.stderr


def test_a_store_that_does_not_answer_ends_with_three_and_quickly(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.monotonic()
    done = run("--store", f"bolt://127.0.0.1:{port}", "health", home=tmp_path, NEO4J_PASSWORD="x")
    assert done.returncode == 3
    assert "ne répond pas" in done.stderr
    assert "Traceback" not in done.stderr
    assert time.monotonic() - began < 15


def test_a_damaged_database_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\x00" + b"garbage" * 1000)
    before = broken.read_bytes()
    done = run("--store", f"sqlite:///{broken}", "health", home=tmp_path / "home")
    assert done.returncode == 3
    assert broken.read_bytes() == before


def test_a_damaged_page_is_said_without_the_words_of_the_engine(home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    content = bytearray((home / "graph.db").read_bytes())
    content[9000:30_000] = b"\x55" * 21_000
    broken.write_bytes(content)
    for more in ([], ["--format", "json"], ["--lang", "en"]):
        done = run("--store", f"sqlite:///{broken}", "health", *more, home=tmp_path / "home")
        assert done.returncode == 3
        for word in ("malformed", "database disk", "tree", "sqlite3"):
            assert word not in done.stderr


def test_a_refused_import_says_each_row_and_writes_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "acteurs.csv"
    bad.write_text(
        "id,nom,type,latitude,longitude\na,A,association,95,2\n,,association,,\nc,C,licorne,,\n",
        encoding="utf-8",
    )
    done = run("import", str(bad), home=tmp_path / "home")
    assert (done.returncode, done.stdout) == (1, "")
    for piece in ("rien n'a été écrit", "ligne 2", "ligne 3", "ligne 4", "licorne"):
        assert piece in done.stderr
    error = json.loads(run("import", str(bad), "--format", "json", home=tmp_path / "home").stderr)["error"]
    assert {r["line"] for r in error["rejected"]} == {2, 3, 4}
    assert all(r["remedy"]["text"] for r in error["rejected"])
    counts = json.loads(run("check", "--format", "json", home=tmp_path / "home").stdout)["records"]
    assert counts["actor"] == 0


def test_what_is_exported_is_imported_unchanged(home: Path, tmp_path: Path) -> None:
    tables = tmp_path / "tables.zip"
    assert run("export", "--to", "tables", str(tables), home=home).returncode == 0
    copied = json.loads(run("import", str(tables), "--format", "json", home=tmp_path / "copy").stdout)
    again = json.loads(run("import", str(tables), "--format", "json", home=home).stdout)
    assert (again["created"], again["updated"]) == (0, 0)
    assert copied["created"] == again["unchanged"]
    refused = run("export", "--to", "tables", str(tables), home=home)
    assert refused.returncode == 1
    assert "existe déjà" in refused.stderr


@pytest.mark.parametrize("form", ["gexf", "graphml", "geojson", "html"])
def test_the_network_leaves_for_other_programs(home: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"network.{form}"
    done = run("export", "--to", form, str(file), home=home)
    assert done.returncode == 0, done.stderr
    assert "Les Amis de Kayes" in file.read_text(encoding="utf-8")


def test_the_network_leaves_as_a_workbook(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "essonne.xlsx"
    assert run("export", "--to", "xlsx", str(file), home=home).returncode == 0
    book = load_workbook(file)
    assert {"acteurs", "relations", "territoires"} <= set(book.sheetnames)
    assert book["acteurs"].max_row == 434


def test_check_finds_the_seed_sound(home: Path) -> None:
    found = answer(home, "check")
    assert found["problems"] == []
    assert found["snapshot_fresh"] is True
    assert found["records"]["place"] > 200


def test_a_sign_in_link_is_made_for_a_known_account_only(tmp_path: Path) -> None:
    refused = run("sign-in-link", "agent@example.org", home=tmp_path)
    assert refused.returncode == 1
    made = run("sign-in-link", "agent@example.org", "--create", "--role", "agent", home=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "/connexion/" in made.stdout


def test_every_code_an_import_may_say_has_its_words_in_both_languages() -> None:
    assert set(IMPORT_NOTICES) == codes.NOTICES
    for lang in ("fr", "en"):
        for rule in sorted(codes.RULES):
            assert rule_text(rule, lang) != rule, rule
        for code in sorted(codes.REMEDIES):
            assert remedy_text(Remedy(code, {}), lang).rstrip(".").casefold() != code, code
