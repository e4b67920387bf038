"""The geographic map: the territory and the world, with the filters and the selection of the network map."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask import Blueprint, current_app, render_template, request
from werkzeug.datastructures import MultiDict

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.errors import InvalidValue
from graphsvc.snapshot import Snapshot
from web.kept import kept_in_words
from web.maps.choices import choices
from web.maps.chosen import DEFAULT_CLASSES, MapFilter, choose
from web.maps.geo_classes import shade_of
from web.maps.geo_contours import Contours
from web.maps.geo_frames import FRAMES, GLOBE, OUTSTANDING, WHOLE
from web.maps.geo_home_drawing import Symbols
from web.maps.geo_map import GeoMap, Look, geo_map
from web.maps.geo_measures import SHARES, Measure
from web.maps.geo_territory import territory_contours, world_contours
from web.maps.geo_told import SORTS, BondRow, TownRow, bond_rows, description, named, town_rows
from web.maps.geo_words import (
    class_words,
    frame_words,
    measure_names,
    measure_note,
    range_text,
    value_text,
)
from web.maps.wanted import read_what_is_sound
from web.maps.words import fault_sentences
from web.permissions import Action, may, policy
from web.shown import served, services
from web.views.tally import tally

bp = Blueprint("geography", __name__)
Code = TypeVar("Code", bound=StrEnum)
_FRAMES = (WHOLE, *FRAMES, GLOBE, OUTSTANDING)
_NETWORK_VALUES = ("grouper", "comparer", "de", "vers", "imaginer", "proposer")
_SHARED = frozenset(
    {"theme", "siege", "territoire", "annee", "type", "lien", "etat", "confirmes", "tous", "acteur", "pas"}
    | set(_NETWORK_VALUES)
)
"""What the address says of both maps; the rest is of one alone."""


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A line of the legend: the shade of the class, its range in words, how many places are in it."""

    shade: int
    text: str
    count: int


@bp.get("/carte/territoire")
@policy(Action.READ)
def page() -> str:
    """Both drawings, their legend, and the same in words and in tables.

    What is wrong in the address is left at its default, and said.
    """
    snapshot, today = served().snapshot, services().today()
    wanted, look, faults = read_address(snapshot)
    contours, without = contours_here(snapshot)
    drawn = geo_map(snapshot, wanted, look, today, contours, world_contours())
    sort = request.args.get("tri", "commune")
    sort = sort if sort in SORTS else "commune"
    return render_template(
        "geography.html",
        **form_values(snapshot, wanted, look, faults),
        drawn=drawn,
        sentences=description(snapshot, drawn.places, len(drawn.measured.values)),
        towns=_kept_rows(snapshot, wanted, look, sort, today, contours)[0],
        sort=sort,
        bonds=_kept_rows(snapshot, wanted, look, sort, today, contours)[1],
        unplaced=named(snapshot, drawn.places.unplaced),
        elsewhere=named(snapshot, drawn.places.elsewhere),
        legend=class_lines(drawn, look.measure),
        kinds=kinds_shown(snapshot, wanted),
        measures=measure_names(),
        note=measure_note(look.measure),
        classes=class_words(),
        without=without,
        attributions=[c.attribution for c in (contours, world_contours()) if c and c.attribution],
        value_text=lambda value: value_text(value, look.measure),
        share=look.measure in SHARES,
        tally=tally(snapshot, today),
        named=may(Action.SEE_WORK_LIST),
    )


@kept_in_words
def _kept_rows(
    snapshot: Snapshot, wanted: MapFilter, look: Look, sort: str, today: date, contours: Contours | None
) -> tuple[list[TownRow], list[BondRow]]:
    """The lines of both tables."""
    drawn = geo_map(snapshot, wanted, look, today, contours, world_contours())
    return town_rows(snapshot, drawn.places, drawn.measured, sort), bond_rows(snapshot, drawn.places.bonds)


def contours_here(snapshot: Snapshot) -> tuple[Contours | None, str | None]:
    """The contours of the territory being served, or why there are none."""
    return territory_contours(snapshot, current_app.config.get("MAILLAGE_CONTOURS"))


def read_address(snapshot: Snapshot) -> tuple[MapFilter, Look, tuple[InvalidValue, ...]]:
    """The filters of both maps, the look of this one, and what was wrong."""
    wanted, faults = read_what_is_sound(snapshot, request.args)
    wanted = replace(wanted, **_NETWORK_ONLY)
    wrong: list[InvalidValue] = []
    look = Look(
        _code(Measure, "mesure", Measure.ACTORS, wrong),
        _code(Symbols, "symboles", Symbols.ACTORS, wrong),
        _one_of(_FRAMES, "cadre", wrong),
    )
    if (sort := request.args.get("tri", "")) and sort not in SORTS:
        wrong.append(InvalidValue("filtre", "tri", sort[:80], "unknown_code"))
    return wanted, look, (*faults, *wrong)


_DEFAULT = MapFilter()
_NETWORK_ONLY: dict[str, Any] = {
    name: getattr(_DEFAULT, name)
    for name in ("grouping", "compared", "start", "goal", "imagined", "proposed")
}
"""What the network map alone draws: kept in the address, of no effect here."""


def form_values(
    snapshot: Snapshot, wanted: MapFilter, look: Look, faults: tuple[InvalidValue, ...]
) -> dict[str, Any]:
    """What the filters of a geographic map show, and the links to the other maps with the same state."""
    return {
        "wanted": wanted,
        "look": look,
        "faults": fault_sentences(faults),
        "options": choices(snapshot),
        "chosen": {
            name: request.args.get(name, "") for name in ("theme", "siege", "territoire", "annee", "acteur")
        },
        "default_classes": DEFAULT_CLASSES,
        "centre": snapshot.name(wanted.centre) if wanted.centre is not None else "",
        "kept": _kept_values(),
        "state": _state(),
        "frame_names": frame_words(),
    }


def _state() -> dict[str, list[str]]:
    """The state that the maps share, for links from one to the other; no name that is not ours."""
    return {name: values for name, values in request.args.lists() if name in _SHARED}


def _kept_values() -> list[tuple[str, str]]:
    """What the form carries along without showing it."""
    names = (*_NETWORK_VALUES, "cadre", "tri")
    args: MultiDict[str, str] = request.args
    return [(name, value) for name in names for value in args.getlist(name)[:40]]


def _code(codes: type[Code], name: str, usual: Code, wrong: list[InvalidValue]) -> Code:
    value = request.args.get(name, "")
    try:
        return codes(value) if value else usual
    except ValueError:
        wrong.append(InvalidValue("filtre", name, value[:80], "unknown_code"))
        return usual


def _one_of(codes: tuple[str, ...], name: str, wrong: list[InvalidValue]) -> str:
    value = request.args.get(name, "") or codes[0]
    if value in codes:
        return value
    wrong.append(InvalidValue("filtre", name, value[:80], "unknown_code"))
    return codes[0]


def class_lines(drawn: GeoMap, measure: Measure) -> list[ClassLine]:
    """The classes of the territory, from the least."""
    classes = drawn.measured.classes
    return [
        ClassLine(shade_of(c.most, classes), range_text(c.least, c.most, measure), c.count) for c in classes
    ]


def kinds_shown(snapshot: Snapshot, wanted: MapFilter) -> list[tuple[str, int]]:
    """The kinds of a map that hides none of them."""
    shown = choose(snapshot, replace(wanted, kinds=frozenset()), services().today())
    kinds = list(ActorKind)
    counts = Counter(kinds[int(snapshot.actors.kind[i])].value for i in shown.nodes)
    return [(kind.value, counts[kind.value]) for kind in kinds if counts[kind.value]]
