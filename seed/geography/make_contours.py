"""How essonne.topojson and world.topojson were made; run again it gives the same bytes.

    python -m seed.geography.make_contours COMMUNES.geojson COUNTRIES-50M.json COUNTRIES.csv FOLDER

COMMUNES: one feature a commune, `code` in its properties (SOURCES.md, `data-contours-2018`).
COUNTRIES-50M: the file of world-atlas (`data-natural-earth`). COUNTRIES: the columns `iso2` and `isonumeric`
(`data-pays`).
"""

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from seed.geography.topology import Arc, Point, Rings, area_of, cut_into_arcs, dissolved, points_of, thinned

GRID = 20_000  # steps across the longer side of the territory
LEAST = 9_000.0  # twice the area of the smallest corner kept: about 100 m by 800 m in Essonne
WORLD_GRID = 7_200  # steps across 360 degrees: a twentieth of a degree
WORLD_LEAST = 90.0
SMALLEST = 90.0  # twice the area of an island that is kept beside a larger one: a tenth of a square degree
_LEFT_OUT = {"AQ"}  # nobody is at work in Antarctica, and it takes a tenth of the file
CONTOURS_2018 = (
    "IGN, Admin Express COG 2018 (Licence Ouverte), fusions de communes de 2019 appliquées, "
    "contours simplifiés"
)
NATURAL_EARTH = "Natural Earth (domaine public), contours simplifiés, frontières indicatives"


def communes(source: Mapping[str, Any]) -> dict[str, Any]:
    """The communes of a GeoJSON FeatureCollection as a topology; merged ones without their former border."""
    shapes = {f["properties"]["code"]: _rings(f["geometry"]) for f in source["features"]}
    spots = [point for rings in shapes.values() for ring in rings for point in ring]
    west, south = (min(p[k] for p in spots) for k in (0, 1))
    step = max(max(p[k] for p in spots) - low for k, low in ((0, west), (1, south))) / GRID
    gridded = {key: [_on_grid(r, west, south, step) for r in rings] for key, rings in shapes.items()}
    arcs, areas = cut_into_arcs(gridded)
    areas = {key: dissolved(rings, arcs) for key, rings in areas.items()}
    arcs = [thinned(arc, LEAST) for arc in arcs]
    return _document(arcs, areas, (west, south), (step, step), CONTOURS_2018)


def countries(source: Mapping[str, Any], codes: Mapping[str, str]) -> dict[str, Any]:
    """The countries of a TopoJSON topology, named by their two letters; islets left out.

    `codes`: ISO number -> two letters. The largest ring of a country always stays.
    """
    scale, shift = source["transform"]["scale"], source["transform"]["translate"]
    step = 360 / WORLD_GRID
    arcs = [_regridded(arc, scale, shift, step) for arc in source["arcs"]]
    areas: dict[str, Rings] = {}
    for shape in source["objects"]["countries"]["geometries"]:
        code = codes.get(str(shape.get("id", "")).zfill(3))
        if code is None or code in _LEFT_OUT:
            continue
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        areas.setdefault(code, []).extend(ring for polygon in polygons for ring in polygon)
    arcs = _past_the_antimeridian(areas, arcs)
    areas = {code: _without_islets(rings, arcs) for code, rings in areas.items()}
    return _document(
        [thinned(arc, WORLD_LEAST) for arc in arcs], areas, (-180.0, -90.0), (step, step), NATURAL_EARTH
    )


def _rings(geometry: Mapping[str, Any]) -> list[list[tuple[float, float]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[(x, y) for x, y, *_ in ring] for polygon in polygons for ring in polygon]


def _on_grid(ring: Iterable[tuple[float, float]], west: float, south: float, step: float) -> list[Point]:
    points = [(round((x - west) / step), round((y - south) / step)) for x, y in ring]
    return [p for k, p in enumerate(points) if k == 0 or p != points[k - 1]]


def _regridded(arc: list[list[int]], scale: list[float], shift: list[float], step: float) -> Arc:
    """A delta-encoded arc as points of our grid, at least its two ends."""
    x = y = 0
    points: list[Point] = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        longitude, latitude = x * scale[0] + shift[0], y * scale[1] + shift[1]
        point = (round((longitude + 180) / step), round((latitude + 90) / step))
        if not points or point != points[-1]:
            points.append(point)
    return tuple(points if len(points) > 1 else points * 2)


def _past_the_antimeridian(areas: Mapping[str, Rings], arcs: list[Arc]) -> list[Arc]:
    """Rings that cross 180 degrees go on to the east of it (Chukotka, Fiji): they are drawn in one piece."""
    moved = list(arcs)
    for rings in areas.values():
        for ring in rings:
            points = points_of(ring, arcs)
            if any(abs(b[0] - a[0]) > WORLD_GRID / 2 for a, b in pairwise(points)):
                for n in {n if n >= 0 else ~n for n in ring}:
                    moved[n] = tuple((x + WORLD_GRID if x < WORLD_GRID / 2 else x, y) for x, y in arcs[n])
    return moved


def _without_islets(rings: Rings, arcs: list[Arc]) -> Rings:
    sizes = [area_of(points_of(ring, arcs)) for ring in rings]
    largest = max(range(len(rings)), key=lambda k: sizes[k])
    return [ring for k, ring in enumerate(rings) if sizes[k] >= SMALLEST or k == largest]


def _document(
    arcs: list[Arc],
    areas: Mapping[str, Rings],
    shift: tuple[float, float],
    scale: tuple[float, float],
    attribution: str,
) -> dict[str, Any]:
    """TopoJSON with the arcs that are used, each point as the step from the one before."""
    used = sorted({n if n >= 0 else ~n for rings in areas.values() for ring in rings for n in ring})
    place = {n: k for k, n in enumerate(used)}
    return {
        "type": "Topology",
        "attribution": attribution,
        "transform": {
            "scale": [round(s, 12) for s in scale],
            "translate": [round(s, 6) for s in shift],
        },
        "objects": {
            "areas": {
                "type": "GeometryCollection",
                "geometries": [
                    {
                        "type": "MultiPolygon",
                        "id": key,
                        "arcs": [[[place[n] if n >= 0 else ~place[~n] for n in ring]] for ring in rings],
                    }
                    for key, rings in sorted(areas.items())
                ],
            }
        },
        "arcs": [_steps(arcs[n]) for n in used],
    }


def _steps(arc: Arc) -> list[list[int]]:
    before = ((0, 0), *arc)
    return [[b[0] - a[0], b[1] - a[1]] for a, b in zip(before, arc, strict=False)]


def main(communes_file: Path, countries_file: Path, codes_file: Path, folder: Path) -> None:
    """Write both files into the folder."""
    with codes_file.open(encoding="utf-8", newline="") as rows:
        codes = {row["isonumeric"].zfill(3): row["iso2"] for row in csv.DictReader(rows) if row["isonumeric"]}
    made = {
        "essonne.topojson": communes(json.loads(communes_file.read_text(encoding="utf-8"))),
        "world.topojson": countries(json.loads(countries_file.read_text(encoding="utf-8")), codes),
    }
    for name, document in made.items():
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        (folder / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:5]))
