"""What every test may ask for: a fixed day, a home of its own, a real Neo4j, a real Chromium.

A part that the machine lacks skips its tests with a sentence saying how to enable it; where `CI=true`, any
skip is a failure, so that a green run has run everything.
"""

import itertools
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import HealthCheck, settings

from tests.rig.artifacts import NoNeo4j, jars
from tests.rig.server import Neo4jAddress, given_neo4j, running_neo4j, wipe
from tests.rig.stuck import pytest_runtest_teardown

__all__ = ["pytest_runtest_teardown"]

if TYPE_CHECKING:
    from xdist.remote import Producer

    from tests.rig.shares import Shares

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

_SLOW_MACHINE = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile("default", max_examples=50, deadline=None, suppress_health_check=_SLOW_MACHINE)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, print_blob=True)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("MAILLAGE_HYPOTHESIS") or ("ci" if IN_CI else "default"))

_KEPT_SETTINGS = {"MAILLAGE_NEO4J_CACHE", "MAILLAGE_CHROMIUM", "MAILLAGE_HYPOTHESIS"}


@pytest.fixture
def today() -> date:
    """The day of the tests; nothing under test reads the clock for it."""
    return date(2026, 11, 2)


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("homes")
    return (root / str(n) for n in itertools.count())


@pytest.fixture(autouse=True)
def maillage_home(_homes: Iterator[Path]) -> Iterator[Path]:
    """A home for this test alone, made when it is first used, and no setting of the user's own."""
    home = next(_homes)
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("MAILLAGE_") and n not in _KEPT_SETTINGS]:
            patch.delenv(name)
        patch.setenv("MAILLAGE_HOME", str(home))
        yield home


@pytest.fixture(scope="session")
def neo4j_url() -> Iterator[Neo4jAddress]:
    """A real Neo4j for the session: the one of `NEO4J_URI`, else one put together from Maven artifacts.

    The tests own the whole database and erase it. A given server must therefore be empty at first; it is left
    empty.
    """
    given = given_neo4j()
    if given:
        yield given
        wipe(given)
        return
    try:
        with running_neo4j() as address:
            yield address
    except NoNeo4j as lacking:
        pytest.skip(
            f"no Neo4j: {lacking}; or set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD to an empty server"
        )


@pytest.fixture
def neo4j_store_url(neo4j_url: Neo4jAddress, monkeypatch: pytest.MonkeyPatch) -> Neo4jAddress:
    """The same server emptied of its data (indexes and constraints stay), its credentials in the
    environment."""
    wipe(neo4j_url)
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_url.username)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_url.password)
    return neo4j_url


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser to drive: `MAILLAGE_CHROMIUM`, else the first one found on the path."""
    names = (os.environ.get("MAILLAGE_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no browser: apt-get install chromium, or set MAILLAGE_CHROMIUM to its path")
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a real part carries its marker: `-m 'not neo4j'` leaves it out."""
    markers = {"neo4j_url": pytest.mark.neo4j, "chromium_path": pytest.mark.browser}
    for item in items:
        for fixture in markers.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(markers[fixture])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> "Shares | None":
    """`--dist=loadfile`, with what is said in `Shares`."""
    if config.getoption("dist") != "loadfile":
        return None
    from tests.rig.shares import Shares

    return Shares(config, log)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Neo4j is fetched, the first time on a machine, before the time of any test is counted."""
    if "NEO4J_URI" not in os.environ and any(item.get_closest_marker("neo4j") for item in session.items):
        with suppress(NoNeo4j):  # the test that asks for it says so
            jars()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that was skipped."""
    return _failed_in_ci((yield), item.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A file that was skipped whole."""
    return _failed_in_ci((yield), collector.nodeid)


R = TypeVar("R", pytest.TestReport, pytest.CollectReport)


def _failed_in_ci(report: R, name: str) -> R:
    """Where `CI=true`, what was skipped was not tested: it fails, with the reason of the skip."""
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
        report.outcome = "failed"
        report.longrepr = f"{name} was skipped, which CI forbids: {reason}"
    return report
