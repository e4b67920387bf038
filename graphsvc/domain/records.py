"""What the graph keeps: the record types, how they are named, and which other records each refers to."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from graphsvc.domain.actors import Actor
from graphsvc.domain.agreements import Agreement
from graphsvc.domain.announcements import Announcement
from graphsvc.domain.calls import Call
from graphsvc.domain.events import Event
from graphsvc.domain.experiences import Experience
from graphsvc.domain.links import Link
from graphsvc.domain.places import Place
from graphsvc.domain.projects import Project
from graphsvc.domain.themes import Skill, Theme

Record = Place | Theme | Skill | Actor | Link | Agreement | Project | Announcement | Experience | Call | Event


class RecordKind(StrEnum):
    """The kinds of record, in an order where a kind refers to earlier ones or to itself."""

    PLACE = "place"
    THEME = "theme"
    SKILL = "skill"
    ACTOR = "actor"
    LINK = "link"
    AGREEMENT = "agreement"
    PROJECT = "project"
    ANNOUNCEMENT = "announcement"
    EXPERIENCE = "experience"
    CALL = "call"
    EVENT = "event"

    __hash__ = (
        str.__hash__
    )  # as equality: an Enum's own is a call of Python, and names are hashed by the million


TYPE_OF: dict[RecordKind, type[Record]] = {
    RecordKind.PLACE: Place,
    RecordKind.THEME: Theme,
    RecordKind.SKILL: Skill,
    RecordKind.ACTOR: Actor,
    RecordKind.LINK: Link,
    RecordKind.AGREEMENT: Agreement,
    RecordKind.PROJECT: Project,
    RecordKind.ANNOUNCEMENT: Announcement,
    RecordKind.EXPERIENCE: Experience,
    RecordKind.CALL: Call,
    RecordKind.EVENT: Event,
}
_KIND_OF = {cls: kind for kind, cls in TYPE_OF.items()}


def kind_of(record: Record) -> RecordKind:
    """The kind of a record."""
    return _KIND_OF[type(record)]


class Ref(NamedTuple):
    """The name of a record: its kind and its id. A tuple: imports make and look up names by the million."""

    kind: RecordKind
    id: str


def ref_of(record: Record) -> Ref:
    """The name of this record."""
    return Ref(kind_of(record), record.id)


def references(record: Record) -> Iterator[tuple[str, Ref]]:
    """Every (field, Ref) this record refers to. All must exist in the store."""
    for field, kind in _SINGLE.get(type(record), ()):
        value = getattr(record, field)
        if value is not None:
            yield field, Ref(kind, value)
    for field, kind in _SETS.get(type(record), ()):
        for value in getattr(record, field):
            yield field, Ref(kind, value)
    for field in _PARTS.get(type(record), ()):
        for part in getattr(record, field):
            yield field, Ref(RecordKind.ACTOR, part.actor)


def alternate_keys(record: Record) -> tuple[str, ...]:
    """Other keys an actor answers to: `siren:…`, `rna:…` (unique among actors)."""
    if not isinstance(record, Actor):
        return ()
    keys = []
    if record.siren:
        keys.append(f"siren:{record.siren}")
    if record.rna:
        keys.append(f"rna:{record.rna}")
    return tuple(keys)


_PLACE, _THEME, _ACTOR = RecordKind.PLACE, RecordKind.THEME, RecordKind.ACTOR
_SINGLE: dict[type[Record], tuple[tuple[str, RecordKind], ...]] = {
    Place: (("parent", _PLACE),),
    Theme: (("parent", _THEME),),
    Skill: (("parent", RecordKind.SKILL),),
    Actor: (("part_of", _ACTOR), ("seat", _PLACE)),
    Link: (("actor_a", _ACTOR), ("actor_b", _ACTOR)),
    Announcement: (("actor", _ACTOR), ("adopts", RecordKind.ANNOUNCEMENT)),
    Experience: (("actor", _ACTOR),),
    Call: (("funder", _ACTOR),),
    Event: (("place", _PLACE),),
}
_TOPICS = (("themes", _THEME), ("territories", _PLACE))
_SETS: dict[type[Record], tuple[tuple[str, RecordKind], ...]] = {
    Actor: (("succeeds", _ACTOR), *_TOPICS),
    Link: _TOPICS,
    Agreement: _TOPICS,
    Project: _TOPICS,
    Announcement: (("skills", RecordKind.SKILL), *_TOPICS),
    Experience: _TOPICS,
    Call: _TOPICS,
    Event: _TOPICS,
}
_PARTS: dict[type[Record], tuple[str, ...]] = {
    Agreement: ("parties",),
    Project: ("participations",),
    Event: ("attendances",),
}
