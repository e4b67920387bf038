"""How a record is drawn in Neo4j: labels, properties and relationships a Neo4j user finds natural.

Nothing is kept twice: a reference is a relationship (or, on a link, a list of codes: a relationship cannot
point at a node), an actor's kind is its second label, a link's kind is its relationship type.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

from neo4j.spatial import WGS84Point

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.announcements import Announcement, Direction
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import Link, LinkKind
from graphsvc.domain.records import TYPE_OF, Record, RecordKind, kind_of
from graphsvc.domain.serial import from_data
from graphsvc.ports import Stored

LABEL: dict[RecordKind, str] = {
    kind: kind.value.capitalize() for kind in RecordKind if kind is not RecordKind.LINK
}
KIND_OF_LABEL = {label: kind for kind, label in LABEL.items()}
ACTOR_LABEL: dict[ActorKind, str] = {
    kind: "".join(word.capitalize() for word in kind.value.split("_")) for kind in ActorKind
}
KIND_OF_ACTOR_LABEL = {label: kind for kind, label in ACTOR_LABEL.items()}
LINK_TYPE: dict[LinkKind, str] = {
    LinkKind.TWINNING: "TWINNED_WITH",
    LinkKind.DECENTRALISED_COOPERATION: "COOPERATES_WITH",
    LinkKind.PARTNERSHIP: "PARTNER_OF",
    LinkKind.SCHOOL_EXCHANGE: "EXCHANGES_WITH",
    LinkKind.EXPERTISE: "ADVISES",
    LinkKind.JOINT_ACTION: "ACTS_WITH",
    LinkKind.FUNDING: "FUNDS",
    LinkKind.MEMBERSHIP: "MEMBER_OF",
    LinkKind.PREMISES: "HOSTS",
    LinkKind.STAFF: "LENDS_STAFF_TO",
    LinkKind.BUSINESS: "TRADES_WITH",
    LinkKind.OPERATOR: "OPERATES_FOR",
    LinkKind.COORDINATION: "COORDINATES",
    LinkKind.MET: "MET",
    LinkKind.INTERVIEWED: "INTERVIEWED",
    LinkKind.INTRODUCED: "INTRODUCED_TO",
}
KIND_OF_LINK_TYPE = {type_: kind for kind, type_ in LINK_TYPE.items()}


class Edge(NamedTuple):
    """A relationship that belongs to one record, from it (`outward`) or towards it.

    `kind` and `id` name the other end.
    """

    type: str
    outward: bool
    kind: RecordKind
    id: str
    properties: dict[str, Any]


_PLACE, _THEME, _SKILL, _ACTOR = RecordKind.PLACE, RecordKind.THEME, RecordKind.SKILL, RecordKind.ACTOR
_TOPICS = {"themes": ("WORKS_ON", True, _THEME), "territories": ("ACTS_IN", True, _PLACE)}
# Field -> (relationship type, outward, kind at the other end). Types of skills depend on the direction.
_DRAWN: dict[RecordKind, dict[str, tuple[str, bool, RecordKind]]] = {
    RecordKind.PLACE: {"parent": ("WITHIN", True, _PLACE)},
    RecordKind.THEME: {"parent": ("BROADER", True, _THEME)},
    RecordKind.SKILL: {"parent": ("BROADER", True, _SKILL)},
    RecordKind.ACTOR: {
        "succeeds": ("SUCCEEDS", True, _ACTOR),
        "part_of": ("PART_OF", True, _ACTOR),
        "seat": ("LOCATED_IN", True, _PLACE),
        **_TOPICS,
    },
    RecordKind.LINK: {},
    RecordKind.AGREEMENT: {"parties": ("PARTY_TO", False, _ACTOR), **_TOPICS},
    RecordKind.PROJECT: {"participations": ("TAKES_PART_IN", False, _ACTOR), **_TOPICS},
    RecordKind.ANNOUNCEMENT: {
        "actor": ("PUBLISHES", False, _ACTOR),
        "adopts": ("ADOPTS", True, RecordKind.ANNOUNCEMENT),
        "skills": ("NEEDS_SKILL", True, _SKILL),
        **_TOPICS,
    },
    RecordKind.EXPERIENCE: {"actor": ("TELLS", False, _ACTOR), **_TOPICS},
    RecordKind.CALL: {"funder": ("FUNDED_BY", True, _ACTOR), **_TOPICS},
    RecordKind.EVENT: {
        "place": ("LOCATED_IN", True, _PLACE),
        "attendances": ("ATTENDED", False, _ACTOR),
        **_TOPICS,
    },
}
_PARTS = frozenset({"parties", "participations", "attendances"})
_DATED = {"other_names": "text", "roles": "role"}  # lists of (value, start, end): three parallel lists
_NOT_FIELDS = ("version", "revision", "point")


def labels(record: Record) -> list[str]:
    """The labels of its node; for a link, the type of its relationship alone."""
    if isinstance(record, Link):
        return [LINK_TYPE[record.kind]]
    if isinstance(record, Actor):
        return [LABEL[RecordKind.ACTOR], ACTOR_LABEL[record.kind]]
    return [LABEL[kind_of(record)]]


def properties(stored: Stored[Any]) -> dict[str, Any]:
    """The properties of its node or relationship."""
    record = stored.record
    values: dict[str, Any] = {"version": stored.version, "revision": stored.revision}
    for name in _own_fields(record.__class__):
        value = getattr(record, name)
        if value is None or value == ():
            continue
        if name in _DATED:
            values[name] = [_plain(getattr(part, _DATED[name])) for part in value]
            values[f"{name}_start"] = [_plain(part.start) or "" for part in value]
            values[f"{name}_end"] = [_plain(part.end) or "" for part in value]
        else:
            values[name] = _plain(value)
    if values.get("latitude") is not None:
        values["point"] = WGS84Point((values["longitude"], values["latitude"]))
    return values


def edges(record: Record) -> Iterator[Edge]:
    """The relationships that belong to it."""
    for name, (type_, outward, kind) in _DRAWN[kind_of(record)].items():
        value = getattr(record, name)
        if value is None:
            continue
        if name in _PARTS:
            for part in value:
                yield Edge(type_, outward, kind, part.actor, _part_properties(part))
            continue
        for id_ in (value,) if isinstance(value, str) else value:
            yield Edge(_type_drawn(record, name, type_), outward, kind, id_, {})


def to_stored(
    kind: RecordKind,
    names: list[str],
    values: Mapping[str, Any],
    drawn: list[tuple[str, str, dict[str, Any]]],
) -> Stored[Any]:
    """The record of a node, from its labels, properties and relationships (type, other id, properties)."""
    data = _field_values(values)
    if kind is RecordKind.ACTOR:
        data["kind"] = next(KIND_OF_ACTOR_LABEL[name] for name in names if name in KIND_OF_ACTOR_LABEL)
    for type_, id_, part in drawn:
        name, put = _readers(kind)[type_]
        put(data, name, id_, part)
    return Stored(from_data(kind, data), values["version"], values["revision"])


def to_stored_link(type_: str, values: Mapping[str, Any], actor_a: str, actor_b: str) -> Stored[Any]:
    """The link of a relationship."""
    data = _field_values(values)
    data |= {"kind": KIND_OF_LINK_TYPE[type_], "actor_a": actor_a, "actor_b": actor_b}
    return Stored(from_data(RecordKind.LINK, data), values["version"], values["revision"])


def _field_values(values: Mapping[str, Any]) -> dict[str, Any]:
    data = {name: value for name, value in values.items() if name not in _NOT_FIELDS}
    for name, key in _DATED.items():
        if name in data:
            starts, ends = data.pop(f"{name}_start"), data.pop(f"{name}_end")
            data[name] = [
                {key: value, "start": start or None, "end": end or None}
                for value, start, end in zip(data[name], starts, ends, strict=True)
            ]
    return data


@lru_cache(maxsize=32)
def _own_fields(cls: type) -> tuple[str, ...]:
    kind = next(kind for kind, type_ in TYPE_OF.items() if type_ is cls)
    drawn = set(_DRAWN[kind])
    if kind is RecordKind.ACTOR:
        drawn.add("kind")
    if kind is RecordKind.LINK:
        drawn |= {"kind", "actor_a", "actor_b"}
    return tuple(f.name for f in fields(cls) if f.name not in drawn)


def _type_drawn(record: Record, name: str, type_: str) -> str:
    if name == "skills" and isinstance(record, Announcement) and record.direction is Direction.OFFER:
        return "OFFERS_SKILL"
    return type_


_Put = Callable[[dict[str, Any], str, str, dict[str, Any]], None]


@lru_cache(maxsize=32)
def _readers(kind: RecordKind) -> dict[str, tuple[str, _Put]]:
    readers: dict[str, tuple[str, _Put]] = {}
    single = {"parent", "part_of", "seat", "actor", "adopts", "funder", "place"}
    for name, (type_, _, _) in _DRAWN[kind].items():
        put = _put_part if name in _PARTS else _put_one if name in single else _put_in_set
        readers[type_] = (name, put)
        if name == "skills":
            readers["OFFERS_SKILL"] = (name, put)
    return readers


def _put_one(data: dict[str, Any], name: str, id_: str, _: dict[str, Any]) -> None:
    data[name] = id_


def _put_in_set(data: dict[str, Any], name: str, id_: str, _: dict[str, Any]) -> None:
    data.setdefault(name, []).append(id_)


def _put_part(data: dict[str, Any], name: str, id_: str, part: dict[str, Any]) -> None:
    data.setdefault(name, []).append({"actor": id_, **part})


def _part_properties(part: Any) -> dict[str, Any]:
    values = {f.name: getattr(part, f.name) for f in fields(part) if f.name != "actor"}
    return {name: _plain(value) for name, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value
