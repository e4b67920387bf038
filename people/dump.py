"""The rows of the private database as lines of JSON, and back, whatever the engine on either side.

Sessions and one-time links stay out: a restored backup must not open again what was closed since.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select, text

from people.database import PrivateDatabase
from people.schema import bring_up_to_date
from people.tables import Base

LEFT_OUT = frozenset({"sessions", "one_time_links"})
REMADE = frozenset({"layouts"})  # drawn again when missing: they do not make a database "in use"
_BATCH = 500
Row = dict[str, Any]
_COUNT_ON = text(
    "SELECT setval(counter, :last) FROM (SELECT pg_get_serial_sequence(:table, :column) AS counter) AS found"
    " WHERE counter IS NOT NULL"
)


class UnreadableRow(ValueError):
    """A line is no row of ours."""


def dump_rows(private: PrivateDatabase) -> list[str]:
    """One line a row, table after table in the order of their references, as of one instant."""
    with private.reading() as session:
        connection = session.connection()
        return [
            json.dumps({"table": table.name, "row": _plain(row)}, ensure_ascii=False, separators=(",", ":"))
            for table in Base.metadata.sorted_tables
            if table.name not in LEFT_OUT
            for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
        ]


def in_use(private: PrivateDatabase) -> bool:
    """Whether people have written anything there that a restore would lose."""
    kept = [t for t in Base.metadata.sorted_tables if t.name not in LEFT_OUT | REMADE]
    with private.reading() as session:
        return any(session.execute(select(func.count()).select_from(t)).scalar_one() for t in kept)


def load_rows(
    private: PrivateDatabase, lines: Iterable[str], *, schema: int, rewritten: Callable[[str, Row], Row]
) -> None:
    """Put these rows, of the tables' version `schema`, in the place of all there is; all of them or none.

    `rewritten(table, row)` is what is kept of each row. Raises UnreadableRow, StoreTooNew.
    """
    with private.writing() as session:
        connection = session.connection()
        _drop_everything(connection)
        bring_up_to_date(connection, private.name, upto=schema)
        tables = MetaData()
        tables.reflect(connection)
        for table, rows in _batches(lines, tables.tables):
            connection.execute(insert(table), [rewritten(table.name, row) for row in rows])
        if connection.dialect.name == "postgresql":
            _count_on(connection, tables)
        bring_up_to_date(connection, private.name)


def _plain(row: Mapping[Any, Any]) -> Row:
    return {str(name): _plain_value(value) for name, value in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"at": value.astimezone(UTC).isoformat()}
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return value


def _read(line: str) -> tuple[str, Row]:
    try:
        data = json.loads(line)
        return str(data["table"]), {str(name): _value(v) for name, v in data["row"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableRow(str(error)) from error


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "at" in value:
        return datetime.fromisoformat(value["at"])
    return base64.b64decode(value["bytes"], validate=True)


def _batches(lines: Iterable[str], tables: Mapping[str, Table]) -> Iterator[tuple[Table, list[Row]]]:
    """Rows of one table and the same columns together, in the order of the lines."""
    at: Table | None = None
    batch: list[Row] = []
    for name, row in map(_read, lines):
        table = tables.get(name)
        if table is None or not row.keys() <= set(table.columns.keys()):
            raise UnreadableRow(name)
        if at is not None and (table is not at or len(batch) == _BATCH):
            yield at, batch
            batch = []
        at = table
        batch.append(row)
    if at is not None and batch:
        yield at, batch


def _drop_everything(connection: Connection) -> None:
    tables = MetaData()
    tables.reflect(connection)
    tables.drop_all(connection)
    inspect(connection).clear_cache()


def _count_on(connection: Connection, tables: MetaData) -> None:
    """PostgreSQL's counters go on after the rows that were written with their own numbers."""
    for name, table in tables.tables.items():
        counted = table.autoincrement_column
        if counted is None:
            continue
        last = connection.execute(select(func.max(counted))).scalar_one()
        if last is not None:
            connection.execute(_COUNT_ON, {"table": name, "column": counted.name, "last": last})
