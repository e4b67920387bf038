"""What a plan is made from (the facts a store fetches) and what it is made of (the rows a store writes)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from graphsvc.domain.records import RecordKind, Ref
from graphsvc.ports import HistoryEvent, Stored

KIND_ORDER: dict[RecordKind, int] = {kind: position for position, kind in enumerate(RecordKind)}


def ref_order(ref: Ref) -> tuple[int, str]:
    """The order of the port: kind order, then id by code points."""
    return KIND_ORDER[ref.kind], ref.id


@dataclass(frozen=True, slots=True)
class Alias:
    """A key that answers for a record besides its id. `merged` ones last; the others follow the record."""

    key: Ref
    owner: str
    merged: bool


class Facts(Protocol):
    """The current facts a plan asks for, as of the revision it is made on. Each method takes many at once."""

    def current(self, refs: Collection[Ref]) -> Mapping[Ref, Stored[Any]]:
        """The current records of these exact names; absent ones are left out."""

    def existing(self, refs: Collection[Ref]) -> set[Ref]:
        """Those of these names that are current records."""

    def last_versions(self, refs: Collection[Ref]) -> Mapping[Ref, int]:
        """The last version of those that were withdrawn or merged away; never known ones are left out."""

    def aliases(self, keys: Collection[Ref]) -> Mapping[Ref, Alias]:
        """The aliases that have exactly these keys."""

    def aliases_of(self, refs: Collection[Ref]) -> Iterable[Alias]:
        """All aliases owned by these records."""

    def referrers(self, refs: Collection[Ref]) -> Iterable[tuple[Ref, Ref]]:
        """Pairs (current record, the one of `refs` it refers to)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows to write, all or none. Empty (`events` is empty) when nothing changes.

    `puts` are the new current records, `texts` their JSON (kept as facts and as history), `targets` the
    names each of them refers to; `gone` the names withdrawn or merged away with their last version; all
    ordered like `events`, by (kind order, id).
    """

    revision: int
    events: list[HistoryEvent] = field(default_factory=list)
    puts: list[Stored[Any]] = field(default_factory=list)
    texts: dict[Ref, str] = field(default_factory=dict)
    targets: dict[Ref, set[Ref]] = field(default_factory=dict)
    created: set[Ref] = field(default_factory=set)
    gone: list[tuple[Ref, int]] = field(default_factory=list)
    set_aliases: list[Alias] = field(default_factory=list)
    drop_aliases: list[Ref] = field(default_factory=list)
