"""The directory's filters as links: each choice, its count, and the address that turns it over."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote_plus

from flask import request

from graphsvc.domain.places import PlaceLevel
from graphsvc.domain.text import fold
from graphsvc.snapshot import Snapshot
from web.french import capital
from web.kept import kept, kept_in_words
from web.labels import label, plural
from web.named import place_name, topic_name
from web.shown import with_query
from web.spoken import lazy_gettext as _

_SHOWN = 7
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter. `on`: chosen now; `address`: the page with the choice turned over."""

    code: str
    name: str
    count: int
    on: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter: its parameter, its title, the choices shown and those behind « voir plus »."""

    parameter: str
    title: str
    first: list[Choice]
    more: list[Choice]


_TITLES = {
    "type": _("Type d'acteur"),
    "theme": _("Thème"),
    "territoire": _("Territoire d'action"),
    "siege": _("Siège"),
    "liens": _("Liens de coopération"),
    "role": _("Rôle"),
    "perimetre": _("Périmètre"),
    "engagement": _("Activité internationale"),
}


_ENGAGED = {"known": _("Connue"), "unknown": _("Non renseignée")}
_ONE_AT_A_TIME = frozenset({"liens", "engagement"})


def facets_shown(snapshot: Snapshot, counts: dict[str, list[tuple[str, int]]]) -> list[Facet]:
    """The facets in the order of the page; those that would change nothing are left out."""
    named = {
        "type": [(c, capital(plural("actor_kind", c, n)), n) for c, n in counts["kind"]],
        "liens": [(c, capital(label("isolated", c)), n) for c, n in counts["isolated"]],
        "theme": _themes(snapshot, counts["theme"]),
        "territoire": _places(snapshot, counts["territory"], seats=False),
        "siege": _places(snapshot, counts["seat"], seats=True),
        "role": [(c, capital(plural("actor_role", c, n)), n) for c, n in counts["role"]],
        "perimetre": [(c, capital(label("perimeter", c)), n) for c, n in counts["perimeter"]],
        "engagement": [(c, str(_ENGAGED[c]), n) for c, n in counts["engaged"]],
    }
    facets = (_facet(parameter, choices) for parameter, choices in named.items())
    return [facet for facet in facets if facet.first]


def _facet(parameter: str, named: list[tuple[str, str, int]]) -> Facet:
    chosen = request.args.getlist(parameter)
    named = sorted(named, key=lambda entry: entry[0] not in chosen)[:_LONGEST]
    rest = with_query({parameter: None})  # once a filter: a hundred choices are shown
    choices = [
        Choice(code, name, count, code in chosen, _also(rest, parameter, _toggled(parameter, chosen, code)))
        for code, name, count in named
    ]
    return Facet(parameter, str(_TITLES[parameter]), choices[:_SHOWN], choices[_SHOWN:])


def _also(address: str, parameter: str, codes: list[str]) -> str:
    asked = "&".join(f"{parameter}={quote_plus(code)}" for code in codes)
    return f"{address}{'&' if '?' in address else '?'}{asked}" if asked else address


def _toggled(parameter: str, chosen: list[str], code: str) -> list[str]:
    if code in chosen:
        return [c for c in chosen if c != code]
    return [code] if parameter in _ONE_AT_A_TIME else [*chosen, code]


def _themes(snapshot: Snapshot, counts: list[tuple[str, int]]) -> list[tuple[str, str, int]]:
    names = _theme_names(snapshot)
    return [(code, names[code], count) for code, count in counts]


def _places(snapshot: Snapshot, counts: list[tuple[str, int]], *, seats: bool) -> list[tuple[str, str, int]]:
    """Seats: communes and intercommunalities. Territories: those outside what contains the home place."""
    names = _seat_names(snapshot) if seats else _territory_names(snapshot)
    found = [(names[code], code, count) for code, count in counts if code in names]
    return [
        (code, said.name, count) for said, code, count in sorted(found, key=lambda e: (-e[2], e[0].order))
    ]


@kept_in_words
def _theme_names(snapshot: Snapshot) -> dict[str, str]:
    return {id_: topic_name(snapshot.theme(t)) for t, id_ in enumerate(snapshot.theme_ids)}


class _Said(NamedTuple):
    """A name and where it stands in the order of names."""

    name: str
    order: str


@kept
def _seat_names(snapshot: Snapshot) -> dict[str, _Said]:
    places = (snapshot.place(p) for p in range(len(snapshot.place_ids)))
    seats = (PlaceLevel.MUNICIPALITY, PlaceLevel.INTERCOMMUNALITY)
    return {p.id: _Said(p.name, fold(p.name)) for p in places if p.level in seats}


@kept_in_words
def _territory_names(snapshot: Snapshot) -> dict[str, _Said]:
    around = {a for p in snapshot.places.home.nonzero()[0][:1] for a in snapshot.ancestors(int(p))[1:]}
    names = {
        id_: place_name(snapshot.place(p)) for p, id_ in enumerate(snapshot.place_ids) if p not in around
    }
    return {id_: _Said(name, fold(name)) for id_, name in names.items()}
