from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.domain.actors import Actor, ActorKind, DatedName
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue, ReferencedRecord, Refused, UnknownRecord, VersionConflict
from graphsvc.domain.events import Attendance, AttendanceRole, Event, EventKind
from graphsvc.domain.links import Link, LinkKind, State, natural_link_id
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.domain.records import Record, RecordKind, Ref, ref_of, references
from graphsvc.exchange.write import write_tables
from graphsvc.ports import Change, Merge, Put
from graphsvc.stores.memory import MemoryStore
from graphsvc.usecases.import_bundle import import_bundle
from graphsvc.usecases.merge_actors import merge_actors
from graphsvc.usecases.record import record, retract
from graphsvc.usecases.undo import undo
from tests.graphsvc.exchange.graphs import graphs


def actor(id_: str, name: str | None = None, **more: object) -> Actor:
    return Actor(id_, name or f"Association {id_}", ActorKind.ASSOCIATION, **more)  # type: ignore[arg-type]


def link(a: str, b: str, start: int | None = None) -> Link:
    day = PartialDate(start) if start else None
    return Link(natural_link_id(LinkKind.PARTNERSHIP, a, b, day), a, b, LinkKind.PARTNERSHIP, start=day)


def store_of(*records: Record) -> MemoryStore:
    store = MemoryStore()
    store.apply([Put(r) for r in records], by="test")
    return store


def content(store: MemoryStore) -> dict[Ref, Record]:
    return {ref_of(s.record): s.record for s in store.everything()}


def test_everything_that_named_the_absorbed_actor_names_the_kept_one() -> None:
    store = store_of(
        actor("a", siren="123456789"),
        actor("b"),
        actor("c", part_of="a", succeeds=("a",)),
        link("a", "c", 2010),
        Agreement("g", "Accord", LinkKind.PARTNERSHIP, parties=(Party("a", "pilote"), Party("c"))),
        Project("p", "Projet", participations=(Participation("a"), Participation("c"))),
        Announcement("n", "Besoin", Direction.NEED, Nature.SKILL, actor="a"),
        Event("e", "Forum", EventKind.FORUM, attendances=(Attendance("a"), Attendance("b"))),
    )
    merge_actors(store, "a", "b", by="test")
    named = {
        ref.id for r in content(store).values() for _, ref in references(r) if ref.kind is RecordKind.ACTOR
    }
    assert named == {"b", "c"}
    assert store.resolve(RecordKind.ACTOR, "a") == "b"
    assert store.resolve(RecordKind.ACTOR, "siren:123456789") == "b"
    assert store.get(Ref(RecordKind.EVENT, "e")).record.attendances == (Attendance("b"),)
    kept = store.get(Ref(RecordKind.ACTOR, "b")).record
    assert DatedName("Association a") in kept.other_names
    assert kept.siren == "123456789"


def test_a_link_between_the_two_disappears_and_two_links_that_become_one_are_kept_once() -> None:
    store = store_of(
        actor("a"), actor("b"), actor("c"), link("a", "b"), link("a", "c", 2010), link("b", "c", 2010)
    )
    merge_actors(store, "a", "b", by="test")
    links = [s.record for s in store.records(RecordKind.LINK)]
    assert links == [link("b", "c", 2010)]


def test_the_roles_of_a_party_and_the_periods_of_a_participation_are_joined() -> None:
    lead = ParticipationRole.LEAD
    store = store_of(
        actor("a"),
        actor("b"),
        Agreement("g", "Accord", LinkKind.TWINNING, parties=(Party("a", "pilote"), Party("b"))),
        Project(
            "p",
            "Projet",
            participations=(
                Participation("a", lead, PartialDate(2001), PartialDate(2003)),
                Participation("b", lead, PartialDate(2005), PartialDate(2009)),
            ),
        ),
    )
    merge_actors(store, "a", "b", by="test")
    assert store.get(Ref(RecordKind.AGREEMENT, "g")).record.parties == (Party("b", "pilote"),)
    assert store.get(Ref(RecordKind.PROJECT, "p")).record.participations == (
        Participation("b", lead, PartialDate(2001), PartialDate(2009)),
    )


def test_merging_an_actor_with_itself_or_with_nobody_is_refused() -> None:
    store = store_of(actor("a"))
    with pytest.raises(InvalidValue):
        merge_actors(store, "a", "a", by="test")
    with pytest.raises(UnknownRecord):
        merge_actors(store, "a", "zzz", by="test")


def test_the_source_file_imported_again_after_a_merge_brings_nothing_back(tmp_path) -> None:
    records = [actor("a"), actor("b"), actor("c"), link("a", "b"), link("a", "c"), link("b", "c")]
    write_tables(records, tmp_path)
    store = store_of(*records)
    merge_actors(store, "a", "b", by="test")
    before = content(store)
    report = import_bundle(store, tmp_path, by="test", today=date(2030, 1, 1))
    after = content(store)
    assert after.keys() == before.keys()
    assert not report.rejected
    assert {n.code for n in report.notices} >= {"merged_record_left_out"}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=graphs(), data=st.data())
def test_undoing_a_merge_gives_the_graph_back_exactly(records: list[Record], data: st.DataObject) -> None:
    store = store_of(*records)
    ids = sorted(r.id for r in records if isinstance(r, Actor))
    absorbed, kept = data.draw(st.permutations(ids))[:2]
    before = content(store)
    refused = None
    try:
        revision = merge_actors(store, absorbed, kept, by="test")
    except Refused as refusal:  # a unit merged into its own unit would be its own parent
        refused = refusal.code
    if refused is not None:
        assert refused in {"cyclic_hierarchy", "duplicate_key"}
        assert content(store) == before
        return
    named = {
        ref.id for r in content(store).values() for _, ref in references(r) if ref.kind is RecordKind.ACTOR
    }
    assert absorbed not in named
    undo(store, revision, "test")
    assert content(store) == before
    assert store.resolve(RecordKind.ACTOR, absorbed) == absorbed


def test_undoing_takes_back_what_was_created_changed_and_withdrawn() -> None:
    store = store_of(actor("a"))
    before = content(store)
    revision = store.apply([Put(actor("a", "Autre nom")), Put(actor("b"))], by="test")
    undo(store, revision, "test")
    assert content(store) == before
    assert [e.action for e in store.history(Ref(RecordKind.ACTOR, "b"))] == ["put", "withdraw"]


def test_undoing_is_refused_when_something_changed_since_and_changes_nothing() -> None:
    store = store_of(actor("a"))
    revision = record(store, actor("a", "Deux"), by="test")
    record(store, actor("a", "Trois"), by="test")
    with pytest.raises(VersionConflict):
        undo(store, revision, "test")
    assert store.get(Ref(RecordKind.ACTOR, "a")).record.name == "Trois"


def test_undoing_a_creation_is_refused_while_something_names_it() -> None:
    store = store_of(actor("a"))
    revision = record(store, actor("b"), by="test")
    record(store, link("a", "b"), by="test")
    with pytest.raises(ReferencedRecord):
        undo(store, revision, "test")


def test_a_revision_that_does_not_exist_cannot_be_undone() -> None:
    store = store_of(actor("a"))
    for revision in (0, -1, 7):
        with pytest.raises(UnknownRecord):
            undo(store, revision, "test")


def test_a_write_over_a_version_one_has_not_seen_is_refused() -> None:
    store = store_of(actor("a"))
    record(store, actor("a", "Deux"), by="x", expected_version=1)
    with pytest.raises(VersionConflict):
        record(store, actor("a", "Autre deux"), by="y", expected_version=1)


def test_a_retracted_link_stays_with_its_history() -> None:
    store = store_of(actor("a"), actor("b"), link("a", "b"))
    ref = ref_of(link("a", "b"))
    retract(store, ref, by="test")
    assert store.get(ref).record.state is State.RETRACTED
    assert len(store.history(ref)) == 2
    with pytest.raises(InvalidValue):
        retract(store, Ref(RecordKind.ACTOR, "a"), by="test")


class _Busy(MemoryStore):
    """Somebody records one more link of "a" between the reading of a merge and its writing."""

    linked = False

    def apply(self, changes: Sequence[Change], **how: Any) -> int:
        if any(isinstance(change, Merge) for change in changes) and not self.linked:
            self.linked = True
            super().apply([Put(link("a", "c"))], by="somebody else")
        return super().apply(changes, **how)


def test_a_link_recorded_while_two_records_are_merged_names_the_kept_one() -> None:
    store = _Busy()
    for each in (actor("a"), actor("b"), actor("c")):
        record(store, each, by="test")
    merge_actors(store, "a", "b", by="test")
    assert store.get(ref_of(link("b", "c"))).record == link("b", "c")
    assert store.get(Ref(RecordKind.ACTOR, "a")).record.id == "b"


def test_the_attendance_role_is_kept_through_a_merge() -> None:
    organiser = AttendanceRole.ORGANISER
    store = store_of(
        actor("a"),
        actor("b"),
        Event("e", "Fête", EventKind.FESTIVAL, attendances=(Attendance("a", organiser),)),
    )
    merge_actors(store, "a", "b", by="test")
    assert store.get(Ref(RecordKind.EVENT, "e")).record.attendances == (Attendance("b", organiser),)
