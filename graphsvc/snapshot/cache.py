"""The snapshot on disk: one file of arrays shared by the processes of a machine, written under a lock.

A file that is not ours, damaged or of another format is as good as none: it is built again from the store.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from graphsvc.domain.errors import MaillageError
from graphsvc.domain.records import RecordKind
from graphsvc.domain.serial import from_data, to_data
from graphsvc.ports import GraphStore
from graphsvc.snapshot.array_file import locked, read_arrays, write_arrays
from graphsvc.snapshot.build import build_snapshot, refresh
from graphsvc.snapshot.columns import (
    ActorColumns,
    InvolvementColumns,
    PlaceColumns,
    RelationColumns,
    TopicColumns,
)
from graphsvc.snapshot.snapshot import Columns, Snapshot
from graphsvc.snapshot.strings import StringColumn, packed
from graphsvc.snapshot.tables import RecordTable

MAGIC = b"MAILSNP1"
FORMAT = 3  # raise when a column or its meaning changes: older files are then built again
FILE = "snapshot.bin"
_KEPT_RECORDS = 50_000
_log = logging.getLogger(__name__)
_COLUMN_TYPES: dict[str, type[Any]] = {
    "actors": ActorColumns,
    "places": PlaceColumns,
    "themes": TopicColumns,
    "skills": TopicColumns,
    "relations": RelationColumns,
    "involvements": InvolvementColumns,
}


class MappedTable(RecordTable):
    """Records decoded from the mapped file when they are asked for; the last ones are kept, and where the
    last ids asked for were found.
    """

    def __init__(self, kind: RecordKind, ids: StringColumn, bodies: StringColumn) -> None:
        self._kind, self._bodies = kind, bodies
        self._decoded: dict[int, Any] = {}
        self._found: dict[str, int] = {}
        self.ids = ids

    def __getitem__(self, position: int) -> Any:
        record = self._decoded.get(position)
        if record is None:
            record = from_data(self._kind, json.loads(self._bodies[position]))
            if len(self._decoded) >= _KEPT_RECORDS:
                self._decoded.clear()
            self._decoded[position] = record
        return record

    def position(self, id_: str) -> int | None:
        """Position of an exact id. Pages ask for the same themes and places again and again."""
        found = self._found.get(id_)
        if found is None:
            found = super().position(id_)
            if found is not None:
                if len(self._found) >= _KEPT_RECORDS:
                    self._found.clear()
                self._found[id_] = found
        return found


def _noted(error: OSError) -> None:
    _log.warning("the snapshot was not written: %s", error)


def open_snapshot(
    store: GraphStore, folder: Path, *, not_written: Callable[[OSError], None] = _noted
) -> Snapshot:
    """The store's current snapshot: from the file when it is fresh, brought level by the feed when behind.

    A folder that cannot be written only costs time: the snapshot is then built each time, and `not_written`
    is told why.
    """
    known = load_last(folder)
    if known is not None and known.store_id == store.info().store_id:
        current = refresh(known, store)
        if current is known:
            return known
    else:
        current = build_snapshot(store)
    try:
        save(current, folder)
    except OSError as error:
        not_written(error)
    return current


def load_last(folder: Path) -> Snapshot | None:
    """The last snapshot written here, whatever the store says now. None when none can be read."""
    try:
        return _read(folder / FILE)
    except (OSError, ValueError, KeyError, TypeError, MaillageError):
        return None


def save(snapshot: Snapshot, folder: Path) -> None:
    """Write the file, unless one of this store, as late or later, is there. Raises OSError."""
    with locked(folder):
        known = load_last(folder)
        if known and known.store_id == snapshot.store_id and known.revision >= snapshot.revision:
            return
        about = {"format": FORMAT, "store_id": snapshot.store_id, "revision": snapshot.revision}
        write_arrays(folder / FILE, MAGIC, about, _arrays(snapshot))


def _arrays(snapshot: Snapshot) -> dict[str, "np.ndarray[Any, Any]"]:
    arrays: dict[str, np.ndarray[Any, Any]] = {}

    def add_texts(name: str, texts: list[str]) -> None:
        offsets, blob = packed(texts)
        arrays[f"{name}.offsets"] = offsets
        arrays[f"{name}.blob"] = np.frombuffer(blob, np.uint8)

    for part, column_type in _COLUMN_TYPES.items():
        columns = getattr(snapshot.columns, part)
        for field in fields(column_type):
            arrays[f"{part}.{field.name}"] = np.ascontiguousarray(getattr(columns, field.name))
    for kind in RecordKind:
        table = snapshot.tables[kind]
        add_texts(f"ids.{kind}", list(table.ids))
        add_texts(
            f"records.{kind}",
            [
                json.dumps(to_data(r), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
                for r in table
            ],
        )
    add_texts("vocabulary", list(snapshot.vocabulary))
    add_texts("alias.keys", sorted(snapshot.aliases))
    add_texts("alias.ids", [snapshot.aliases[key] for key in sorted(snapshot.aliases)])
    return arrays


def _read(path: Path) -> Snapshot:
    about, array = read_arrays(path, MAGIC)
    if about["format"] != FORMAT:
        raise ValueError("other format")

    def texts(name: str) -> StringColumn:
        return StringColumn(array(f"{name}.offsets"), memoryview(array(f"{name}.blob")))

    columns = {
        part: column_type(**{f.name: array(f"{part}.{f.name}") for f in fields(column_type)})
        for part, column_type in _COLUMN_TYPES.items()
    }
    return Snapshot(
        store_id=about["store_id"],
        revision=about["revision"],
        tables={
            kind: MappedTable(kind, texts(f"ids.{kind}"), texts(f"records.{kind}")) for kind in RecordKind
        },
        columns=Columns(**columns),
        vocabulary=texts("vocabulary"),
        aliases=dict(zip(texts("alias.keys"), texts("alias.ids"), strict=True)),
    )
