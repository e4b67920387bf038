"""The world as SVG: partner countries, arcs from the territory to each place, markers, names."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from graphsvc.snapshot import Snapshot
from web.maps.geo_contours import Contours
from web.maps.geo_frames import Seen
from web.maps.geo_home_drawing import Symbols
from web.maps.geo_names import ZOOMS, Spot, written_names
from web.maps.geo_paths import area_path
from web.maps.geo_places import Bond, Places, home_point, home_roots
from web.maps.geo_projection import Ground, world_ground
from web.maps.geo_spread import spread, spread_radius
from web.maps.geo_svg import DOT, actor_symbol, link, names, short, svg, symbols
from web.named import place_name
from web.shown import SHAPES

WIDTH = 1000.0
WORLD_DOT = 1.1
"""Distance between the actors of one place, in units: they part as one comes nearer."""
_BEND = 0.16
_SAME, _PLACES_APART = 0.2, 4.0  # units: what counts as one point; how far such places are moved apart


@dataclass(frozen=True, slots=True)
class Mark:
    """How a place is drawn: classes of its marker; the number in it, if any, and its shape then."""

    classes: str
    sign: str = ""
    shape: str = "dot"


@dataclass(frozen=True, slots=True)
class WorldWords:
    """What the drawing says. `bond`: of a place; `country`: of a country and its number of places here."""

    title: str
    home: str
    bond: Callable[[Bond], str]
    country: Callable[[int, int], str]
    address: Callable[[int], str]

    def saying(
        self, bond: Callable[[Bond], str], country: Callable[[int, int], str], title: str
    ) -> "WorldWords":
        """The same about other things."""
        return WorldWords(title, self.home, bond, country, self.address)


@dataclass(frozen=True, slots=True)
class WorldLook:
    """What differs from map to map: the part seen at first, classes of countries, marks of places, arcs."""

    seen: Seen
    symbols: Symbols
    countries: Mapping[int, str]
    marks: Mapping[int, Mark]
    centre: int | None = None
    arcs: bool = True


def ground() -> Ground:
    """Where the world lies in the drawing."""
    return world_ground(WIDTH)


def world_drawing(
    snapshot: Snapshot, places: Places, contours: Contours, look: WorldLook, words: WorldWords
) -> Markup:
    """The drawing."""
    pen = _Pen(snapshot, places, contours, look, words)
    return svg(WIDTH, pen.ground.height, look.seen, words.title, pen.parts())


def countries_of(snapshot: Snapshot, bonds: Sequence[Bond]) -> dict[int, int]:
    """The countries of the places, and how many places each has."""
    found: dict[int, int] = {}
    for bond in bonds:
        country = snapshot.ancestors(bond.place)[-1]
        found[country] = found.get(country, 0) + 1
    return found


class _Pen:
    def __init__(
        self, snapshot: Snapshot, places: Places, contours: Contours, look: WorldLook, words: WorldWords
    ) -> None:
        self.snapshot, self.contours, self.look, self.words = snapshot, contours, look, words
        self.bonds = places.bonds
        self.ground = ground()
        self.origin = self.ground.at(*home_point(snapshot))
        self.countries = countries_of(snapshot, self.bonds)
        self.at = self._apart({b.place: self._point(b.place) for b in self.bonds})

    def _point(self, p: int) -> tuple[float, float]:
        """The point of a place; a country is told in its middle, not in its capital."""
        code = self.snapshot.place_ids[p]
        if self.snapshot.places.parent[p] < 0 and code in self.contours.areas:
            return self.ground.at(*_middle(self.contours, code))
        return self.ground.at(*self._degrees(p))

    def _degrees(self, p: int) -> tuple[float, float]:
        return float(self.snapshot.places.lon[p]), float(self.snapshot.places.lat[p])

    def _apart(self, points: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
        """Places at one point (a country has the point of its capital) around it, the busiest nearest."""
        groups: dict[tuple[int, int], list[int]] = {}
        for place, (x, y) in points.items():
            groups.setdefault((round(x / _SAME), round(y / _SAME)), []).append(place)
        return {
            place: (points[group[0]][0] + dx, points[group[0]][1] + dy)
            for group in groups.values()
            for place, (dx, dy) in zip(group, spread(len(group), _PLACES_APART), strict=True)
        }

    def parts(self) -> Iterator[str]:
        """From the ground up."""
        there = [i for b in self.bonds for i in b.there]
        if self.look.symbols is Symbols.ACTORS:
            yield symbols(self.snapshot.actor(i).kind.value for i in there)
        yield from self._land()
        if self.look.arcs:
            yield from self._arcs()
        yield from self._markers()
        if self.look.symbols is Symbols.ACTORS:
            yield f'<g class="there">{"".join(self._actors())}</g>'
        x, y = self.origin
        yield f'<g class="origin" transform="translate({x:.1f} {y:.1f})"><circle class="s" r="5.5"/></g>'
        written = written_names(self._spots(), self._taken(), _bounds(self.look.seen))
        yield f'<g class="names">{names(written)}</g>'

    def _land(self) -> Iterator[str]:
        paths = _drawn_countries(self.contours)
        named = {self.snapshot.place_ids[p]: p for p in self.countries}
        home = {
            self.snapshot.place_ids[a] for r in home_roots(self.snapshot) for a in self.snapshot.ancestors(r)
        }
        rest = "".join(path for code, path in paths.items() if code not in named and code not in home)
        yield f'<g class="land" transform="scale(.1)"><path d="{rest}"/>'
        yield "".join(f'<path class="own" d="{paths[code]}"/>' for code in sorted(home & paths.keys()))
        for code, p in sorted(named.items()):
            if code in paths and code not in home:
                told = self.words.country(p, self.countries[p])
                classes = f"country {self.look.countries.get(p, '')}".strip()
                yield link(self.words.address(p), told, f'<path d="{paths[code]}"/>', classes)
        yield "</g>"

    def _arcs(self) -> Iterator[str]:
        """From the territory to each place, those of most actors above."""
        yield '<g class="arcs">'
        for bond in reversed(self.bonds):
            if not bond.here or bond.link_class is None:
                continue
            classes = f"arc {bond.link_class} w{arc_width(len(bond.here))}{'' if bond.live else ' over'}"
            yield f'<path class="{classes}" data-to="{bond.place}" d="{self._arc(self.at[bond.place])}"/>'
        yield "</g>"

    def _arc(self, end: tuple[float, float]) -> str:
        (x1, y1), (x2, y2) = self.origin, end
        side = 1 if x2 >= x1 else -1
        mx, my = (x1 + x2) / 2, (y1 + y2) / 2
        cx, cy = mx + side * _BEND * (y2 - y1), my - side * _BEND * (x2 - x1)
        return f"M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}"

    def _markers(self) -> Iterator[str]:
        yield '<g class="markers">'
        for bond in reversed(self.bonds):
            x, y = self.at[bond.place]
            mark = self.look.marks.get(bond.place) or Mark(bond.link_class or "untied")
            ring = '<circle class="s ring" r="13"/>' if self._chosen(bond) else ""
            drawn = ring + _marker(mark, marker_radius(len(bond.here)))
            shape = f'<g transform="translate({x:.1f} {y:.1f})">{drawn}</g>'
            over = "" if bond.live or not bond.here else " over"
            extra = f' data-place="{bond.place}"'
            told = self.words.bond(bond)
            yield link(self.words.address(bond.place), told, shape, f"marker {mark.classes}{over}", extra)
        yield "</g>"

    def _chosen(self, bond: Bond) -> bool:
        return self.look.centre is not None and self.look.centre in bond.there

    def _actors(self) -> Iterator[str]:
        """The actors of each place around its marker."""
        for bond in self.bonds:
            if not bond.there:
                continue
            x, y = self.at[bond.place]
            for i, (dx, dy) in zip(bond.there, spread(len(bond.there), WORLD_DOT), strict=True):
                chosen = i == self.look.centre
                yield actor_symbol(self.snapshot, i, x + dx, y + dy, chosen=chosen, alone=False)

    def _spots(self) -> list[Spot]:
        """The names of the places, and of the countries where no place bears the same."""
        spots = [Spot(-1, self.words.home, *self.origin, 1e6, 6.0)]
        for bond in self.bonds:
            x, y = self.at[bond.place]
            count = f" ({len(bond.here)})" if len(bond.here) > 1 and self.look.arcs else ""
            name = short(place_name(self.snapshot.place(bond.place))) + count
            size = max(marker_radius(len(bond.here)), 8.0 if self.look.marks else 0.0)
            if self.look.symbols is Symbols.ACTORS and bond.there:
                size = max(size, spread_radius(len(bond.there), DOT) / 2)
            rank = 10.0 * len(bond.here) + len(bond.there) + 1000 * self._chosen(bond)
            spots.append(Spot(bond.place, name, x, y, rank, size))
        return spots

    def _taken(self) -> dict[int, list[tuple[float, float, float, float]]]:
        """The markers themselves, at each zoom: no name stands on one."""
        found = {}
        for level, zoom in enumerate(ZOOMS):
            if level:
                r = 4.0
                found[level] = [
                    (x * zoom - r, y * zoom - r, x * zoom + r, y * zoom + r) for x, y in self.at.values()
                ]
        return found


def _marker(mark: Mark, radius: float) -> str:
    """A circle, or the shape of what stands out with its number."""
    if not mark.sign:
        return f'<circle class="s" r="{radius:.1f}"/>'
    shape = f'<path class="s big" d="{SHAPES[mark.shape]}"/>'
    return f'{shape}<text class="s middle" dy=".35em">{mark.sign}</text>'


def _bounds(seen: Seen) -> Seen:
    """Left, top, right, bottom of what is seen."""
    return seen[0], seen[1], seen[0] + seen[2], seen[1] + seen[3]


def marker_radius(count: int) -> float:
    """The radius of the marker of a place, by the number of actors from here, in pixels."""
    return 3.2 + 1.9 * math.sqrt(max(count - 1, 0))


def arc_width(count: int) -> int:
    """The class of width of an arc: 1 for one actor, 2 for two or three, 3 for four to seven, 4 beyond."""
    return 1 if count < 2 else 2 if count < 4 else 3 if count < 8 else 4


@lru_cache(maxsize=512)
def _middle(contours: Contours, code: str) -> tuple[float, float]:
    """The centroid of the largest ring of an area, longitude and latitude."""
    sizes, centres = [], []
    for ring in contours.areas[code]:
        x, y = contours.points(ring).T
        cross = x[:-1] * y[1:] - x[1:] * y[:-1]
        area = float(cross.sum())
        sizes.append(abs(area))
        middle = (((x[:-1] + x[1:]) * cross).sum(), ((y[:-1] + y[1:]) * cross).sum())
        centres.append(
            (float(middle[0]) / (3 * area), float(middle[1]) / (3 * area)) if area else (x[0], y[0])
        )
    return centres[max(range(len(sizes)), key=lambda k: sizes[k])]


@lru_cache(maxsize=2)
def _drawn_countries(contours: Contours) -> Mapping[str, str]:
    drawn = ground()
    return {code: area_path(contours, code, drawn) for code in contours.areas}
