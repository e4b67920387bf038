"""`suggest --all --resume` goes on with the same question over the same network, and with nothing else."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.web.cli.program import run

WATER = ("suggest", "--all", "--theme", "water-sanitation", "--top", "3")


@pytest.fixture(scope="module")
def whole(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All the answers about water, of a run nobody stopped."""
    path = tmp_path_factory.mktemp("whole") / "water.jsonl"
    done = run(*WATER, "--output", str(path), home=home)
    assert done.returncode == 0, done.stderr
    return path


def cut(whole: Path, path: Path, lines: int) -> bytes:
    kept = b"".join(whole.read_bytes().splitlines(keepends=True)[:lines])
    path.write_bytes(kept)
    return kept


@pytest.mark.parametrize(
    "other",
    [
        ("--theme", "education", "--top", "3"),
        ("--theme", "water-sanitation", "--top", "4"),
        ("--theme", "water-sanitation", "--top", "3", "--lang", "en"),
        ("--theme", "water-sanitation", "--top", "3", "--ask", "pool"),
        ("--theme", "water-sanitation", "--top", "3", "--text", "forages et pompes"),
        ("--theme", "water-sanitation", "--top", "3", "--nature", "funding"),
        ("--theme", "water-sanitation", "--top", "3", "--territory", "ML"),
    ],
)
def test_the_answers_to_another_question_are_not_continued(
    home: Path, whole: Path, tmp_path: Path, other: tuple[str, ...]
) -> None:
    path = tmp_path / "b.jsonl"
    kept = cut(whole, path, 50)
    done = run("suggest", "--all", *other, "--output", str(path), "--resume", home=home)
    assert done.returncode == 2
    english = "en" in other
    assert ("does not answer this question" if english else "ne répond pas à cette question") in done.stderr
    assert ("delete it" if english else "supprimez-le") in done.stderr
    assert path.read_bytes() == kept


@pytest.mark.parametrize("lines", [0, 1, 50, 100_000])
def test_the_same_question_goes_on_to_the_same_file(
    home: Path, whole: Path, tmp_path: Path, lines: int
) -> None:
    path = tmp_path / "b.jsonl"
    cut(whole, path, lines)
    done = run(*WATER, "--output", str(path), "--resume", home=home)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == whole.read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["b.jsonl"]


def test_a_run_that_is_killed_goes_on_unless_the_day_or_the_network_changed(
    home: Path, whole: Path, tmp_path: Path
) -> None:
    own, path = tmp_path / "home", tmp_path / "b.jsonl"
    shutil.copytree(home, own)
    kept = _killed(own, path)
    assert 0 < kept.count(b"\n") < whole.read_bytes().count(b"\n")
    resume = (*WATER, "--output", str(path), "--resume")

    assert run(*resume, home=own, MAILLAGE_TODAY="2026-01-03").returncode == 2
    assert path.read_bytes() == kept
    copy = tmp_path / "copy.jsonl"
    for ending in ("", ".question"):
        shutil.copy(f"{path}{ending}", f"{copy}{ending}")
    done = run(*resume, home=own)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == whole.read_bytes()

    added = tmp_path / "acteurs.csv"
    added.write_text("id,nom,type\nnouveau,Les Nouveaux Venus,association\n", encoding="utf-8")
    assert run("import", str(added), home=own).returncode == 0
    refused = run(*WATER, "--output", str(copy), "--resume", home=own)
    assert refused.returncode == 2, refused.stderr
    assert copy.read_bytes() == kept


def _killed(home: Path, path: Path) -> bytes:
    """What a run leaves that is killed after its first lines, beside its `.question`."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from web.cli import main; main()", *WATER, "--output", str(path)],
        env={**os.environ, "MAILLAGE_HOME": str(home), "MAILLAGE_TODAY": "2026-11-02"},
    )
    try:
        ends = time.monotonic() + 60
        while not (path.exists() and path.stat().st_size) and process.poll() is None:
            assert time.monotonic() < ends
            time.sleep(0.001)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    left = path.read_bytes()
    assert json.loads(left.splitlines()[0])["suggestions"] is not None
    return left
