"""The commands that the project promises are there and say what they do."""

import os
import re
import shutil
import subprocess

import pytest

from tests.project.tracked_files import ROOT

SECRETS = {"NEO4J_PASSWORD": "a", "MAILLAGE_SECRET": "b", "MAILLAGE_URL": "https://maillage.example"}


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z0-9]+):", _read("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/operations.md"])
def test_every_make_command_of_a_page_is_in_the_makefile(page: str) -> None:
    named = set(re.findall(r"\bmake ([a-z0-9]+)\b(?=[`\s])", "\n".join(_code(_read(page)))))
    assert named
    assert named - _targets() == set()


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/operations.md"])
def test_every_file_a_page_links_to_is_there(page: str) -> None:
    folder = (ROOT / page).parent
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", _read(page))
    assert [link for link in links if not (folder / link).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "docs/operations.md"])
def test_every_maillage_command_of_a_page_exists(page: str) -> None:
    from web.cli import COMMANDS

    named = set(re.findall(r"\bmaillage ([a-z][a-z-]+)\b", "\n".join(_code(_read(page)))))
    assert named - COMMANDS.keys() == set()


def test_make_alone_lists_every_command() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert {line.split()[1] for line in shown.stdout.splitlines()} == _targets() - {"help"} | {"help"}


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = _read(".ci/run")
    expression = re.search(r"sed -n '(.+?)' README\.md", script)
    assert expression
    found = subprocess.run(
        ["sed", "-n", expression[1], "README.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert found.stdout.split() == ["make", "test"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=False, timeout=120).returncode == 0


def test_containers_are_described_and_ask_for_their_secrets() -> None:
    done = _compose(SECRETS)
    assert done.returncode == 0, done.stderr
    assert "condition: service_healthy" in done.stdout
    assert "neo4j:5.26-community" in done.stdout
    published = re.findall(r"^\s+- (\S+:\d+:\d+)", done.stdout, re.MULTILINE)
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


@pytest.mark.parametrize("missing", sorted(SECRETS))
def test_containers_have_no_default_secret(missing: str) -> None:
    done = _compose({name: value for name, value in SECRETS.items() if name != missing})
    assert done.returncode != 0
    assert "set " in done.stderr


def _compose(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    if not shutil.which("docker-compose"):
        pytest.skip("no docker-compose: apt-get install docker-compose (no engine is needed)")
    kept = {name: value for name, value in os.environ.items() if name not in SECRETS}
    command = ["docker-compose", "--file", str(ROOT / "docker-compose.yml"), "config"]
    return subprocess.run(
        command, env=kept | environment, capture_output=True, text=True, check=False, timeout=120
    )


def _code(text: str) -> list[str]:
    """What a Markdown page sets as code: blocks and spans."""
    return re.findall(r"```\w*\n(.*?)```", text, re.DOTALL) + re.findall(r"(`[^`\n]+`)", text)
