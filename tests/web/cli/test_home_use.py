"""One home for several processes: a restore is made alone; a snapshot not kept is said."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.cli.program import run
from web.home_use import used_alone, used_together
from web.restored_files import KEPT, NEW, PLAN


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a small network, and an installation made of it beside."""
    folder = tmp_path_factory.mktemp("saved")
    (folder / "acteurs.csv").write_text("id,nom,type\nseul,Amis de Kayes,association\n", encoding="utf-8")
    assert run("import", str(folder / "acteurs.csv"), home=folder / "home").returncode == 0
    assert run("backup", str(folder / "backup"), home=folder / "home").returncode == 0
    return folder / "backup"


def test_nothing_is_restored_under_a_site_that_runs(saved: Path, tmp_path: Path) -> None:
    """It would go on writing, and say so, in files that nobody reads any more."""
    home = tmp_path / "home"
    assert run("restore", str(saved), home=home).returncode == 0
    before = (home / "graph.db").read_bytes()
    with used_together(home), used_together(home):  # a site and a command
        done = run("restore", str(saved), "--replace", home=home)
        assert (done.returncode, done.stdout) == (1, "")
        assert "Arrêtez-les" in done.stderr
        assert run("search", "kayes", home=home).returncode == 0
    assert (home / "graph.db").read_bytes() == before
    assert not list(home.glob(f"*{NEW}*"))
    with used_alone(home):
        done = run("search", "kayes", home=home)
        assert (done.returncode, done.stdout) == (1, "")
        assert "en cours de rétablissement" in done.stderr
    assert run("restore", str(saved), "--replace", home=home).returncode == 0


def test_a_process_that_was_killed_holds_nothing(saved: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run("restore", str(saved), home=home).returncode == 0
    hold = f"import time; from pathlib import Path; from web.home_use import used_together as use\n\
with use(Path({str(home)!r})): print(1, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert run("restore", str(saved), "--replace", home=home).returncode == 1
        process.kill()
    assert run("restore", str(saved), "--replace", home=home).returncode == 0


def test_two_commands_end_one_swap_that_was_cut_off(tmp_path: Path) -> None:
    for name in ("graph.db", "private.db"):
        (tmp_path / name).write_text(f"old {name}")
        (tmp_path / f"{name}{NEW}").write_text(f"new {name}")
    (tmp_path / PLAN).write_text(json.dumps([str(tmp_path / n) for n in ("graph.db", "private.db")]))
    use = f"from pathlib import Path; from web.home_use import used_together as use\n\
with use(Path({str(tmp_path)!r})): pass"
    several = [subprocess.Popen([sys.executable, "-c", use]) for _ in range(6)]
    assert [one.wait() for one in several] == [0] * 6
    for name in ("graph.db", "private.db"):
        assert (tmp_path / name).read_text() == f"new {name}"
        assert (tmp_path / f"{name}{KEPT}").read_text() == f"old {name}"


def test_a_snapshot_that_cannot_be_kept_is_said_in_a_sentence_and_the_answer_is_given(tmp_path: Path) -> None:
    small = tmp_path / "acteurs.csv"
    small.write_text("id,nom,type\nseul,Amis de Kayes,association\n", encoding="utf-8")
    assert run("import", str(small), home=tmp_path / "home").returncode == 0
    (tmp_path / "home" / "snapshot").write_text("in the way", encoding="utf-8")
    for lang, said in (
        ("fr", "la prochaine commande sera plus lente"),
        ("en", "next command will be slower"),
    ):
        done = run("search", "kayes", "--format", "json", "--lang", lang, home=tmp_path / "home")
        assert done.returncode == 0
        assert '"seul"' in done.stdout
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert "Errno" not in done.stderr
