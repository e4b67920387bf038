"""From degrees to a drawing: a territory laid flat, the world in equal areas.

A choropleth compares areas, so the world is drawn in Equal Earth (Šavrič, Patterson, Jenny, 2018,
https://doi.org/10.1080/13658816.2018.1504949). A territory of a hundred kilometres is flat enough for the
equirectangular projection at its middle parallel.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from graphsvc.snapshot.columns import F64

_A = (1.340264, -0.081106, 0.000893, 0.003796)
_ROOT = math.sqrt(3) / 2
Box = tuple[float, float, float, float]  # west, south, east, north, in degrees
_LEAST_SPAN = 0.02  # degrees: a territory of one point is drawn two kilometres wide


@dataclass(frozen=True, slots=True)
class Ground:
    """A drawing of `width` by `height` units, y downwards; `place` turns longitudes and latitudes into it."""

    width: float
    height: float
    place: Callable[[F64, F64], tuple[F64, F64]]

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """One point."""
        x, y = self.place(np.array([longitude]), np.array([latitude]))
        return float(x[0]), float(y[0])


def flat_ground(box: Box, width: float, height: float, margin: float = 12.0) -> Ground:
    """A territory that fills the drawing but for a margin, its proportions kept; the rest is centred."""
    west, south, east, north = box
    middle = (south + north) / 2
    shrink = max(math.cos(math.radians(middle)), 0.05)
    wide = max((east - west) * shrink, _LEAST_SPAN * shrink)
    high = max(north - south, _LEAST_SPAN)
    scale = min((width - 2 * margin) / wide, (height - 2 * margin) / high)
    centre = (west + east) / 2

    def place(longitude: F64, latitude: F64) -> tuple[F64, F64]:
        return (
            width / 2 + (longitude - centre) * shrink * scale,
            height / 2 - (latitude - middle) * scale,
        )

    return Ground(width, height, place)


def world_ground(width: float, south: float = -56.0, north: float = 78.0) -> Ground:
    """The world, from one parallel to another, in Equal Earth about the meridian of Greenwich."""
    scale = width / (2 * float(_equal_earth(np.array([180.0]), np.array([0.0]))[0][0]))
    top, bottom = (float(_equal_earth(np.array([0.0]), np.array([p]))[1][0]) for p in (north, south))

    def place(longitude: F64, latitude: F64) -> tuple[F64, F64]:
        x, y = _equal_earth(longitude, latitude)
        return width / 2 + x * scale, (top - y) * scale

    return Ground(width, (top - bottom) * scale, place)


def _equal_earth(longitude: F64, latitude: F64) -> tuple[F64, F64]:
    t = np.arcsin(_ROOT * np.sin(np.radians(latitude)))
    t2, t6 = t * t, t**6
    slope = _A[0] + 3 * _A[1] * t2 + t6 * (7 * _A[2] + 9 * _A[3] * t2)
    x = np.radians(longitude) * np.cos(t) / (_ROOT * slope)
    y = t * (_A[0] + _A[1] * t2 + t6 * (_A[2] + _A[3] * t2))
    return x, y
