"""A first load of any size: checked whole before anything is written, then handed out in batches.

The records wait in temporary files; only their names, keys and parents are held in memory.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import IO

from graphsvc.domain.errors import DanglingReference, DuplicateKey
from graphsvc.domain.records import Record, RecordKind, Ref, alternate_keys, ref_of, references
from graphsvc.domain.serial import from_data, to_data
from graphsvc.ports import HistoryEvent
from graphsvc.stores.encoding import KINDS, to_text
from graphsvc.stores.planning.facts import Alias, ref_order
from graphsvc.stores.planning.hierarchy import check_parents, parent_of
from graphsvc.stores.planning.plan import moment
from graphsvc.stores.planning.referring import canonical

FIRST_REVISION = 1


class Cargo:
    """The records of one load, in canonical form. `rank` is the place of each name in the port's order."""

    def __init__(self, files: Mapping[RecordKind, IO[str]], records: Iterable[Record]) -> None:
        self._files = files
        self._ends: dict[Ref, int] = {}  # the line of the last record of this name: it wins
        self._owners: dict[Ref, str] = {}
        self._sum = 0
        self._write(records)
        self._claim_keys()
        self._check()
        self.rank = {ref: place for place, ref in enumerate(sorted(self._ends, key=ref_order), start=1)}

    @property
    def fingerprint(self) -> str:
        """The same for the same records in any order."""
        return f"{self._sum:064x}"

    @property
    def aliases(self) -> list[Alias]:
        """The alternate keys of all the records."""
        return [Alias(key, owner, merged=False) for key, owner in self._owners.items()]

    def batches(self, size: int) -> Iterator[list[Record]]:
        """Every record once, at most `size` at a time, kind after kind."""
        for kind in KINDS:
            batch: list[Record] = []
            for record in self._read(kind):
                batch.append(record)
                if len(batch) == size:
                    yield batch
                    batch = []
            if batch:
                yield batch

    def resolve(self, ref: Ref) -> Ref:
        """The name that answers to this key."""
        return ref if ref in self._ends else Ref(ref.kind, self._owners.get(ref, ref.id))

    def _write(self, records: Iterable[Record]) -> None:
        lines = dict.fromkeys(self._files, 0)
        for record in records:
            plain = canonical(record, (), lambda ref: ref)
            ref = ref_of(plain)
            text = f"{to_text(to_data(plain))}\n"
            digest = hashlib.sha256(f"{ref.kind.value} {text}".encode()).digest()
            self._sum = (self._sum + int.from_bytes(digest, "big")) % 2**256
            self._ends[ref] = lines[ref.kind]
            lines[ref.kind] += 1
            self._files[ref.kind].write(text)

    def _claim_keys(self) -> None:
        for record in self._read(RecordKind.ACTOR, resolved=False):
            for text in alternate_keys(record):
                key = Ref(RecordKind.ACTOR, text)
                if text == record.id:
                    continue
                if key in self._ends or self._owners.setdefault(key, record.id) != record.id:
                    raise DuplicateKey(text, record.id, self._owners.get(key, text))

    def _check(self) -> None:
        parents: dict[Ref, Ref] = {}
        for kind in KINDS:
            for record in self._read(kind):
                ref = ref_of(record)
                for field, target in references(record):
                    if target not in self._ends:
                        raise DanglingReference(kind.value, ref.id, field, target.kind.value, target.id)
                parent = parent_of(record)
                if parent is not None:
                    parents[ref] = parent
        check_parents(parents)

    def _read(self, kind: RecordKind, *, resolved: bool = True) -> Iterator[Record]:
        file = self._files[kind]
        file.seek(0)
        for line, text in enumerate(file):
            record = from_data(kind, json.loads(text))
            if self._ends[ref_of(record)] == line:
                yield canonical(record, references(record), self.resolve) if resolved else record


@contextmanager
def loaded_cargo(records: Iterable[Record]) -> Iterator[Cargo]:
    """A checked cargo; its temporary files end with the block. Raises what `apply` says of wrong records."""
    with ExitStack() as stack:
        files = {
            kind: stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))
            for kind in KINDS
        }
        yield Cargo(files, records)


def first_events(records: Iterable[Record], by: str, at: datetime | None) -> list[HistoryEvent]:
    """The history of records that come for the first time."""
    when = moment(at)
    return [HistoryEvent(FIRST_REVISION, ref_of(r), 1, "put", None, to_data(r), by, when) for r in records]
