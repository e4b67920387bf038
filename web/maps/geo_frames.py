"""The parts of the world that one may look at: all the places of the map, a continent, the globe."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.maps.geo_projection import Box, Ground

FRAMES: dict[str, Box] = {  # west, south, east, north, degrees
    "europe": (-12.0, 35.0, 32.0, 61.0),
    "afrique": (-20.0, -36.0, 52.0, 38.0),
    "ameriques": (-128.0, -56.0, -34.0, 62.0),
    "asie": (34.0, -10.0, 150.0, 56.0),
    "oceanie": (110.0, -48.0, 180.0, 0.0),
}
WHOLE, GLOBE, OUTSTANDING = "tout", "monde", "saillants"
_LEAST = 90.0  # units: a map of one place shows what is around it
_AROUND = 34.0
Seen = tuple[float, float, float, float]  # left, top, width, height, in units of the drawing


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the world with the number of places of the map in it."""

    code: str
    seen: Seen
    count: int


def frames_of(
    ground: Ground, spots: Sequence[tuple[float, float]], origin: tuple[float, float]
) -> list[Frame]:
    """The frames that hold a place (longitude, latitude), after that of all of them and the territory."""
    found = [Frame(WHOLE, _around(ground, [*spots, origin]), len(spots))]
    for code, (west, south, east, north) in FRAMES.items():
        inside = [(lon, lat) for lon, lat in spots if west <= lon <= east and south <= lat <= north]
        if inside:
            found.append(Frame(code, _around(ground, inside), len(inside)))
    return [*found, Frame(GLOBE, (0.0, 0.0, ground.width, ground.height), len(spots))]


def frame_around(ground: Ground, code: str, spots: Sequence[tuple[float, float]]) -> Frame:
    """A frame that holds these places (longitude, latitude), at least one."""
    return Frame(code, _around(ground, spots), len(spots))


def _around(ground: Ground, spots: Sequence[tuple[float, float]]) -> Seen:
    places = [ground.at(lon, lat) for lon, lat in spots]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    wide = max(0.0, _LEAST - (max(xs) - min(xs))) / 2 + _AROUND
    high = max(0.0, _LEAST / 2 - (max(ys) - min(ys))) / 2 + _AROUND
    return _clipped(ground, min(xs) - wide, min(ys) - high, max(xs) + wide, max(ys) + high)


def _clipped(ground: Ground, left: float, top: float, right: float, bottom: float) -> Seen:
    left, top = max(0.0, float(left)), max(0.0, float(top))
    return left, top, min(ground.width, float(right)) - left, min(ground.height, float(bottom)) - top
