"""The seed in a home of its own, loaded once for the commands that only read."""

from pathlib import Path

import pytest

from tests.web.cli.program import run


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the seed loaded; no test writes to it."""
    folder = tmp_path_factory.mktemp("cli") / "home"
    done = run("seed", home=folder)
    assert done.returncode == 0, done.stderr
    return folder
