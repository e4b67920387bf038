"""The store contract: what is put comes back; versions, revisions and history."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from graphsvc.domain.errors import (
    InvalidValue,
    UnknownRecord,
)
from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.records import RecordKind, Ref, kind_of, ref_of
from graphsvc.domain.serial import to_data
from graphsvc.domain.themes import Theme
from graphsvc.ports import GraphStore, Put, Withdraw
from tests.contracts.asked import content, put, refused
from tests.contracts.world import (
    ESSONNE,
    GROUP,
    HARD_TEXTS,
    OLD,
    SCHOOL,
    WATER,
    WORLD,
    actor,
    plain,
)  # fmt: skip

AT = datetime(2026, 11, 2, 9, 30, 0, 123456, tzinfo=UTC)


class WhatIsKept:
    """What is put comes back; versions, revisions and history."""

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
