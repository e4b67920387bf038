"""Contours of areas, read from quantised TopoJSON: rings of arcs that neighbouring areas share.

Format: https://github.com/topojson/topojson-specification. The only object, or the one named `areas`, holds
Polygons and MultiPolygons whose `id` is the code of a place; `attribution`, a member of the file, is shown.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from graphsvc.snapshot.columns import F64

LARGEST = 8 * 1024 * 1024
Ring = tuple[int, ...]


@dataclass(eq=False)
class ContoursUnreadable(Exception):
    """The file is no TopoJSON of areas. `reason`: missing, too_large, not_json, not_topology or no_area."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Contours:
    """`arcs`: longitude and latitude of each point, shape (points, 2), degrees. `areas`: code -> rings of arc
    numbers, `~n` for arc n run backwards.
    """

    arcs: tuple[F64, ...]
    areas: Mapping[str, tuple[Ring, ...]]
    attribution: str = ""
    sides: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def points(self, ring: Ring) -> F64:
        """The closed ring, shape (points, 2)."""
        runs = [self.arcs[n] if n >= 0 else self.arcs[~n][::-1] for n in ring]
        return np.concatenate([runs[0], *(run[1:] for run in runs[1:])])

    def box(self, codes: list[str] | None = None) -> tuple[float, float, float, float]:
        """West, south, east, north of these areas, or of all."""
        chosen = self.areas.keys() if codes is None else codes
        numbers = {n if n >= 0 else ~n for code in chosen for ring in self.areas[code] for n in ring}
        spots = np.concatenate([self.arcs[n] for n in sorted(numbers)])
        west, south = spots.min(axis=0).tolist()
        east, north = spots.max(axis=0).tolist()
        return west, south, east, north


def read_contours(path: Path) -> Contours:
    """The contours of a file; kept until the file changes. Raises ContoursUnreadable."""
    try:
        state = path.stat()
    except OSError as error:
        raise ContoursUnreadable(path, "missing") from error
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, size: int) -> Contours:
    if size > LARGEST:
        raise ContoursUnreadable(path, "too_large")
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ContoursUnreadable(path, "not_json") from error
    try:
        return _contours(document)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as error:
        raise ContoursUnreadable(path, "not_topology") from error
    except _NoArea as error:
        raise ContoursUnreadable(path, "no_area") from error


class _NoArea(Exception):
    """A topology without an area that has a code."""


def _contours(document: Mapping[str, Any]) -> Contours:
    if document["type"] != "Topology":
        raise ValueError(document["type"])
    objects = document["objects"]
    chosen = objects.get("areas") or next(iter(objects.values()))
    arcs = tuple(_arc(arc, document.get("transform")) for arc in document["arcs"])
    areas: dict[str, tuple[Ring, ...]] = {}
    for shape in chosen["geometries"]:
        if shape.get("type") not in ("Polygon", "MultiPolygon") or shape.get("id") is None:
            continue
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        rings = tuple(_ring(ring, arcs) for polygon in polygons for ring in polygon)
        areas[str(shape["id"])] = areas.get(str(shape["id"]), ()) + rings
    if not areas:
        raise _NoArea
    return Contours(arcs, areas, str(document.get("attribution", ""))[:300], _sides(areas))


def _arc(steps: Any, transform: Mapping[str, Any] | None) -> F64:
    points = np.array([step[:2] for step in steps], np.float64).reshape(-1, 2)
    if transform is not None:
        points = np.cumsum(points, axis=0) * np.array(transform["scale"], np.float64) + np.array(
            transform["translate"], np.float64
        )
    if len(points) < 2 or not np.isfinite(points).all() or (np.abs(points) > (360.0, 90.001)).any():
        raise ValueError("points")
    return points


def _ring(numbers: Any, arcs: tuple[F64, ...]) -> Ring:
    ring = tuple(int(n) for n in numbers)
    if not ring or any(not 0 <= (n if n >= 0 else ~n) < len(arcs) for n in ring):
        raise ValueError("ring")
    return ring


def _sides(areas: Mapping[str, tuple[Ring, ...]]) -> dict[int, tuple[str, ...]]:
    """For each arc, the areas on its two sides: one when nothing known lies beyond."""
    found: dict[int, tuple[str, ...]] = {}
    for code, rings in areas.items():
        for ring in rings:
            for n in ring:
                number = n if n >= 0 else ~n
                found[number] = (*found.get(number, ()), code)
    return found
