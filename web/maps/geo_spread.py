"""Several symbols at one point, spread so that each can be seen and reached: the head of a sunflower.

Vogel, A better way to construct the sunflower head, 1979: the k-th at the golden angle from the one before,
at a distance that grows as the square root of k.
"""

import math

_GOLDEN = math.pi * (3 - math.sqrt(5))
_UNIT = 0.67
"""Of the size: no two points of the spiral are nearer than 1.5 units, so symbols never overlap."""


def spread(count: int, size: float) -> list[tuple[float, float]]:
    """Offsets of `count` symbols of diameter `size` around a point; one alone stands on it."""
    if count == 1:
        return [(0.0, 0.0)]
    unit = size * _UNIT
    return [
        (
            unit * math.sqrt(k + 0.5) * math.cos(k * _GOLDEN),
            unit * math.sqrt(k + 0.5) * math.sin(k * _GOLDEN),
        )
        for k in range(count)
    ]


def spread_radius(count: int, size: float) -> float:
    """How far from the point the spread reaches, the last symbol included."""
    return size / 2 if count == 1 else size * _UNIT * math.sqrt(count - 0.5) + size / 2
