"""A meeting kept, attended and followed: what is decided, on what version, and what becomes of it."""

from datetime import date

import pytest

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.events import AttendanceRole, Event
from graphsvc.domain.links import Link, LinkKind
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.ports import Put, Stored
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.stores.memory import MemoryStore
from graphsvc.usecases.faults import DraftRefused
from graphsvc.usecases.meetings import (
    MeetingDraft,
    came_to,
    followed,
    invited_to,
    keep_meeting,
    record_attendance,
    record_introductions,
)

TODAY = date(2026, 11, 2)
DRAFT = MeetingDraft(title="Autour de l'eau", start="01/10/2026", guests=("a", "b"), also=("Chantier",))


@pytest.fixture
def store() -> MemoryStore:
    made = MemoryStore()
    named = {"a": "Amis", "b": "Bâtisseurs", "c": "Chantier"}
    made.apply([Put(Actor(k, n, ActorKind.ASSOCIATION)) for k, n in named.items()], by="test")
    return made


def kept(store: MemoryStore) -> tuple[Event, Snapshot]:
    event, planned = keep_meeting(build_snapshot(store), DRAFT, seed="s")
    planned.apply(store, by="test")
    return event, build_snapshot(store)


def stored(store: MemoryStore, event: Event) -> Stored[Event]:
    return store.get(Ref(RecordKind.EVENT, event.id))


def test_those_ticked_and_those_named_are_invited(store):
    event, _ = kept(store)
    assert invited_to(event) == ["a", "b", "c"]
    assert (event.start, came_to(event)) == (PartialDate(2026, 10, 1), frozenset())


def test_every_fault_of_a_draft_is_told_at_once(store):
    draft = MeetingDraft(title=" ", start="hier", place="Nulle part", guests=("a", "gone"), also=("", "Qui"))
    with pytest.raises(DraftRefused) as refused:
        keep_meeting(build_snapshot(store), draft, seed="s")
    told = {(f.field, f.code) for f in refused.value.faults}
    assert {("title", "required"), ("start", "date_form"), ("guests", "too_few_guests")} <= told
    assert {("place", "unknown_entry"), ("also", "unknown_entry")} <= told


def test_attendance_keeps_the_invitations_and_may_be_corrected(store):
    event, _ = kept(store)
    after, planned = record_attendance(stored(store, event), ["a", "b", "stranger"])
    planned.apply(store, by="test")
    assert came_to(after) == {"a", "b"}
    again, planned = record_attendance(stored(store, event), ["b"])
    planned.apply(store, by="test")
    assert came_to(stored(store, event).record) == {"b"}
    assert sum(a.role is AttendanceRole.INVITED for a in again.attendances) == 3


def test_the_same_attendance_again_changes_nothing(store):
    event, _ = kept(store)
    assert record_attendance(stored(store, event), [])[1].changes == ()


def test_introductions_are_contacts_written_once_and_only_among_the_guests(store):
    event, snapshot = kept(store)
    pairs = [("a", "b"), ("b", "a"), ("a", "a"), ("a", "stranger")]
    _, planned = record_introductions(snapshot, event, pairs, TODAY)
    assert len(planned.changes) == 1
    planned.apply(store, by="test")
    snapshot = build_snapshot(store)
    assert record_introductions(snapshot, event, pairs, TODAY)[1].changes == ()
    assert snapshot.ties(TODAY).pairs == 0


def test_an_introduction_is_followed_until_its_two_actors_cooperate(store):
    event, snapshot = kept(store)
    record_introductions(snapshot, event, [("a", "b")], TODAY)[1].apply(store, by="test")
    [waiting] = followed(build_snapshot(store), event, TODAY)
    assert (waiting.tied, waiting.since, str(waiting.on)) == (False, None, "2026-10-01")
    link = Link("k", "a", "b", LinkKind.PARTNERSHIP, start=PartialDate(2026, 10, 20))
    store.apply([Put(link)], by="test")
    [done] = followed(build_snapshot(store), event, TODAY)
    assert (done.tied, done.since) == (True, date(2026, 10, 20))
