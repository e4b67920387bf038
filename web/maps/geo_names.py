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
    grids = [Grid() for _ in ZOOMS]
    for level, grid in enumerate(grids):
        for box in (taken or {}).get(level, ()):
            grid.hold(box)
    order = sorted(spots, key=lambda s: (-s.rank, s.key))
    for level in range(len(ZOOMS)):
        for spot in order:
            if spot.key in found:
                continue
            sides = ("start", "end", "above", "below") if spot.radius else ("middle",)
            side = next((s for s in sides if _fits(spot, s, level, grids, bounds)), None)
            if side is not None:
                found[spot.key] = Written(spot, level, side)
                for grid, zoom in zip(grids[level:], ZOOMS[level:], strict=True):
                    grid.hold(_box(spot, zoom, side))
    return sorted(found.values(), key=lambda w: (w.level, -w.spot.rank, w.spot.key))


def _fits(spot: Spot, side: str, level: int, grids: Sequence[Grid], bounds: Box | None) -> bool:
    """Whether a name is free from this zoom on: two that part as one comes nearer may cross on the way."""
    if bounds is not None and bounds[0] < spot.x < bounds[2] and bounds[1] < spot.y < bounds[3]:
        box, zoom = _box(spot, ZOOMS[level], side), ZOOMS[level]
        left, top, right, bottom = (edge * zoom for edge in bounds)
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
    further = zip(grids[level:], ZOOMS[level:], strict=True)
    return not any(grid.hits(_box(spot, zoom, side)) for grid, zoom in further)


def _box(spot: Spot, zoom: float, side: str) -> Box:
    """The room a name takes, in pixels of that zoom."""
    width, x, y = text_width(spot.text, SIZE), spot.x * zoom, spot.y * zoom
    away = spot.radius + _GAP
    left = {"start": x + away, "end": x - away - width}.get(side, x - width / 2)
    top = {"above": y - away - SIZE, "below": y + away}.get(side, y - SIZE / 2)
    return (left - 1, top - 1, left + width + 1, top + SIZE + 1)
