"""Communities, by the plain and by the compiled search: in one piece, no worse than Louvain's, at rest."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.analytics import communities as searched
from graphsvc.analytics.communities import communities
from graphsvc.snapshot.columns import I32, Ties
from tests.graphsvc.analytics.graphs import DAY, edge_lists, graph_and_ties, ties_of_graph
from tests.graphsvc.networks import PartialDate, network

same_for_each_example = settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)


@pytest.fixture(params=["plain", "compiled"])
def search(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small networks by the one and by the other."""
    if request.param == "compiled":
        monkeypatch.setattr(searched, "PLAIN_UP_TO", 0)


def found_in(ties: Ties, **how: object) -> I32:
    return communities(ties.ptr, ties.ids, ties.weight, **how)  # type: ignore[arg-type]


def sets_of(number: I32) -> list[set[int]]:
    return [set(np.flatnonzero(number == group).tolist()) for group in range(number.max(initial=-1) + 1)]


def in_pieces(graph: "nx.Graph[int]", number: I32) -> int:
    return sum(not nx.is_connected(graph.subgraph(group)) for group in sets_of(number))


GENERATED = {
    "planted": nx.planted_partition_graph(12, 40, 0.25, 0.01, seed=1),
    "of unequal sizes": nx.gaussian_random_partition_graph(600, 40, 4, 0.2, 0.01, seed=2),
    "preferential": nx.barabasi_albert_graph(700, 3, seed=3),
    "small world": nx.connected_watts_strogatz_graph(600, 6, 0.2, seed=4),
    "in clusters": nx.powerlaw_cluster_graph(700, 3, 0.6, seed=5),
    "sparse, in many pieces": nx.gnm_random_graph(800, 900, seed=6),
    "of cliques": nx.connected_caveman_graph(40, 8),
}


@pytest.mark.usefixtures("search")
@pytest.mark.parametrize("name", GENERATED)
def test_communities_are_in_one_piece_and_no_worse_than_louvains(name: str) -> None:
    graph = GENERATED[name]
    ties = ties_of_graph(graph)
    for seed in (1, 2, 3):
        number = found_in(ties, seed=seed)
        assert in_pieces(graph, number) == 0
        ours = nx.community.modularity(graph, sets_of(number), weight=None)
        theirs = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed))
        assert ours >= theirs - 0.003, (name, seed)


@pytest.mark.usefixtures("search")
@same_for_each_example
@given(edge_lists, st.lists(st.integers(-1, 5), min_size=12, max_size=12))
def test_from_any_former_groups_each_community_is_in_one_piece(
    edges: list[tuple[int, int]], previous: list[int]
) -> None:
    graph, ties = graph_and_ties(edges)
    number = found_in(ties, previous=previous)
    assert in_pieces(graph, number) == 0
    sizes = np.bincount(number)
    assert (np.diff(sizes) <= 0).all()
    assert all(sizes[number[i]] == 1 for i in graph if graph.degree(i) == 0)
    if edges:
        alone = nx.community.modularity(graph, [{i} for i in graph])
        assert nx.community.modularity(graph, sets_of(number)) >= alone


@pytest.mark.usefixtures("search")
@pytest.mark.parametrize(
    ("ties", "previous"),
    [
        ("di ch cg ag bh cd gi dk hj", [1, 5, 3, 3, 2, 1, 3, 1, 0, 0, 2, -1]),
        ("ab cg bi dh ag aj ak gl bc fg", [2, 5, 1, 0, 5, 0, 2, 4, 0, 5, -1, 2]),
    ],
)
def test_where_two_groupings_are_worth_the_same_the_search_ends(ties: str, previous: list[int]) -> None:
    """From these former groups, igraph left to itself goes to and fro for ever."""
    found = found_in(network("a b c d e f g h i j k l", ties).ties(DAY), previous=previous)
    assert found_in(network("a b c d e f g h i j k l", ties).ties(DAY), previous=found.tolist()).tolist() == (
        found.tolist()
    )


@pytest.mark.usefixtures("search")
@pytest.mark.parametrize("name", GENERATED)
def test_a_network_that_has_not_changed_keeps_its_communities(name: str) -> None:
    ties = ties_of_graph(GENERATED[name])
    number = found_in(ties)
    assert found_in(ties).tolist() == number.tolist()
    assert found_in(ties, previous=number.tolist()).tolist() == number.tolist()


@pytest.mark.usefixtures("search")
def test_a_new_actor_joins_the_group_of_its_partners_and_the_others_stay() -> None:
    graph = GENERATED["planted"].copy()
    before = found_in(ties_of_graph(graph))
    new = graph.number_of_nodes()
    graph.add_edges_from((new, i) for i in sorted(sets_of(before)[3])[:4])
    after = found_in(ties_of_graph(graph), previous=[*before.tolist(), -1])
    was, now = sets_of(before), sets_of(after)
    assert was[3] | {new} in now
    assert all(group in now for k, group in enumerate(was) if k != 3)


@pytest.mark.usefixtures("search")
def test_heavier_ties_hold_more() -> None:
    ties = network("a b c d", "ab bc cd ad").ties(DAY)
    source = np.repeat(np.arange(4), ties.degree)
    for pairs, expected in (([0, 0, 1, 1], [0, 0, 1, 1]), ([0, 1, 1, 0], [0, 1, 1, 0])):
        pair = np.array(pairs)
        heavy = np.where(pair[source] == pair[ties.ids], 5.0, 1.0).astype(np.float32)
        assert communities(ties.ptr, ties.ids, heavy).tolist() == expected


@pytest.mark.usefixtures("search")
@pytest.mark.parametrize(
    ("actors", "pairs", "expected"),
    [
        ("", "", []),
        ("a", "", [0]),
        ("a b c", "", [0, 1, 2]),
        ("a b c d", "ab ac ad bc bd cd", [0, 0, 0, 0]),
        ("a b c d e f", "ab bc ac de ef df cd", [0, 0, 0, 1, 1, 1]),
        ("a b c d e f", "ab bc ac de ef df", [0, 0, 0, 1, 1, 1]),
        ("a b c", "ab ba", [0, 0, 1]),
    ],
    ids=["nobody", "one", "all isolated", "one clique", "two and a bridge", "two apart", "parallel ties"],
)
def test_what_is_small_or_extreme_has_its_answer(actors: str, pairs: str, expected: list[int]) -> None:
    ties = network(actors, pairs).ties(DAY)
    assert found_in(ties).tolist() == expected
    assert found_in(ties, previous=[7] * len(expected)).tolist() == expected


@pytest.mark.usefixtures("search")
def test_ties_ended_or_to_come_group_nobody() -> None:
    ended = network("a b", "ab", end=PartialDate(2020)).ties(DAY)
    coming = network("a b", "ab", start=PartialDate(2030)).ties(DAY)
    assert found_in(ended).tolist() == found_in(coming).tolist() == [0, 1]
