"""The geographic map without seeing it: about five sentences, a line a commune, a line a place abroad."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphsvc.domain.text import sort_key
from graphsvc.snapshot import Snapshot
from web.maps.geo_home_drawing import intercommunality
from web.maps.geo_map import place_address
from web.maps.geo_measures import Measured
from web.maps.geo_places import Bond, Places, Town
from web.maps.geo_words import bond_class
from web.named import place_name
from web.spoken import gettext as _
from web.spoken import ngettext
from web.written import counted, listed, number

_NAMED = 3
SORTS = ("commune", "epci", "acteurs", "themes", "partenaires", "isoles")
Named = tuple[str, str]  # id, name


@dataclass(frozen=True, slots=True)
class TownRow:
    """A commune: `actors` as (id, name); `value`: the measure shown; `known`, `listed`: of the directory."""

    address: str
    name: str
    whole: str
    actors: tuple[Named, ...]
    themes: int
    abroad: int
    alone: int
    known: int
    listed: int
    value: int | None


@dataclass(frozen=True, slots=True)
class BondRow:
    """A place abroad: who from here, on what ground, who is there."""

    address: str
    name: str
    country: str
    here: tuple[Named, ...]
    relation: str
    there: tuple[Named, ...]


def town_rows(snapshot: Snapshot, places: Places, measured: Measured, sort: str) -> list[TownRow]:
    """A line a measured place, in the order asked; numbers from the highest, names from A."""
    rows = [_town_row(snapshot, p, places.towns.get(p), measured) for p in measured.values]
    rows.sort(key=lambda r: sort_key(r.name))
    keys: Mapping[str, object] = {
        "acteurs": lambda r: -len(r.actors),
        "themes": lambda r: -r.themes,
        "partenaires": lambda r: -r.abroad,
        "isoles": lambda r: -r.alone,
        "epci": lambda r: (not r.whole, sort_key(r.whole)),
    }
    if sort in keys:
        rows.sort(key=keys[sort])  # type: ignore[arg-type]
    return rows


def bond_rows(snapshot: Snapshot, bonds: Sequence[Bond]) -> list[BondRow]:
    """A line a place abroad, those of most actors first."""
    return [
        BondRow(
            place_address(snapshot, b.place),
            place_name(snapshot.place(b.place)),
            place_name(snapshot.place(snapshot.ancestors(b.place)[-1])),
            named(snapshot, b.here),
            bond_class(b),
            named(snapshot, b.there),
        )
        for b in bonds
    ]


def named(snapshot: Snapshot, actors: Sequence[int]) -> tuple[Named, ...]:
    """Actors as (id, name), by name."""
    found = [(snapshot.ids[i], snapshot.name(i)) for i in actors]
    return tuple(sorted(found, key=lambda e: sort_key(e[1])))


def description(snapshot: Snapshot, places: Places, communes: int) -> list[str]:
    """How many actors in how many communes, where most are, how far they reach, who is not drawn."""
    at = any(t.actors for t in places.towns.values())
    if not at and not places.bonds and not places.unplaced and not places.elsewhere:
        return [_("Aucun acteur ne répond à ces filtres.")]
    return [*main_facts(snapshot, places, communes), *_not_drawn(places)]


def main_facts(snapshot: Snapshot, places: Places, communes: int) -> list[str]:
    """How many actors in how many communes, where most are, how far they reach."""
    at = [t for t in places.towns.values() if t.actors]
    return [*_at_home(snapshot, at, communes), *_abroad(snapshot, places)]


def _at_home(snapshot: Snapshot, at: Sequence[Town], communes: int) -> list[str]:
    actors = sum(len(t.actors) for t in at)
    said = [
        _(
            "La carte place %(actors)s dans %(towns)s sur %(all)s.",
            actors=counted(actors, _("acteur")),
            towns=counted(len(at), _("commune")),
            all=number(communes),
        )
    ]
    most = sorted(at, key=lambda t: (-len(t.actors), sort_key(place_name(snapshot.place(t.place)))))[:_NAMED]
    most = [t for t in most if len(t.actors) > 1]
    if most:
        names = listed([f"{place_name(snapshot.place(t.place))} ({len(t.actors)})" for t in most])
        said.append(_("On en compte le plus à %(names)s.", names=names))
    alone = sum(len(t.alone) for t in at)
    if alone:
        said.append(
            ngettext(
                "Un seul n'est relié à personne sur cette carte.",
                "%(n)s ne sont reliés à personne sur cette carte.",
                alone,
                n=number(alone),
            )
        )
    return said


def _abroad(snapshot: Snapshot, places: Places) -> list[str]:
    tied = [b for b in places.bonds if b.here]
    if not tied:
        return [_("Aucun d'eux n'agit à l'étranger selon nos données.")] if places.towns else []
    who = {i for b in tied for i in b.here}
    countries = {snapshot.ancestors(b.place)[-1] for b in tied}
    names = listed([f"{place_name(snapshot.place(b.place))} ({len(b.here)})" for b in tied[:_NAMED]])
    return [
        _(
            "Hors du territoire, %(who)s d'ici agissent dans %(places)s de %(countries)s, d'abord %(names)s.",
            who=counted(len(who), _("acteur")),
            places=counted(len(tied), _("lieu"), _("lieux")),
            countries=counted(len(countries), "pays", "pays"),
            names=names,
        )
        if len(who) > 1
        else _(
            "Hors du territoire, un acteur d'ici agit dans %(places)s, d'abord %(names)s.",
            places=counted(len(tied), _("lieu"), _("lieux")),
            names=names,
        )
    ]


def _not_drawn(places: Places) -> list[str]:
    said = []
    if places.unplaced:
        said.append(
            ngettext(
                "Un acteur du territoire n'a pas de commune connue : il est rangé sous le dessin.",
                "%(n)s acteurs du territoire n'ont pas de commune connue : ils sont rangés sous le dessin.",
                len(places.unplaced),
                n=number(len(places.unplaced)),
            )
        )
    if places.elsewhere:
        said.append(
            ngettext(
                "Un acteur sans lieu précis hors du territoire est nommé sous les tableaux.",
                "%(n)s acteurs sans lieu précis hors du territoire sont nommés sous les tableaux.",
                len(places.elsewhere),
                n=number(len(places.elsewhere)),
            )
        )
    return said


def _town_row(snapshot: Snapshot, p: int, town: Town | None, measured: Measured) -> TownRow:
    whole = intercommunality(snapshot, p)
    found = town or Town(p)
    return TownRow(
        place_address(snapshot, p),
        place_name(snapshot.place(p)),
        place_name(snapshot.place(whole)) if whole >= 0 else "",
        named(snapshot, found.actors),
        len(found.themes),
        len(found.abroad),
        len(found.alone),
        found.known,
        found.listed,
        measured.values.get(p),
    )
