"""The filters of the board of announcements: read from the address, offered with their counts, mended."""

from dataclasses import replace

from flask import request

from graphsvc.domain.announcements import Direction, Nature
from graphsvc.domain.errors import InvalidValue
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.announcement_board import ANSWERABLE, Found, Standing, Wanted
from web.views.asked import texts
from web.views.publishing.topic_filters import topics_offered

USUAL_KM, MOST_KM = 20, 500
KILOMETRES = (5, 10, 20, 50, 100)
STANDINGS: dict[str, tuple[Standing, ...]] = {
    "ouvertes": ANSWERABLE,
    "recueillis": (Standing.RECORDED,),
    "a-venir": (Standing.UPCOMING,),
    "echues": (Standing.EXPIRED,),
    "closes": (Standing.CLOSED,),
    "toutes": tuple(Standing),
}
_QUIET = frozenset({"page", "km"})


def wanted_announcements() -> tuple[Wanted, str]:
    """What the address asks, and the code of the state it asks for. Raises InvalidValue."""
    etat = request.args.get("etat", "") or "ouvertes"
    if etat not in STANDINGS:
        raise InvalidValue("filtre", "etat", etat[:80], "unknown_code")
    return (
        Wanted(
            directions=tuple(Direction(code) for code in _codes("sens", list(Direction))),
            natures=tuple(Nature(code) for code in _codes("nature", list(Nature))),
            themes=texts("theme"),
            territories=texts("territoire"),
            standings=STANDINGS[etat],
            near=request.args.get("pres", "").strip()[:200],
            km=_km(),
            actor=request.args.get("acteur", "").strip()[:200],
        ),
        etat,
    )


def is_filtered() -> bool:
    """Whether the address narrows the board."""
    return any(value for name, value in request.args.items(multi=True) if name not in _QUIET)


def without_names(wanted: Wanted) -> Wanted:
    """The same question without what may have been mistyped."""
    return replace(wanted, themes=(), territories=(), near="", actor="")


def choices(snapshot: Snapshot, wanted: Wanted, found: Found) -> dict[str, object]:
    """What each filter offers, with the number of announcements of each choice."""
    standings, counts = dict(found.facets["standing"]), dict(found.facets["direction"])
    return {
        "directions": [(d.value, counts[d.value]) for d in Direction if counts.get(d.value)],
        "natures": list(found.facets["nature"]),
        "topics": topics_offered(snapshot, found.facets["theme"], wanted.themes, wanted.territories),
        "standings": [
            (code, count)
            for code, members in STANDINGS.items()
            if (count := sum(standings.get(s.value, 0) for s in members)) or code == "ouvertes"
        ],
    }


def _codes(name: str, codes: list[Direction] | list[Nature]) -> tuple[str, ...]:
    given = texts(name)
    for value in given:
        if value not in [code.value for code in codes]:
            raise InvalidValue("filtre", name, value[:80], "unknown_code")
    return given


def _km() -> float:
    given = request.args.get("km", "") or str(USUAL_KM)
    if not (given.isascii() and given.isdigit() and len(given) <= 3 and 1 <= int(given) <= MOST_KM):
        raise InvalidValue("filtre", "km", given[:80], "whole_number")
    return float(given)
