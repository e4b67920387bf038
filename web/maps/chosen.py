"""What the map shows: the filters of the address, and the actors and relations they let through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict

from graphsvc.analytics.projection import Edge, class_edges
from graphsvc.domain.actors import ActorKind
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.links import LinkClass
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX, DAY_MIN, RelationSource

Code = TypeVar("Code", bound=StrEnum)
DEFAULT_CLASSES = frozenset({LinkClass.COOPERATION, LinkClass.RESOURCE, LinkClass.STRUCTURAL})
STALE_YEARS = 10
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class MapFilter:
    """The whole state of a map, as the address holds it.

    `year`: what was live at some time in that year; None = today. `past`: also what is over, dormant,
    planned or attempted. `fresh`: only what was confirmed in the last ten years. `unknown`: also actors of
    no known activity.
    """

    kinds: frozenset[ActorKind] = frozenset()
    classes: frozenset[LinkClass] = DEFAULT_CLASSES
    theme: int | None = None
    seat: int | None = None
    territory: int | None = None
    year: int | None = None
    past: bool = True
    fresh: bool = False
    unknown: bool = False
    centre: int | None = None
    steps: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """What passes. `context`: neighbours that the filters alone would hide. `ties`: live ties of each.

    `partners`: whom a cooperation on this map joins each actor to.
    """

    nodes: tuple[int, ...]
    context: frozenset[int]
    edges: tuple[Edge, ...]
    ties: Mapping[int, int]
    partners: Mapping[int, frozenset[int]]


def read_filter(snapshot: Snapshot, args: "MultiDict[str, str]") -> MapFilter:
    """The filter of a query string. Raises InvalidValue for a code nobody knows."""
    centre = args.get("acteur", "")
    found = MapFilter(
        kinds=frozenset(_code(ActorKind, v, "type") for v in args.getlist("type") if v),
        classes=frozenset(_code(LinkClass, v, "lien") for v in args.getlist("lien") if v) or DEFAULT_CLASSES,
        theme=_position(snapshot, RecordKind.THEME, args.get("theme", ""), "theme"),
        seat=_position(snapshot, RecordKind.PLACE, args.get("siege", ""), "siege"),
        territory=_position(snapshot, RecordKind.PLACE, args.get("territoire", ""), "territoire"),
        year=_number(args.get("annee", ""), "annee", _FIRST_YEAR, _LAST_YEAR),
        past=args.get("etat", "") != "vivants",
        fresh=args.get("confirmes", "") == "1",
        unknown=args.get("tous", "") == "1",
        centre=snapshot.index(centre) if centre else None,
        steps=_number(args.get("pas", ""), "pas", 1, 3) or 1,
    )
    if centre and found.centre is None:
        raise InvalidValue("filtre", "acteur", centre[:80], "unknown_code")
    return found


@lru_cache(maxsize=64)
def choose(snapshot: Snapshot, wanted: MapFilter, today: date) -> Shown:
    """The actors and relations to show, actors in index order."""
    edges = _edges(snapshot, wanted, today)
    around: dict[int, set[int]] = {}
    for edge in edges:
        around.setdefault(edge.a, set()).add(edge.b)
        around.setdefault(edge.b, set()).add(edge.a)
    chosen = _actors(snapshot, wanted, around, today)
    context: set[int] = set()
    if wanted.theme is not None or wanted.seat is not None or wanted.territory is not None:
        context = {j for i in chosen for j in around.get(i, ())} - chosen
        context = {j for j in context if not wanted.kinds or _kind(snapshot, j) in wanted.kinds}
    if wanted.centre is not None:
        near = _near(wanted.centre, around, wanted.steps)
        chosen, context = (chosen & near) | {wanted.centre}, context & near
    visible = chosen | context
    kept = tuple(e for e in edges if e.a in visible and e.b in visible and (e.a in chosen or e.b in chosen))
    degree = snapshot.ties(today).degree
    return Shown(
        tuple(sorted(visible)),
        frozenset(context - chosen),
        kept,
        {i: int(degree[i]) for i in sorted(visible)},
        _partners(kept),
    )


def _partners(edges: Iterable[Edge]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for edge in edges:
        if edge.link_class is LinkClass.COOPERATION:
            found.setdefault(edge.a, set()).add(edge.b)
            found.setdefault(edge.b, set()).add(edge.a)
    return {i: frozenset(others) for i, others in found.items()}


def _edges(snapshot: Snapshot, wanted: MapFilter, today: date) -> list[Edge]:
    day = today if wanted.year is None else _day_in(wanted.year, today)
    edges = class_edges(snapshot, day, classes=wanted.classes, stale_after_years=STALE_YEARS)
    found = [e for e in edges if e.live or (wanted.past and wanted.year is None)]
    if wanted.year is not None:
        found = [e for e in edges if _live_in(snapshot, e, wanted.year)]
    if wanted.fresh:
        found = [e for e in found if e.fresh]
    return found


def _actors(snapshot: Snapshot, wanted: MapFilter, around: Mapping[int, set[int]], today: date) -> set[int]:
    actors = snapshot.actors
    day = today if wanted.year is None else _day_in(wanted.year, today)
    ordinal = day.toordinal()
    found = set()
    for i in range(snapshot.n):
        if not (actors.engaged[i] or i in around or wanted.unknown):
            continue
        if i not in around and not actors.founded[i] <= ordinal <= actors.ended[i]:
            continue
        if wanted.kinds and _kind(snapshot, i) not in wanted.kinds:
            continue
        if wanted.seat is not None and not _within(snapshot, int(actors.seat[i]), wanted.seat):
            continue
        if wanted.theme is not None and not _has_theme(snapshot, i, wanted.theme):
            continue
        if wanted.territory is not None and not _acts_in(snapshot, i, wanted.territory):
            continue
        found.add(i)
    return found


def _has_theme(snapshot: Snapshot, i: int, theme: int) -> bool:
    own = snapshot.actors.theme_ids[snapshot.actors.theme_ptr[i] : snapshot.actors.theme_ptr[i + 1]]
    if any(theme in snapshot.theme_ancestors(int(t)) for t in own):
        return True
    told = (t for record in _joins(snapshot, i) for t in record.themes)
    return any(
        theme in snapshot.theme_ancestors(t) for code in told if (t := snapshot.theme_index(code)) is not None
    )


def _acts_in(snapshot: Snapshot, i: int, place: int) -> bool:
    own = snapshot.actors.place_ids[snapshot.actors.place_ptr[i] : snapshot.actors.place_ptr[i + 1]]
    if any(_within(snapshot, int(p), place) for p in own):
        return True
    if _kind(snapshot, i) is ActorKind.PARTNER_TERRITORY and _within(
        snapshot, int(snapshot.actors.seat[i]), place
    ):
        return True
    told = (p for record in _joins(snapshot, i) for p in record.territories)
    return any(_within(snapshot, p, place) for code in told if (p := snapshot.place_index(code)) is not None)


def _joins(snapshot: Snapshot, i: int) -> list[Any]:
    """The links, agreements and projects of an actor, which say on what and where."""
    relations = snapshot.relations
    tables = {
        RelationSource.LINK: snapshot.link,
        RelationSource.AGREEMENT: snapshot.agreement,
        RelationSource.PROJECT: snapshot.project,
    }
    rows = snapshot.relations_of(i)
    keys = {(int(relations.source[r]), int(relations.record[r])) for r in rows.tolist()}
    return [tables[RelationSource(s)](k) for s, k in sorted(keys) if RelationSource(s) in tables]


def _live_in(snapshot: Snapshot, edge: Edge, year: int) -> bool:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    relations = snapshot.relations
    return any(
        max(int(relations.first[r]), DAY_MIN, first) <= min(int(relations.last[r]), DAY_MAX, last)
        for r in edge.rows
    )


def _near(centre: int, around: Mapping[int, set[int]], steps: int) -> set[int]:
    reached = {centre}
    for _ in range(steps):
        reached |= {j for i in reached for j in around.get(i, ())}
    return reached


def _within(snapshot: Snapshot, place: int, whole: int) -> bool:
    return place >= 0 and whole in snapshot.ancestors(place)


def _kind(snapshot: Snapshot, i: int) -> ActorKind:
    return list(ActorKind)[int(snapshot.actors.kind[i])]


def _day_in(year: int, today: date) -> date:
    return today if year == today.year else date(year, 12, 31)


def _code(codes: type[Code], value: str, name: str) -> Code:
    try:
        return codes(value)
    except ValueError:
        raise InvalidValue("filtre", name, value[:80], "unknown_code") from None


def _position(snapshot: Snapshot, kind: RecordKind, value: str, name: str) -> int | None:
    if not value:
        return None
    found = snapshot.position(kind, value)
    if found is None:
        raise InvalidValue("filtre", name, value[:80], "unknown_code")
    return found


def _number(value: str, name: str, least: int, most: int) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 4 and least <= int(value) <= most):
        raise InvalidValue("filtre", name, value[:80], "unknown_code")
    return int(value)
