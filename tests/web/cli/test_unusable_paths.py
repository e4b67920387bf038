"""A path that cannot be written, a full disk: one sentence with the remedy, and nothing half-written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphsvc.exchange.write import replace_file
from people.errors import BackupRefused
from people.sealed_file import written_at_once
from tests.web.cli.program import run

FORMS = ("tables", "xlsx", "gexf", "graphml", "geojson", "html")


@pytest.mark.parametrize("form", FORMS)
def test_an_export_where_nothing_can_be_written_says_so(home: Path, tmp_path: Path, form: str) -> None:
    (tmp_path / "file").touch()
    done = run("export", "--to", form, str(tmp_path / "file" / "under.zip"), home=home)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "under.zip" in done.stderr
    assert "vérifiez que le dossier existe" in done.stderr


def test_a_name_too_long_for_a_file_is_said_like_any_other(home: Path) -> None:
    done = run("export", "--to", "xlsx", "x" * 300, home=home)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


@pytest.mark.parametrize("form", ["gexf", "geojson"])
def test_an_export_cut_short_by_the_disk_leaves_the_former_file(
    home: Path, tmp_path: Path, form: str
) -> None:
    kept = tmp_path / "reseau"
    kept.write_text("d'avant")

    # It limits itself: between fork and exec, with other threads' locks closed, Python may never return.
    small_files = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))"
    command = [sys.executable, "-c", f"{small_files}; from web.cli import main; main()"]
    command += ["export", "--to", form, str(kept), "--force"]
    done = subprocess.run(
        command,
        env={**os.environ, "MAILLAGE_HOME": str(home), "MAILLAGE_TODAY": "2026-11-02"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert [p.read_text() for p in tmp_path.iterdir()] == ["d'avant"]


def test_a_pipe_is_written_to_and_never_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    replace_file(pipe, b"abc")
    assert (os.read(reader, 10), pipe.is_fifo()) == (b"abc", True)
    os.close(reader)
    with pytest.raises(BackupRefused), written_at_once(pipe):
        pass
    assert pipe.is_fifo()
