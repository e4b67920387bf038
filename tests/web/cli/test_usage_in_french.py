"""What click itself says is French: its catalogue follows the installed version."""

import gettext
import os
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.project.tracked_files import ROOT
from tests.web.cli.program import run
from web.cli import COMMANDS

CATALOGUE = ROOT / "web" / "translations" / "fr" / "LC_MESSAGES"
# Said to programmers only, or by parts that no command of ours uses.
NOT_FOR_USERS = (
    "{editor}", "Windows error", "d", "Name '", "Boolean option", "Could not determine", "No options defined",
    "Arguments take exactly", "Invalid start character", "Argument {name!r} takes", "Shell completion",
    "Couldn't detect Bash", "Unknown color", "Unknown standard stream",
)  # fmt: skip


def test_every_message_of_the_installed_click_is_translated() -> None:
    with (CATALOGUE / "click.po").open("rb") as file:
        catalogue = read_po(file, locale="fr", domain="click")
    folder = Path(click.__file__).parent
    found = [message for _, _, message, _, _ in extract_from_dir(folder, [("**.py", "python")])]
    assert len(found) > 40
    first = [(m, m if isinstance(m, str) else m[0]) for m in found]
    lacking = [m for m, text in first if m not in catalogue and not text.startswith(NOT_FOR_USERS)]
    assert lacking == []


def test_the_compiled_catalogue_is_that_of_its_source() -> None:
    for source in (ROOT / "web" / "translations").rglob("*.po"):
        with source.open("rb") as file, source.with_suffix(".mo").open("rb") as compiled:
            wanted, made = read_po(file, locale="fr"), read_mo(compiled)
            assert _said(made) == _said(wanted), source.name


def _said(catalogue: Catalog) -> list[tuple[str, str]]:
    """Every message and its translation, plurals joined."""
    joined = (
        (m.id, m.string) if isinstance(m.id, str) else ("|".join(m.id), "|".join(m.string)) for m in catalogue
    )
    return sorted((id_, string) for id_, string in joined if id_ and string)


def test_a_placeholder_of_the_english_is_in_the_french() -> None:
    with (CATALOGUE / "click.po").open("rb") as file:
        catalogue = read_po(file, locale="fr", domain="click")
    assert [(m.id, str(e)) for m in catalogue for e in m.check(catalogue)] == []


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_help_of_each_command_holds_no_english(command: str, tmp_path: Path) -> None:
    shown = run(command, "--help", home=tmp_path).stdout
    assert shown.startswith("Emploi")
    for word in ("Usage", "Show", "default", "required", "INTEGER", "TEXT ", "exit."):
        assert word not in shown


def test_gettext_finds_the_catalogue() -> None:
    assert gettext.find("click", CATALOGUE.parents[1], ["fr"]) == os.fspath(CATALOGUE / "click.mo")
