"""The first write after a start is not the one that waits: the store goes through a few beforehand.

A Neo4j server plans each statement when it first meets it, which took four seconds in all: more than a person
who publishes is left to wait (`ANSWER_WAIT`). What is rehearsed is what people do: publish, change, withdraw.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.domain.errors import Refused
from graphsvc.domain.records import RecordKind, ref_of
from graphsvc.ports import Change, GraphStore, Put, Withdraw
from graphsvc.snapshot import Snapshot

_ID = "rehearsal-nobody-keeps"


def rehearse_writes(store: GraphStore, snapshot: Snapshot) -> None:
    """Go through the usual writes; nothing is kept of them. Raises StoreError."""
    for change in _usual(snapshot):
        with suppress(Refused):  # still referred to, or gone meanwhile: the reads it asked were made
            store.rehearse([change])


def _usual(snapshot: Snapshot) -> Iterator[Change]:
    actors = _first(snapshot, RecordKind.ACTOR)
    if not actors:
        return  # nobody to publish anything
    yield Put(
        Announcement(
            _ID,
            _ID,
            Direction.OFFER,
            Nature.COOPERATE,
            actor=actors[0],
            themes=_first(snapshot, RecordKind.THEME),
            territories=_first(snapshot, RecordKind.PLACE),
            skills=_first(snapshot, RecordKind.SKILL),
        )
    )
    announcements = snapshot.tables[RecordKind.ANNOUNCEMENT]
    if announcements:
        yield Put(replace(announcements[0], title=_ID, themes=()))
        yield Withdraw(ref_of(announcements[0]))


def _first(snapshot: Snapshot, kind: RecordKind) -> tuple[str, ...]:
    ids = snapshot.tables[kind].ids
    return (ids[0],) if ids else ()
