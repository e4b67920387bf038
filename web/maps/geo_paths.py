"""Contours as SVG path data: whole numbers of a tenth of a unit, each step from the point before."""

from collections.abc import Callable, Iterable

import numpy as np

from graphsvc.snapshot.columns import F64
from web.maps.geo_contours import Contours
from web.maps.geo_projection import Ground

TENTHS = 10
"""The paths stand in a group scaled by a tenth: whole numbers take the least room."""


def area_path(contours: Contours, code: str, ground: Ground) -> str:
    """The closed outline of an area."""
    return "".join(_run(contours.points(ring), ground, closed=True) for ring in contours.areas[code])


def border_path(contours: Contours, ground: Ground, whole: Callable[[str], object]) -> str:
    """The borders between areas that belong to different wholes, and the outer border.

    `whole`: what an area belongs to.
    """
    return "".join(
        _run(contours.arcs[n], ground, closed=False)
        for n, sides in contours.sides.items()
        if len(sides) == 1 or whole(sides[0]) != whole(sides[1])
    )


def outline_path(contours: Contours, ground: Ground) -> str:
    """The outer border: what has an area on one side only."""
    return border_path(contours, ground, lambda _code: None)


def _run(points: F64, ground: Ground, *, closed: bool) -> str:
    x, y = ground.place(points[:, 0], points[:, 1])
    spots = np.column_stack([np.rint(x * TENTHS), np.rint(y * TENTHS)]).astype(np.int64)
    kept = [0, *(np.flatnonzero((np.diff(spots, axis=0) != 0).any(axis=1)) + 1).tolist()]
    spots = spots[kept]
    if closed and len(spots) > 1 and (spots[0] == spots[-1]).all():
        spots = spots[:-1]
    steps = np.diff(spots, axis=0).tolist()
    start = spots[0].tolist()
    if not steps:
        return ""
    return f"M{start[0]} {start[1]}l{_numbers(n for step in steps for n in step)}{'z' if closed else ''}"


def _numbers(values: Iterable[int]) -> str:
    """Numbers with a space between them, which a minus sign replaces."""
    return " ".join(map(str, values)).replace(" -", "-")
