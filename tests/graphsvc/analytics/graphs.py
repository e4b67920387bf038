"""Random neighbour graphs, twice: for networkx and for us."""

from datetime import date

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from graphsvc.snapshot.columns import Ties
from tests.graphsvc.networks import network

DAY = date(2026, 11, 22)
LETTERS = "abcdefghijkl"
edge_lists = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda e: e[0] != e[1]), max_size=25
)


def pairs_text(edges: list[tuple[int, int]]) -> str:
    """The edges as `network` reads them, each once."""
    return " ".join(sorted({"".join(sorted(LETTERS[a] + LETTERS[b])) for a, b in edges}))


def graph_of(edges: list[tuple[int, int]]) -> "nx.Graph[int]":
    """Twelve nodes and these edges."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(12))
    graph.add_edges_from(edges)
    return graph


def graph_and_ties(edges: list[tuple[int, int]]) -> tuple["nx.Graph[int]", Ties]:
    """The same twelve actors on both sides."""
    return graph_of(edges), network(" ".join(LETTERS), pairs_text(edges)).ties(DAY)


def ties_of_graph(graph: "nx.Graph[int]") -> Ties:
    """The neighbour graph of a networkx graph on 0, 1, …"""
    matrix = nx.to_scipy_sparse_array(graph, nodelist=range(len(graph)), weight=None, format="csr")
    matrix.sort_indices()
    return Ties(
        matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), matrix.data.astype(np.float32)
    )
