"""The private database on every engine that is here: a SQLite file always, PostgreSQL where it is installed."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from people.database import PrivateDatabase, open_private
from tests.people import postgresql
from tests.people.clock import Clock

ENGINES = ["sqlite", *(["postgresql"] if postgresql.available() else [])]
_schemas = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgresql.running(tmp_path_factory.mktemp("postgresql")) as url:
        yield url


@pytest.fixture(params=ENGINES)
def private_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty private database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'private.db'}"
    import psycopg

    server, schema = request.getfixturevalue("postgresql_server"), f"test_{next(_schemas)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        connection.execute(f"CREATE SCHEMA {schema}")
    return f"{server}?options=-csearch_path%3D{schema}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables and nobody in them: copied, which is faster than migrating each time."""
    home = tmp_path_factory.mktemp("migrated")
    open_private(home).close()
    return home / "private.db"


@pytest.fixture
def private(private_url: str, clock: Clock, migrated_file: Path) -> Iterator[PrivateDatabase]:
    if private_url.startswith("sqlite:///"):
        shutil.copy(migrated_file, private_url.removeprefix("sqlite:///"))
    with open_private(private_url, clock=clock) as opened:
        yield opened
