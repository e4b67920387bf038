"""The territory as SVG: communes in classes, borders of intercommunalities, actors, names."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from markupsafe import Markup

from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from web.maps.geo_contours import Contours
from web.maps.geo_measures import Measured
from web.maps.geo_names import Spot, written_names
from web.maps.geo_paths import area_path, border_path, outline_path
from web.maps.geo_places import Places, Town
from web.maps.geo_projection import Box, Ground, flat_ground
from web.maps.geo_spread import spread, spread_radius
from web.maps.geo_svg import DOT, HATCH, actor_symbol, link, names, short, svg, symbols, text

WIDTH, HEIGHT = 640.0, 660.0
_ROW, _TRAY = 17.0, 12.0


class Symbols(StrEnum):
    """What stands on a commune (`symboles` in the address)."""

    ACTORS = "acteurs"
    CIRCLES = "cercles"
    NONE = "aucun"


@dataclass(frozen=True, slots=True)
class HomeWords:
    """What the drawing says. `told`: of a place and its town; `address`: its page."""

    title: str
    apart: str
    told: Callable[[int, Town | None], str]
    address: Callable[[int], str]


def home_drawing(
    snapshot: Snapshot,
    places: Places,
    measured: Measured,
    contours: Contours | None,
    symbols_shown: Symbols,
    words: HomeWords,
    centre: int | None = None,
) -> Markup:
    """The drawing. `contours` None: points on a plain ground. `centre`: the chosen actor, ringed."""
    pen = _Pen(snapshot, places, measured, contours, symbols_shown, words, centre)
    return svg(WIDTH, pen.height, (0, 0, WIDTH, pen.height), words.title, pen.parts())


def ground_of(snapshot: Snapshot, contours: Contours | None, towns: Iterable[int]) -> Ground:
    """Where the territory lies in the drawing: by its contours, or by the points of its towns."""
    if contours is not None:
        return flat_ground(contours.box(), WIDTH, HEIGHT)
    lat, lon = snapshot.places.lat, snapshot.places.lon
    seen = [p for p in towns if not np.isnan(lat[p])] or [
        p for p in np.flatnonzero(snapshot.places.home).tolist() if not np.isnan(lat[p])
    ]
    if not seen:
        return flat_ground((0.0, 0.0, 0.0, 0.0), WIDTH, HEIGHT)
    box: Box = (
        float(lon[seen].min()), float(lat[seen].min()), float(lon[seen].max()), float(lat[seen].max())
    )  # fmt: skip
    return flat_ground(box, WIDTH, HEIGHT, margin=60)


class _Pen:
    def __init__(
        self,
        snapshot: Snapshot,
        places: Places,
        measured: Measured,
        contours: Contours | None,
        shown: Symbols,
        words: HomeWords,
        centre: int | None,
    ) -> None:
        self.snapshot, self.places, self.measured, self.contours = snapshot, places, measured, contours
        self.shown, self.words, self.centre = shown, words, centre
        self.ground = ground_of(snapshot, contours, places.towns)
        per_row = int((WIDTH - 2 * _TRAY) // (DOT * 1.9))
        rows = -(-len(places.unplaced) // per_row)
        self.per_row, self.rows = per_row, rows
        self.height = HEIGHT + (rows * _ROW + 34 if rows else 0)

    def parts(self) -> Iterator[str]:
        """From the ground up."""
        if self.shown is Symbols.ACTORS or self.rows:
            yield symbols(
                self.snapshot.actor(i).kind.value
                for i in (*(i for t in self.places.towns.values() for i in t.actors), *self.places.unplaced)
            )
        if self.contours is None:
            yield f'<rect class="plain" width="{WIDTH:g}" height="{HEIGHT:g}"/>'
            yield from self._points()
        else:
            yield from self._areas(self.contours)
        if self.shown is Symbols.ACTORS:
            yield from self._actors()
        elif self.shown is Symbols.CIRCLES:
            yield from self._circles()
        yield from self._tray()
        yield f'<g class="names">{names(written_names(self._names(), bounds=(0.0, 0.0, WIDTH, HEIGHT)))}</g>'

    def _areas(self, contours: Contours) -> Iterator[str]:
        paths, inner, outer = _drawn_contours(contours, self._wholes(contours))
        yield HATCH
        yield '<g class="areas" transform="scale(.1)">'
        for code, path in paths.items():
            p = self.snapshot.place_index(code)
            if p is None or not self.snapshot.places.home[p]:
                yield f'<path class="unknown" d="{path}"/>'
                continue
            town = self.places.towns.get(p)
            classes = "area " + self._class(p)
            fill = ' fill="url(#g-none)"' if classes.endswith("none") else ""
            shape = f'<path d="{path}"{fill}/>'
            yield link(self.words.address(p), self.words.told(p, town), shape, classes)
        yield f'</g><g class="borders" transform="scale(.1)"><path class="inner" d="{inner}"/>'
        yield f'<path class="outer" d="{outer}"/></g>'

    def _points(self) -> Iterator[str]:
        """Without contours a commune is a disc of its class."""
        for p, town in self.places.towns.items():
            x, y = self._at(p)
            shape = f'<g transform="translate({x:.1f} {y:.1f})"><circle class="s" r="11"/></g>'
            yield link(self.words.address(p), self.words.told(p, town), shape, "area point " + self._class(p))

    def _class(self, p: int) -> str:
        found = self.measured.shade_at(p)
        return "none" if found is None else f"q{found}"

    def _wholes(self, contours: Contours) -> tuple[tuple[str, int], ...]:
        """The intercommunality of each area."""
        found = []
        for code in contours.areas:
            p = self.snapshot.place_index(code)
            found.append((code, -1 if p is None else intercommunality(self.snapshot, p)))
        return tuple(found)

    def _at(self, p: int) -> tuple[float, float]:
        """The point of a place; a place without one stands with what contains it."""
        lat, lon = self.snapshot.places.lat, self.snapshot.places.lon
        known = (a for a in self.snapshot.ancestors(p) if not np.isnan(lat[a]))
        a = next(known, None)
        return (WIDTH / 2, HEIGHT / 2) if a is None else self.ground.at(float(lon[a]), float(lat[a]))

    def _actors(self) -> Iterator[str]:
        for p, town in self.places.towns.items():
            x, y = self._at(p)
            first = sorted(town.actors, key=lambda i: (i != self.centre, self.snapshot.actors.kind[i], i))
            for i, (dx, dy) in zip(first, spread(len(first), DOT), strict=True):
                yield self._symbol(i, x + dx, y + dy, alone=i in town.alone)

    def _symbol(self, i: int, x: float, y: float, *, alone: bool) -> str:
        return actor_symbol(self.snapshot, i, x, y, chosen=i == self.centre, alone=alone)

    def _circles(self) -> Iterator[str]:
        for p, town in self.places.towns.items():
            n = len(town.actors)
            if not n:
                continue
            x, y = self._at(p)
            ring = '<circle class="s ring" r="16"/>' if self.centre in town.actors else ""
            count = f'<text class="s middle" dy=".35em">{n}</text>' if n > 1 else ""
            shape = (
                f'<g transform="translate({x:.1f} {y:.1f})">{ring}'
                f'<circle class="s" r="{circle_radius(n):.1f}"/>{count}</g>'
            )
            yield link(self.words.address(p), self.words.told(p, town), shape, "circle")

    def _tray(self) -> Iterator[str]:
        """Who sits somewhere in the territory, no commune being known: below, in rows, never left out."""
        if not self.rows:
            return
        high = self.rows * _ROW + 28
        yield f'<rect class="tray" x="1" y="{HEIGHT + 4:g}" width="{WIDTH - 2:g}" height="{high:g}" rx="6"/>'
        name = f'<text class="s tray-name">{text(self.words.apart)}</text>'
        yield f'<g transform="translate({_TRAY:g} {HEIGHT + 20:g})">{name}</g>'
        for k, i in enumerate(self.places.unplaced):
            x = _TRAY + DOT + (k % self.per_row) * DOT * 1.9
            yield self._symbol(i, x, HEIGHT + 34 + (k // self.per_row) * _ROW, alone=False)

    def _names(self) -> Sequence[Spot]:
        spots = []
        for p, town in self.places.towns.items():
            x, y = self._at(p)
            value = self.measured.values.get(p) or 0
            if not town.actors and not value:
                continue
            radius = self._radius(len(town.actors))
            place = self.snapshot.place(p)
            rank = len(town.actors) + min(place.population or 0, 999_999) / 1e6
            spots.append(Spot(p, short(place.name), x, y, rank, radius))
        return spots

    def _radius(self, count: int) -> float:
        if self.shown is Symbols.ACTORS and count:
            return spread_radius(count, DOT)
        return circle_radius(count) if self.shown is Symbols.CIRCLES and count else 0.0


def circle_radius(count: int) -> float:
    """The radius of a circle whose area is proportional to a count, in pixels."""
    return 4.6 * float(np.sqrt(count))


def intercommunality(snapshot: Snapshot, p: int) -> int:
    """The intercommunality a place lies in, -1 when there is none."""
    chain = snapshot.ancestors(p)[1:]
    return next((a for a in chain if snapshot.place(a).level is PlaceLevel.INTERCOMMUNALITY), -1)


@lru_cache(maxsize=8)
def _drawn_contours(
    contours: Contours, wholes: tuple[tuple[str, int], ...]
) -> tuple[Mapping[str, str], str, str]:
    """The outlines by code, the borders of the wholes, the outer border: the same for every measure."""
    ground = flat_ground(contours.box(), WIDTH, HEIGHT)
    of = dict(wholes)
    paths = {code: area_path(contours, code, ground) for code in contours.areas}
    return paths, border_path(contours, ground, lambda code: of[code]), outline_path(contours, ground)
