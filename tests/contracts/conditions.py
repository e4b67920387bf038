"""The store contract: conditions of a write, references and keys."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graphsvc.domain.errors import (
    BundleTooLarge,
    DanglingReference,
    DuplicateKey,
    IdempotencyMismatch,
    InvalidValue,
    ReferencedRecord,
    UnknownRecord,
    VersionConflict,
)
from graphsvc.domain.records import Record, RecordKind, Ref, kind_of, ref_of
from graphsvc.ports import GraphStore, Merge, Put, Withdraw
from tests.contracts.asked import put, refused
from tests.contracts.world import (
    ESSONNE,
    EVRY,
    GROUP,
    KAYES,
    OLD,
    PACT,
    SCHOOL,
    TOWN,
    TWINNING,
    VISAS,
    WATER,
    WORLD,
    actor,
    plain,
)  # fmt: skip

AT = datetime(2026, 11, 2, 9, 30, 0, 123456, tzinfo=UTC)


class WhatIsRefused:
    """Conditions of a write, references and keys."""

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
