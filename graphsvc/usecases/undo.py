"""Take back one revision, if nothing that it touched has changed since."""

from collections.abc import Sequence

from graphsvc.domain.errors import UnknownRecord
from graphsvc.domain.records import Ref
from graphsvc.domain.serial import from_data
from graphsvc.ports import Change, GraphStore, HistoryEvent, Put, Withdraw
from graphsvc.usecases.planned import Planned


def undo(store: GraphStore, revision: int, by: str) -> int:
    """Make the inverse of every change of a revision, in one new revision, which is returned.

    Raises UnknownRecord when there is no such revision; VersionConflict when one of its records changed
    since; ReferencedRecord when something now refers to a record it had created.
    """
    planned = inverse_of(events_of(store, revision))
    return store.apply(planned.changes, by=by, expected_versions=planned.expected_versions)


def events_of(store: GraphStore, revision: int) -> list[HistoryEvent]:
    """What a revision changed. Raises UnknownRecord when there is no such revision."""
    events = [e for e in store.changes_since(revision - 1, limit=1) if e.revision == revision]
    if revision < 1 or not events:
        raise UnknownRecord("revision", str(revision))
    return events


def inverse_of(events: Sequence[HistoryEvent]) -> Planned:
    """The changes that take a revision back, if nothing that it touched has changed since."""
    expected: dict[Ref, int] = {}
    changes: list[Change] = []
    for event in events:
        expected[event.ref] = event.version if event.after is not None and event.action == "put" else 0
        changes.append(_inverse(event))
    return Planned(tuple(changes), expected)


def _inverse(event: HistoryEvent) -> Change:
    """A created record is withdrawn; a changed, withdrawn or merged one is as it was before."""
    if event.before is None:
        return Withdraw(event.ref)
    return Put(from_data(event.ref.kind, event.before))
