"""Networks at the edge, asked every figure, by the plain and by the compiled searches."""

import math
from dataclasses import asdict

import pytest

from graphsvc.analytics import brokerage, communities, dependency, distances, structure
from graphsvc.analytics.best_links import best_links
from graphsvc.analytics.bridges import Weaving
from graphsvc.analytics.brokerage import brokers, constraint, effective_size, sampled_betweenness
from graphsvc.analytics.communities import communities as communities_of
from graphsvc.analytics.dependency import hubs
from graphsvc.analytics.health import network_health
from graphsvc.analytics.isolation import IsolationState, work_list
from graphsvc.analytics.openness import Sharing, openness
from graphsvc.analytics.timeline import figures_by_year
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.links import LinkKind
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.usecases.merge_actors import merge_actors
from tests.graphsvc.analytics.graphs import DAY
from tests.graphsvc.networks import PartialDate, association, network, snapshot_of, store_of, tie

CLIQUE = "ab ac ad ae bc bd be cd ce de"
TWO_CLIQUES = "ab ac ad bc bd cd ef eg eh fg fh gh de"
NETWORKS = {
    "nobody": network(""),
    "one actor": network("a"),
    "everybody isolated": network("a b c d"),
    "one clique": network("a b c d e", CLIQUE),
    "two cliques and a bridge": network("a b c d e f g h", TWO_CLIQUES),
    "parallel links": snapshot_of(
        [*(association(n) for n in "ab"), tie("a", "b"), tie("a", "b", kind=LinkKind.JOINT_ACTION)]
    ),
    "ended": network("a b c", "ab bc", end=PartialDate(2020)),
    "to come": network("a b c", "ab bc", start=PartialDate(2031)),
}
SHAPE = {  # ties, isolated, groups, share of pairs that can reach each other, worst dependency
    "nobody": (0, 0, 0, 0.0, 0.0),
    "one actor": (0, 1, 1, 0.0, 0.0),
    "everybody isolated": (0, 4, 4, 0.0, 0.0),
    "one clique": (10, 0, 1, 1.0, 0.0),
    "two cliques and a bridge": (13, 0, 1, 1.0, 12 / 21),
    "parallel links": (1, 0, 1, 1.0, 0.0),
    "ended": (0, 3, 3, 0.0, 0.0),
    "to come": (0, 3, 3, 0.0, 0.0),
}


@pytest.fixture(params=["plain", "compiled"], autouse=True)
def searches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above no actor at all, every search is the compiled one."""
    if request.param == "compiled":
        for module in (communities, dependency, structure):
            monkeypatch.setattr(module, "PLAIN_UP_TO", 0)
        for module in (brokerage, distances):
            monkeypatch.setattr(module, "EXACT_UP_TO", 0)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_shape_is_what_one_counts_by_hand(name: str) -> None:
    figures = network_health(NETWORKS[name], DAY)
    assert all(math.isfinite(value) for value in asdict(figures).values())
    found = (
        figures.ties,
        figures.isolated,
        figures.components,
        figures.reachable_pairs_share,
        figures.dependency_share,
    )
    assert found == pytest.approx(SHAPE[name])
    assert figures_by_year(NETWORKS[name], DAY)[-1] == (DAY, figures)


@pytest.mark.parametrize("name", NETWORKS)
def test_only_the_ends_of_the_bridge_are_brokers_and_hubs(name: str) -> None:
    snapshot = NETWORKS[name]
    bridge = "de" if name == "two cliques and a bridge" else ""
    found, between = brokers(snapshot, DAY), sampled_betweenness(snapshot.ties(DAY))
    assert [snapshot.ids[b.index] for b in found] == list(bridge)
    assert all((b.betweenness, b.margin, b.groups) == (pytest.approx(12 / 21), 0.0, 2) for b in found)
    assert [snapshot.ids[h.index] for h in hubs(snapshot.ties(DAY))] == list(bridge)
    assert between.exact
    assert len(between.share) == snapshot.n


@pytest.mark.parametrize("name", NETWORKS)
def test_who_has_no_tie_has_no_size_and_full_constraint(name: str) -> None:
    ties = NETWORKS[name].ties(DAY)
    size, held = effective_size(ties), constraint(ties)
    for i, degree in enumerate(ties.degree.tolist()):
        if degree == 0:
            assert (size[i], held[i]) == (0.0, 1.0)
        else:
            assert 1.0 <= size[i] <= degree
            assert held[i] > 0.0


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("nobody", []),
        ("one actor", [1]),
        ("everybody isolated", [1, 1, 1, 1]),
        ("one clique", [5]),
        ("two cliques and a bridge", [4, 4]),
        ("parallel links", [2]),
        ("ended", [1, 1, 1]),
        ("to come", [1, 1, 1]),
    ],
)
def test_communities_are_the_cliques(name: str, sizes: list[int]) -> None:
    ties = NETWORKS[name].ties(DAY)
    number = communities_of(ties.ptr, ties.ids, ties.weight).tolist()
    assert [number.count(group) for group in range(len(sizes))] == sizes


@pytest.mark.parametrize("name", NETWORKS)
def test_the_groups_have_an_index_where_there_are_ties(name: str) -> None:
    for sharing in Sharing:
        for group in openness(NETWORKS[name], DAY, sharing):
            assert (group.index is None) == (group.internal + group.external == 0)
            assert group.index in (None, -1.0)  # all are associations of one town


@pytest.mark.parametrize("name", NETWORKS)
def test_the_work_list_and_its_links_hold(name: str) -> None:
    snapshot = NETWORKS[name]
    states = {item.state for item in work_list(snapshot, DAY)}
    expected = {
        "one actor": {IsolationState.ISOLATED},
        "everybody isolated": {IsolationState.ISOLATED},
        "two cliques and a bridge": {IsolationState.FRAGILE},  # three are cut off when an end of it leaves
        "parallel links": {IsolationState.FRAGILE},
        "ended": {IsolationState.DORMANT},
        "to come": {IsolationState.ISOLATED},
    }
    assert states == expected.get(name, set())
    every = range(snapshot.n)
    met = Weaving(snapshot, DAY).best({i: [(j, 0.5) for j in every] for i in every}, 2)
    linked = snapshot.ties(DAY)
    for i, proposed in met.items():
        assert all(b.index != i and b.index not in linked.neighbours(i) for b in proposed)
        assert all(math.isfinite(b.gain) and b.gain > 0 for b in proposed)
    pairs = [(i, j, 0.5) for i in every for j in range(i)]
    found = best_links(snapshot, DAY, pairs, 3)
    assert all(step.gain > 0 for step in found.steps)
    assert len(found.steps) <= 3


def test_a_link_to_oneself_is_refused_and_none_comes_of_a_merger() -> None:
    with pytest.raises(InvalidValue, match="link_to_itself"):
        tie("a", "a")
    store = store_of([*(association(n) for n in "abc"), tie("a", "b"), tie("b", "c")])
    merge_actors(store, "b", "a", by="test")
    ties = build_snapshot(store).ties(DAY)
    assert ties.pairs == 1
    assert all(i not in ties.neighbours(i) for i in range(len(ties.degree)))


def test_two_pairs_of_links_between_the_same_two_weigh_more_but_count_once() -> None:
    snapshot: Snapshot = NETWORKS["parallel links"]
    assert snapshot.ties(DAY).degree.tolist() == [1, 1]
    assert snapshot.ties(DAY).weight.tolist() == [2.0, 2.0]
