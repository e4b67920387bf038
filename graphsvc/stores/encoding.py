"""Records and history values as JSON text, exactly, for the stores that keep text."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import orjson

from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.domain.serial import from_data
from graphsvc.domain.text import check_key
from graphsvc.ports import HistoryEvent, Stored

KINDS: tuple[RecordKind, ...] = tuple(RecordKind)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_decode = orjson.loads  # a third of the time of json's, and half of reading a store is this
_FAULTS = (InvalidValue, KeyError, TypeError, ValueError, StopIteration)


class Unreadable(ValueError):
    """What the store keeps is no record of ours: somebody wrote in it by hand, or it is damaged."""


@contextmanager
def reading(kind: RecordKind) -> Iterator[None]:
    """What goes wrong in building a record from a store's content is the content's fault."""
    try:
        yield
    except _FAULTS as error:
        raise Unreadable(f"{kind.value}: {error}") from error


def to_text(data: Mapping[str, Any]) -> str:
    """Compact JSON."""
    return _encode(data)


def to_text_or_none(data: Mapping[str, Any] | None) -> str | None:
    """Compact JSON, or None."""
    return None if data is None else _encode(data)


def to_stored(kind: RecordKind, text: str, version: int, revision: int) -> Stored[Any]:
    """A record from its JSON text."""
    try:  # `reading`, without the cost of a context manager for each of a million records
        return Stored(from_data(kind, _decode(text)), version, revision)
    except _FAULTS as error:
        raise Unreadable(f"{kind.value}: {error}") from error


def to_event(
    revision: int,
    ref: Ref,
    version: int,
    action: str,
    before: str | None,
    after: str | None,
    by: str,
    at: str,
) -> HistoryEvent:
    """A history event from its texts (`at` is ISO 8601)."""
    return HistoryEvent(
        revision,
        ref,
        version,
        action,
        None if before is None else _decode(before),
        None if after is None else _decode(after),
        by,
        datetime.fromisoformat(at),
    )


def can_be_key(text: str) -> bool:
    """Whether a record may bear this key; what cannot is not even asked of a store."""
    try:
        check_key("record", "id", text)
    except InvalidValue:
        return False
    return True
