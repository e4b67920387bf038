"""The store contract: first loads, and several callers at once."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest

from graphsvc.domain.errors import (
    BundleTooLarge,
    CyclicHierarchy,
    DanglingReference,
    DuplicateKey,
    IdempotencyMismatch,
    MaillageError,
    VersionConflict,
)
from graphsvc.domain.records import Record, RecordKind, ref_of
from graphsvc.ports import GraphStore
from tests.contracts.asked import content, put
from tests.contracts.world import (
    OLD,
    WORLD,
    actor,
    plain,
)  # fmt: skip
from tests.rig.at_once import at_once

AT = datetime(2026, 11, 2, 9, 30, 0, 123456, tzinfo=UTC)


class WhatIsLoaded:
    """First loads, and several callers at once."""

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

        def work(name: int) -> None:
            for turn in range(4):
                put(store, plain(f"t{name}-{turn}", part_of="shared"))
                assert store.get(actor(f"t{name}-{turn}")).version == 1
                seen = {s.revision for s in store.records(RecordKind.ACTOR)}
                assert max(seen) <= store.info().revision

        at_once([partial(work, name) for name in range(4)])
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

        at_once([partial(work, name) for name in range(5)])
        assert sorted(outcomes) == ["conflict"] * 4 + ["done"]
        assert store.get(actor("a")).version == 2

    def test_closing_twice_is_harmless(self, store: GraphStore) -> None:
        store.close()
        store.close()
