"""Where the network is thick, thin or absent abroad: on the world map, and in a matrix of themes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from markupsafe import Markup

from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from matcher.places.concentration import Load, PlaceLoad
from matcher.places.gaps import Grid, MissingTheme, UnmetNeed
from web.kept import kept_in_words
from web.maps.chosen import MapFilter
from web.maps.geo_classes import ValueClass, classes_of, shade_of
from web.maps.geo_contours import Contours
from web.maps.geo_frames import OUTSTANDING, Frame, frame_around
from web.maps.geo_home_drawing import Symbols
from web.maps.geo_map import kept_places, world_frames, world_words
from web.maps.geo_places import Bond, Places
from web.maps.geo_world_drawing import Mark, WorldLook, ground, world_drawing
from web.named import place_name
from web.spoken import gettext as _
from web.views.opportunities.lists import kept_grid, kept_loads, kept_missing, kept_needs
from web.words.groups import load_word
from web.written import counted

SHAPE_OF = {Load.CROWDED: "dot", Load.HANGING: "diamond", Load.NOBODY: "square"}
"""The markers of the places that stand out, with a number in them; the others are small and bear none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A theme at a place: actors of the territory there on it; `called`: nobody, yet it is asked for."""

    count: int
    called: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A partner territory: its load, the cells of each theme, needs without an offer that name it."""

    place: int
    load: PlaceLoad | None
    cells: tuple[Cell, ...]
    needs: int


@dataclass(frozen=True, slots=True)
class GapMap:
    """What the page shows. `frame`: the part of the world seen at first; `classes`: of themes called for
    without anybody, by country; `needs`: unanswered.
    """

    world: Markup
    frames: tuple[Frame, ...]
    frame: str
    classes: tuple[ValueClass, ...]
    loads: tuple[PlaceLoad, ...]
    themes: tuple[int, ...]
    rows: tuple[MatrixRow, ...]
    missing: tuple[MissingTheme, ...]
    needs: tuple[UnmetNeed, ...]


@kept_in_words
def gap_map(
    snapshot: Snapshot, wanted: MapFilter, frame: str, today: date, contours: Contours | None, world: Contours
) -> GapMap:
    """The map of a theme, a territory, or all."""
    themes = () if wanted.theme is None else (snapshot.theme_ids[wanted.theme],)
    areas = () if wanted.territory is None else (snapshot.place_ids[wanted.territory],)
    loads = kept_loads(snapshot, today, areas)
    missing = kept_missing(snapshot, today, themes, areas)
    needs = _needs_at(snapshot, kept_needs(snapshot, today, themes), wanted.territory)
    bonds = _bonds(snapshot, kept_places(snapshot, wanted, today, contours), loads)
    frames = [*_standing_out(snapshot, loads), *world_frames(snapshot, bonds)]
    shown = next((f for f in frames if f.code == frame), frames[0])
    lacking = _by_country(snapshot, missing)
    classes = tuple(classes_of(lacking.values(), 4))
    look = WorldLook(
        shown.seen,
        Symbols.NONE,
        {country: f"q{shade_of(n, classes)}" for country, n in lacking.items()},
        _marks(loads, bonds),
        wanted.centre,
        arcs=False,
    )
    words = world_words(snapshot)
    at = {load.place: load for load in loads}
    grid = kept_grid(snapshot, today)
    return GapMap(
        world_drawing(
            snapshot,
            Places({}, (), bonds, ()),
            world,
            look,
            words.saying(
                lambda bond: _told(snapshot, bond, at.get(bond.place)),
                lambda p, _count: _country_told(snapshot, p, lacking.get(p, 0)),
                _("Carte des manques et des concentrations"),
            ),
        ),
        tuple(frames),
        shown.code,
        classes,
        loads,
        _columns(snapshot, grid, wanted.theme),
        _matrix(snapshot, grid, at, missing, needs, wanted),
        missing,
        needs,
    )


def _needs_at(snapshot: Snapshot, needs: Sequence[UnmetNeed], territory: int | None) -> tuple[UnmetNeed, ...]:
    return tuple(n for n in needs if territory is None or territory in need_places(snapshot, n))


def need_places(snapshot: Snapshot, need: UnmetNeed) -> set[int]:
    """The places a need names, with what contains them."""
    named = snapshot.announcement(need.announcement).territories
    positions = (snapshot.place_index(key) for key in named)
    return {a for p in positions if p is not None for a in snapshot.ancestors(p)}


def _bonds(snapshot: Snapshot, places: Places, loads: Sequence[PlaceLoad]) -> tuple[Bond, ...]:
    """The places of the map that have a load, and those of a load that no actor of the map is at."""
    known = {b.place: b for b in places.bonds}
    lat = snapshot.places.lat
    found = [
        known.get(load.place) or Bond(load.place, (), load.partners, None, live=True)
        for load in loads
        if not np.isnan(lat[load.place])
        and (snapshot.place(load.place).level is not PlaceLevel.COUNTRY or load.load in SHAPE_OF)
    ]
    return tuple(sorted(found, key=lambda b: (-len(b.here), -len(b.there), b.place)))


def _standing_out(snapshot: Snapshot, loads: Sequence[PlaceLoad]) -> list[Frame]:
    """The part of the world that holds the places that stand out; none when none does."""
    lon, lat = snapshot.places.lon, snapshot.places.lat
    at = [p.place for p in loads if p.load in SHAPE_OF and not np.isnan(lat[p.place])]
    spots = [(float(lon[p]), float(lat[p])) for p in at]
    return [frame_around(ground(), OUTSTANDING, spots)] if spots else []


def _marks(loads: Sequence[PlaceLoad], bonds: Sequence[Bond]) -> dict[int, Mark]:
    drawn = {b.place for b in bonds}
    return {
        load.place: Mark(f"load {load.load.value}", sign_of(load), SHAPE_OF.get(load.load, "dot"))
        for load in loads
        if load.place in drawn
    }


def sign_of(load: PlaceLoad) -> str:
    """What stands in a marker: how many actors where many or none are, how many links where one holds."""
    if load.load not in SHAPE_OF:
        return ""
    return str(load.links if load.load is Load.HANGING else load.count)


def _by_country(snapshot: Snapshot, missing: Sequence[MissingTheme]) -> dict[int, int]:
    """Themes called for without anybody, by country: a theme counts once a country."""
    pairs = {(snapshot.ancestors(gap.place)[-1], gap.theme) for gap in missing}
    return dict(Counter(country for country, _theme in pairs))


def _columns(snapshot: Snapshot, grid: Grid, theme: int | None) -> tuple[int, ...]:
    if theme is None:
        return grid.themes
    return tuple(t for t in grid.themes if t in snapshot.theme_ancestors(theme))


def _matrix(
    snapshot: Snapshot,
    grid: Grid,
    at: Mapping[int, PlaceLoad],
    missing: Sequence[MissingTheme],
    needs: Sequence[UnmetNeed],
    wanted: MapFilter,
) -> tuple[MatrixRow, ...]:
    called = {(gap.place, gap.theme) for gap in missing}
    asked = Counter(p for need in needs for p in need_places(snapshot, need))
    columns = _columns(snapshot, grid, wanted.theme)
    numbers = {t: k for k, t in enumerate(grid.themes)}
    return tuple(
        MatrixRow(
            place,
            at.get(place),
            tuple(Cell(int(counts[numbers[t]]), (place, t) in called) for t in columns),
            asked[place],
        )
        for place, counts in zip(grid.places, grid.counts.tolist(), strict=True)
        if wanted.territory is None or wanted.territory in snapshot.ancestors(place)
    )


def _told(snapshot: Snapshot, bond: Bond, load: PlaceLoad | None) -> str:
    """A place in one line, without a name of an actor."""
    place = snapshot.place(bond.place)
    country = place_name(snapshot.place(snapshot.ancestors(bond.place)[-1]))
    name = place_name(place)
    head = name if name == country else f"{name} ({country})"
    if load is None:
        return head
    parts = [load_word(load.load.value), counted(load.count, _("acteur d'ici"), _("acteurs d'ici"))]
    if load.links:
        parts.append(counted(load.links, _("lien vivant"), _("liens vivants")))
    return _("%(place)s : %(facts)s", place=head, facts=", ".join(parts))


def _country_told(snapshot: Snapshot, p: int, lacking: int) -> str:
    name = place_name(snapshot.place(p))
    if not lacking:
        return _("%(name)s : aucun thème n'y manque selon nos données", name=name)
    return _(
        "%(name)s : %(n)s sans acteur d'ici",
        name=name,
        n=counted(lacking, _("thème attendu"), _("thèmes attendus")),
    )
