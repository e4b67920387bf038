"""Partners drawn together and everybody pushed apart: the places of a community of more than a few dozen."""

import math

import numpy as np
from numba import njit

from graphsvc.analytics.layout.apart import GOLDEN
from graphsvc.snapshot.columns import F64, I64

_ROUNDS = 60


def pulled_together(count: int, pairs: I64) -> F64:
    """Positions (count x 2) in which the usual pair is about one unit long. Deterministic.

    Fruchterman and Reingold, "Graph drawing by force-directed placement", Software: Practice and Experience
    21, 1991: every couple repels by 1 / distance, partners attract by distance squared, steps get shorter.
    Starts on a sunflower, the first member in the middle. Exact repulsion: time is `count` squared.
    """
    rank = np.arange(count)
    reach = 0.8 * np.sqrt(rank)
    spot = np.column_stack([reach * np.cos(rank * GOLDEN), reach * np.sin(rank * GOLDEN)])
    _settle(spot, np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1]), _ROUNDS)
    return spot


@njit(cache=True, nogil=True, fastmath=True)
def _settle(spot: F64, a: I64, b: I64, rounds: int) -> None:
    """Move the points in place."""
    n = len(spot)
    move = np.zeros((n, 2))
    for done in range(rounds):
        heat = math.sqrt(n) * (1 - done / rounds)
        for i in range(n):
            x, y = 0.0, 0.0
            for j in range(n):
                dx, dy = spot[i, 0] - spot[j, 0], spot[i, 1] - spot[j, 1]
                push = 1 / (dx * dx + dy * dy + 1e-4)
                x += dx * push
                y += dy * push
            move[i, 0], move[i, 1] = x, y
        for k in range(len(a)):
            dx, dy = spot[a[k], 0] - spot[b[k], 0], spot[a[k], 1] - spot[b[k], 1]
            far = math.sqrt(dx * dx + dy * dy)
            move[a[k], 0] -= dx * far
            move[a[k], 1] -= dy * far
            move[b[k], 0] += dx * far
            move[b[k], 1] += dy * far
        for i in range(n):
            length = math.sqrt(move[i, 0] ** 2 + move[i, 1] ** 2)
            step = min(length, heat) / max(length, 1e-9)
            spot[i, 0] += move[i, 0] * step
            spot[i, 1] += move[i, 1] * step
