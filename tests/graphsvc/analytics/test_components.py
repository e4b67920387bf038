"""Components and held sides, against networkx."""

from datetime import date

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.analytics import structure
from graphsvc.analytics.components import components, held_sides
from graphsvc.analytics.health import network_health
from graphsvc.analytics.structure import transitivity
from graphsvc.snapshot.columns import Ties
from tests.graphsvc.networks import network

DAY = date(2026, 11, 22)
edge_lists = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda e: e[0] != e[1]), max_size=25
)


def graph_and_ties(edges: list[tuple[int, int]]) -> tuple["nx.Graph[int]", Ties]:
    letters = "abcdefghijkl"
    snapshot = network(
        " ".join(letters), " ".join({"".join(sorted(letters[a] + letters[b])) for a, b in edges})
    )
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(12))
    graph.add_edges_from(edges)
    return graph, snapshot.ties(DAY)


@given(edge_lists)
def test_components_are_those_of_networkx(edges: list[tuple[int, int]]) -> None:
    graph, ties = graph_and_ties(edges)
    found = components(ties)
    groups: dict[int, set[int]] = {}
    for i, c in enumerate(found.label.tolist()):
        groups.setdefault(c, set()).add(i)
    assert {frozenset(g) for g in groups.values()} == {frozenset(g) for g in nx.connected_components(graph)}
    assert [found.size[c] for c in range(len(groups))] == [len(groups[c]) for c in range(len(groups))]


@given(edge_lists, st.integers(1, 4))
def test_who_holds_a_small_side_is_found_by_taking_each_actor_away(
    edges: list[tuple[int, int]], bound: int
) -> None:
    graph, ties = graph_and_ties(edges)
    expected: dict[int, int] = {}
    for holder in nx.articulation_points(graph):
        whole = len(nx.node_connected_component(graph, holder))
        rest: nx.Graph[int] = graph.copy()
        rest.remove_node(holder)
        for side in nx.connected_components(rest):
            attached = any(graph.has_edge(holder, i) for i in side)
            if attached and len(side) <= bound and len(side) < whole - len(side):
                for i in side:
                    expected[i] = min(expected.get(i, bound), len(side))
    found = held_sides(ties, bound)
    assert {i: hold.side for i, hold in found.items()} == expected
    for i, hold in found.items():
        assert hold.actor in set(nx.articulation_points(graph))
        rest = graph.copy()
        rest.remove_node(hold.actor)
        assert len(nx.node_connected_component(rest, i)) == hold.side


@given(edge_lists)
def test_transitivity_and_density_are_those_of_networkx(edges: list[tuple[int, int]]) -> None:
    graph, ties = graph_and_ties(edges)
    assert abs(transitivity(ties) - nx.transitivity(graph)) < 1e-12
    letters = "abcdefghijkl"
    snapshot = network(
        " ".join(letters), " ".join({"".join(sorted(letters[a] + letters[b])) for a, b in edges})
    )
    health = network_health(snapshot, DAY)
    reachable = sum(len(c) * (len(c) - 1) for c in nx.connected_components(graph)) / (12 * 11)
    assert abs(health.density - nx.density(graph)) < 1e-12
    assert abs(health.reachable_pairs_share - reachable) < 1e-12
    assert health.isolated == nx.number_of_isolates(graph)
    assert health.components == nx.number_connected_components(graph)
    assert health.largest_component == max(len(c) for c in nx.connected_components(graph))


@given(edge_lists)
def test_transitivity_is_the_same_by_the_compiled_pass(edges: list[tuple[int, int]]) -> None:
    _graph, ties = graph_and_ties(edges)
    plain = transitivity(ties)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(structure, "PLAIN_UP_TO", 0)
        assert transitivity(ties) == plain
