"""The private database on every engine there is: a SQLite file always, PostgreSQL where it is installed."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from people.database import PrivateDatabase, open_private
from people.tables import Base
from tests.people import postgresql
from tests.people.clock import Clock

ENGINES = ["sqlite", *(["postgresql"] if postgresql.available() else [])]
_schemas = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    # Not in pytest's own folder: a later run of pytest clears those of earlier ones, a live server's too.
    with (
        tempfile.TemporaryDirectory(prefix="maillage-postgresql-") as folder,
        postgresql.running(Path(folder)) as url,
    ):
        yield url


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def private_url(request: pytest.FixtureRequest, engine: str, tmp_path: Path) -> str:
    """The URL of an empty private database."""
    if engine == "sqlite":
        return f"sqlite:///{tmp_path / 'private.db'}"
    return _new_schema(request.getfixturevalue("postgresql_server"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables and nobody in them: copied, which is faster than migrating each time."""
    home = tmp_path_factory.mktemp("migrated")
    open_private(home).close()
    return home / "private.db"


@pytest.fixture(scope="session")
def migrated_schema(postgresql_server: str) -> str:
    """A PostgreSQL schema with the tables, emptied before each test for the same reason."""
    url = _new_schema(postgresql_server)
    open_private(url).close()
    return url


@pytest.fixture
def private(
    request: pytest.FixtureRequest, engine: str, clock: Clock, tmp_path: Path
) -> Iterator[PrivateDatabase]:
    """The private database, with its tables and nobody in them."""
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "private.db")
        url = f"sqlite:///{tmp_path / 'private.db'}"
    else:
        url = request.getfixturevalue("migrated_schema")
    with open_private(url, clock=clock) as opened:
        if engine == "postgresql":
            with opened.writing() as session:
                session.execute(text(f"TRUNCATE {', '.join(Base.metadata.tables)} RESTART IDENTITY"))
        yield opened


def _new_schema(server: str) -> str:
    import psycopg

    schema = f"test_{next(_schemas)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        connection.execute(f"CREATE SCHEMA {schema}")
    return f"{server}?options=-csearch_path%3D{schema}"
