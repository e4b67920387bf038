"""Bring the network of Essonne into a store; running it again changes nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from graphsvc.exchange.report import ImportReport
from graphsvc.ports import GraphStore


def seed_bundle_path() -> Path:
    """The folder of the tables, in the exchange format."""
    return Path(__file__).with_name("essonne")


def load_seed(
    store: GraphStore,
    *,
    today: date,
    by: str = "seed",
    progress: Callable[[str, int, int], None] | None = None,
) -> ImportReport:
    """Import the tables, all or nothing.

    Args:
        store: where they go; what it holds already is updated, never duplicated.
        today: the day of the import.
        by: the author written in the history.
        progress: called as `progress(stage, done, total)`.

    Raises:
        BundleRejected: a row contradicts a record that the store already holds.
    """
    # Imported here: the readers and the name matcher take a second that `--help` must not pay.
    from graphsvc.usecases.import_bundle import import_bundle

    tables = sorted(seed_bundle_path().glob("*.csv"))  # the page on sources beside them is not one
    return import_bundle(store, tables, by=by, today=today, progress=progress)
