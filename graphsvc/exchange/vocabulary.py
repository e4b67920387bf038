"""New themes, skills and places for words that no vocabulary has, when the person asked for it."""

import re
from dataclasses import dataclass, field

from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.records import Record, RecordKind, Ref, references
from graphsvc.domain.themes import Skill, Theme
from graphsvc.exchange.countries import country_code
from graphsvc.exchange.keys import slug
from graphsvc.exchange.known import Known

_CODE = re.compile(r"[A-Z]{2}-[0-9A-Za-z-]{1,40}|[0-9][0-9AB][0-9]{3,9}", re.ASCII)


@dataclass(slots=True)
class NewVocabulary:
    """Adds entries to `made` as they are met; a person corrects their level and parent afterwards."""

    known: Known
    made: dict[Ref, Record]
    created: list[Ref] = field(default_factory=list)

    def add(self, kind: RecordKind, text: str, name: str = "") -> str:
        """The id of a new entry for this word."""
        entry = _entry(kind, text, name or text)
        ref = Ref(kind, entry.id)
        self.made[ref] = entry
        self.created.append(ref)
        self.known.learn(kind, entry)
        return entry.id

    def used(self) -> list[str]:
        """`kind:id` of the entries that a kept record names; the others are taken out again."""
        named = {ref for record in self.made.values() for _, ref in references(record)}
        for ref in self.created:
            if ref not in named:
                del self.made[ref]
        return [f"{ref.kind}:{ref.id}" for ref in self.created if ref in named]


def _entry(kind: RecordKind, text: str, name: str) -> Record:
    if kind is RecordKind.THEME:
        return Theme(slug(text), name)
    if kind is RecordKind.SKILL:
        return Skill(slug(text), name)
    code = country_code(text)
    if code is not None:
        return Place(code, name, PlaceLevel.COUNTRY)
    return Place(text if _CODE.fullmatch(text) else slug(text), name, PlaceLevel.MUNICIPALITY)
