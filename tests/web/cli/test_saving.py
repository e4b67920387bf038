"""`backup` and `restore` as one types them: what is kept, what is refused, and what a kill leaves."""

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
from web.restored_files import KEPT, NEW, PLAN, finish_swap


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saving") / "home"
    assert run("seed", home=folder).returncode == 0
    assert run("sign-in-link", "agent@ville.example", "--create", home=folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def saved(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("saved") / "essonne.maillage"
    done = run("backup", str(file), "--format", "json", home=home)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["records"]["actor"] > 400
    return file


def tables(home: Path, folder: Path) -> dict[str, bytes]:
    assert run("export", "--to", "tables", str(folder), home=home).returncode == 0
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_another_installation_becomes_the_same(home: Path, saved: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    done = run("restore", str(saved), home=new)
    assert done.returncode == 0, done.stderr
    assert "433 acteurs" in done.stdout
    assert tables(new, tmp_path / "a") == tables(home, tmp_path / "b")
    assert run("sign-in-link", "agent@ville.example", home=new).returncode == 0  # the account came along
    assert run("check", home=new).returncode == 0
    assert not list(new.glob(f"*{NEW}*"))


def test_data_are_not_lost_by_a_restore(home: Path, saved: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    shutil.copytree(home, new)
    done = run("restore", str(saved), home=new)
    assert (done.returncode, done.stdout) == (1, "")
    assert "--replace" in done.stderr
    done = run("restore", str(saved), "--replace", home=new)
    assert done.returncode == 0, done.stderr
    assert (new / f"graph.db{KEPT}").read_bytes() == (home / "graph.db").read_bytes()


def test_a_damaged_installation_is_brought_back(saved: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "graph.db").write_bytes(b"ruins" * 100)
    assert run("restore", str(saved), home=new).returncode == 1
    assert (new / "graph.db").read_bytes() == b"ruins" * 100
    assert run("restore", str(saved), "--replace", home=new).returncode == 0
    assert run("check", home=new).returncode == 0


@pytest.mark.parametrize(
    ("content", "said"), [(b"x" * 200, "n'est pas une sauvegarde"), (None, "endommagée")]
)
def test_a_bad_backup_touches_nothing(saved: Path, tmp_path: Path, content: bytes | None, said: str) -> None:
    bad = tmp_path / "bad"
    whole = bytearray(saved.read_bytes())
    whole[len(whole) // 2] ^= 1
    bad.write_bytes(whole if content is None else content)
    done = run("restore", str(bad), "--replace", home=tmp_path / "home")
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert not (tmp_path / "home" / "graph.db").exists()


def test_an_existing_file_is_replaced_only_when_asked(home: Path, saved: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("mine", encoding="utf-8")
    assert run("backup", str(there), home=home).returncode == 1
    assert there.read_text(encoding="utf-8") == "mine"
    assert run("backup", str(there), "--force", home=home).returncode == 0
    assert run("backup", str(tmp_path), home=home).returncode == 1


def test_there_is_nothing_to_save_where_there_is_no_graph(tmp_path: Path) -> None:
    done = run("backup", str(tmp_path / "b"), home=tmp_path / "home")
    assert done.returncode == 3
    assert not (tmp_path / "b").exists()


def test_a_kill_leaves_the_former_data_or_the_restored_ones(saved: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    small = tmp_path / "acteurs.csv"
    small.write_text("id,nom,type\nseul,Seul,association\n", encoding="utf-8")
    assert run("import", str(small), home=new).returncode == 0
    command = [sys.executable, "-c", "from web.cli import main; main()", "restore", str(saved), "--replace"]
    for delay in (0.3, 0.6, 0.9, 1.2):
        process = subprocess.Popen(command, env={**os.environ, "MAILLAGE_HOME": str(new)})
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(30)
        found = json.loads(run("check", "--format", "json", home=new).stdout)
        assert (found["records"]["actor"], found["problems"]) in [(1, []), (433, [])]
        assert found["snapshot_fresh"]


def test_a_swap_that_was_cut_off_is_ended_wherever_it_stopped(tmp_path: Path) -> None:
    names = ("graph.db", "private.db")
    for cut in range(9):
        home = tmp_path / str(cut)
        home.mkdir()
        for name in names:
            (home / name).write_text(f"old {name}", encoding="utf-8")
            (home / f"{name}-wal").write_text(f"old log of {name}", encoding="utf-8")
            (home / f"{name}{NEW}").write_text(f"new {name}", encoding="utf-8")
        (home / PLAN).write_text(json.dumps([str(home / name) for name in names]), encoding="utf-8")
        _cut_after(home, cut)
        finish_swap(home)
        for name in names:
            assert (home / name).read_text(encoding="utf-8") == f"new {name}"
            assert not (home / f"{name}-wal").exists()
            assert (home / f"{name}{KEPT}").read_text(encoding="utf-8") == f"old {name}"
            assert (home / f"{name}{KEPT}-wal").read_text(encoding="utf-8") == f"old log of {name}"
        assert not finish_swap(home)


@pytest.mark.parametrize("plan", [b"", b"{", b"null", b"\xff", b"[1]"])
def test_a_plan_of_restoring_that_cannot_be_read_still_ends(plan: bytes, tmp_path: Path) -> None:
    (tmp_path / "graph.db").write_text("old")
    (tmp_path / f"graph.db{NEW}").write_text("new")
    (tmp_path / PLAN).write_bytes(plan)
    assert finish_swap(tmp_path)
    assert (tmp_path / "graph.db").read_text() == "new"
    assert (tmp_path / f"graph.db{KEPT}").read_text() == "old"
    assert not finish_swap(tmp_path)


def _cut_after(home: Path, renames: int) -> None:
    """Swap, and stop as a kill would after so many files were renamed."""

    class Killed(BaseException):
        pass

    rename, done = Path.replace, 0

    def counted(self: Path, target: Path) -> Path:
        nonlocal done
        if done == renames:
            raise Killed
        done += 1
        return rename(self, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", counted)
        try:
            finish_swap(home)
        except Killed:
            return
