"""Two records of one actor become one; everything that named the first names the second."""

from graphsvc.domain.actors import Actor
from graphsvc.domain.errors import InvalidValue, ReferencedRecord, VersionConflict
from graphsvc.domain.links import Link
from graphsvc.domain.records import RecordKind, Ref, ref_of
from graphsvc.ports import Change, GraphStore, Merge, Put, Stored, Withdraw
from graphsvc.usecases.rewire import enriched, rewired

_ATTEMPTS = 3


def merge_actors(store: GraphStore, absorbed: str, kept: str, *, by: str) -> int:
    """Merge by key; returns the revision. The keys of `absorbed` answer with `kept` for ever.

    The kept record wins; what it leaves blank is filled, and the other's names become other names. A link
    between the two disappears; two links that become the same one are kept once. Undone by `undo`.
    Raises UnknownRecord, InvalidValue (`merge_with_itself`).
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return _merge(store, absorbed, kept, by)
        except (VersionConflict, ReferencedRecord):  # one was changed, or newly linked, meanwhile
            if attempt == _ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _merge(store: GraphStore, absorbed: str, kept: str, by: str) -> int:
    first = store.get(Ref(RecordKind.ACTOR, absorbed))
    second = store.get(Ref(RecordKind.ACTOR, kept))
    gone: Actor = first.record
    stays: Actor = second.record
    if gone.id == stays.id:
        raise InvalidValue("actor", "kept", kept, "merge_with_itself")
    expected = {ref_of(s.record): s.version for s in (first, second)}
    changes: list[Change] = [Merge(ref_of(gone), ref_of(stays))]
    for stored in store.touching(ref_of(gone)):
        if stored.record.id != stays.id or not isinstance(stored.record, Actor):
            expected[ref_of(stored.record)] = stored.version
            changes += _rewiring(store, stored, gone.id, stays.id)
    base = rewired(stays, gone.id, stays.id)
    if isinstance(base, Actor):
        changes.append(Put(enriched(base, gone)))
    return store.apply(_without_doubles(changes), by=by, expected_versions=expected)


def _rewiring(store: GraphStore, stored: Stored[Link], absorbed: str, kept: str) -> list[Change]:
    """The changes that make one record name the kept actor."""
    record = stored.record
    moved = rewired(record, absorbed, kept)
    if moved is None:
        return [Withdraw(ref_of(record))]
    if moved.id == record.id:
        return [Put(moved)]
    renamed = Merge(ref_of(record), ref_of(moved))  # its old natural key still answers
    there = store.get_many(RecordKind.LINK, [moved.id])
    return [renamed] if there else [renamed, Put(moved)]


def _without_doubles(changes: list[Change]) -> list[Change]:
    """Two links may become the same new one: the first says it."""
    seen: set[Ref] = set()
    kept: list[Change] = []
    for change in changes:
        if isinstance(change, Put):
            ref = ref_of(change.record)
            if ref in seen:
                continue
            seen.add(ref)
        kept.append(change)
    return kept
