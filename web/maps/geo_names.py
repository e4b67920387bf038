"""Which names a geographic drawing writes, and from which zoom on: by priority, none over another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from web.maps.sheet.labels import Box, Grid
from web.maps.sheet.lettering import text_width

ZOOMS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Drawn pixels per unit of the drawing; the names of a level stay at the next ones."""
SIZE = 11.5
_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Something that bears a name. `rank`: the higher, the sooner named; `radius`: pixels around it that the
    name keeps free, 0 to write it over the point.
    """

    key: int
    text: str
    x: float
    y: float
    rank: float
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Written:
    """A name, seen from level `level` (position in ZOOMS) on, `side` of its point: middle, start, end, above
    or below (the values of the drawing's style sheet).
    """

    spot: Spot
    level: int
    side: str


def written_names(
    spots: Sequence[Spot],
    taken: Mapping[int, Sequence[Box]] | None = None,
    bounds: Box | None = None,
) -> list[Written]:
    """The names that fit at each zoom.

    `taken`: boxes in pixels that are not free, by level. `bounds`: left, top, right, bottom, in units, that
    no name of a point inside may cross.
    """
    found: dict[int, Written] = {}
    order = sorted(spots, key=lambda s: (-s.rank, s.key))
    for level, zoom in enumerate(ZOOMS):
        grid = Grid()
        for box in (taken or {}).get(level, ()):
            grid.hold(box)
        for written in found.values():
            grid.hold(_box(written.spot, zoom, written.side))
        for spot in order:
            if spot.key in found:
                continue
            sides = ("start", "end", "above", "below") if spot.radius else ("middle",)
            side = next((s for s in sides if _fits(_box(spot, zoom, s), spot, zoom, grid, bounds)), None)
            if side is not None:
                found[spot.key] = Written(spot, level, side)
                grid.hold(_box(spot, zoom, side))
    return sorted(found.values(), key=lambda w: (w.level, -w.spot.rank, w.spot.key))


def _fits(box: Box, spot: Spot, zoom: float, grid: Grid, bounds: Box | None) -> bool:
    if bounds is not None and bounds[0] < spot.x < bounds[2] and bounds[1] < spot.y < bounds[3]:
        left, top, right, bottom = (side * zoom for side in bounds)
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
    return not grid.hits(box)


def _box(spot: Spot, zoom: float, side: str) -> Box:
    """The room a name takes, in pixels of that zoom."""
    width, x, y = text_width(spot.text, SIZE), spot.x * zoom, spot.y * zoom
    away = spot.radius + _GAP
    left = {"start": x + away, "end": x - away - width}.get(side, x - width / 2)
    top = {"above": y - away - SIZE, "below": y + away}.get(side, y - SIZE / 2)
    return (left - 1, top - 1, left + width + 1, top + SIZE + 1)
