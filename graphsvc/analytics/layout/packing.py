"""Where discs stand: near those they are tied to, none on another, known ones where they were."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from graphsvc.analytics.layout.shapes import SEPARATION
from graphsvc.snapshot.columns import F64

_ANGLES = 36
_ASPECT = 1.35  # a map is wider than high
_ROUNDING = 1.0  # kept centres and radii were rounded to a tenth
_RIM = 60  # candidates are sought around the discs nearest to the wish


def pack_discs(
    radius: Sequence[float],
    pull: Mapping[tuple[int, int], float],
    former: Mapping[int, tuple[float, float, float]],
    *,
    last: int | None = None,
) -> F64:
    """Centres (k x 2). `pull[a, b]` is the weight of relations between discs, `former` the centre and radius
    of the discs to keep; `last` is placed after all others, whatever its size.

    Greedy: kept ones first if they still fit, those that have not grown before those that have, then by
    decreasing size; each new disc goes to the free spot, touching a placed disc, that is nearest to the
    weighted middle of those it is tied to.
    """
    k = len(radius)
    centre = np.zeros((k, 2))
    ties: list[dict[int, float]] = [{} for _ in range(k)]
    for (a, b), weight in pull.items():
        ties[a][b] = ties[a].get(b, 0.0) + weight
        ties[b][a] = ties[b].get(a, 0.0) + weight
    placed: list[int] = []
    for i in sorted(former, key=lambda c: (radius[c] > former[c][2] + _ROUNDING, -radius[c], c)):
        x, y, _ = former[i]
        if _fits(centre, radius, placed, (x, y), radius[i]):
            centre[i] = x, y
            placed.append(i)
    kept = set(placed)
    for i in sorted((c for c in range(k) if c not in kept), key=lambda c: (c == last, -radius[c], c)):
        wish = _wish(centre, placed, ties[i])
        centre[i] = _nearest_free(centre, radius, placed, wish, radius[i])
        placed.append(i)
    return centre


def _wish(centre: F64, placed: list[int], ties: Mapping[int, float]) -> tuple[float, float]:
    known = [(j, ties[j]) for j in placed if j in ties]
    if not known:
        return 0.0, 0.0
    total = sum(w for _, w in known)
    return (
        sum(centre[j][0] * w for j, w in known) / total,
        sum(centre[j][1] * w for j, w in known) / total,
    )


def _nearest_free(
    centre: F64, radius: Sequence[float], placed: list[int], wish: tuple[float, float], r: float
) -> tuple[float, float]:
    if not placed:
        return 0.0, 0.0
    at = centre[placed]
    radii = np.array([radius[j] for j in placed])
    order = np.argsort(np.hypot(at[:, 0] - wish[0], at[:, 1] - wish[1]), kind="stable")
    for first in range(0, len(order), _RIM):
        near = order[first : first + _RIM]
        angle = np.arange(_ANGLES) * (2 * math.pi / _ANGLES)
        reach = (radii[near] + r + SEPARATION)[:, None]
        x = (at[near, 0][:, None] + reach * np.cos(angle)).ravel()
        y = (at[near, 1][:, None] + reach * np.sin(angle)).ravel()
        gap = np.hypot(x[:, None] - at[:, 0], y[:, None] - at[:, 1]) - radii - r - SEPARATION
        free = np.flatnonzero((gap >= -1e-6).all(axis=1))
        if len(free):
            cost = np.hypot(x[free] - wish[0], y[free] - wish[1])
            cost = cost + 0.6 * np.hypot(x[free] / _ASPECT, y[free])
            best = int(free[int(np.argmin(cost))])
            return float(x[best]), float(y[best])
    raise AssertionError("a spot is always free around the outermost disc")


def _fits(
    centre: F64, radius: Sequence[float], placed: list[int], spot: tuple[float, float], r: float
) -> bool:
    return all(math.dist(centre[j], spot) >= radius[j] + r + SEPARATION - _ROUNDING for j in placed)
