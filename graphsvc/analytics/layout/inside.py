"""How the members of one disc stand: the most tied in the middle, nobody on somebody else."""

import math

import igraph
import numpy as np

from graphsvc.analytics.layout.apart import GOLDEN, without_overlap
from graphsvc.analytics.layout.force import pulled_together
from graphsvc.analytics.layout.shapes import MARGIN, SPACING
from graphsvc.analytics.layout.swaps import with_partners_near
from graphsvc.snapshot.columns import F64, I64

_SMALL = 60  # Kamada-Kawai up to here (its time grows with the cube), Fruchterman-Reingold above


def place_members(count: int, edges: list[tuple[int, int]]) -> tuple[F64, float]:
    """Positions (count x 2, centred on 0) and the disc's radius. Deterministic.

    Members without an edge inside stand in rings around the others, as seeds in a sunflower.
    """
    if count == 0:
        return np.zeros((0, 2)), MARGIN
    degree = np.zeros(count, np.int64)
    for a, b in edges:
        degree[a] += 1
        degree[b] += 1
    tied = np.flatnonzero(degree)
    spot = np.zeros((count, 2))
    if len(tied):
        spot[tied] = _tied_positions(tied, edges, degree)
    loose = np.flatnonzero(degree == 0)
    start = len(tied)
    for rank, i in enumerate(loose.tolist()):
        angle, radius = (rank + start) * GOLDEN, SPACING * 0.75 * math.sqrt(rank + start)
        spot[i] = radius * math.cos(angle), radius * math.sin(angle)
    spot = without_overlap(spot, SPACING)
    if len(tied) > _SMALL:
        spot[tied] = with_partners_near(spot[tied], _local(tied, edges))
    middle = (spot.max(axis=0) + spot.min(axis=0)) / 2
    spot -= middle
    return spot, float(np.hypot(spot[:, 0], spot[:, 1]).max(initial=0.0)) + MARGIN


def _tied_positions(tied: I64, edges: list[tuple[int, int]], degree: I64) -> F64:
    pairs = _local(tied, edges).tolist()
    hub = int(np.argmax(degree[tied]))
    if len(pairs) == len(tied) - 1 and int(degree[tied][hub]) == len(pairs):
        return _star(len(tied), hub)
    if len(tied) <= _SMALL:
        graph = igraph.Graph(n=len(tied), edges=pairs)
        # Starting on a circle makes the answer the same at each run: nothing is drawn by lot.
        spot = np.array(graph.layout_kamada_kawai(seed=graph.layout_circle()).coords)
    else:
        spot = pulled_together(len(tied), np.array(pairs, np.int64))
    spot -= spot[hub] if degree[tied][hub] > 2 else spot.mean(axis=0)
    lengths = [math.dist(spot[a], spot[b]) for a, b in pairs]
    usual = float(np.median(lengths)) or 1.0
    scaled: F64 = spot * (SPACING * 1.25 / usual)
    return scaled


def _local(tied: I64, edges: list[tuple[int, int]]) -> I64:
    """The edges (m x 2) by rank among the tied."""
    rank = np.zeros(int(tied.max()) + 1, np.int64)
    rank[tied] = np.arange(len(tied))
    local: I64 = rank[np.array(edges, np.int64).reshape(-1, 2)]
    return local


def _star(count: int, hub: int) -> F64:
    """One in the middle, the others on rings around."""
    spot = np.zeros((count, 2))
    ring, placed = 1, 0
    others = [k for k in range(count) if k != hub]
    while placed < len(others):
        room = max(3, int(2 * math.pi * ring * 1.25))
        here = others[placed : placed + room]
        for k, i in enumerate(here):
            angle = 2 * math.pi * k / len(here) - math.pi / 2 + 0.35 * ring
            spot[i] = SPACING * 1.3 * ring * math.cos(angle), SPACING * 1.3 * ring * math.sin(angle)
        placed += len(here)
        ring += 1
    return spot
