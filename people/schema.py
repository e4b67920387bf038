"""The version of the private database: read, checked, brought up to date by ordered migrations.

All missing migrations run in one transaction, under a lock: after a crash the next opening finds the old
version whole and starts again. Alembic is imported only when there is something to migrate.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

import people.introduction_tables  # noqa: F401 - a table of its own module is known to whoever opens them
from graphsvc.domain.errors import StoreDamaged, StoreTooNew

SCHEMA_VERSION = 6
MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 0x6D61696C  # "mail": one number among the advisory locks of a PostgreSQL database


def read_version(connection: Connection, name: str) -> int | None:
    """The version of the tables, None in an empty database. Raises StoreDamaged if they are not ours."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise StoreDamaged(name, "no version")
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if len(found) != 1 or not str(found[0]).isdecimal():
        raise StoreDamaged(name, "unknown version")
    return int(found[0])


def bring_up_to_date(connection: Connection, name: str, *, upto: int = SCHEMA_VERSION) -> None:
    """Run the missing migrations in the connection's transaction, up to that version.

    Raises StoreTooNew, StoreDamaged.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    found = read_version(connection, name)
    if (found or 0) > SCHEMA_VERSION or upto > SCHEMA_VERSION:
        raise StoreTooNew(name, max(found or 0, upto), SCHEMA_VERSION)
    if (found or 0) < upto:
        _migrate(connection, upto)


def _migrate(connection: Connection, upto: int = SCHEMA_VERSION) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, f"{upto:04}")
