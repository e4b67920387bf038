"""GeoJSON (RFC 7946): a point for each actor that has a place, a line for each live tie between two of
them.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from graphsvc.exchange.network import Look, node_rows
from graphsvc.exchange.write import replace_file
from graphsvc.snapshot.snapshot import Snapshot


def write_geojson(
    snapshot: Snapshot, path: Path, labels: Mapping[str, str] | Look, *, today: date, lines: bool = True
) -> None:
    """Write one FeatureCollection; `without_point` counts the actors that no map can show."""
    look = labels if isinstance(labels, Look) else Look(labels)
    text = json.dumps(geojson(snapshot, look, today=today, lines=lines), ensure_ascii=False, allow_nan=False)
    replace_file(path, f"{text}\n".encode())


def geojson(snapshot: Snapshot, look: Look, *, today: date, lines: bool = True) -> dict[str, Any]:
    """The FeatureCollection as plain data: points ordered by id, then lines. Coordinates: longitude,
    latitude.
    """
    features: list[dict[str, Any]] = []
    points: dict[int, list[float]] = {}
    for i, (id_, row) in enumerate(node_rows(snapshot, look, today)):
        latitude, longitude = row.pop("latitude", None), row.pop("longitude", None)
        if isinstance(latitude, float) and isinstance(longitude, float):
            points[i] = [round(longitude, 6), round(latitude, 6)]
            features.append(_feature("Point", points[i], {"id": id_, **row}, id_))
    if lines:
        features += _lines(snapshot, points, today)
    return {
        "type": "FeatureCollection",
        "features": features,
        "without_point": snapshot.n - len(points),
    }


def _lines(snapshot: Snapshot, points: Mapping[int, list[float]], today: date) -> list[dict[str, Any]]:
    ties = snapshot.ties(today)
    features = []
    for i in sorted(points):
        for k in range(int(ties.ptr[i]), int(ties.ptr[i + 1])):
            j = int(ties.ids[k])
            if i < j and j in points:
                ends = {"source": snapshot.ids[i], "target": snapshot.ids[j], "weight": float(ties.weight[k])}
                features.append(_feature("LineString", [points[i], points[j]], ends))
    return features


def _feature(
    shape: str, coordinates: Any, properties: Mapping[str, Any], id_: str | None = None
) -> dict[str, Any]:
    feature: dict[str, Any] = {
        "type": "Feature",
        "geometry": {"type": shape, "coordinates": coordinates},
        "properties": dict(properties),
    }
    return feature if id_ is None else {"id": id_, **feature}
