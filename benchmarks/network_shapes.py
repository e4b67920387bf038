"""Networks of seven shapes and some six thousand actors, on which community searches are compared: made as
ours are, clustered with hubs, planted groups alike and unequal, a small world, and no groups at all.
"""

from datetime import date

import networkx as nx
import numpy as np

from benchmarks.network_live import live_snapshot
from graphsvc.snapshot.columns import Ties

ACTORS, TIES = 6_000, 16_500


def shapes(day: date) -> dict[str, Ties]:
    """The neighbour graphs by name; always the same."""
    made = {f"made, seed {seed}": live_snapshot(ACTORS, TIES, seed).ties(day) for seed in (2, 3)}
    return made | {
        "clustered with hubs": _ties(nx.powerlaw_cluster_graph(ACTORS, 3, 0.6, seed=5)),
        "planted groups": _ties(nx.planted_partition_graph(100, 60, 0.15, 0.0005, seed=1)),
        "unequal groups": _ties(nx.gaussian_random_partition_graph(ACTORS, 60, 5, 0.15, 0.0006, seed=2)),
        "small world": _ties(nx.watts_strogatz_graph(ACTORS, 6, 0.1, seed=4)),
        "hubs only": _ties(nx.barabasi_albert_graph(ACTORS, 3, seed=3)),
    }


def _ties(graph: "nx.Graph[int]") -> Ties:
    matrix = nx.to_scipy_sparse_array(graph, nodelist=range(len(graph)), weight=None, format="csr")
    matrix.sort_indices()
    return Ties(
        matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), np.ones(matrix.nnz, np.float32)
    )
