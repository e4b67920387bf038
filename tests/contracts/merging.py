"""The store contract: merging, hierarchies and changes of shape."""

from dataclasses import replace
from datetime import UTC, datetime

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.errors import (
    CyclicHierarchy,
    DanglingReference,
    DuplicateKey,
    InvalidValue,
    ReferencedRecord,
    UnknownRecord,
)
from graphsvc.domain.links import Link, LinkKind, State
from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.records import RecordKind, ref_of
from graphsvc.domain.serial import to_data
from graphsvc.domain.themes import Theme
from graphsvc.ports import GraphStore, Merge, Put, Withdraw
from tests.contracts.asked import put, refused
from tests.contracts.world import (
    ESSONNE,
    EVRY,
    GRANT,
    PACT,
    WATER,
    WELLS,
    WORLD,
    actor,
    link,
    plain,
)  # fmt: skip

AT = datetime(2026, 11, 2, 9, 30, 0, 123456, tzinfo=UTC)


class WhatIsMerged:
    """Merging, hierarchies and changes of shape."""

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
