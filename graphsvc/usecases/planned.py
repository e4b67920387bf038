"""What a use case wants of the store, decided and not yet done: the delivery layer hands it to the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphsvc.domain.records import Record, Ref, ref_of
from graphsvc.ports import Change, GraphStore, Put, Stored, Withdraw


@dataclass(frozen=True, slots=True)
class Planned:
    """Changes of one call of `GraphStore.apply`, and the versions they were decided on (0 = absent).

    No change at all: what was asked is so already.
    """

    changes: tuple[Change, ...]
    expected_versions: Mapping[Ref, int] = field(default_factory=dict)

    def apply(self, store: GraphStore, *, by: str, key: str | None = None) -> int:
        """Make them now; returns the store's revision. For callers that have no private database."""
        return store.apply(self.changes, by=by, idempotency_key=key, expected_versions=self.expected_versions)


def creation(record: Record) -> Planned:
    """The record, which must be new."""
    return Planned((Put(record),), {ref_of(record): 0})


def replacement(before: Stored[Any], after: Record, version: int | None = None) -> Planned:
    """The record in its new state, if it is still in the version that was read (or in `version`)."""
    if after == before.record and version in (None, before.version):
        return Planned(())
    return Planned((Put(after),), {ref_of(after): before.version if version is None else version})


def withdrawal(before: Stored[Any], version: int | None = None) -> Planned:
    """The record taken out of the current facts; its history stays."""
    ref = ref_of(before.record)
    return Planned((Withdraw(ref),), {ref: before.version if version is None else version})
