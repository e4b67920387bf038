"""Groups of actors more tied among themselves than with others."""

import random
from collections.abc import Sequence
from threading import Lock

import igraph
import numpy as np
from scipy.sparse import coo_array, csgraph

from graphsvc.analytics.dependency import PLAIN_UP_TO
from graphsvc.snapshot.columns import F32, I32, I64

LEAST = 1e-9  # what a round gains, of modularity, beyond rounding errors
_lock = Lock()  # igraph draws from one generator for the whole process


def communities(
    ptr: I64, ids: I32, weight: F32, *, seed: int = 91, previous: Sequence[int] | None = None
) -> I32:
    """Community number of each actor: 0, 1, … by decreasing size, then lowest member. Alone = one of one.

    Leiden algorithm on modularity (Traag, Waltman, van Eck, Scientific Reports 9, 2019, 5233) on a symmetric
    weighted CSR graph, run until no round gains; above 5,000 actors our own compiled search. Each community
    is in one piece. Same seed, same graph: same answer. `previous` (a number per actor, -1 = new) is where it
    starts from, so that groups change only where the ties do, and not at all where none did.

    Example, two triangles joined by one edge: two communities.
    """
    n = len(ptr) - 1
    source = np.repeat(np.arange(n), np.diff(ptr))
    start = _start(source, ids, n, previous)
    if not weight.any():
        return _by_size(start)
    if n > PLAIN_UP_TO:
        from graphsvc.analytics.compiled_leiden import settled

        order = np.random.default_rng(seed).permutation(n).astype(np.int32)
        found = settled(ptr.astype(np.int64), ids.astype(np.int32), weight.astype(np.float64), start, order)
        return _by_size(found)
    once = source < ids
    graph = igraph.Graph(n=n, edges=np.column_stack([source[once], ids[once]]))
    graph.es["weight"] = weight[once].astype(float).tolist()
    with _lock:
        try:
            found = _settled(graph, weight[once].astype(float).tolist(), start, seed)
        finally:
            igraph.set_random_number_generator(random)
    return _by_size(found)


def _settled(graph: igraph.Graph, weights: list[float], member: I32, seed: int) -> I32:
    """The grouping that no round of igraph's betters. Each round but the last gains: it ends. Each draws
    alike: a round is a function of the grouping alone; started from its own answer, it gives it again.

    igraph's own way of going on (`n_iterations=-1`) stops when no node has moved. Where two groupings are
    worth the same its nodes may go to and fro for ever, in compiled code that no signal interrupts.
    """
    best = graph.modularity(member.tolist(), weights=weights)
    while True:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311  reproducible, not secret
        round_ = graph.community_leiden(
            objective_function="modularity",
            weights=weights,
            n_iterations=1,
            initial_membership=member.tolist(),
        )
        reached = graph.modularity(round_.membership, weights=weights)
        if reached <= best + LEAST:
            return member
        member, best = _in_order(round_.membership), reached


def _in_order(membership: Sequence[int]) -> I32:
    """The same groups, numbered in the order of their first members."""
    _, first, inverse = np.unique(membership, return_index=True, return_inverse=True)
    numbered: I32 = np.argsort(np.argsort(first)).astype(np.int32)[inverse]
    return numbered


def _start(source: I64, ids: I32, n: int, previous: Sequence[int] | None) -> I32:
    """The former groups, each piece of one that fell apart by itself; everybody alone without them."""
    if previous is None:
        return np.arange(n, dtype=np.int32)
    group = np.asarray(previous, np.int64)
    same = (group[source] == group[ids]) & (group[source] >= 0)
    kept = coo_array((np.ones(int(same.sum()), np.int8), (source[same], ids[same])), shape=(n, n))
    return csgraph.connected_components(kept, directed=False)[1].astype(np.int32)


def _by_size(membership: I32) -> I32:
    _, first, inverse, size = np.unique(
        membership, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(size), np.int32)
    rank[np.lexsort((first, -size))] = np.arange(len(size))
    numbered: I32 = rank[inverse]
    return numbered
