"""What a command prints follows the language asked for, and what would be passed over is refused."""

import re
from pathlib import Path

import pytest

from tests.web.cli.program import run

FRENCH = (
    "Pour vous",
    "Pour eux",
    "À savoir",
    "Les propositions",
    "Aucune",
    "chiffre",
    "à rencontrer",
    "rejoints",
    "en commun",
)


@pytest.mark.parametrize(
    "command",
    [
        ("suggest", "--territory", "Kayes", "--ask", "pool", "--top", "2"),
        ("suggest", "--actor", "amis-de-kayes", "--top", "2"),
        ("suggest", "--theme", "sport", "--territory", "Kayes"),
        ("health",),
        ("gaps", "--territory", "Massy"),
        ("bridges", "--budget", "2"),
        ("convergences", "--top", "2"),
    ],
)
def test_nothing_of_the_french_frame_is_left_in_english(home: Path, command: tuple[str, ...]) -> None:
    done = run(*command, "--lang", "en", home=home)
    assert done.returncode == 0, done.stderr
    for word in FRENCH:
        assert word not in done.stdout + done.stderr, word


def test_the_frame_of_suggestions_is_in_french_unless_asked(home: Path) -> None:
    done = run("suggest", "--territory", "Kayes", "--top", "1", home=home)
    assert "Pour vous :" in done.stdout
    assert (
        "For you:" in run("suggest", "--territory", "Kayes", "--top", "1", "--lang", "en", home=home).stdout
    )


@pytest.mark.parametrize(
    ("command", "figure"),
    [
        (("suggest", "--actor", "amis-de-kayes", "--top", "1"), r"\(0{}\d\d\)"),
        (("pool", "--announcement", "recherche-departement-mutualisation"), r"(?m)^0{}\d\d$"),
        (("triangles", "--top", "1"), r"(?m)^0{}\d\d$"),
        (("gaps",), r"(?m)^0{}\d\d  "),
        (("dormant",), r"(?m)^0{}\d\d$"),
        (("duplicates", "--min-score", "0.5"), r"  0{}\d\d  "),
        (("bridges", "--budget", "1"), r"  0{}\d\d  "),
        (("health",), r"  0{}\d\s?%"),
    ],
)
def test_numbers_are_written_as_the_reader_of_the_command_writes_them(
    home: Path, command: tuple[str, ...], figure: str
) -> None:
    texts = {lang: run(*command, "--lang", lang, home=home).stdout for lang in ("fr", "en")}
    comma, point = figure.format(","), figure.format(r"\.")
    assert re.search(comma, texts["fr"])
    assert not re.search(point, texts["fr"])
    assert re.search(point, texts["en"])
    assert not re.search(comma, texts["en"])


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        (("suggest", "--actor", "amis-de-kayes", "--project", "x"), 2, "une seule demande"),
        (("suggest",), 2, "une seule demande"),
        (("suggest", "--territory", "Mali", "--top", "0"), 2, "top"),
        (("suggest", "--territory", "Mali", "--top", "100000"), 2, "top"),
        (("suggest", "--territory", "Mali", "--ask", "marry"), 2, "ask"),
        (("suggest", "--theme", "eau potabl"), 1, "Eau potable"),
        (("suggest", "--territory", "Kaies"), 1, "Kayes"),
        (("suggest", "--nature", "money", "--territory", "Mali"), 1, "money"),
        (("suggest", "--territory", "Mali", "--resume"), 2, "--resume"),
        (("pool", "--announcement", "recherche-departement-mutualisation", "--actor", "cdane"), 1, "auteur"),
    ],
)
def test_what_contradicts_itself_or_is_unknown_is_refused_in_one_sentence(
    home: Path, command: tuple[str, ...], status: int, said: str
) -> None:
    done = run(*command, home=home)
    assert done.returncode == status, done.stdout + done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("asked", "french", "english"),
    [
        (("--all", "--output", "full.jsonl"), "existe déjà", "exists already"),
        (("--all", "--output", "full.jsonl", "--resume"), "d’autres demandeurs", "answers other askers"),
        (("--all", "--output", "."), "existe déjà", "exists already"),
        (("--all", "--output", "none/full.jsonl"), "impossible d’écrire", "cannot be written"),
        (("--all", "--resume"), "vaut pour --all", "goes with --all"),
        ((), "une seule demande", "one request only"),
    ],
)
def test_wrong_usages_of_a_run_are_said_in_the_language_asked_for(
    home: Path, tmp_path: Path, asked: tuple[str, ...], french: str, english: str
) -> None:
    (tmp_path / "full.jsonl").write_text("another file\n", encoding="utf-8")
    given = [str(tmp_path / part) if "jsonl" in part or part == "." else part for part in asked]
    for lang, said in (("fr", french), ("en", english)):
        done = run("suggest", *given, "--lang", lang, home=home)
        assert done.returncode == 2
        assert said in done.stderr
    assert (tmp_path / "full.jsonl").read_text(encoding="utf-8") == "another file\n"
