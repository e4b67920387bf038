"""Steps, landmarks and what hangs on one actor, against networkx."""

from datetime import date

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from graphsvc.analytics import distances
from graphsvc.analytics.closeness import Nearness
from graphsvc.analytics.compiled_depth import branch_pairs
from graphsvc.analytics.compiled_steps import steps_of
from graphsvc.analytics.dependency import _branch_pairs, dependency, hubs
from graphsvc.analytics.distances import FARTHEST, UNREACHED, landmarks, steps_to
from graphsvc.snapshot.columns import Ties
from tests.graphsvc.analytics.graphs import edge_lists, graph_and_ties, ties_of_graph
from tests.graphsvc.networks import network

DAY = date(2026, 11, 22)


@given(edge_lists)
def test_steps_are_those_of_networkx(edges: list[tuple[int, int]]) -> None:
    graph, ties = graph_and_ties(edges)
    steps = steps_to(ties, np.arange(12, dtype=np.int64))
    for i, reached in nx.all_pairs_shortest_path_length(graph):
        assert steps[i].tolist() == [reached.get(j, UNREACHED) for j in range(12)]


@settings(max_examples=50)
@given(edge_lists)
def test_steps_are_the_same_by_the_compiled_search(edges: list[tuple[int, int]]) -> None:
    _, ties = graph_and_ties(edges)
    every = np.arange(12, dtype=np.int64)
    found = steps_of(ties.ptr, ties.ids, every, UNREACHED, FARTHEST)
    assert found.tolist() == steps_to(ties, every).tolist()


def test_the_compiled_search_goes_past_one_word_and_ends_where_a_byte_ends() -> None:
    ties = ties_of_graph(nx.path_graph(400))
    targets = np.arange(0, 400, 3, dtype=np.int64)
    found = steps_of(ties.ptr, ties.ids, targets, UNREACHED, FARTHEST)
    assert found.tolist() == steps_to(ties, targets).tolist()
    assert found[399, 0] == FARTHEST


def test_steps_go_on_past_one_pass_and_end_where_a_byte_ends() -> None:
    ties = ties_of_graph(nx.path_graph(400))
    steps = steps_to(ties, np.arange(400, dtype=np.int64))
    assert steps[0, :4].tolist() == [0, 1, 2, 3]
    assert steps[399, 0] == 254
    assert steps[300, 299] == 1


@pytest.mark.parametrize("actors", ["", "a"])
def test_nobody_is_near_anybody_in_a_tiny_network(actors: str) -> None:
    marks = landmarks(network(actors).ties(DAY))
    assert marks.exact
    assert marks.steps.tolist() == ([[0]] if actors else [])


def test_landmarks_estimate_what_all_actors_would_give(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.barabasi_albert_graph(900, 2, seed=3)
    graph.add_edges_from([(900, 901), (901, 902)])
    graph.add_nodes_from(range(903, 1000))
    ties = ties_of_graph(graph)
    pairs = [(k, (k * 37 + 5) % 900) for k in range(890, 1000)] + [(950, 901), (900, 902), (950, 999)]
    i, j = (np.array(end, np.int64) for end in zip(*pairs, strict=True))
    exact = Nearness(ties, landmarks(ties)).gains(i, j)
    monkeypatch.setattr(distances, "EXACT_UP_TO", 100)
    monkeypatch.setattr(distances, "LANDMARKS", 300)
    marks = landmarks(ties)
    assert (marks.exact, len(marks.targets)) == (False, 300)
    estimated = Nearness(ties, marks).gains(i, j)
    assert estimated[-3:] == pytest.approx(exact[-3:])  # small parts are counted one by one
    large = exact > 50
    assert large.sum() > 90
    assert estimated[large] == pytest.approx(exact[large], rel=0.06)


@settings(max_examples=50)
@given(edge_lists)
def test_what_hangs_on_an_actor_is_what_is_lost_without_it(edges: list[tuple[int, int]]) -> None:
    graph, ties = graph_and_ties(edges)
    found = dependency(ties)
    for v in graph:
        rest: nx.Graph[int] = graph.copy()
        rest.remove_node(v)
        before = joined(graph) - len(nx.node_connected_component(graph, v)) + 1
        expected = (before - joined(rest)) / before if before else 0.0
        assert found[v] == pytest.approx(expected)


def joined(graph: "nx.Graph[int]") -> int:
    return sum(len(c) * (len(c) - 1) // 2 for c in nx.connected_components(graph))


def test_two_cliques_hang_on_the_ends_of_their_bridge_and_a_clique_on_nobody() -> None:
    two = network("a b c d e f", "ab ac bc de df ef cd").ties(DAY)
    assert [(h.index, round(h.share, 6)) for h in hubs(two)] == [(2, 0.6), (3, 0.6)]
    assert hubs(network("a b c", "ab bc ac").ties(DAY)) == []
    assert hubs(network("").ties(DAY)) == []
    assert hubs(network("a b").ties(DAY)) == []


def test_a_long_chain_does_not_exhaust_the_stack() -> None:
    ties: Ties = ties_of_graph(nx.path_graph(5000))
    assert hubs(ties, 1)[0].index in (2499, 2500)


@settings(max_examples=20)
@given(edge_lists)
def test_the_compiled_search_gives_the_same_answer(edges: list[tuple[int, int]]) -> None:
    _graph, ties = graph_and_ties(edges)
    parted, kept = branch_pairs(ties.ptr, ties.ids)
    plain = _branch_pairs(ties)
    assert (parted.tolist(), kept.tolist()) == (plain[0].tolist(), plain[1].tolist())
