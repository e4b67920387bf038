"""Which part of the map is seen: the frame of the address, or the whole drawing."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphsvc.domain.errors import InvalidValue

_LEAST, _FARTHEST = 20.0, 1_000_000.0  # map units
_BESIDE, _OVER, _UNDER = 70.0, 40.0, 50.0  # room for the names around a symbol


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the map, in map units."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide, in map units."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high, in map units."""
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is seen."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def fitted(self, width: float, height: float) -> "Frame":
        """The smallest frame around this one with the shape of that area, with the same centre."""
        scale = min(width / self.width, height / self.height)
        beyond_x, beyond_y = (width / scale - self.width) / 2, (height / scale - self.height) / 2
        return Frame(self.left - beyond_x, self.top - beyond_y, self.right + beyond_x, self.bottom + beyond_y)


def read_frame(text: str) -> Frame | None:
    """The frame of `left,top,right,bottom`; None for an empty text. Raises InvalidValue."""
    if not text:
        return None
    try:
        sides = [float(part) for part in text.split(",")]
    except ValueError:
        sides = []
    if len(sides) != 4 or not all(math.isfinite(s) and abs(s) <= _FARTHEST for s in sides):
        raise InvalidValue("carte", "cadre", text[:80], "map_frame")
    frame = Frame(*sides)
    if min(frame.width, frame.height) < _LEAST:
        raise InvalidValue("carte", "cadre", text[:80], "map_frame")
    return frame


def whole_frame(drawing: Mapping[str, Any]) -> Frame:
    """The frame of everything drawn; a small empty one when there is nothing."""
    nodes = drawing["nodes"]
    boxes = [drawing[name] for name in ("band", "tray", "inventory") if drawing[name]]
    discs = drawing["discs"]
    if not nodes and not boxes:
        return Frame(-100.0, -100.0, 100.0, 100.0)
    left = [n["x"] - _BESIDE for n in nodes] + [d["x"] - d["r"] for d in discs] + [b["x"] for b in boxes]
    right = [n["x"] + _BESIDE for n in nodes] + [d["x"] + d["r"] for d in discs]
    right += [b["x"] + b["width"] for b in boxes]
    top = [n["y"] - _OVER for n in nodes] + [d["y"] - d["r"] for d in discs]
    top += [b["y"] - _OVER for b in boxes]
    bottom = [n["y"] + _UNDER for n in nodes] + [d["y"] + d["r"] for d in discs]
    bottom += [b["y"] + b["height"] for b in boxes]
    return Frame(min(left) - 20, min(top) - 20, max(right) + 20, max(bottom) + 20)
