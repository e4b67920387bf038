"""Records and history values as JSON text, exactly, for the stores that keep text."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from graphsvc.domain.records import RecordKind, Ref
from graphsvc.domain.serial import from_data
from graphsvc.ports import HistoryEvent, Stored

KINDS: tuple[RecordKind, ...] = tuple(RecordKind)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def to_text(data: Mapping[str, Any] | None) -> str | None:
    """Compact JSON, or None."""
    return None if data is None else _encode(data)


def to_stored(kind: RecordKind, text: str, version: int, revision: int) -> Stored[Any]:
    """A record from its JSON text."""
    return Stored(from_data(kind, json.loads(text)), version, revision)


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
        None if before is None else json.loads(before),
        None if after is None else json.loads(after),
        by,
        datetime.fromisoformat(at),
    )
