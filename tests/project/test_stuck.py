"""A test that hangs, or whose fixtures do, fails with its stack; the others go on."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.project.tracked_files import ROOT

HANGING = """
import os, threading, time, pytest
from tests.rig import stuck
stuck.NEXT_S = 0.2

@pytest.fixture
def one():
    yield
    threading.Event().wait()

@pytest.fixture
def two(one):
    yield
    threading.Event().wait()

def test_a_pipe_without_a_reader(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    open(tmp_path / "pipe", "wb")

def test_a_failure_before_two_ends_that_never_come(two):
    assert False, "for another reason"

def test_the_next_one():
    pass
"""


def test_what_hangs_fails_with_its_stack_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "test_hanging.py").write_text(HANGING, encoding="utf-8")
    settings = ("timeout=1.5", "timeout_method=signal", "faulthandler_timeout=30")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:randomly", "-c", os.devnull]
    command += ["--rootdir", str(tmp_path), *(part for one in settings for part in ("-o", one)), "-rA"]
    done = subprocess.run(
        [*command, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )
    closing = done.stdout.partition("short test summary info")[2]
    assert re.search("2 failed, 1 passed, .*1 error", closing), done.stdout
    assert re.search("PASSED .*::test_the_next_one", closing)
    for line in ('open(tmp_path / "pipe", "wb")', "Timeout (>1.5s)", "for another reason"):
        assert line in done.stdout
    assert done.stdout.count("not put away in time") >= 2


@pytest.mark.parametrize("setting", ["timeout", "faulthandler_timeout", "faulthandler_exit_on_timeout"])
def test_every_run_has_these_limits(setting: str, pytestconfig: pytest.Config) -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert written["tool"]["pytest"]["ini_options"][setting]
    assert pytestconfig.getini(setting)
