"""Changes to the graph, written down so that a crash does not lose them: JSON, and back exactly."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphsvc.domain.records import RecordKind, Ref, kind_of
from graphsvc.domain.serial import from_data, to_data
from graphsvc.ports import Change, Merge, Put, Withdraw


@dataclass(frozen=True, slots=True)
class Intent:
    """What one call of `GraphStore.apply` is to do."""

    changes: tuple[Change, ...]
    expected_versions: Mapping[Ref, int] | None = None


def write_intent(intent: Intent) -> str:
    """The intent as JSON; equal intents give equal text."""
    expected = intent.expected_versions
    versions = None if expected is None else sorted([r.kind.value, r.id, v] for r, v in expected.items())
    data = {"changes": [_write(change) for change in intent.changes], "expected": versions}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_intent(text: str) -> Intent:
    """The intent that `write_intent` wrote."""
    data = json.loads(text)
    expected = data["expected"]
    versions = None if expected is None else {_ref([kind, id_]): v for kind, id_, v in expected}
    return Intent(tuple(_read(change) for change in data["changes"]), versions)


def _write(change: Change) -> dict[str, Any]:
    if isinstance(change, Put):
        return {"put": kind_of(change.record).value, "data": to_data(change.record)}
    if isinstance(change, Withdraw):
        return {"withdraw": [change.ref.kind.value, change.ref.id]}
    return {"merge": [[r.kind.value, r.id] for r in (change.absorbed, change.kept)]}


def _read(data: dict[str, Any]) -> Change:
    if "put" in data:
        return Put(from_data(RecordKind(data["put"]), data["data"]))
    if "withdraw" in data:
        return Withdraw(_ref(data["withdraw"]))
    absorbed, kept = data["merge"]
    return Merge(_ref(absorbed), _ref(kept))


def _ref(pair: Sequence[str]) -> Ref:
    return Ref(RecordKind(pair[0]), pair[1])
