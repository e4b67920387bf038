"""Records to plain JSON-ready data and back, exactly: `from_data(kind, to_data(r)) == r`.

Used for history, snapshots and fingerprints; fields at their default are left out.
"""

import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import lru_cache, partial
from typing import Any

from graphsvc.domain.dates import PartialDate
from graphsvc.domain.records import TYPE_OF, Record, RecordKind

_ATOMS = frozenset({str, int, float, type(None)})  # plain already; by far the most frequent


def to_data(record: Any) -> dict[str, Any]:
    """Plain data of a record (or of a part of one), without the fields that hold their default."""
    data: dict[str, Any] = {}
    for name, default in _written(record.__class__):
        value = getattr(record, name)
        if default is not MISSING and value == default:
            continue
        data[name] = value if type(value) in _ATOMS else _plain(value)
    return data


def from_data(kind: RecordKind, data: dict[str, Any]) -> Record:
    """The record of plain data. Raises InvalidValue, KeyError or TypeError when the data are not ours."""
    return typing.cast(Record, _build(TYPE_OF[kind], data))


@lru_cache(maxsize=64)
def _written(cls: type) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default) for f in fields(cls))


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return _written_date(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if is_dataclass(value) and not isinstance(value, type):
        return to_data(value)
    return value


_written_date = lru_cache(maxsize=8192)(str)
_date = lru_cache(maxsize=8192)(PartialDate.parse)  # few dates are told many times; the value is immutable


def _build(cls: type, data: dict[str, Any]) -> Any:
    values = dict(data)
    for name, read in _readers(cls):
        if name in values:
            values[name] = read(values[name])
    return cls(**values)


@lru_cache(maxsize=64)
def _readers(cls: type) -> tuple[tuple[str, Any], ...]:
    """The fields whose values are not plain, and what reads each."""
    hints = typing.get_type_hints(cls)
    return tuple((f.name, read) for f in fields(cls) if (read := _reader(hints[f.name])) is not None)


def _reader(hint: Any) -> Any:
    """What turns a plain value into one of this type; None when it is one already."""
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        inner = _reader(next(a for a in typing.get_args(hint) if a is not type(None)))
        return inner and (lambda v: None if v is None else inner(v))
    if origin is tuple:
        inner = _reader(typing.get_args(hint)[0])
        return tuple if inner is None else (lambda v: tuple(map(inner, v)))
    if hint is PartialDate:
        return _date
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {
            member.value: member for member in hint
        }.__getitem__  # a call of the enum costs ten times that
    if isinstance(hint, type) and is_dataclass(hint):
        return partial(_build, hint)
    return None
