"""What is in the repository may be read by everybody, and is easy to read."""

import ast
import re

import pytest

from tests.project.tracked_files import PACKAGES, ROOT, modules, texts, tracked

MACHINE_PATH = re.compile(
    r"(?<![\w.<~$}/)])/(?:work|root|farm|tmp|opt|Users|home/(?!maillage\b)\w+)/[A-Za-z.]"
)
# Written in two parts, so that this file does not hold them.
REGISTRIES = tuple(
    "".join(parts)
    for parts in (
        ("pypi", ".org"),
        ("python", "hosted.org"),
        ("registry", ".npmjs"),
        ("repo.maven", ".apache"),
        ("repo1", ".maven"),
        ("static.crates", ".io"),
        ("proxy.golang", ".org"),
        ("deb.debian", ".org"),
    )
)
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_\w{30,}|\bxox[abp]-\w{10,}|\bglpat-\w{16,}"
)
LEFTOVER = re.compile(rf"\b(?:{'TO'}DO|{'FIX'}ME|{'XX'}X)\b")
LONGEST_FILE = 350


def _hits(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_path_of_a_machine_is_written_down() -> None:
    assert _hits(MACHINE_PATH) == []


def test_no_registry_is_named() -> None:
    assert _hits(re.compile("|".join(map(re.escape, REGISTRIES)))) == []


def test_no_secret_is_written_down() -> None:
    assert _hits(SECRET) == []


def test_no_work_is_left_for_later_in_the_code() -> None:
    assert [
        hit for hit in _hits(LEFTOVER) if hit.split(":")[0].endswith((".py", ".js", ".html", ".css"))
    ] == []


@pytest.mark.parametrize("ending", [".pyc", ".sqlite", ".db", ".jar", ".key", ".pem", ".env", ".whl"])
def test_nothing_made_or_private_is_tracked(ending: str) -> None:
    assert [str(path) for path in tracked() if path.name.endswith(ending)] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [
        name for name, text in modules(*PACKAGES) if text.strip() and not ast.get_docstring(ast.parse(text))
    ] == []


def test_no_file_of_code_is_too_long_to_read() -> None:
    endings = (".py", ".js", ".css", ".html")
    long = {n: len(t.splitlines()) for n, t in texts() if n.endswith(endings)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_files_are_named_by_the_question_they_answer() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert [name for name, _ in modules(*PACKAGES) if vague & set(name.removesuffix(".py").split("/"))] == []


def test_libraries_do_not_print() -> None:
    printed = [
        f"{name}:{node.lineno}"
        for name, text in modules("graphsvc", "matcher", "people", "seed")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printed == []


def test_the_licence_is_the_one_announced() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert 'license = "EUPL-1.2"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "EUPL-1.2" in (ROOT / "README.md").read_text(encoding="utf-8")
