"""Each actor stands once, on nobody, in its place, and stays there."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.analytics.ego import ego_network
from graphsvc.analytics.layout import Layout, compute_layout
from graphsvc.analytics.layout.inside import place_members
from graphsvc.analytics.layout.shapes import SPACING
from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.links import LinkKind
from graphsvc.domain.records import Record
from graphsvc.ports import Put
from graphsvc.snapshot import Snapshot, build_snapshot
from tests.graphsvc.networks import association, snapshot_of, store_of, tie
from tests.graphsvc.strategies import graphs

DAY = date(2026, 11, 22)


def members_of(layout: Layout) -> list[int]:
    groups = [d.members for d in layout.discs] + [
        layout.band.box.members,
        layout.tray.members,
        layout.inventory.members,
    ]
    return sorted(i for group in groups for i in group)


@settings(max_examples=40)
@given(graphs())
def test_each_actor_stands_exactly_once_and_not_on_another(records: list[Record]) -> None:
    snapshot = snapshot_of(records)
    layout = compute_layout(snapshot)
    assert members_of(layout) == list(range(snapshot.n))
    spots = list(zip(layout.x.tolist(), layout.y.tolist(), strict=True))
    assert all(math.dist(a, b) > 15 for k, a in enumerate(spots) for b in spots[:k])


def test_discs_do_not_overlap_and_hold_their_members() -> None:
    snapshot = many_groups()
    layout = compute_layout(snapshot)
    assert len(layout.discs) > 5
    for k, a in enumerate(layout.discs):
        for b in layout.discs[:k]:
            assert math.dist((a.x, a.y), (b.x, b.y)) >= a.r + b.r
        for i in a.members:
            assert math.dist((a.x, a.y), (layout.x[i], layout.y[i])) <= a.r


def test_actors_of_no_known_group_stand_together_beside_the_others_and_take_little_room() -> None:
    snapshot = many_groups()
    known = max(compute_layout(snapshot).discs, key=lambda d: len(d.members)).members
    keys = ["theme" if i in known else "" for i in range(snapshot.n)]
    layout = compute_layout(snapshot, groups=keys)
    theme, unknown = layout.discs
    assert {keys[i] for i in unknown.members} == {""}
    assert (theme.x, theme.y) == (0, 0)
    assert len(unknown.members) > len(theme.members)
    assert unknown.r < SPACING * math.sqrt(len(unknown.members)) + 2 * SPACING
    spots = np.c_[layout.x, layout.y][list(unknown.members)]
    assert min(math.dist(a, b) for k, a in enumerate(spots) for b in spots[:k]) > 15


def test_the_same_snapshot_has_the_same_layout_and_a_former_one_is_kept() -> None:
    snapshot = many_groups()
    first, again = compute_layout(snapshot), compute_layout(snapshot)
    np.testing.assert_array_equal(first.x, again.x)
    kept = compute_layout(snapshot, first)
    np.testing.assert_allclose(kept.x, first.x, atol=0.2)
    np.testing.assert_allclose(kept.y, first.y, atol=0.2)


def test_a_newcomer_moves_only_the_group_it_joins() -> None:
    store = store_of(groups_of_records())
    before = build_snapshot(store)
    first = compute_layout(before)
    store.apply([Put(association("new")), Put(tie("new", "g0m1"))], by="test")
    after = build_snapshot(store)
    second = compute_layout(after, first)
    joined = next(d for d in first.discs if before.index("g0m1") in d.members)
    for i, id_ in enumerate(before.ids):
        j = list(after.ids).index(id_)
        moved = math.dist((first.x[i], first.y[i]), (second.x[j], second.y[j]))
        assert moved < 1 or i in joined.members


def test_partner_territories_stand_in_the_band_and_lonely_actors_in_the_tray() -> None:
    town = Actor("town", "Kayes", ActorKind.PARTNER_TERRITORY, seat="ML", country="ML")
    silent = Actor("silent", "S", ActorKind.COMMUNE, seat="91228")
    snapshot = snapshot_of(
        [association("a"), association("b"), association("z"), town, silent, tie("a", "b"), tie("a", "town")]
    )
    layout = compute_layout(snapshot)
    at = snapshot.index
    assert layout.band.box.members == (at("town"),)
    assert layout.tray.members == (at("z"),)
    assert layout.inventory.members == (at("silent"),)
    assert layout.band.groups[0].country == "ML"


@settings(max_examples=30)
@given(st.integers(1, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60))
def test_members_of_a_disc_keep_their_distance(count: int, pairs: list[tuple[int, int]]) -> None:
    edges = sorted({(min(e), max(e)) for e in pairs if e[0] != e[1] and max(e) < count})
    spot, radius = place_members(count, edges)
    assert np.hypot(spot[:, 0], spot[:, 1]).max() <= radius
    assert all(math.dist(spot[i], spot[j]) > 0.6 * SPACING for i in range(count) for j in range(i))


@pytest.mark.parametrize(("steps", "expected"), [(1, "a b x"), (2, "a b c x"), (3, "a b c d x")])
def test_an_ego_network_goes_so_many_steps_and_never_through_a_mere_contact(
    steps: int, expected: str
) -> None:
    records = [*(association(n) for n in "abcdxy"), tie("a", "b"), tie("b", "c"), tie("c", "d")]
    records += [tie("a", "x", kind=LinkKind.INTERVIEWED), tie("x", "y", kind=LinkKind.INTERVIEWED)]
    snapshot = snapshot_of(records)
    ego = ego_network(snapshot, 0, DAY, steps=steps)
    assert sorted(snapshot.ids[i] for i in ego.nodes) == expected.split()
    assert ego.nodes[0] == 0
    assert all(e.a in ego.distance and e.b in ego.distance for e in ego.edges)


def groups_of_records() -> list[Record]:
    records: list[Record] = []
    for g in range(8):
        names = [f"g{g}m{k}" for k in range(4 + g)]
        records += [association(n) for n in names]
        records += [tie(names[0], n) for n in names[1:]] + [tie(names[1], names[2])]
    return [*records, tie("g0m0", "g1m0"), tie("g3m0", "g4m0")]


def many_groups() -> Snapshot:
    return snapshot_of(groups_of_records())
