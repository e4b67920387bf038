"""An immutable columnar copy of the graph: the same answers on every store, as fast as arrays."""

from graphsvc.snapshot.build import build_snapshot, refresh
from graphsvc.snapshot.cache import load_last, open_snapshot, save
from graphsvc.snapshot.snapshot import Columns, Snapshot

__all__ = ["Columns", "Snapshot", "build_snapshot", "load_last", "open_snapshot", "refresh", "save"]
