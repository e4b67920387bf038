"""A backup: both databases in one file, sealed; and both made again from it.

The private database is read first, the graph second: an intent that was still waiting in the first and had
reached the graph by then is noted as delivered, any other is delivered again after a restore. The file's
first line holds the SHA-256 of all that follows: one changed byte, and it is refused.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from graphsvc.domain.records import RecordKind
from graphsvc.exchange.journal import (
    AnotherHistory,
    UnreadableJournal,
    digest_of,
    journal_lines,
    replay,
)
from graphsvc.ports import GraphStore
from people.database import PrivateDatabase
from people.dump import Row, UnreadableRow, dump_rows, in_use, load_rows
from people.errors import BackupRefused, RestoreOverData
from people.outbox import Delivery, redeliver
from people.schema import SCHEMA_VERSION
from people.sealed_file import FORMAT, check_seal, written_at_once
from people.tables import OutboxRow

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup whose seal was checked. `manifest` says what is in it, of when, and from which graph."""

    path: Path
    manifest: dict[str, Any]

    @property
    def made_at(self) -> datetime:
        """When it was made (UTC)."""
        return datetime.fromisoformat(self.manifest["made_at"])

    @property
    def records(self) -> int:
        """How many records the graph had."""
        return sum(self.manifest["graph"]["records"].values())


def back_up(
    private: PrivateDatabase, store: GraphStore, path: Path, *, progress: Progress | None = None
) -> Backup:
    """Write both databases to `path`, whole or not at all (mode 0600), while others go on working.

    Raises StoreError; BackupRefused (`unwritable`) when the file cannot be written.
    """
    redeliver(private, store)
    rows = dump_rows(private)
    waiting = _pending_keys(rows)
    info = store.info()
    counts = store.counts()
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "made_at": private.now().isoformat(),
        "private": {"schema": SCHEMA_VERSION, "rows": len(rows)},
        "graph": {
            "store_id": info.store_id,
            "revision": info.revision,
            "records": {kind.value: counts[kind] for kind in RecordKind},
        },
    }
    with written_at_once(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _write_lines(archive, "private.jsonl", rows)
        digest, events = _write_journal(archive, store, info.revision, progress)
        manifest["graph"] |= {"sha256": digest, "events": events}
        redeliver(private, store)
        manifest["delivered"] = _delivered(private, waiting, info.revision)
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    return Backup(path, manifest)


def read_backup(path: Path) -> Backup:
    """Check the seal and read what the backup says of itself.

    Raises BackupRefused: `missing`, `not_a_backup`, `damaged` or `newer`.
    """
    check_seal(path)
    try:
        with _members(path) as archive:
            backup = Backup(path, json.loads(archive.read("manifest.json")))
        if backup.manifest["private"]["schema"] > SCHEMA_VERSION:
            raise BackupRefused(str(path), "newer")
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BackupRefused(str(path), "damaged") from error
    return backup


def restore(
    backup: Backup,
    private: PrivateDatabase,
    store: GraphStore,
    *,
    replace: bool = False,
    progress: Progress | None = None,
) -> None:
    """Make both databases again: the graph in an empty store, the private rows in the place of all there is.

    What people wrote is bound to the graph that is there now, and waiting writes are delivered. An
    interrupted restore may be run again. `replace` allows to lose the private rows there are. Raises
    RestoreOverData, BackupRefused, StoreError.
    """
    graph = backup.manifest["graph"]
    if not replace and in_use(private):
        raise RestoreOverData(private.name)
    try:
        with _members(backup.path) as archive:
            key = f"restore:{graph['sha256']}"
            lines = _lines(archive, "graph.jsonl")
            replay(store, lines, key=key, progress=progress, total=graph["revision"])
            if digest_of(journal_lines(store, graph["revision"])) != graph["sha256"]:
                raise BackupRefused(str(backup.path), "damaged")
            load_rows(
                private,
                _lines(archive, "private.jsonl"),
                schema=int(backup.manifest["private"]["schema"]),
                rewritten=_rewriting(backup.manifest, store.info().store_id),
            )
    except AnotherHistory as error:
        raise RestoreOverData("graph") from error
    except (UnreadableJournal, UnreadableRow, zipfile.BadZipFile, KeyError) as error:
        raise BackupRefused(str(backup.path), "damaged") from error
    redeliver(private, store)


def _rewriting(manifest: dict[str, Any], store_id: str) -> Callable[[str, Row], Row]:
    """Rows as they are to be kept: bound to this graph, and delivered if the backup's graph has had them."""
    former, delivered = manifest["graph"]["store_id"], manifest["delivered"]

    def rewritten(table: str, row: Row) -> Row:
        bound = {**row, "store_id": store_id} if row.get("store_id") == former else row
        if table == "outbox" and row["idempotency_key"] in delivered:
            return {**bound, "state": Delivery.DONE.value, "revision": delivered[row["idempotency_key"]]}
        return bound

    return rewritten


def _pending_keys(rows: Iterable[str]) -> set[str]:
    found = (json.loads(row) for row in rows if row.startswith('{"table":"outbox"'))
    return {r["row"]["idempotency_key"] for r in found if r["row"]["state"] == Delivery.PENDING.value}


def _delivered(private: PrivateDatabase, keys: set[str], last: int) -> dict[str, int]:
    """The intents among these that the graph has had, by its revision `last`."""
    if not keys:
        return {}
    wanted = select(OutboxRow).where(OutboxRow.idempotency_key.in_(keys))
    with private.reading() as session:
        return {
            row.idempotency_key: row.revision
            for row in session.scalars(wanted)
            if row.state == Delivery.DONE.value and row.revision is not None and row.revision <= last
        }


def _write_lines(archive: zipfile.ZipFile, name: str, lines: Iterable[str]) -> None:
    with archive.open(name, "w", force_zip64=True) as member:
        for line in lines:
            member.write(line.encode() + b"\n")


def _write_journal(
    archive: zipfile.ZipFile, store: GraphStore, last: int, progress: Progress | None
) -> tuple[str, int]:
    """Write the history; its digest and its length."""
    digest = hashlib.sha256()
    events = 0
    with archive.open("graph.jsonl", "w", force_zip64=True) as member:
        for line in journal_lines(store, last):
            data = line.encode() + b"\n"
            member.write(data)
            digest.update(data)
            events += 1
            if progress is not None and events % 1000 == 0:
                progress("history", events, events)
    return digest.hexdigest(), events


@contextmanager
def _members(path: Path) -> Iterator[zipfile.ZipFile]:
    with path.open("rb") as file, zipfile.ZipFile(file) as archive:
        yield archive


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    with archive.open(name) as member, io.TextIOWrapper(member, encoding="utf-8", newline="\n") as text:
        for line in text:
            yield line.rstrip("\n")
