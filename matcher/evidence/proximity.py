"""Proximity of the seats: how easily two actors of the territory can meet.

Formula: exp(-d / 15 km) for great-circle distances under 60 km, else 0; 1 in the same place. It says
nothing of an actor whose seat is abroad (partner side): there, the territory of action speaks. Distances
are computed to the distinct points only, and each point lists the actors that have their seat there.

Sources: near things are more related than distant ones (Tobler 1970, "A computer movie simulating urban
growth in the Detroit region", Economic Geography 46); exponential decay with the cost of travel, as in the
entropy models of interaction (Wilson 1971, "A family of spatial interaction models, and associated
developments", Environment and Planning 3). 15 km and 60 km are our choices: they are not fitted.
"""

import math
from dataclasses import dataclass, field

import numpy as np

from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64, I32
from matcher.evidence.territories import place_facts
from matcher.sparse import Rows, Vector, rows_from_entries, transposed

DECAY_KM = 15.0
REACH_KM = 60.0
EARTH_KM = 6371.0088
ROUNDING = 1e-12
MOST_AROUND = 256
_MUNICIPALITY = list(PlaceLevel).index(PlaceLevel.MUNICIPALITY)
_INTERCOMMUNALITY = list(PlaceLevel).index(PlaceLevel.INTERCOMMUNALITY)


@dataclass(frozen=True, slots=True)
class Seats:
    """The distinct points (unit vectors by latitude, float64[points, 3]), the point of each actor (-1 = none)
    and its actors; `grouping` is the intercommunality each place is or lies in (-1 = none).

    What is around the last points asked about is kept: those of a town ask from one point.
    """

    units: F64
    point_of: I32
    lists: Rows
    grouping: I32
    _around: dict[tuple[int, ...], Vector] = field(default_factory=dict, repr=False)


def seat_points(snapshot: Snapshot, away: B1) -> Seats:
    """Points of the actors whose seat counts: known, and not abroad."""
    columns = snapshot.actors
    known = ~np.isnan(columns.lat) & ~away & _precise(snapshot)
    pairs = np.stack([columns.lat[known], columns.lon[known]], axis=1)
    points, inverse = np.unique(pairs, axis=0, return_inverse=True)
    point_of = np.full(snapshot.n, -1, np.int32)
    point_of[known] = inverse.reshape(-1)
    owners = np.flatnonzero(known)
    rows = rows_from_entries(snapshot.n, len(points), owners, point_of[owners], np.ones(len(owners)))
    units = unit_vectors(points[:, 0], points[:, 1])
    return Seats(units, point_of, transposed(rows), _groupings(snapshot))


def _groupings(snapshot: Snapshot) -> I32:
    """The nearest intercommunality from each place up."""
    level, parent = snapshot.places.level, snapshot.places.parent
    found = np.full(len(level), -1, np.int32)
    above = np.arange(len(level), dtype=np.int32)
    while (open_ := (found < 0) & (above >= 0)).any():
        here = above[open_]
        found[open_] = np.where(level[here] == _INTERCOMMUNALITY, here, -1)
        above[open_] = parent[here]
    return found


def _precise(snapshot: Snapshot) -> B1:
    """Actors that have a point of their own, or a commune for a seat: the middle of a département is no
    address.
    """
    columns, places = snapshot.actors, snapshot.places
    precise = np.ones(snapshot.n, np.bool_)
    seated = np.flatnonzero(columns.seat >= 0)
    seats = columns.seat[seated]
    own = (columns.lat[seated] != places.lat[seats]) | (columns.lon[seated] != places.lon[seats])
    precise[seated] = own | (places.level[seats] == _MUNICIPALITY)
    return precise


def unit_vectors(latitude: F64, longitude: F64) -> F64:
    """Points of the unit sphere, float64[n, 3]."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def distances_km(units: F64, origin: F64) -> F64:
    """Great-circle distances from one unit vector, by the chord (accurate when near)."""
    chord = np.sqrt(np.sum((units - origin) ** 2, axis=1))
    result: F64 = 2 * EARTH_KM * np.arcsin(np.minimum(chord / 2, 1.0))
    return result


def _km(one: list[float], other: list[float]) -> float:
    return 2 * EARTH_KM * math.asin(min(math.dist(one, other) / 2, 1.0))


def proximity_query(seats: Seats, origins: list[int]) -> Vector:
    """Weight of each point within reach of one of these points; the nearest origin counts."""
    key, kept = tuple(origins), seats._around  # noqa: SLF001 - of this file
    found = kept.get(key)
    if found is None:
        if len(kept) >= MOST_AROUND:
            kept.clear()
        found = kept[key] = _reached_from(seats, origins)
    return found


def _reached_from(seats: Seats, origins: list[int]) -> Vector:
    best = np.zeros(len(seats.units))
    for origin in origins:
        band = _band(seats.units, origin)
        distance = distances_km(seats.units[band], seats.units[origin])
        scores = np.where(distance <= REACH_KM, np.exp(-distance / DECAY_KM), 0.0)
        best[band] = np.maximum(best[band], scores)
    ids = np.flatnonzero(best)
    return Vector(ids.astype(np.int64), best[ids])


def _band(units: F64, origin: int) -> slice:
    """The points whose latitude is within reach: points are in the order of latitude."""
    height, reach = math.asin(min(max(float(units[origin, 2]), -1.0), 1.0)), 1.001 * REACH_KM / EARTH_KM
    lowest, highest = max(height - reach, -math.pi / 2), min(height + reach, math.pi / 2)
    first = np.searchsorted(units[:, 2], math.sin(lowest) - ROUNDING)
    return slice(int(first), int(np.searchsorted(units[:, 2], math.sin(highest) + ROUNDING, side="right")))


def proximity_facts(snapshot: Snapshot, seats: Seats, i: int, j: int) -> dict[str, object]:
    """Distance and what the two seats have in common: `{"km", "place", "same_commune",
    "same_intercommunality"}`.

    `place` is the candidate's seat; absent facts are left out. Empty when a seat is unknown or abroad.
    """
    p, q = seats.point_of.item(i), seats.point_of.item(j)
    if p < 0 or q < 0:
        return {}
    facts: dict[str, object] = {"km": round(_km(seats.units[p].tolist(), seats.units[q].tolist()), 1)}
    mine, theirs = snapshot.actors.seat.item(i), snapshot.actors.seat.item(j)
    if theirs >= 0:
        facts["place"] = place_facts(snapshot, theirs)
    if mine >= 0 and theirs >= 0:
        facts["same_commune"] = mine == theirs and snapshot.place(mine).level is PlaceLevel.MUNICIPALITY
        grouping = seats.grouping.item(mine)
        if grouping >= 0 and grouping == seats.grouping.item(theirs):
            facts["same_intercommunality"] = place_facts(snapshot, grouping)
    return facts
