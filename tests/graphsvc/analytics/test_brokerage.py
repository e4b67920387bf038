"""Brokers and bridges, against networkx and by hand."""

from datetime import date

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.analytics import brokerage as figures
from graphsvc.analytics.bridges import Acquaintance, bridges
from graphsvc.analytics.brokerage import (
    betweenness,
    brokers,
    constraint,
    effective_size,
    sampled_betweenness,
)
from graphsvc.analytics.compiled_holes import holes
from graphsvc.domain.actors import ActorRole, DatedRole
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import LinkKind
from graphsvc.snapshot.columns import Ties
from tests.graphsvc.analytics.graphs import ties_of_graph
from tests.graphsvc.networks import association, network, snapshot_of, tie

DAY = date(2026, 11, 22)
edge_lists = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda e: e[0] != e[1]), max_size=30
)


def ties_of(edges: list[tuple[int, int]], n: int = 12) -> tuple["nx.Graph[int]", Ties]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(edges)
    around = [sorted(graph.neighbors(i)) for i in range(n)]
    ptr = np.concatenate([[0], np.cumsum([len(a) for a in around])]).astype(np.int64)
    ids = np.array([j for a in around for j in a], np.int32)
    return graph, Ties(ptr, ids, np.ones(len(ids), np.float32))


@given(edge_lists)
def test_the_three_figures_are_those_of_networkx(edges: list[tuple[int, int]]) -> None:
    graph, ties = ties_of(edges)
    assert betweenness(ties).tolist() == pytest.approx(list(nx.betweenness_centrality(graph).values()))
    tied = [i for i in graph if graph.degree(i)]
    sizes, limits = nx.effective_size(graph, tied), nx.constraint(graph, tied)
    assert effective_size(ties).tolist() == pytest.approx([sizes.get(i, 0.0) for i in graph])
    assert constraint(ties).tolist() == pytest.approx([limits.get(i, 1.0) for i in graph])


def test_the_examples_of_the_docstrings_hold() -> None:
    _, path = ties_of([(0, 1), (1, 2), (2, 3), (3, 4)], 5)
    assert betweenness(path).tolist() == pytest.approx([0, 3 / 6, 4 / 6, 3 / 6, 0])
    _, star = ties_of([(0, k) for k in range(1, 5)], 5)
    assert effective_size(star).tolist() == [4, 1, 1, 1, 1]
    assert constraint(star).tolist() == [0.25, 1, 1, 1, 1]
    _, clique = ties_of([(a, b) for a in range(5) for b in range(a)], 5)
    assert effective_size(clique).tolist() == [1.0] * 5


@settings(max_examples=30)
@given(edge_lists)
def test_large_networks_have_the_same_figures_by_a_compiled_pass(edges: list[tuple[int, int]]) -> None:
    _, ties = ties_of(edges)
    size, held = holes(ties.ptr, ties.ids)
    assert size.tolist() == pytest.approx(effective_size(ties).tolist(), abs=1e-12)
    assert held.tolist() == pytest.approx(constraint(ties).tolist(), abs=1e-12)


@settings(max_examples=30)
@given(edge_lists)
def test_a_large_network_with_few_tied_actors_takes_all_their_pairs(edges: list[tuple[int, int]]) -> None:
    graph, few = ties_of(edges)
    n = 2_001
    ties = Ties(np.pad(few.ptr, (0, n - 12), mode="edge"), few.ids, few.weight)
    found = sampled_betweenness(ties)
    assert found.exact
    assert not found.margin.any()
    passed = np.array(list(nx.betweenness_centrality(graph, normalized=False).values()))
    assert found.share[:12] == pytest.approx(passed / ((n - 1) * (n - 2) / 2))
    assert not found.share[12:].any()


def test_a_sample_of_pairs_says_how_far_it_may_be_off(monkeypatch: pytest.MonkeyPatch) -> None:
    ties = ties_of_graph(nx.barabasi_albert_graph(600, 2, seed=5))
    exact = sampled_betweenness(ties)
    assert exact.exact
    monkeypatch.setattr(figures, "EXACT_UP_TO", 10)
    found = sampled_betweenness(ties, 20_000)
    assert not found.exact
    off = np.abs(found.share - exact.share)
    best = np.argsort(-exact.share)[:100]
    assert (off[best] <= found.margin[best]).mean() >= 0.88  # 95 % in the long run
    assert (off <= found.margin).mean() >= 0.93
    assert set(best[:5]) <= set(np.argsort(-found.share)[:8])


def test_the_same_network_has_the_same_sample() -> None:
    ties = ties_of_graph(nx.barabasi_albert_graph(2_100, 2, seed=6))
    one, again = sampled_betweenness(ties, 2_000), sampled_betweenness(ties, 2_000)
    assert not one.exact
    assert one.share.tolist() == again.share.tolist()
    assert one.margin.tolist() == again.margin.tolist()


def test_what_joins_nobody_has_no_share_and_what_was_not_seen_has_a_margin() -> None:
    graph = nx.disjoint_union(nx.barabasi_albert_graph(1_200, 2, seed=7), nx.cycle_graph(1_000))
    graph = nx.disjoint_union(graph, nx.complete_graph(4))
    graph.add_nodes_from(range(graph.number_of_nodes(), 2_300))
    found = sampled_betweenness(ties_of_graph(graph), 500)
    apart, clique = slice(2_204, None), slice(2_200, 2_204)
    assert not found.share[apart].any()
    assert not found.margin[apart].any()
    assert not found.share[clique].any()
    assert (found.margin[clique] > 0).all()
    assert (found.share >= 0).all()
    assert (found.share <= 1).all()


@pytest.mark.parametrize("actors", ["", "a", "a b"])
def test_a_tiny_network_has_no_broker(actors: str) -> None:
    assert brokers(network(actors, "ab" if "b" in actors else ""), DAY) == []


def test_the_bridge_between_two_cliques_is_the_first_broker() -> None:
    pairs = "ab ac bc de df ef cx dx"
    first = brokers(network("a b c d e f x", pairs), DAY)[0]
    assert (first.index, first.ties, first.groups) == (6, 2, 2)
    assert brokers(network("a b c", "ab bc ac"), DAY) == []


@settings(max_examples=60)
@given(edge_lists, st.integers(0, 11), st.integers(0, 11))
def test_the_gain_of_a_link_is_what_adding_it_gives(edges: list[tuple[int, int]], i: int, j: int) -> None:
    graph, _ = ties_of(edges)
    letters = "abcdefghijkl"
    snapshot = network(
        " ".join(letters), " ".join({"".join(sorted(letters[a] + letters[b])) for a, b in edges})
    )
    found = bridges(snapshot, DAY, {i: [(j, 0.5)]})[i]
    if i == j or graph.has_edge(i, j):
        assert found == []
        return
    before, reached = nx.harmonic_centrality(graph, [i])[i], nx.node_connected_component(graph, i)
    held = who_hold(graph, i)
    graph.add_edge(i, j)
    bridge = found[0]
    assert bridge.gain == pytest.approx(nx.harmonic_centrality(graph, [i])[i] - before)
    assert bridge.reached == len(nx.node_connected_component(graph, i)) - len(reached)
    assert bridge.secures == (bool(held) and not who_hold(graph, i))


def who_hold(graph: "nx.Graph[int]", i: int) -> set[int]:
    """Those without whom i is left with at most three, fewer than stay with them."""
    whole = nx.node_connected_component(graph, i)
    found = set()
    for holder in whole - {i}:
        side = nx.node_connected_component(nx.restricted_view(graph, [holder], []), i)
        if len(side) <= 3 and len(side) < len(whole) - len(side):
            found.add(holder)
    return found


def test_the_best_two_come_first_and_secure_ones_before() -> None:
    snapshot = network("a b c d z", "bc cd bd ab")
    a = snapshot.index("a")
    assert a is not None
    others = {snapshot.ids[k]: k for k in range(snapshot.n)}
    found = bridges(snapshot, DAY, {a: [(others["z"], 1.0), (others["d"], 0.2), (others["c"], 0.1)]})[a]
    assert [snapshot.ids[b.index] for b in found] == ["d", "c"]
    assert all(b.secures and b.reached == 0 for b in found)


def test_the_introducer_knows_both_or_is_well_placed() -> None:
    head = association("h", roles=(DatedRole(ActorRole.NETWORK_HEAD),))
    former = association("f", roles=(DatedRole(ActorRole.NETWORK_HEAD, end=PartialDate(2015)),))
    records = [*(association(n) for n in "abcdexyz"), head, former]
    records += [
        tie("a", "b"),
        tie("b", "c"),
        tie("c", "h"),
        tie("c", "f"),
        tie("x", "y", kind=LinkKind.FUNDING),
    ]
    records += [tie("y", "c"), tie("d", "e"), tie("f", "e")]
    snapshot = snapshot_of(records)
    at = {id_: i for i, id_ in enumerate(snapshot.ids)}
    cases = {
        ("a", "c"): ("b", Acquaintance.SHARED_TIE),
        ("x", "c"): ("y", Acquaintance.SHARED_RELATION),
        ("z", "c"): ("h", Acquaintance.WEAVER),
        ("z", "b"): ("c", Acquaintance.BROKER),
    }
    for (asker, proposed), (introducer, by) in cases.items():
        found = bridges(snapshot, DAY, {at[asker]: [(at[proposed], 0.5)]})[at[asker]][0].introducer
        assert found is not None
        assert (snapshot.ids[found.index], found.by) == (introducer, by)
    assert bridges(snapshot, DAY, {at["a"]: [(at["z"], 0.5)]})[at["a"]][0].introducer is None
