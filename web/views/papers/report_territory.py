"""The territory at the end of a year as a still picture for paper: who is where, how many in each commune."""

from dataclasses import dataclass
from datetime import date

from graphsvc.snapshot import Snapshot
from web.maps.chosen import MapFilter
from web.maps.geo_map import GeoMap, Look, geo_map, home_name
from web.maps.geo_territory import world_contours
from web.maps.geo_told import main_facts
from web.maps.geo_words import measure_names
from web.maps.sheet.geo_page import Key, shade_key
from web.maps.sheet.geo_still import still
from web.maps.sheet.words import SERIF
from web.spoken import gettext as _
from web.views.maps.geography import class_lines, contours_here
from web.written import counted

WIDTH, HEIGHT = 600.0, 640.0
_SIGN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -9 32 17">{}</svg>'


@dataclass(frozen=True, slots=True)
class TerritoryPicture:
    """`told`: its main facts in sentences; `classes`: a sign (SVG) and its words, from none to the most."""

    title: str
    svg: str
    told: tuple[str, ...]
    measure: str
    classes: tuple[Key, ...]
    source: str


def territory_picture(snapshot: Snapshot, year: int, today: date) -> TerritoryPicture | None:
    """The picture of a year, of today in this one; None when nobody has a seat in the territory."""
    wanted, look = MapFilter(year=year if year < today.year else None, past=False), Look()
    contours, _without = contours_here(snapshot)
    found = geo_map(snapshot, wanted, look, today, contours, world_contours())
    if not any(town.actors for town in found.places.towns.values()):
        return None
    drawn = still(str(found.home), "home", (0.0, 0.0, WIDTH, HEIGHT))
    box = f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}" font-family="{SERIF}"'
    return TerritoryPicture(
        title=_("Carte du territoire : %(name)s", name=home_name(snapshot)),
        svg=f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{drawn}</svg>',
        told=tuple(main_facts(snapshot, found.places, len(found.measured.values))),
        measure=f"{measure_names()[look.measure.value]} {_('par commune')}",
        classes=tuple(_classes(found, look)),
        source=f"{_('Contours :')} {contours.attribution}." if contours and contours.attribution else "",
    )


def _classes(found: GeoMap, look: Look) -> list[Key]:
    lines = class_lines(found, look.measure)
    keys = [shade_key(line.shade, f"{line.text} ({counted(line.count, _('commune'))})") for line in lines]
    return [Key(_SIGN.format(key.sign), key.words) for key in keys]
