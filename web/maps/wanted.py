"""What a map is asked for: the filters and the ways of looking that the address holds, read with care."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.errors import InvalidValue, Refused
from graphsvc.domain.links import LinkClass
from graphsvc.domain.records import RecordKind
from graphsvc.search import find_actor
from graphsvc.snapshot import Snapshot
from web.link_lines import read_link

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

Value = TypeVar("Value")
Code = TypeVar("Code", bound=StrEnum)
DEFAULT_CLASSES = frozenset({LinkClass.COOPERATION, LinkClass.RESOURCE, LinkClass.STRUCTURAL})
MOST_IMAGINED = 40
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class Grouping(StrEnum):
    """What the discs of the map gather; the values are those of the address."""

    COMMUNITY = "communaute"
    THEME = "theme"
    TERRITORY = "territoire"
    KIND = "type"


@dataclass(frozen=True, slots=True)
class MapFilter:
    """The whole state of a map, as the address holds it.

    `year`: what was live at some time in that year; None = today. `compared`: another year, to see what
    appeared and what ended between the two. `past`: also what is over, dormant, planned or attempted.
    `fresh`: only what was confirmed in the last ten years. `unknown`: also actors of no known activity.
    `start`, `goal`: the two ends of a path. `imagined`: links that do not exist, pairs of actors.
    `proposed`: also the best link the site proposes to each isolated actor shown.
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
    grouping: Grouping = Grouping.COMMUNITY
    compared: int | None = None
    start: int | None = None
    goal: int | None = None
    imagined: tuple[tuple[int, int], ...] = ()
    proposed: bool = False


def read_filter(snapshot: Snapshot, args: "MultiDict[str, str]") -> MapFilter:
    """The filter of a query string. Raises InvalidValue for a value nobody knows, the first of them."""
    found, faults = read_what_is_sound(snapshot, args)
    if faults:
        raise faults[0]
    return found


def read_what_is_sound(
    snapshot: Snapshot, args: "MultiDict[str, str]"
) -> tuple[MapFilter, tuple[InvalidValue, ...]]:
    """The filter, each wrong value left at its default, and what was wrong: an address may be cut or old."""
    reading = _Reading(snapshot, args)
    found = MapFilter(
        kinds=frozenset(reading.all_of("type", lambda v: _code(ActorKind, v, "type"))),
        classes=frozenset(reading.all_of("lien", lambda v: _code(LinkClass, v, "lien"))) or DEFAULT_CLASSES,
        theme=reading.one("theme", lambda v: _position(snapshot, RecordKind.THEME, v, "theme")),
        seat=reading.one("siege", lambda v: _position(snapshot, RecordKind.PLACE, v, "siege")),
        territory=reading.one("territoire", lambda v: _position(snapshot, RecordKind.PLACE, v, "territoire")),
        year=reading.one("annee", lambda v: _number(v, "annee", _FIRST_YEAR, _LAST_YEAR)),
        past=not reading.is_one_of("etat", "vivants"),
        fresh=reading.is_one_of("confirmes", "1"),
        unknown=reading.is_one_of("tous", "1"),
        centre=reading.one("acteur", lambda v: _actor(snapshot, v, "acteur")),
        steps=reading.one("pas", lambda v: _number(v, "pas", 1, 3)) or 1,
        grouping=reading.one("grouper", lambda v: _code(Grouping, v, "grouper")) or Grouping.COMMUNITY,
        compared=reading.one("comparer", lambda v: _number(v, "comparer", _FIRST_YEAR, _LAST_YEAR)),
        start=reading.one("de", lambda v: _named_actor(snapshot, v, "de")),
        goal=reading.one("vers", lambda v: _named_actor(snapshot, v, "vers")),
        proposed=reading.is_one_of("proposer", "1"),
        imagined=tuple(dict.fromkeys(reading.all_of("imaginer", lambda v: _link(snapshot, v)))),
    )
    return found, tuple(reading.faults)


@dataclass
class _Reading:
    """One reading of an address: what was wrong gathers in `faults`."""

    snapshot: Snapshot
    args: "MultiDict[str, str]"
    faults: list[InvalidValue] = field(default_factory=list)

    def one(self, name: str, read: Callable[[str], Value]) -> Value | None:
        values = self.all_of(name, read, most=1)
        return values[0] if values else None

    def all_of(self, name: str, read: Callable[[str], Value], most: int = MOST_IMAGINED) -> list[Value]:
        found = []
        for value in [v for v in self.args.getlist(name) if v][:most]:
            try:
                found.append(read(value))
            except InvalidValue as fault:
                self.faults.append(fault)
        return found

    def is_one_of(self, name: str, expected: str) -> bool:
        value = self.args.get(name, "")
        if value not in ("", "0", expected):
            self.faults.append(_wrong(name, value))
        return value == expected


def address_values(snapshot: Snapshot, wanted: MapFilter) -> Mapping[str, list[str]]:
    """What a link to the same map says of it, beside the filters: the path and the imagined links."""
    found: dict[str, list[str]] = {}
    if wanted.start is not None and wanted.goal is not None:
        found |= {"de": [snapshot.ids[wanted.start]], "vers": [snapshot.ids[wanted.goal]]}
    if wanted.imagined:
        found["imaginer"] = [f"{snapshot.ids[a]} = {snapshot.ids[b]}" for a, b in wanted.imagined]
    return found


def typed_end(snapshot: Snapshot, i: int | None) -> str:
    """What names an end of a path in its field: the name when no other actor bears it, else the key."""
    if i is None:
        return ""
    try:
        return snapshot.name(i) if find_actor(snapshot, snapshot.name(i)) == i else snapshot.ids[i]
    except Refused:
        return snapshot.ids[i]


def _wrong(name: str, value: str) -> InvalidValue:
    return InvalidValue("filtre", name, value[:80], "unknown_code")


def _code(codes: type[Code], value: str, name: str) -> Code:
    try:
        return codes(value)
    except ValueError:
        raise _wrong(name, value) from None


def _position(snapshot: Snapshot, kind: RecordKind, value: str, name: str) -> int:
    found = snapshot.position(kind, value)
    if found is None:
        raise _wrong(name, value)
    return found


def _actor(snapshot: Snapshot, value: str, name: str) -> int:
    found = snapshot.index(value)
    if found is None:
        raise _wrong(name, value)
    return found


def _named_actor(snapshot: Snapshot, value: str, name: str) -> int:
    """By its key, or by a name only one actor bears: people type the ends of a path."""
    try:
        return find_actor(snapshot, value[:300])
    except Refused:
        raise _wrong(name, value) from None


def _link(snapshot: Snapshot, value: str) -> tuple[int, int]:
    try:
        a, b = read_link(snapshot, value)
    except Refused:
        raise _wrong("imaginer", value) from None
    if a == b:
        raise _wrong("imaginer", value)
    return a, b


def _number(value: str, name: str, least: int, most: int) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 4 and least <= int(value) <= most):
        raise _wrong(name, value)
    return int(value)
