"""One geographic map, whole: both drawings, their legends, their words, kept with the snapshot."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from flask import url_for
from markupsafe import Markup

from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from web.kept import kept, kept_in_words
from web.maps.chosen import MapFilter
from web.maps.geo_contours import Contours
from web.maps.geo_frames import Frame, frames_of
from web.maps.geo_home_drawing import HomeWords, Symbols, home_drawing, intercommunality
from web.maps.geo_measures import Measure, Measured, measured
from web.maps.geo_places import Bond, Places, Town, home_point, home_roots, places_of
from web.maps.geo_words import bond_told, country_told, town_told
from web.maps.geo_world_drawing import (
    WorldLook,
    WorldWords,
    arc_width,
    ground,
    world_drawing,
)
from web.named import place_name
from web.spoken import gettext as _


@dataclass(frozen=True, slots=True)
class Look:
    """How a map is looked at: the rest of its address."""

    measure: Measure = Measure.ACTORS
    symbols: Symbols = Symbols.ACTORS
    frame: str = "tout"


@dataclass(frozen=True, slots=True)
class GeoMap:
    """What a page shows. `arcs`: places by class of relation; `widths`: places by class of width."""

    home: Markup
    world: Markup
    measured: Measured
    places: Places
    frames: tuple[Frame, ...]
    arcs: tuple[tuple[str, int], ...]
    widths: tuple[tuple[int, int], ...]


@kept
def kept_places(snapshot: Snapshot, wanted: MapFilter, today: date, contours: Contours | None) -> Places:
    """Where the actors of the map are."""
    return places_of(snapshot, wanted, today, contours.areas if contours else ())


def drawn_places(snapshot: Snapshot, contours: Contours | None, places: Places) -> list[int]:
    """The places of the territory that are measured: those with contours, and those with actors."""
    found = {p for code in contours.areas if (p := _home(snapshot, code)) is not None} if contours else set()
    if not found:
        home = np.flatnonzero(snapshot.places.home).tolist()
        found = {p for p in home if snapshot.place(p).level is PlaceLevel.MUNICIPALITY}
    return sorted(found | {p for p, t in places.towns.items() if t.actors})


def _home(snapshot: Snapshot, code: str) -> int | None:
    p = snapshot.place_index(code)
    return p if p is not None and snapshot.places.home[p] else None


@kept_in_words
def geo_map(
    snapshot: Snapshot, wanted: MapFilter, look: Look, today: date, contours: Contours | None, world: Contours
) -> GeoMap:
    """The map under these filters."""
    places = kept_places(snapshot, wanted, today, contours)
    found = measured(places.towns, drawn_places(snapshot, contours, places), look.measure)
    frames = world_frames(snapshot, places.bonds)
    seen = next((f for f in frames if f.code == look.frame), frames[0]).seen
    return GeoMap(
        home_drawing(
            snapshot, places, found, contours, look.symbols, home_words(snapshot, places), wanted.centre
        ),
        world_drawing(
            snapshot,
            places,
            world,
            WorldLook(seen, look.symbols, {}, {}, wanted.centre),
            world_words(snapshot),
        ),
        found,
        places,
        tuple(frames),
        _arcs(places.bonds),
        tuple(sorted(Counter(arc_width(len(b.here)) for b in places.bonds if b.here).items())),
    )


def world_frames(snapshot: Snapshot, bonds: Sequence[Bond]) -> list[Frame]:
    """The parts of the world that hold places of the map."""
    lon, lat = snapshot.places.lon, snapshot.places.lat
    spots = [(float(lon[b.place]), float(lat[b.place])) for b in bonds]
    return frames_of(ground(), spots, home_point(snapshot))


def home_name(snapshot: Snapshot) -> str:
    """The name of the territory: of its widest place, when it has one only."""
    roots = home_roots(snapshot)
    return place_name(snapshot.place(roots[0])) if len(roots) == 1 else _("Le territoire")


def home_words(snapshot: Snapshot, places: Places) -> HomeWords:
    """What the drawing of the territory says."""
    name = home_name(snapshot)

    def told(p: int, town: Town | None) -> str:
        whole = intercommunality(snapshot, p)
        return town_told(
            place_name(snapshot.place(p)), place_name(snapshot.place(whole)) if whole >= 0 else "", town
        )

    return HomeWords(
        _("Carte du territoire : %(name)s", name=name),
        _("Siège dans le territoire, commune non précisée (%(n)s)", n=len(places.unplaced)),
        told,
        lambda p: place_address(snapshot, p),
    )


def world_words(snapshot: Snapshot) -> WorldWords:
    """What the drawing of the world says."""

    def told(bond: Bond) -> str:
        country = place_name(snapshot.place(snapshot.ancestors(bond.place)[-1]))
        return bond_told(place_name(snapshot.place(bond.place)), country, bond)

    return WorldWords(
        _("Carte des lieux partenaires"),
        home_name(snapshot),
        told,
        lambda p, count: country_told(place_name(snapshot.place(p)), count),
        lambda p: place_address(snapshot, p),
    )


def place_address(snapshot: Snapshot, p: int) -> str:
    """The page of a place."""
    return url_for("territories.territory", id_=snapshot.place_ids[p])


def _arcs(bonds: Sequence[Bond]) -> tuple[tuple[str, int], ...]:
    counts = Counter(b.link_class for b in bonds if b.link_class)
    return tuple(
        (code, counts[code])
        for code in ("cooperation", "resource", "structural", "contact", "acts")
        if counts[code]
    )
