"""What every store does. A subclass gives the fixture `store`: an open, empty store."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.errors import (
    BundleTooLarge,
    CyclicHierarchy,
    DanglingReference,
    DuplicateKey,
    IdempotencyMismatch,
    InvalidValue,
    MaillageError,
    ReferencedRecord,
    UnknownRecord,
    VersionConflict,
)
from graphsvc.domain.links import Link, LinkKind, State
from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.records import Record, RecordKind, Ref, kind_of, ref_of
from graphsvc.domain.serial import to_data
from graphsvc.domain.themes import Theme
from graphsvc.ports import Change, GraphStore, Merge, Put, Stored, Withdraw
from tests.contracts.world import (
    ESSONNE,
    EVRY,
    GRANT,
    GROUP,
    HARD_TEXTS,
    KAYES,
    OLD,
    PACT,
    SCHOOL,
    TOWN,
    TWINNING,
    VISAS,
    WATER,
    WELLS,
    WORLD,
    actor,
    link,
    plain,
)  # fmt: skip

AT = datetime(2026, 11, 2, 9, 30, 0, 123456, tzinfo=UTC)


def put(store: GraphStore, *records: Record, **options: object) -> int:
    return store.apply([Put(record) for record in records], by="tests", **options)  # type: ignore[arg-type]


def content(store: GraphStore) -> list[Stored[object]]:
    return list(store.everything())


def refused(
    store: GraphStore, error: type[MaillageError], changes: Sequence[Change], **options: object
) -> MaillageError:
    """The error; the store must be as it was."""
    before = (store.info(), content(store))
    with pytest.raises(error) as caught:
        store.apply(changes, by="tests", **options)  # type: ignore[arg-type]
    assert (store.info(), content(store)) == before
    return caught.value


class StoreContract:
    """The port, sentence by sentence."""

    # --- what is put comes back ---------------------------------------------------------------------------

    def test_a_new_store_is_empty_at_revision_zero(self, store: GraphStore) -> None:
        info = store.info()
        assert (info.revision, info.loading) == (0, False)
        assert info.store_id
        assert info.schema_version >= 1
        assert store.counts() == dict.fromkeys(RecordKind, 0)
        assert store.is_empty()
        assert store.changes_since(0) == []

    def test_one_of_everything_comes_back_exactly(self, store: GraphStore) -> None:
        assert put(store, *reversed(WORLD)) == 1
        expected = sorted(WORLD, key=lambda r: (list(RecordKind).index(kind_of(r)), r.id))
        assert [stored.record for stored in store.everything()] == expected
        assert {(stored.version, stored.revision) for stored in store.everything()} == {(1, 1)}
        assert sum(store.counts().values()) == len(WORLD)
        assert [to_data(stored.record) for stored in store.everything()] == [to_data(r) for r in expected]
        for record in WORLD:
            assert store.get(ref_of(record)).record == record

    def test_hard_text_comes_back_exactly(self, store: GraphStore) -> None:
        sheets = [
            replace(
                GROUP,
                id=f"t{n:02d}",
                name=f"x{text}",
                purpose=text,
                source=text,
                rna=None,
                succeeds=(),
                part_of=None,
            )
            for n, text in enumerate(HARD_TEXTS)
        ]
        put(store, *sheets)
        assert [stored.record for stored in store.records(RecordKind.ACTOR)] == sheets
        assert store.changes_since(0)[4].after == to_data(sheets[4])

    def test_hard_keys_come_back_exactly_in_the_order_of_code_points(self, store: GraphStore) -> None:
        keys = [
            "z",
            "Z",
            "é",
            "e\u0301",
            "œ",
            "oe",
            "😀",
            "\uffee",
            "a b",
            "'",
            "`",
            "a' OR 1=1",
            "siren:1",
            "%",
            "10",
            "9",
        ]
        put(store, *(plain(key) for key in keys))
        assert [stored.record.id for stored in store.records(RecordKind.ACTOR)] == sorted(keys)
        assert set(store.get_many(RecordKind.ACTOR, keys)) == set(keys)

    def test_numbers_are_kept_to_the_last_bit(self, store: GraphStore) -> None:
        point = Place(
            "p",
            "P",
            PlaceLevel.REGION,
            latitude=0.1 + 0.2,
            longitude=-179.99999999999997,
            population=2**53 + 1,
        )
        put(store, point, Place("q", "Q", PlaceLevel.REGION, latitude=48, longitude=2, population=None))
        found = store.get_many(RecordKind.PLACE, ["p", "q"])
        assert found["p"].record == point
        assert to_data(found["q"].record)["latitude"].hex() == (48.0).hex()
        refused(store, InvalidValue, [Put(replace(point, population=2**63))])

    def test_sets_of_codes_are_the_same_set(self, store: GraphStore) -> None:
        put(store, WATER, Theme("b", "B"), plain("a", themes=("water", "b", "water")))
        assert store.get(actor("a")).record.themes == ("b", "water")

    def test_ids_of_different_kinds_do_not_meet(self, store: GraphStore) -> None:
        put(store, Place("1", "Un", PlaceLevel.REGION), Theme("1", "Un"), plain("1"))
        assert store.get(Ref(RecordKind.THEME, "1")).record == Theme("1", "Un")
        assert store.get_many(RecordKind.SKILL, ["1"]) == {}

    def test_what_is_not_there_is_said_so(self, store: GraphStore) -> None:
        put(store, ESSONNE, replace(ESSONNE, id="FR", parent=None))
        for key in ("92", "", " 91", "x" * 300, "\ud800", "a\x00b"):
            assert store.resolve(RecordKind.PLACE, key) is None
            assert store.get_many(RecordKind.PLACE, [key, "91"]).keys() == {"91"}
            assert store.touching(Ref(RecordKind.PLACE, key)) == []
            assert store.history(Ref(RecordKind.PLACE, key)) == []
        with pytest.raises(UnknownRecord):
            store.get(Ref(RecordKind.PLACE, "92"))

    # --- versions, revisions, history ---------------------------------------------------------------------

    def test_each_call_is_one_revision_and_each_record_has_its_version(self, store: GraphStore) -> None:
        assert put(store, OLD, SCHOOL) == 1
        assert put(store, replace(OLD, name="Autre")) == 2
        assert [(s.version, s.revision) for s in store.records(RecordKind.ACTOR)] == [(1, 1), (2, 2)]

    def test_a_put_equal_to_the_record_changes_nothing(self, store: GraphStore) -> None:
        put(store, *WORLD)
        before = content(store)
        assert put(store, *WORLD) == 1
        assert put(store, OLD, replace(SCHOOL, name="Collège")) == 2
        assert [e.ref for e in store.changes_since(1)] == [ref_of(SCHOOL)]
        assert len(before) == len(content(store))

    def test_the_last_put_of_a_record_wins(self, store: GraphStore) -> None:
        assert put(store, OLD, replace(OLD, name="Second")) == 1
        assert store.get(ref_of(OLD)).record.name == "Second"
        assert len(store.history(ref_of(OLD))) == 1

    def test_no_change_is_no_revision(self, store: GraphStore) -> None:
        assert store.apply([], by="tests") == 0

    def test_a_withdrawn_record_is_gone_and_its_history_stays(self, store: GraphStore) -> None:
        put(store, OLD, at=AT)
        assert store.apply([Withdraw(ref_of(OLD))], by="somebody", at=AT + timedelta(days=1)) == 2
        assert store.is_empty()
        assert store.resolve(RecordKind.ACTOR, "old") is None
        first, last = store.history(ref_of(OLD))
        assert (first.action, first.version, first.before, first.after) == ("put", 1, None, to_data(OLD))
        assert (last.action, last.version, last.before, last.after) == ("withdraw", 2, to_data(OLD), None)
        assert (last.by, last.revision, last.at) == ("somebody", 2, AT + timedelta(days=1))

    def test_a_withdrawn_record_comes_back_with_its_next_version(self, store: GraphStore) -> None:
        put(store, OLD)
        store.apply([Withdraw(ref_of(OLD))], by="tests")
        put(store, OLD)
        assert store.get(ref_of(OLD)).version == 3
        assert [e.version for e in store.history(ref_of(OLD))] == [1, 2, 3]

    def test_times_are_kept_in_utc(self, store: GraphStore) -> None:
        put(store, OLD, at=AT.astimezone(timezone(timedelta(hours=5, minutes=30))))
        put(store, SCHOOL, at=AT.replace(tzinfo=None))
        put(store, replace(SCHOOL, name="x"))
        first, second, third = store.changes_since(0)
        assert (first.at, second.at) == (AT, AT)
        assert third.at.utcoffset() == timedelta(0)
        assert abs(third.at - datetime.now(UTC)) < timedelta(minutes=5)

    def test_the_feed_is_ordered_and_gives_whole_revisions(self, store: GraphStore) -> None:
        put(store, *WORLD)
        put(store, replace(OLD, name="2"), replace(ESSONNE, name="2"))
        put(store, replace(OLD, name="3"))
        order = list(RecordKind)
        feed = store.changes_since(0)
        assert [(e.revision, order.index(e.ref.kind), e.ref.id) for e in feed] == sorted(
            (e.revision, order.index(e.ref.kind), e.ref.id) for e in feed
        )
        size = len(WORLD)
        limits = (0, 1, size, size + 1, size + 2, size + 3)
        lengths = [len(store.changes_since(0, limit)) for limit in limits]
        assert lengths == [size, size, size, size, size + 2, size + 3]
        assert [e.revision for e in store.changes_since(1)] == [2, 2, 3]
        assert [e.revision for e in store.changes_since(1, 2)] == [2, 2]
        assert store.changes_since(3) == []

    def test_history_can_be_changed_by_a_reader_without_effect(self, store: GraphStore) -> None:
        put(store, OLD)
        after = store.history(ref_of(OLD))[0].after
        assert after is not None
        after["name"] = "spoilt"
        assert store.history(ref_of(OLD))[0].after == to_data(OLD)

    # --- conditions of a write ----------------------------------------------------------------------------

    def test_expected_versions_are_checked_before_anything(self, store: GraphStore) -> None:
        put(store, OLD)
        error = refused(
            store, VersionConflict, [Put(replace(OLD, part_of="nobody"))], expected_versions={actor("old"): 2}
        )
        assert error.facts == {"kind": "actor", "id": "old", "expected": 2, "found": 1}
        refused(store, VersionConflict, [Put(OLD)], expected_versions={actor("old"): 0})
        refused(store, VersionConflict, [], expected_versions={actor("new"): 1})
        put(store, replace(OLD, name="x"), expected_versions={actor("old"): 1, actor("new"): 0})
        assert store.get(actor("old")).version == 2

    def test_a_used_key_answers_as_it_did_and_does_nothing(self, store: GraphStore) -> None:
        assert put(store, OLD, SCHOOL, idempotency_key="k") == 1
        put(store, replace(OLD, name="later"))
        assert put(store, SCHOOL, OLD, idempotency_key="k") == 1
        assert put(store, SCHOOL, OLD, idempotency_key="k", expected_versions={actor("old"): 9}) == 1
        assert store.get(actor("old")).record.name == "later"
        assert store.info().revision == 2

    def test_a_used_key_with_other_changes_is_refused(self, store: GraphStore) -> None:
        put(store, OLD, idempotency_key="k")
        for other in (
            [Put(SCHOOL)],
            [Put(replace(OLD, name="x"))],
            [Put(OLD), Put(SCHOOL)],
            [Withdraw(actor("old"))],
            [],
        ):
            refused(store, IdempotencyMismatch, other, idempotency_key="k")

    def test_a_key_is_remembered_even_when_nothing_changed(self, store: GraphStore) -> None:
        put(store, OLD)
        assert put(store, OLD, idempotency_key="k") == 1
        put(store, replace(OLD, name="x"))
        assert put(store, OLD, idempotency_key="k") == 1
        assert store.get(actor("old")).record.name == "x"

    def test_a_refused_call_leaves_its_key_free(self, store: GraphStore) -> None:
        refused(store, DanglingReference, [Put(GROUP)], idempotency_key="k")
        assert put(store, OLD, idempotency_key="k") == 1

    def test_too_many_changes_at_once_are_refused(self, store: GraphStore) -> None:
        error = refused(store, BundleTooLarge, [Put(OLD)] * 200_001)
        assert error.facts == {"rows": 200_001, "limit": 200_000}

    def test_changes_that_contradict_each_other_are_refused(self, store: GraphStore) -> None:
        put(store, OLD, SCHOOL, plain("a"))
        old, school, third = ref_of(OLD), ref_of(SCHOOL), actor("a")
        for changes in (
            [Put(OLD), Withdraw(old)],
            [Put(OLD), Merge(old, school)],
            [Withdraw(old), Merge(old, school)],
            [Merge(old, school), Merge(old, third)],
            [Merge(old, school), Merge(school, old)],
            [Merge(old, old)],
            [Merge(old, Ref(RecordKind.PLACE, "91"))],
        ):
            refused(store, InvalidValue, changes)

    # --- references ---------------------------------------------------------------------------------------

    @pytest.mark.parametrize(
        "record",
        [r for r in WORLD if r not in (WATER, VISAS, OLD, SCHOOL, KAYES, WORLD[0])],
        ids=lambda r: r.id,
    )
    def test_a_reference_to_nobody_is_refused(self, store: GraphStore, record: Record) -> None:
        error = refused(store, DanglingReference, [Put(record)])
        assert (error.facts["kind"], error.facts["id"]) == (kind_of(record).value, record.id)

    def test_references_may_be_made_in_any_order_of_one_call(self, store: GraphStore) -> None:
        put(store, TWINNING, GROUP, *WORLD)
        put(store, plain("x", part_of="y"), plain("y", part_of="z"), plain("z"))

    def test_a_record_that_is_referred_to_cannot_be_withdrawn(self, store: GraphStore) -> None:
        put(store, *WORLD)
        error = refused(store, ReferencedRecord, [Withdraw(ref_of(OLD))])
        assert error.facts == {"kind": "actor", "id": "old", "by_kind": "actor", "by": "asso"}
        for record in (WATER, KAYES, EVRY, VISAS, TOWN, GROUP):
            refused(store, ReferencedRecord, [Withdraw(ref_of(record))])

    def test_it_can_together_with_what_refers_to_it(self, store: GraphStore) -> None:
        put(store, *WORLD)
        assert store.apply([Withdraw(ref_of(record)) for record in WORLD], by="tests") == 2
        assert store.is_empty()
        put(store, *WORLD)
        assert {stored.version for stored in store.everything()} == {3}

    def test_it_can_when_the_others_let_go_of_it_in_the_same_call(self, store: GraphStore) -> None:
        put(store, *WORLD)
        parties = tuple(p for p in PACT.parties if p.actor != "old")
        store.apply(
            [Withdraw(ref_of(OLD)), Put(replace(PACT, parties=parties)), Put(replace(GROUP, succeeds=()))],
            by="t",
        )
        refused(store, DanglingReference, [Put(GROUP)])

    def test_withdrawing_nobody_is_refused(self, store: GraphStore) -> None:
        refused(store, UnknownRecord, [Withdraw(actor("nobody"))])
        put(store, OLD)
        store.apply([Withdraw(ref_of(OLD))], by="tests")
        refused(store, UnknownRecord, [Withdraw(ref_of(OLD))])

    def test_a_put_of_what_refers_to_a_withdrawn_record_is_refused(self, store: GraphStore) -> None:
        put(store, plain("a"), plain("b", part_of="a"))
        refused(store, DanglingReference, [Withdraw(actor("a")), Put(plain("b", part_of="a", source="x"))])

    def test_touching_gives_what_refers_to_a_record(self, store: GraphStore) -> None:
        put(store, *WORLD)

        def names(record: Record) -> list[str]:
            return [stored.record.id for stored in store.touching(ref_of(record))]

        assert names(TOWN) == ["asso", "l1", "l2", "g", "p", "c", "e"]
        assert names(GROUP) == ["l1", "l2", "g", "p", "n", "x", "e"]
        assert names(OLD) == ["asso", "g"]
        assert names(KAYES) == ["évry", "l1", "g", "x"]
        assert names(EVRY) == ["évry", "e"]
        assert names(ESSONNE) == ["91228", "l1", "n"]
        assert names(WATER) == ["water.floods", "évry", "l1", "g", "p", "n", "x", "e"]
        assert names(VISAS) == ["n", "o"]
        assert names(TWINNING) == []
        put(store, replace(GROUP, succeeds=()), replace(TWINNING, territories=()))
        assert names(OLD) == ["g"]
        assert names(ESSONNE) == ["91228", "n"]

    # --- keys ---------------------------------------------------------------------------------------------

    def test_an_actor_answers_to_its_siren_and_rna(self, store: GraphStore) -> None:
        put(store, plain("a", siren="123456789", rna="W913000001"))
        assert store.resolve(RecordKind.ACTOR, "siren:123456789") == "a"
        assert store.get(actor("rna:W913000001")).record.id == "a"
        assert store.resolve(RecordKind.PLACE, "siren:123456789") is None
        put(store, plain("a", rna="W913000001"))
        assert store.resolve(RecordKind.ACTOR, "siren:123456789") is None
        store.apply([Withdraw(actor("a"))], by="tests")
        assert store.resolve(RecordKind.ACTOR, "rna:W913000001") is None

    def test_a_key_belongs_to_one_record(self, store: GraphStore) -> None:
        put(store, plain("a", siren="123456789"))
        error = refused(store, DuplicateKey, [Put(plain("b", siren="123456789"))])
        assert error.facts == {"key": "siren:123456789", "id": "b", "other": "a"}
        refused(store, DuplicateKey, [Put(plain("siren:123456789"))])
        refused(store, DuplicateKey, [Put(plain("c", rna="W913000001")), Put(plain("d", rna="W913000001"))])
        refused(store, DuplicateKey, [Put(plain("siren:987654321")), Put(plain("d", siren="987654321"))])

    def test_a_key_may_change_hands_in_one_call(self, store: GraphStore) -> None:
        put(store, plain("a", siren="123456789"), plain("b", siren="987654321"))
        put(store, plain("a", siren="987654321"), plain("b", siren="123456789"))
        assert store.resolve(RecordKind.ACTOR, "siren:123456789") == "b"
        store.apply([Withdraw(actor("b")), Put(plain("c", siren="123456789"))], by="tests")
        assert store.resolve(RecordKind.ACTOR, "siren:123456789") == "c"

    def test_a_record_whose_id_has_the_form_of_its_own_key_is_itself(self, store: GraphStore) -> None:
        put(store, plain("siren:123456789", siren="123456789"))
        assert store.resolve(RecordKind.ACTOR, "siren:123456789") == "siren:123456789"

    # --- merging ------------------------------------------------------------------------------------------

    def test_the_keys_of_an_absorbed_record_answer_for_the_kept_one_for_ever(self, store: GraphStore) -> None:
        put(store, plain("a", siren="123456789"), plain("b"), plain("c"))
        assert store.apply([Merge(actor("a"), actor("b"))], by="tests") == 2
        assert (
            store.resolve(RecordKind.ACTOR, "a") == store.resolve(RecordKind.ACTOR, "siren:123456789") == "b"
        )
        store.apply([Merge(actor("b"), actor("c"))], by="tests")
        assert {store.resolve(RecordKind.ACTOR, key) for key in ("a", "b", "siren:123456789")} == {"c"}
        put(store, plain("c", siren="123456789"))
        put(store, plain("c"))
        assert store.resolve(RecordKind.ACTOR, "siren:123456789") == "c"
        assert store.get(actor("a")).record.id == "c"
        assert store.get_many(RecordKind.ACTOR, ["a"]) == {}

    def test_a_merge_is_an_event_of_the_absorbed_record(self, store: GraphStore) -> None:
        put(store, plain("a"), plain("b"))
        store.apply([Merge(actor("a"), actor("b"))], by="tests")
        event = store.changes_since(1)[0]
        assert (event.ref, event.action, event.version) == (actor("a"), "merge", 2)
        assert (event.before, event.after) == (to_data(plain("a")), {"merged_into": "b"})

    def test_what_refers_to_the_absorbed_record_is_rewritten_in_the_same_call(
        self, store: GraphStore
    ) -> None:
        put(store, plain("a"), plain("b"), plain("c"), Link("l", "a", "c", LinkKind.MEMBERSHIP))
        error = refused(store, ReferencedRecord, [Merge(actor("a"), actor("b"))])
        assert error.facts == {"kind": "actor", "id": "a", "by_kind": "link", "by": "l"}
        store.apply(
            [Merge(actor("a"), actor("b")), Put(Link("l", "a", "c", LinkKind.MEMBERSHIP))], by="tests"
        )
        assert store.get(link("l")).record.actor_a == "b"

    def test_a_reference_to_a_merged_id_is_kept_as_the_id_it_resolves_to(self, store: GraphStore) -> None:
        put(store, plain("z", siren="123456789"), plain("b"), plain("c"), EVRY, ESSONNE, WORLD[0])
        store.apply([Merge(actor("z"), actor("b"))], by="tests")
        twinning = Link("l", "c", "z", LinkKind.TWINNING)
        pact = Agreement("g", "G", LinkKind.PARTNERSHIP, parties=(Party("z", "r"), Party("c")))
        put(store, twinning, pact, plain("u", part_of="siren:123456789", succeeds=("z",)))
        assert store.get(link("l")).record == replace(twinning, actor_a="b", actor_b="c")
        assert store.get(ref_of(pact)).record.parties == (Party("b", "r"), Party("c"))
        assert store.get(actor("u")).record == plain("u", part_of="b", succeeds=("b",))
        assert put(store, twinning) == 3
        assert {s.record.id for s in store.touching(actor("b"))} == {"u", "l", "g"}

    def test_a_merge_that_would_join_a_record_to_itself_is_refused(self, store: GraphStore) -> None:
        put(store, plain("a"), plain("b"), Link("l", "a", "b", LinkKind.TWINNING))
        refused(
            store, InvalidValue, [Merge(actor("a"), actor("b")), Put(Link("l", "a", "b", LinkKind.TWINNING))]
        )
        store.apply([Merge(actor("a"), actor("b")), Withdraw(link("l"))], by="tests")

    def test_merges_of_one_call_may_follow_each_other(self, store: GraphStore) -> None:
        put(store, plain("a"), plain("b"), plain("c"))
        store.apply([Merge(actor("a"), actor("b")), Merge(actor("b"), actor("c"))], by="tests")
        assert {store.resolve(RecordKind.ACTOR, key) for key in "abc"} == {"c"}

    def test_the_kept_record_may_be_put_in_the_same_call(self, store: GraphStore) -> None:
        put(store, plain("a", siren="123456789"))
        store.apply([Merge(actor("a"), actor("new")), Put(plain("new", siren="123456789"))], by="tests")
        assert store.resolve(RecordKind.ACTOR, "a") == "new"

    def test_merging_with_nobody_is_refused(self, store: GraphStore) -> None:
        put(store, plain("a"), plain("b"))
        refused(store, UnknownRecord, [Merge(actor("a"), actor("nobody"))])
        refused(store, UnknownRecord, [Merge(actor("nobody"), actor("a"))])
        refused(store, UnknownRecord, [Merge(actor("a"), actor("b")), Withdraw(actor("b"))])

    def test_a_merged_id_is_not_taken_by_accident(self, store: GraphStore) -> None:
        put(store, plain("a"), plain("b"))
        store.apply([Merge(actor("a"), actor("b"))], by="tests")
        error = refused(store, DuplicateKey, [Put(plain("a"))])
        assert error.facts == {"key": "a", "id": "a", "other": "b"}

    def test_a_merge_is_undone_by_a_put_that_expects_nobody(self, store: GraphStore) -> None:
        first, second = plain("a", siren="123456789"), Link("l", "a", "c", LinkKind.MEMBERSHIP)
        put(store, first, plain("b"), plain("c"), second)
        store.apply([Merge(actor("a"), actor("b")), Put(second)], by="tests")
        store.apply([Put(first), Put(second)], by="tests", expected_versions={actor("a"): 0})
        assert (
            store.resolve(RecordKind.ACTOR, "a") == store.resolve(RecordKind.ACTOR, "siren:123456789") == "a"
        )
        assert store.get(link("l")).record == second
        assert store.get(actor("a")).version == 3

    def test_an_undone_merge_leaves_the_kept_record_the_keys_it_bears(self, store: GraphStore) -> None:
        put(store, plain("a", siren="123456789"), plain("b"))
        store.apply([Merge(actor("a"), actor("b")), Put(plain("b", siren="123456789"))], by="tests")
        refused(store, DuplicateKey, [Put(plain("a", siren="123456789"))], expected_versions={actor("a"): 0})
        put(store, plain("a"), expected_versions={actor("a"): 0})
        assert store.resolve(RecordKind.ACTOR, "siren:123456789") == "b"

    def test_keys_merged_into_a_withdrawn_record_answer_no_more_until_it_is_back(
        self, store: GraphStore
    ) -> None:
        put(store, plain("a"), plain("b"))
        store.apply([Merge(actor("a"), actor("b"))], by="tests")
        store.apply([Withdraw(actor("b"))], by="tests")
        assert store.resolve(RecordKind.ACTOR, "a") is None
        refused(store, DanglingReference, [Put(plain("c", part_of="a"))])
        refused(store, DuplicateKey, [Put(plain("a"))])
        put(store, plain("b"))
        assert store.resolve(RecordKind.ACTOR, "a") == "b"

    def test_places_and_themes_merge_too(self, store: GraphStore) -> None:
        other = Theme("eau", "Eau")
        put(
            store,
            WATER,
            other,
            plain("a", themes=("eau",)),
            plain("b"),
            replace(GRANT, actor_a="a", actor_b="b", themes=("eau",)),
        )
        grant = replace(GRANT, actor_a="a", actor_b="b", themes=("eau", "water"))
        refused(store, ReferencedRecord, [Merge(ref_of(other), ref_of(WATER)), Put(plain("a"))])
        store.apply(
            [Merge(ref_of(other), ref_of(WATER)), Put(plain("a", themes=("eau",))), Put(grant)], by="tests"
        )
        assert store.get(actor("a")).record.themes == ("water",)
        assert store.get(ref_of(GRANT)).record.themes == ("water",)

    # --- hierarchies --------------------------------------------------------------------------------------

    def test_a_circle_of_parents_is_refused(self, store: GraphStore) -> None:
        put(store, plain("a"), plain("b", part_of="a"), plain("c", part_of="b"))
        error = refused(store, CyclicHierarchy, [Put(plain("a", part_of="c"))])
        assert error.facts == {"kind": "actor", "id": "a"}
        refused(store, CyclicHierarchy, [Put(plain("x", part_of="y")), Put(plain("y", part_of="x"))])
        themes = [Theme("t", "T", "u"), Theme("u", "U", "t")]
        refused(store, CyclicHierarchy, [Put(theme) for theme in themes])
        places = [Place("p", "P", PlaceLevel.REGION, parent="p")]
        refused(store, CyclicHierarchy, [Put(place) for place in places])

    def test_a_circle_that_a_merge_would_close_is_refused(self, store: GraphStore) -> None:
        put(store, plain("a"), plain("b", part_of="a"), plain("c"), plain("d", part_of="c"))
        changes = [Merge(actor("c"), actor("b")), Put(plain("d", part_of="c")), Put(plain("a", part_of="d"))]
        refused(store, CyclicHierarchy, changes)

    def test_a_chain_may_be_turned_round_in_one_call(self, store: GraphStore) -> None:
        put(store, plain("a"), plain("b", part_of="a"))
        put(store, plain("a", part_of="b"), plain("b"))

    def test_succession_may_go_both_ways(self, store: GraphStore) -> None:
        put(store, plain("a", succeeds=("b",)), plain("b", succeeds=("a",)))

    # --- changes of shape ---------------------------------------------------------------------------------

    def test_every_field_can_change_and_be_emptied(self, store: GraphStore) -> None:
        put(store, *WORLD)
        bare = [
            Actor("évry", "E", ActorKind.DEPARTMENT),
            Link("l1", "asso", "évry", LinkKind.FUNDING, State.RETRACTED),
            replace(GRANT, kind=LinkKind.TWINNING, actor_b="old"),
            replace(WELLS, participations=()),
            replace(PACT, parties=(Party("lycée"),), themes=()),
            replace(EVRY, parent="FR", latitude=None, longitude=None, population=None, aliases=()),
        ]
        put(store, *bare)
        assert [store.get(ref_of(record)).record for record in bare] == bare
        put(store, *WORLD)
        assert {stored.record for stored in store.everything()} == set(WORLD)
        assert store.counts()[RecordKind.LINK] == 2

    # --- loading ------------------------------------------------------------------------------------------

    def test_a_load_is_one_revision_with_its_history(self, store: GraphStore) -> None:
        assert store.load(iter(WORLD), by="seed", idempotency_key="k", at=AT) == 1
        assert {stored.record for stored in store.everything()} == set(WORLD)
        assert {(e.revision, e.version, e.action, e.by, e.at) for e in store.changes_since(0)} == {
            (1, 1, "put", "seed", AT)
        }
        assert len(store.changes_since(0)) == len(WORLD)
        assert not store.info().loading
        assert store.resolve(RecordKind.ACTOR, "siren:219102282") == "évry"
        assert [s.record.id for s in store.touching(ref_of(OLD))] == ["asso", "g"]
        put(store, replace(OLD, name="x"))
        assert store.get(ref_of(OLD)).version == 2

    def test_a_load_is_done_once(self, store: GraphStore) -> None:
        store.load(WORLD, by="seed", idempotency_key="k")
        assert store.load(reversed(WORLD), by="seed", idempotency_key="k") == 1
        with pytest.raises(IdempotencyMismatch):
            store.load(WORLD[:3], by="seed", idempotency_key="k")
        with pytest.raises(BundleTooLarge):
            store.load(WORLD, by="seed", idempotency_key="other")
        assert len(content(store)) == len(WORLD)

    @pytest.mark.parametrize(
        ("records", "error"),
        [
            ([*WORLD, plain("lost", part_of="nobody")], DanglingReference),
            ([*WORLD, plain("twin", siren="219102282")], DuplicateKey),
            ([*WORLD, plain("siren:219102282")], DuplicateKey),
            ([plain("a", part_of="b"), plain("b", part_of="a")], CyclicHierarchy),
        ],
    )
    def test_a_wrong_load_writes_nothing(
        self, store: GraphStore, records: list[Record], error: type[MaillageError]
    ) -> None:
        with pytest.raises(error):
            store.load(records, by="seed", idempotency_key="k")
        assert not store.info().loading
        assert store.is_empty()
        assert put(store, OLD) == 1

    def test_a_load_resolves_keys_and_keeps_the_last_of_a_record(self, store: GraphStore) -> None:
        store.load(
            [plain("u", part_of="siren:123456789"), plain("a"), plain("a", siren="123456789")],
            by="t",
            idempotency_key="k",
        )
        assert store.get(actor("u")).record.part_of == "a"
        assert store.get(actor("a")).record.siren == "123456789"

    def test_an_empty_load_is_no_revision(self, store: GraphStore) -> None:
        assert store.load([], by="seed", idempotency_key="k") == 0
        assert not store.info().loading
        assert put(store, OLD) == 1

    # --- several at once ----------------------------------------------------------------------------------

    def test_threads_may_write_and_read_at_once(self, store: GraphStore) -> None:
        put(store, plain("shared"))
        failures: list[BaseException] = []

        def work(name: int) -> None:
            try:
                for turn in range(4):
                    put(store, plain(f"t{name}-{turn}", part_of="shared"))
                    assert store.get(actor(f"t{name}-{turn}")).version == 1
                    seen = {s.revision for s in store.records(RecordKind.ACTOR)}
                    assert max(seen) <= store.info().revision
            except BaseException as error:  # noqa: BLE001 - told to the thread of the test
                failures.append(error)

        threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert store.info().revision == 17
        assert sorted(e.revision for e in store.changes_since(0)) == list(range(1, 18))

    def test_one_of_several_writers_of_a_version_wins(self, store: GraphStore) -> None:
        put(store, plain("a"))
        outcomes: list[str] = []

        def work(name: int) -> None:
            try:
                put(store, plain("a", purpose=f"by {name}"), expected_versions={actor("a"): 1})
                outcomes.append("done")
            except VersionConflict:
                outcomes.append("conflict")

        threads = [threading.Thread(target=work, args=(name,)) for name in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["conflict"] * 4 + ["done"]
        assert store.get(actor("a")).version == 2

    def test_closing_twice_is_harmless(self, store: GraphStore) -> None:
        store.close()
        store.close()
