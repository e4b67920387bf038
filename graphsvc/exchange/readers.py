"""What each column of a file is turned into, one function per kind of cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias, TypeVar

from graphsvc.domain.actors import ActorRole, DatedName, DatedRole
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import fold
from graphsvc.exchange.cells import (
    CellError,
    parse_date,
    parse_number,
    parse_period,
    parse_whole,
    split_dated,
    split_list,
    unescaped,
    unguarded,
)
from graphsvc.exchange.columns import Cell, Column
from graphsvc.exchange.countries import country_code, nearest_countries
from graphsvc.exchange.french import codes_by_word
from graphsvc.exchange.names import NameIndex

P = TypeVar("P", DatedName, DatedRole)
Reader: TypeAlias = Callable[[str], Any]
NewEntry: TypeAlias = Callable[[RecordKind, str], str]


@dataclass(slots=True)
class Readers:
    """Makes the reader of a column. `new_entry` adds a vocabulary entry for a text nobody knows, if
    allowed.
    """

    indexes: Mapping[RecordKind, NameIndex]
    labels: Mapping[str, str]
    new_entry: NewEntry | None = None
    _words: dict[type[Enum], dict[str, Enum]] = field(default_factory=dict)

    def reader(self, column: Column) -> Reader:
        """A function from the raw cell (not blank) to the value; it raises CellError."""
        if column.cell in _PLAIN:
            return _PLAIN[column.cell]
        if column.cell in (Cell.CODE, Cell.CODES, Cell.DATED_ROLES):
            return self._coded(column)
        kind = column.kind
        assert kind is not None  # noqa: S101 - columns of references name their kind
        if column.cell is Cell.REF:
            return lambda raw: self._referred(kind, unguarded(raw))
        return lambda raw: tuple(self._referred(kind, unescaped(v)) for v in split_list(unguarded(raw)))

    def _coded(self, column: Column) -> Reader:
        enum = column.enum
        assert enum is not None  # noqa: S101 - columns of codes name their list
        if column.cell is Cell.CODE:
            return lambda raw: self.code(enum, unguarded(raw))
        if column.cell is Cell.CODES:
            return lambda raw: tuple(self.code(enum, unescaped(v)) for v in split_list(unguarded(raw)))
        return lambda raw: tuple(self._dated_role(v) for v in split_list(unguarded(raw)))

    def code(self, enum: type[Enum], text: str) -> Enum:
        """The member of a closed list that a code or a French word means."""
        words = self._words.get(enum)
        if words is None:
            words = self._words[enum] = codes_by_word(enum, self.labels)
        found = words.get(fold(text))
        if found is None:
            accepted = [str(m.value) for m in enum]
            raise CellError("unknown_code", "accepted_codes", accepted=accepted)
        return found

    def _dated_role(self, raw: str) -> DatedRole:
        text, start, end = split_dated(raw)
        role = self.code(ActorRole, text)
        return _made(DatedRole, ActorRole(role.value), start, end)

    def _referred(self, kind: RecordKind, text: str) -> str:
        try:
            return self.indexes[kind].find(text)
        except CellError as error:
            if self.new_entry is None or error.rule != f"unknown_{kind}":
                raise
            return self.new_entry(kind, text)


def _made(cls: type[P], *values: Any) -> P:
    try:
        return cls(*values)
    except InvalidValue as error:
        raise CellError(error.rule) from None


def _dated_names(raw: str) -> tuple[DatedName, ...]:
    parts = [split_dated(v) for v in split_list(unguarded(raw))]
    return tuple(_made(DatedName, *p) for p in parts)


def _country(raw: str) -> str:
    text = unguarded(raw)
    code = country_code(text)
    if code is None:
        if nearest := nearest_countries(text):
            raise CellError("unknown_country", "nearest_entries", nearest=nearest)
        raise CellError("unknown_country", "country_code_or_name")
    return code


def _website(text: str) -> str:
    return f"https://{text}" if text.lower().startswith("www.") else text


_PLAIN: dict[Cell, Reader] = {
    Cell.KEY: unguarded,
    Cell.NAME: unguarded,
    Cell.TEXT: unguarded,
    Cell.HINT: unguarded,
    Cell.URL: lambda raw: _website(unguarded(raw)),
    Cell.TEXTS: lambda raw: tuple(unescaped(v) for v in split_list(unguarded(raw))),
    Cell.DATED_NAMES: _dated_names,
    Cell.COUNTRY: _country,
    Cell.DATE: lambda raw: parse_date(unguarded(raw)),
    Cell.PERIOD: lambda raw: parse_period(unguarded(raw)),
    Cell.NUMBER: lambda raw: parse_number(unguarded(raw)),
    Cell.WHOLE: lambda raw: parse_whole(unguarded(raw)),
    Cell.SIREN: lambda raw: "".join(unguarded(raw).split()),
    Cell.RNA: lambda raw: "".join(unguarded(raw).split()).upper(),
}
