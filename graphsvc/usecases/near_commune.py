"""How far from a commune an announcement is: from its owner's seat, or from the towns where it applies."""

import numpy as np

from graphsvc.domain.announcements import Announcement
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64

EARTH_KM = 6371.0088
_TOWNS = frozenset({PlaceLevel.MUNICIPALITY, PlaceLevel.INTERCOMMUNALITY, PlaceLevel.DISTRICT})


def kilometres(snapshot: Snapshot, records: list[Announcement], place: int) -> F64:
    """The distance of each announcement to a place, float64[n] in km; NaN when nothing says where it is.

    The least of: the owner's seat (its own point, else its commune's), and each town named by the
    announcement. A town that lies within a territory the announcement names is at 0 km; a country is too
    wide to say that. Great-circle distances. Raises InvalidValue when the place has no point, or is wider
    than a cercle or a grouping: nothing is near a country.
    """
    if snapshot.place(place).level not in _TOWNS:
        raise InvalidValue("filtre", "pres", snapshot.place(place).name, "place_too_wide")
    here = float(snapshot.places.lat[place]), float(snapshot.places.lon[place])
    if np.isnan(here).any():
        raise InvalidValue("filtre", "pres", snapshot.place(place).name, "place_without_point")
    around = {p for p in snapshot.ancestors(place) if snapshot.place(p).level is not PlaceLevel.COUNTRY}
    return np.array([_nearest(snapshot, record, here, around) for record in records], np.float64)


def _nearest(snapshot: Snapshot, record: Announcement, here: tuple[float, float], around: set[int]) -> float:
    named = {p for key in record.territories if (p := snapshot.place_index(key)) is not None}
    if named & around:
        return 0.0
    places = snapshot.places
    points = [(places.lat[p], places.lon[p]) for p in named if snapshot.place(p).level in _TOWNS]
    owner = snapshot.index(record.actor) if record.actor is not None else None
    if owner is not None and _is_in_a_town(snapshot, owner):
        points.append((snapshot.actors.lat[owner], snapshot.actors.lon[owner]))
    found = [great_circle(here, (float(lat), float(lon))) for lat, lon in points if not np.isnan(lat)]
    return min(found, default=float("nan"))


def _is_in_a_town(snapshot: Snapshot, actor: int) -> bool:
    """The middle of a département is no address."""
    seat = int(snapshot.actors.seat[actor])
    return seat < 0 or snapshot.place(seat).level in _TOWNS


def great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points (latitude, longitude in degrees), by the haversine formula."""
    lat1, lon1, lat2, lon2 = np.radians([*one, *other])
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(2 * EARTH_KM * np.arcsin(np.sqrt(min(1.0, half))))
