"""Reading a bundle: a folder, a zip, or single files, to tables of raw cells."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graphsvc.exchange.archives import FileRefused, Limits, SourceFile, open_sources
from graphsvc.exchange.report import IgnoredColumn, Notice, Rejection, Remedy
from graphsvc.exchange.tables import Reading, Table, already_said, read_table

DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Bundle:
    """The tables of a bundle, not yet understood; `fingerprint` is a SHA-256 of the files' contents."""

    tables: tuple[Table, ...]
    rejected: tuple[Rejection, ...]
    ignored_columns: tuple[IgnoredColumn, ...]
    notices: tuple[Notice, ...]
    fingerprint: str

    @property
    def rows(self) -> int:
        """Number of rows read."""
        return sum(len(t.rows) for t in self.tables)


def read_bundle(paths: Iterable[Path] | Path, *, limits: Limits = DEFAULT_LIMITS) -> Bundle:
    """Read every table of these paths. Never raises for what is in a file: see `rejected`."""
    wanted = [paths] if isinstance(paths, Path) else [Path(p) for p in paths]
    reading = Reading()
    tables: list[Table] = []
    digest = hashlib.sha256()
    try:
        for source in open_sources(wanted, limits, reading.notices):
            _add_to(digest, source)
            if (table := _table_of(source, reading)) is not None:
                tables.append(table)
    except FileRefused as refusal:
        reading.rejected.append(refusal.rejection)
    if not tables and not reading.rejected:
        names = ", ".join(p.name for p in wanted)
        reading.rejected.append(Rejection(names, 0, "", "", "no_table_found", Remedy("names_of_tables")))
    return Bundle(
        tuple(tables),
        tuple(reading.rejected),
        tuple(reading.ignored),
        tuple(reading.notices),
        digest.hexdigest(),
    )


def _table_of(source: SourceFile, reading: Reading) -> Table | None:
    try:
        return read_table(source, reading)
    except FileRefused as refusal:
        if not already_said(refusal):
            reading.rejected.append(refusal.rejection)
        return None


def _add_to(digest: "hashlib._Hash", source: SourceFile) -> None:
    digest.update(source.name.rsplit("/", 1)[-1].encode("utf-8", "surrogatepass"))
    digest.update(len(source.data).to_bytes(8, "big"))
    digest.update(source.data)
