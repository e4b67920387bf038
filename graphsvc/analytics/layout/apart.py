"""Push apart who stands on somebody else, moving everybody as little as it takes."""

import math

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import F64, I64

_ROUNDS = 60
_TRIES = 40
_GROWTH = 1.06  # a crowd that finds no room in its disc is given a wider one
_CLEAR = 1.0005  # pushed a hair further than asked, so that a pair is settled at once
GOLDEN = math.pi * (3 - math.sqrt(5))


def without_overlap(spot: F64, spacing: float) -> F64:
    """The positions (n x 2) pushed apart until no two are nearer than `spacing`. Deterministic.

    Each round meets every near pair once, by cells as wide as the spacing: time is linear in n.
    """
    n = len(spot)
    if n < 2:
        return spot
    # A fixed, tiny spiral keeps two actors on one point from staying there for ever.
    k = np.arange(n)
    spread = spot + 1e-3 * spacing * np.column_stack([np.cos(k * GOLDEN), np.sin(k * GOLDEN)])
    for _ in range(_TRIES):
        if _push_apart(spread, spacing, _ROUNDS):
            return spread
        spread = (spread - spread.mean(axis=0)) * _GROWTH
    return spread


@njit(cache=True, nogil=True)
def _push_apart(spot: F64, spacing: float, rounds: int) -> bool:
    """Move the points in place; whether all are apart."""
    n = len(spot)
    order = np.empty(n, np.int64)
    cell = np.empty(n, np.int64)
    for _ in range(rounds):
        left, top = spot[:, 0].min(), spot[:, 1].min()
        wide = int((spot[:, 0].max() - left) / spacing) + 1
        high = int((spot[:, 1].max() - top) / spacing) + 1
        # Far outliers: cells are taken modulo, a few strangers meet for nothing.
        if wide * high > 64 * n + 1024:
            wide, high = min(wide, 8 * n), 1 + (64 * n) // min(wide, 8 * n)
        first = np.zeros(wide * high + 1, np.int64)
        for i in range(n):
            column = int((spot[i, 0] - left) / spacing) % wide
            row = int((spot[i, 1] - top) / spacing) % high
            cell[i] = row * wide + column
            first[cell[i] + 1] += 1
        for c in range(wide * high):
            first[c + 1] += first[c]
        fill = first[:-1].copy()
        for i in range(n):
            order[fill[cell[i]]] = i
            fill[cell[i]] += 1
        if not _one_round(spot, spacing, order, first, cell, wide, high):
            return True
    return False


@njit(cache=True, nogil=True)
def _one_round(spot: F64, spacing: float, order: I64, first: I64, cell: I64, wide: int, high: int) -> bool:
    """Push every pair that is too near, in the order of positions; whether there was one."""
    moved = False
    for i in range(len(spot)):
        row, column = cell[i] // wide, cell[i] % wide
        for dr in range(-1, 2):
            for dc in range(-1, 2):
                there = ((row + dr) % high) * wide + (column + dc) % wide
                for at in range(first[there], first[there + 1]):
                    j = order[at]
                    if j <= i:
                        continue
                    dx, dy = spot[i, 0] - spot[j, 0], spot[i, 1] - spot[j, 1]
                    distance = math.sqrt(dx * dx + dy * dy)
                    if distance >= spacing:
                        continue
                    moved = True
                    if distance == 0.0:
                        dx, dy, distance = 1.0, 0.0, 1.0
                        push = 0.5 * spacing * _CLEAR
                    else:
                        push = 0.5 * (spacing * _CLEAR - distance)
                    spot[i, 0] += push * dx / distance
                    spot[i, 1] += push * dy / distance
                    spot[j, 0] -= push * dx / distance
                    spot[j, 1] -= push * dy / distance
    return moved
