"""The real parts the tests stand on do what the other tests believe of them."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j import GraphDatabase

from tests.project.tracked_files import ROOT
from tests.rig.server import Neo4jAddress, answers


def test_the_home_of_a_test_is_not_the_users(maillage_home: Path) -> None:
    assert os.environ["MAILLAGE_HOME"] == str(maillage_home)
    assert "MAILLAGE_STORE" not in os.environ
    assert not maillage_home.exists()


@given(st.integers())
def test_properties_may_be_stated_beside_the_home_fixture(number: int) -> None:
    assert os.environ["MAILLAGE_HOME"]


def test_the_day_is_fixed(today: date) -> None:
    assert today == date(2026, 11, 2)


def test_neo4j_is_the_promised_edition_with_authentication(neo4j_url: Neo4jAddress) -> None:
    with GraphDatabase.driver(neo4j_url.uri, auth=neo4j_url.auth) as driver:
        query = "CALL dbms.components() YIELD versions, edition RETURN versions[0] AS version, edition"
        found = driver.execute_query(query).records[0]
    assert found["version"].startswith("5.26")
    assert found["edition"] == "community"
    assert not answers(Neo4jAddress(neo4j_url.uri, neo4j_url.username, "another password"))


def test_a_test_finds_neo4j_empty_but_keeps_its_indexes(neo4j_store_url: Neo4jAddress) -> None:
    from tests.rig.server import wipe

    with GraphDatabase.driver(neo4j_store_url.uri, auth=neo4j_store_url.auth) as driver:
        driver.execute_query("CREATE CONSTRAINT rig_key IF NOT EXISTS FOR (n:Rig) REQUIRE n.id IS UNIQUE")
        driver.execute_query("UNWIND range(1, 500) AS i CREATE (:Rig {id: i})-[:NEXT]->(:Other {id: i})")
        wipe(neo4j_store_url)
        left = driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"]
        kept = driver.execute_query("SHOW CONSTRAINTS YIELD name RETURN collect(name) AS names").records[0][
            "names"
        ]
        driver.execute_query("DROP CONSTRAINT rig_key")
    assert left == 0
    assert "rig_key" in kept


def test_the_browser_can_be_started(chromium_path: str) -> None:
    assert os.access(chromium_path, os.X_OK)


@pytest.mark.parametrize(("ci", "closing"), [("true", {"1 failed", "1 error"}), ("", {"2 skipped"})])
def test_a_skip_is_a_failure_in_ci_only(ci: str, closing: set[str], tmp_path: Path) -> None:
    one, whole = (
        "def test_it(): pytest.skip('no part one')",
        "pytest.skip('no part two', allow_module_level=True)",
    )
    for name, skip in (("one", one), ("whole", whole)):
        (tmp_path / f"test_{name}.py").write_text(f"import pytest\n{skip}\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.conftest",
        "--rootdir",
        str(tmp_path),
        "-c",
        os.devnull,
    ]
    done = subprocess.run(
        [*command, "--continue-on-collection-errors", "-rsfE", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert {part for part in closing if part not in done.stdout.splitlines()[-1]} == set(), done.stdout
    assert "no part one" in done.stdout
    assert "no part two" in done.stdout
