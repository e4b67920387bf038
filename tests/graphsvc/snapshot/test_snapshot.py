"""The snapshot says what the records say: ties by the rule read word by word, the same after a refresh."""

from collections import defaultdict
from dataclasses import fields
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import CLASS_OF, Link, LinkClass, LinkKind, State
from graphsvc.domain.liveness import live_interval
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.domain.records import Record, RecordKind, Ref, kind_of
from graphsvc.ports import Merge, Put, Withdraw
from graphsvc.snapshot import Columns, Snapshot, build_snapshot, load_last, open_snapshot, refresh, save
from graphsvc.snapshot.columns import Perimeter
from graphsvc.snapshot.tables import RecordTable
from graphsvc.stores.memory import MemoryStore
from tests.graphsvc.networks import association, network, snapshot_of, store_of, tie
from tests.graphsvc.strategies import NAMES, actors, graphs, joins

DAY = date(2012, 6, 15)


def weights_by_reading(records: list[Record], day: date) -> dict[tuple[str, str], float]:
    """The live ties of a day and their weights, from the definition and the records alone."""
    alive = {
        r.id
        for r in records
        if isinstance(r, Actor)
        and (r.founded is None or r.founded.first_day <= day)
        and (r.ended is None or r.ended.last_day >= day)
    }
    found: dict[tuple[str, str], float] = defaultdict(float)

    def add(members: list[str], live: Any) -> None:
        for a, b in combinations(sorted(members), 2):
            if live(a, b) and a in alive and b in alive:
                found[a, b] += 1 / (len(members) - 1)

    for r in records:
        if isinstance(r, (Link, Agreement)) and CLASS_OF[r.kind] is LinkClass.COOPERATION:
            covers = live_interval(r.state, r.start, r.end, r.confirmed_on).covers(day)
            members = [r.actor_a, r.actor_b] if isinstance(r, Link) else [p.actor for p in r.parties]
            add(members, lambda _a, _b, covers=covers: covers)
        elif isinstance(r, Project):
            whole = live_interval(r.state, r.start, r.end, r.confirmed_on).covers(day)
            peers = {p.actor: p for p in r.participations if p.role is not ParticipationRole.FUNDER}

            def both(a: str, b: str, peers: Any = peers, whole: bool = whole) -> bool:
                return whole and all(
                    live_interval(None, peers[x].start, peers[x].end, None).covers(day) for x in (a, b)
                )

            add(list(peers), both)
    return dict(found)


def weights_of(snapshot: Snapshot, day: date) -> dict[tuple[str, str], float]:
    ties = snapshot.ties(day)
    return {
        (snapshot.ids[i], snapshot.ids[j]): float(w)
        for i in range(snapshot.n)
        for j, w in zip(ties.neighbours(i), ties.weight[ties.ptr[i] : ties.ptr[i + 1]], strict=True)
        if i < j
    }


@given(graphs(), st.dates(date(2007, 1, 1), date(2018, 1, 1)))
def test_ties_and_their_weights_are_those_of_the_definition(records: list[Record], day: date) -> None:
    assert weights_of(snapshot_of(records), day) == pytest.approx(weights_by_reading(records, day))


@given(graphs())
def test_ties_are_symmetric_sorted_and_without_loops(records: list[Record]) -> None:
    snapshot = snapshot_of(records)
    for ties in (snapshot.ties(DAY), snapshot.documented_ties()):
        for i in range(snapshot.n):
            around = ties.neighbours(i).tolist()
            assert around == sorted(set(around))
            assert i not in around
            assert all(i in ties.neighbours(j) for j in around)


def same(a: Snapshot, b: Snapshot) -> None:
    assert (a.store_id, a.revision, a.n) == (b.store_id, b.revision, b.n)
    for part in fields(Columns):
        for field in fields(getattr(a.columns, part.name)):
            left, right = (getattr(getattr(s.columns, part.name), field.name) for s in (a, b))
            assert left.dtype == right.dtype, (part.name, field.name)
            np.testing.assert_array_equal(left, right, err_msg=f"{part.name}.{field.name}")
    assert list(a.vocabulary) == list(b.vocabulary)
    assert dict(a.aliases) == dict(b.aliases)
    for kind in RecordKind:
        assert list(a.tables[kind]) == list(b.tables[kind])
        assert list(a.tables[kind].ids) == list(b.tables[kind].ids)


@given(
    graphs(),
    st.lists(st.one_of(*(actors(n) for n in NAMES), *(joins(k) for k in range(4))), max_size=6),
    st.booleans(),
)
def test_a_refreshed_snapshot_is_the_one_built_anew(
    before: list[Record], later: list[Record], withdraw: bool
) -> None:
    store = store_of(before)
    snapshot = build_snapshot(store)
    for record in later:
        store.apply([Put(record)], by="test")
    if withdraw:
        for ref in [
            Ref(k, s.record.id) for k in (RecordKind.LINK, RecordKind.EVENT) for s in store.records(k)
        ][:2]:
            store.apply([Withdraw(ref)], by="test")
    same(refresh(snapshot, store), build_snapshot(store))


def test_a_refresh_without_news_is_the_same_object() -> None:
    store = store_of([association("a")])
    snapshot = build_snapshot(store)
    assert refresh(snapshot, store) is snapshot


def test_a_merged_actor_and_other_keys_still_answer() -> None:
    store = store_of([association("a", siren="123456789"), association("b"), association("c")])
    snapshot = build_snapshot(store)
    store.apply([Merge(Ref(RecordKind.ACTOR, "b"), Ref(RecordKind.ACTOR, "a"))], by="test")
    for current in (refresh(snapshot, store), build_snapshot(store)):
        assert current.index("b") == current.index("a") == current.index("123456789") == 0
        assert current.index("c") == 1
        assert current.index("z") is None
    store.apply([Merge(Ref(RecordKind.ACTOR, "a"), Ref(RecordKind.ACTOR, "c"))], by="test")
    same(refresh(snapshot, store), build_snapshot(store))
    assert build_snapshot(store).index("b") == 0


@given(graphs())
def test_the_file_gives_the_same_snapshot_back(
    tmp_path_factory: pytest.TempPathFactory, records: list[Record]
) -> None:
    folder = tmp_path_factory.mktemp("snapshot")
    snapshot = snapshot_of(records)
    save(snapshot, folder)
    back = load_last(folder)
    assert back is not None
    same(snapshot, back)


def test_a_damaged_or_foreign_file_is_built_again(tmp_path: Path) -> None:
    store = store_of([association("a"), association("b"), tie("a", "b")])
    first = open_snapshot(store, tmp_path)
    file = tmp_path / "snapshot.bin"
    whole = file.read_bytes()
    for damage in (
        b"",
        b"short",
        whole[:-9],
        whole[:100] + bytes([whole[100] ^ 1]) + whole[101:],
        b"x" * len(whole),
    ):
        file.write_bytes(damage)
        assert load_last(tmp_path) is None
        same(open_snapshot(store, tmp_path), first)
    same(open_snapshot(store_of([association("z")]), tmp_path), snapshot_like(tmp_path))


def snapshot_like(folder: Path) -> Snapshot:
    found = load_last(folder)
    assert found is not None
    assert list(found.ids) == ["z"]
    return found


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert open_snapshot(store_of([association("a")]), blocked).n == 1


def test_stale_cooperations_can_be_left_out() -> None:
    records = [
        *(association(n) for n in "abcd"),
        tie("a", "b", confirmed_on=PartialDate(2012)),
        tie("b", "c"),
    ]
    records.append(tie("c", "d", confirmed_on=PartialDate(2025)))
    snapshot = snapshot_of(records)
    today = date(2026, 11, 22)
    assert snapshot.ties(today).pairs == 3
    assert list(weights_of(snapshot, today)) == [("a", "b"), ("b", "c"), ("c", "d")]
    assert snapshot.ties(today, stale_after_years=10).pairs == 1


def test_a_five_party_agreement_is_one_unit_of_tie_for_each_party() -> None:
    parties = tuple(Party(n) for n in "abcde")
    agreement = Agreement("g", "G", LinkKind.DECENTRALISED_COOPERATION, State.ACTIVE, parties=parties)
    ties = snapshot_of([*(association(n) for n in "abcde"), agreement]).ties(DAY)
    assert ties.pairs == 10
    assert ties.weight.reshape(5, 4).sum(axis=1) == pytest.approx(1.0)


def test_a_funder_of_a_project_is_no_partner_in_it() -> None:
    project = Project(
        "p",
        "P",
        participations=(Participation("a"), Participation("b"), Participation("c", ParticipationRole.FUNDER)),
    )
    snapshot = snapshot_of([*(association(n) for n in "abc"), project])
    assert weights_of(snapshot, DAY) == {("a", "b"): 1.0}
    assert [len(snapshot.projects_of(i)) for i in range(3)] == [1, 1, 1]


def test_a_link_does_not_outlive_its_actors() -> None:
    snapshot = snapshot_of(
        [association("a", ended=PartialDate(2015)), association("b"), tie("a", "b", state=State.ACTIVE)]
    )
    assert snapshot.ties(date(2015, 12, 31)).pairs == 1
    assert snapshot.ties(date(2016, 1, 1)).pairs == 0


def test_perimeter_and_engagement_follow_seat_and_activity() -> None:
    snapshot = snapshot_of(
        [
            association("a"),
            Actor("b", "B", ActorKind.COMMUNE, seat="91228"),
            Actor("c", "C", ActorKind.COMMUNE, seat="91228", territories=("ML",)),
            Actor("d", "D", ActorKind.BUSINESS, seat="ML", country="ML"),
            Actor("e", "E", ActorKind.BUSINESS, country="BE"),
            Actor("f", "F", ActorKind.COMMUNE, seat="91228", territories=("91",)),
        ]
    )
    assert [Perimeter(int(p)).name for p in snapshot.actors.perimeter] == [
        "INSIDE",
        "INSIDE",
        "INSIDE",
        "PARTNER",
        "OUTSIDE",
        "INSIDE",
    ]
    assert snapshot.actors.engaged.tolist() == [True, False, True, False, False, False]


def test_an_empty_store_has_an_empty_snapshot(tmp_path: Path) -> None:
    snapshot = open_snapshot(MemoryStore(), tmp_path)
    assert (snapshot.n, snapshot.ties(DAY).pairs, snapshot.documented_years()) == (0, 0, None)
    assert network("a").ties(DAY).neighbours(0).tolist() == []
    assert isinstance(snapshot.tables[RecordKind.ACTOR], RecordTable)


@given(graphs())
def test_what_an_actor_has_a_part_in_is_what_the_store_says_touches_it(records: list[Record]) -> None:
    store = store_of(records)
    snapshot = build_snapshot(store)
    for i, id_ in enumerate(snapshot.ids):
        found = {
            (kind, snapshot.tables[kind].ids[k])
            for kind, positions in (
                (RecordKind.LINK, snapshot.links_of(i)),
                (RecordKind.AGREEMENT, snapshot.agreements_of(i)),
                (RecordKind.PROJECT, snapshot.projects_of(i)),
                (RecordKind.ANNOUNCEMENT, snapshot.announcements_of(i)),
                (RecordKind.EVENT, snapshot.events_of(i)),
            )
            for k in positions.tolist()
        }
        told = {
            (kind_of(stored.record), stored.record.id)
            for stored in store.touching(Ref(RecordKind.ACTOR, id_))
        }
        assert found == {key for key in told if key[0] is not RecordKind.ACTOR}
