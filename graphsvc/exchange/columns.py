"""What describes a table of the format: its columns, and what each cell holds."""

from dataclasses import dataclass
from enum import Enum, auto

from graphsvc.domain.records import RecordKind


class Cell(Enum):
    """What a cell holds."""

    KEY = auto()
    NAME = auto()  # a required text, trimmed
    TEXT = auto()
    URL = auto()
    CODE = auto()  # one of an enum, by code or French word
    CODES = auto()
    DATED_NAMES = auto()
    DATED_ROLES = auto()
    TEXTS = auto()  # a list kept in order
    REF = auto()  # one record of `kind`, by key or name
    REFS = auto()
    COUNTRY = auto()
    DATE = auto()
    PERIOD = auto()
    NUMBER = auto()
    WHOLE = auto()
    SIREN = auto()
    RNA = auto()
    HINT = auto()  # helps to find another value; not kept


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the domain field it feeds, its French and English headers, other accepted headers."""

    field: str
    french: str
    english: str
    cell: Cell
    also: tuple[str, ...] = ()
    enum: type[Enum] | None = None
    kind: RecordKind | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table. A table of parts (`owner`) adds rows to a field of another record: parties to an agreement."""

    name: str
    french: str
    english: str
    kind: RecordKind
    columns: tuple[Column, ...]
    also: tuple[str, ...] = ()
    owner: str | None = None
    parts: str | None = None
