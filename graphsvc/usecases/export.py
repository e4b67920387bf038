"""Export a store as tables that an import reads back to the same graph."""

from pathlib import Path

from graphsvc.exchange.write import PLAIN, Dialect, write_tables
from graphsvc.ports import GraphStore


def export_tables(store: GraphStore, path: Path, *, dialect: Dialect = PLAIN) -> None:
    """Write all the tables to a folder, or to one zip if `path` ends with `.zip`."""
    write_tables(store, path, dialect=dialect)
