"""The best few links, against every set there is."""

from datetime import date
from itertools import combinations
from math import e

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.analytics.best_links import BestLinks, Objective, best_links
from graphsvc.snapshot import Snapshot
from tests.graphsvc.analytics.graphs import LETTERS, edge_lists, graph_of, pairs_text
from tests.graphsvc.networks import network

DAY = date(2026, 11, 22)
COVERED = Objective(joined=1.0, reach=0.0, secured=0.0)
Pair = tuple[int, int, float]
candidates = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11), st.sampled_from([0.1, 0.25, 0.4, 0.9])), max_size=9
)


def joined_value(graph: "nx.Graph[int]", chosen: list[Pair]) -> float:
    """As defined: for each actor apart, the best score of a link that leaves its group."""
    groups = [frozenset(c) for c in nx.connected_components(graph)]
    largest = max(map(len, groups))
    value = 0.0
    for group in groups:
        if len(group) <= 4 and (len(group) < largest or len(group) == 1):
            leaving = [s for i, j, s in chosen if (i in group) != (j in group)]
            value += len(group) * max(leaving, default=0.0)
    return value


def reach_value(graph: "nx.Graph[int]", chosen: list[Pair]) -> float:
    """As defined: for each actor apart, those it newly reaches, in units of the largest group, at most 1."""
    after: nx.Graph[int] = graph.copy()
    after.add_edges_from((i, j) for i, j, _ in chosen)
    largest = max(map(len, nx.connected_components(graph)))
    reached = {i: len(nx.node_connected_component(graph, i)) for i in graph}
    now = {i: len(nx.node_connected_component(after, i)) for i in graph}
    apart = [i for i in graph if reached[i] <= 4 and (reached[i] < largest or reached[i] == 1)]
    return sum(min(1.0, (now[i] - reached[i]) / largest) for i in apart)


def joined_pairs(graph: "nx.Graph[int]") -> int:
    return sum(len(c) * (len(c) - 1) // 2 for c in nx.connected_components(graph))


def usable(graph: "nx.Graph[int]", pairs: list[Pair]) -> list[Pair]:
    return [p for p in pairs if p[0] != p[1] and not graph.has_edge(p[0], p[1])]


@settings(max_examples=60)
@given(edge_lists.map(lambda found: found[:12]), candidates, st.integers(1, 3))
def test_greedy_joins_nearly_as_many_as_the_best_set_of_all(
    edges: list[tuple[int, int]], pairs: list[Pair], budget: int
) -> None:
    graph = graph_of(edges)
    snapshot = network(" ".join(LETTERS), pairs_text(edges))
    found = best_links(snapshot, DAY, pairs, budget, objective=COVERED, limit=12)
    chosen = [(s.a, s.b, s.score) for s in found.steps]
    assert found.value == pytest.approx(joined_value(graph, chosen))
    possible = usable(graph, pairs)
    sets = combinations(possible, min(budget, len(possible)))
    best = max((joined_value(graph, list(some)) for some in sets), default=0.0)
    assert found.value >= (1 - 1 / e) * best - 1e-9


@settings(max_examples=40)
@given(edge_lists.map(lambda found: found[:9]), candidates, st.integers(1, 3))
def test_each_gain_is_what_the_link_adds_to_those_before_it(
    edges: list[tuple[int, int]], pairs: list[Pair], budget: int
) -> None:
    graph = graph_of(edges)
    snapshot = network(" ".join(LETTERS), pairs_text(edges))
    worth = Objective(joined=1.0, reach=0.3, secured=0.0)
    found = best_links(snapshot, DAY, pairs, budget, objective=worth, limit=12)
    taken: list[Pair] = []
    for step in found.steps:
        before = joined_value(graph, taken) + 0.3 * reach_value(graph, taken)
        gains = [
            joined_value(graph, [*taken, p]) + 0.3 * reach_value(graph, [*taken, p]) - before
            for p in usable(graph, pairs)
        ]
        assert step.gain == pytest.approx(max(gains))  # greedy: no other link would add more
        assert step.gain == pytest.approx(step.joined + step.reach + step.secured)
        taken.append((step.a, step.b, step.score))
        after: nx.Graph[int] = graph.copy()
        after.add_edges_from((i, j) for i, j, _ in taken)
        assert step.reachable_pairs_share == pytest.approx(joined_pairs(after) / 66)


def chosen_of(snapshot: Snapshot, found: BestLinks) -> list[str]:
    return [snapshot.ids[s.a] + snapshot.ids[s.b] for s in found.steps]


def test_no_actor_takes_more_than_its_part_of_the_set() -> None:
    snapshot = network("a b c d e f h x y z", "hx xy yz zh")
    at = {id_: i for i, id_ in enumerate(snapshot.ids)}
    to_hub = [(at[k], at["h"], 0.9) for k in "abcdef"]
    elsewhere = [(at[k], at["x"], 0.3) for k in "abcdef"]
    found = best_links(snapshot, DAY, to_hub + elsewhere, 4)
    assert found.limit == 1
    assert chosen_of(snapshot, found) == ["ah", "bx"]
    assert chosen_of(snapshot, best_links(snapshot, DAY, to_hub, 4, limit=4)) == ["ah", "bh", "ch", "dh"]


def test_a_link_that_spares_an_actor_from_one_departure_counts() -> None:
    snapshot = network("a b c d e", "bc cd de eb ab")
    at = {id_: i for i, id_ in enumerate(snapshot.ids)}
    found = best_links(snapshot, DAY, [(at["a"], at["d"], 0.6)], 3)
    assert [(round(s.secured, 6), s.joined, s.reach) for s in found.steps] == [(0.3, 0.0, 0.0)]
    assert found.dependency > found.steps[-1].dependency == 0.0


@pytest.mark.parametrize(("actors", "pairs"), [("", ""), ("a", ""), ("a b c", "ab bc ac")])
def test_where_nothing_can_be_gained_the_set_is_empty(actors: str, pairs: str) -> None:
    snapshot = network(actors, pairs)
    every = [(i, j, 1.0) for i in range(snapshot.n) for j in range(snapshot.n)]
    found = best_links(snapshot, DAY, every, 5)
    assert found.steps == ()
    assert found.value == 0
    assert 0 <= found.reachable_pairs_share <= 1


def test_when_all_are_isolated_pairs_are_made_and_nobody_left_over() -> None:
    snapshot = network("a b c d")
    every = [(i, j, 1.0) for i in range(4) for j in range(i)]
    found = best_links(snapshot, DAY, every, 2)
    assert {s.actors_joined for s in found.steps} == {2, 4}
    assert found.apart == 4


def test_only_those_concerned_are_counted_as_joined() -> None:
    snapshot = network("a b c d e", "cd de ec")
    pairs = [(0, 2, 0.4), (1, 3, 0.9)]
    everybody = best_links(snapshot, DAY, pairs, 2, limit=2)
    assert (everybody.apart, everybody.steps[0].a) == (2, 1)
    one = best_links(snapshot, DAY, pairs, 2, limit=2, concerned=[0])
    assert (one.apart, one.steps[0].a, one.steps[-1].actors_joined) == (1, 0, 1)
