"""Record one thing: an actor, a link, an agreement… with the version the person had before them."""

from dataclasses import replace

from graphsvc.domain.agreements import Agreement
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.links import Link, State
from graphsvc.domain.projects import Project
from graphsvc.domain.records import Record, RecordKind, Ref, ref_of
from graphsvc.ports import GraphStore, Put


def record(
    store: GraphStore,
    wanted: Record,
    *,
    by: str,
    expected_version: int | None = None,
    idempotency_key: str | None = None,
) -> int:
    """Create or replace a record; returns the store's revision.

    `expected_version` is the version it was read with (0 = it must be new): VersionConflict when somebody
    else wrote in between, so that nothing is overwritten in silence. None accepts any version.
    """
    expected = None if expected_version is None else {ref_of(wanted): expected_version}
    return store.apply([Put(wanted)], by=by, expected_versions=expected, idempotency_key=idempotency_key)


_RETRACTABLE = frozenset({RecordKind.LINK, RecordKind.AGREEMENT, RecordKind.PROJECT})


def retract(store: GraphStore, ref: Ref, *, by: str, expected_version: int | None = None) -> int:
    """Say that a link, agreement or project was never true: it stays in history and makes no tie any more."""
    if ref.kind not in _RETRACTABLE:
        raise InvalidValue(ref.kind.value, "state", ref.id, "cannot_be_retracted")
    found = store.get(ref)
    fact: Link | Agreement | Project = found.record
    retracted = replace(fact, state=State.RETRACTED)
    version = found.version if expected_version is None else expected_version
    return record(store, retracted, by=by, expected_version=version)
