"""Groups of actors more tied among themselves than with others."""

import random
from collections.abc import Sequence
from threading import Lock

import igraph
import numpy as np

from graphsvc.snapshot.columns import F32, I32, I64

_lock = Lock()  # igraph draws from one generator for the whole process


def communities(
    ptr: I64, ids: I32, weight: F32, *, seed: int = 91, previous: Sequence[int] | None = None
) -> I32:
    """Community number of each actor: 0, 1, … by decreasing size, then lowest member. Alone = one of one.

    Leiden algorithm on modularity (Traag, Waltman, van Eck, Scientific Reports 9, 2019, 5233) on a symmetric
    weighted CSR graph, run until nothing moves. Same seed, same graph: same answer. `previous` (a number per
    actor, -1 = new) is where it starts from, so that groups change only where the ties do.

    Example, two triangles joined by one edge: two communities.
    """
    n = len(ptr) - 1
    if n == 0:
        return np.zeros(0, np.int32)
    source = np.repeat(np.arange(n), np.diff(ptr))
    once = source < ids
    edges = np.column_stack([source[once], ids[once]])
    graph = igraph.Graph(n=n, edges=edges.tolist(), directed=False)
    with _lock:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311  reproducible, not secret
        try:
            found = graph.community_leiden(
                objective_function="modularity",
                weights=weight[once].astype(float).tolist(),
                n_iterations=-1,
                initial_membership=_start(previous, n),
            )
        finally:
            igraph.set_random_number_generator(random)
    return _by_size(np.asarray(found.membership, np.int64))


def _start(previous: Sequence[int] | None, n: int) -> list[int] | None:
    if previous is None:
        return None
    given = np.asarray(previous, np.int64)
    fresh = given < 0
    given[fresh] = given.max(initial=-1) + 1 + np.arange(int(fresh.sum()))
    return np.unique(given, return_inverse=True)[1].reshape(n).tolist()


def _by_size(membership: I64) -> I32:
    _, first, inverse, size = np.unique(
        membership, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(size), np.int32)
    rank[np.lexsort((first, -size))] = np.arange(len(size))
    numbered: I32 = rank[inverse]
    return numbered
