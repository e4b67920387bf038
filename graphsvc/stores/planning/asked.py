"""What a caller asks for, gathered by record: the last Put of a record wins, contradictions are refused."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graphsvc.domain.errors import BundleTooLarge, InvalidValue
from graphsvc.domain.records import Record, Ref, ref_of
from graphsvc.domain.serial import to_data
from graphsvc.ports import Change, Merge, Put, Withdraw
from graphsvc.stores.encoding import to_text
from graphsvc.stores.planning.facts import ref_order

ROW_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Asked:
    """The changes of one call: at most one per record. `merges` maps an absorbed record to the one kept.

    `_data` and `_texts` remember what a fingerprint, a history and a store all need of the records.
    """

    puts: dict[Ref, Record] = field(default_factory=dict)
    withdrawn: set[Ref] = field(default_factory=set)
    merges: dict[Ref, Ref] = field(default_factory=dict)
    _data: dict[Ref, dict[str, Any]] = field(default_factory=dict)
    _texts: dict[Ref, str] = field(default_factory=dict)

    @property
    def gone(self) -> set[Ref]:
        """Names that are no current record afterwards."""
        return self.withdrawn | self.merges.keys()

    def data(self, ref: Ref, record: Record) -> dict[str, Any]:
        """The plain data of a record put under this name, as given or in canonical form."""
        if record is not self.puts[ref]:
            return to_data(record)
        if ref not in self._data:
            self._data[ref] = to_data(record)
        return self._data[ref]

    def text(self, ref: Ref, record: Record) -> str:
        """The same as compact JSON."""
        if record is not self.puts[ref]:
            return to_text(to_data(record))
        if ref not in self._texts:
            self._texts[ref] = to_text(self.data(ref, record))
        return self._texts[ref]


def gather(changes: Sequence[Change], limit: int | None = ROW_LIMIT) -> Asked:
    """Group the changes by record.

    Raises:
        BundleTooLarge: more changes than one transaction takes.
        InvalidValue: `contradictory_changes`, `merge_of_different_kinds` or `refers_to_itself`.
    """
    if limit is not None and len(changes) > limit:
        raise BundleTooLarge(len(changes), limit)
    asked = Asked()
    for change in changes:
        match change:
            case Put(record):
                asked.puts[ref_of(record)] = record
            case Withdraw(ref):
                asked.withdrawn.add(ref)
            case Merge(absorbed, kept):
                _add_merge(asked, absorbed, kept)
    for ref in sorted(asked.puts.keys() & asked.gone | asked.withdrawn & asked.merges.keys(), key=ref_order):
        raise InvalidValue(ref.kind.value, "id", ref.id, "contradictory_changes")
    return asked


def _add_merge(asked: Asked, absorbed: Ref, kept: Ref) -> None:
    if absorbed.kind is not kept.kind:
        raise InvalidValue(absorbed.kind.value, "merge", kept.kind.value, "merge_of_different_kinds")
    if absorbed == kept:
        raise InvalidValue(absorbed.kind.value, "merge", absorbed.id, "refers_to_itself")
    if asked.merges.setdefault(absorbed, kept) != kept:
        raise InvalidValue(absorbed.kind.value, "id", absorbed.id, "contradictory_changes")


def fingerprint(asked: Asked) -> str:
    """SHA-256 of the changes, whatever the order they were given in: tells a retry from another call."""
    digest = hashlib.sha256()
    for ref in sorted(asked.puts, key=ref_order):
        _feed(digest, "put", ref, asked.text(ref, asked.puts[ref]))
    for ref in sorted(asked.withdrawn, key=ref_order):
        _feed(digest, "withdraw", ref, "null")
    for ref in sorted(asked.merges, key=ref_order):
        _feed(digest, "merge", ref, json.dumps(asked.merges[ref].id, ensure_ascii=False))
    return digest.hexdigest()


def _feed(digest: "hashlib._Hash", action: str, ref: Ref, value: str) -> None:
    name = json.dumps(ref.id, ensure_ascii=False)
    digest.update(f'["{action}","{ref.kind.value}",{name},{value}]\n'.encode())
