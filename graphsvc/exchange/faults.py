"""Every rule that a row breaks, not only the first: the person mends the row once.

The record is made again and again, each refused value replaced by one that is beyond reproach, until nothing
is refused any more. What cells already said is not said twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from enum import Enum
from functools import cache
from typing import Any, get_type_hints

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.records import TYPE_OF, RecordKind
from graphsvc.exchange.cells import CellError
from graphsvc.exchange.drafts import Draft

_MOST = 20
# The domain's word for a field -> the column of the table that holds it.
_COLUMNS = {
    "name": ("name", "title", "label"),
    "start": ("start", "period", "opens_on", "founded"),
    "end": ("end", "period", "ended", "closes_on", "expires_on"),
}
_CURES: dict[str, dict[str, Any]] = {
    "owner_required_unless_recorded": {"actor": "x"},
    "key_form": {"id": "x"},
}
_HARMLESS = {"latitude": 0.0, "longitude": 0.0, "country": "FR", "name": "x", "title": "x", "label": "x"}


def refuse_all(kind: RecordKind, draft: Draft, values: Mapping[str, Any]) -> None:
    """Record in the draft each rule that these values break beside what is there already."""
    told = {header for header, _, error in draft.errors if error.rule != "depends_on_rejected"}
    for error in _faults(TYPE_OF[kind], _completed(kind, draft, values)):
        name = column_of(draft, error.field)
        if error.rule == "point_incomplete":
            if {draft.table.header("latitude"), draft.table.header("longitude")} & told:
                continue
            name = name if draft.raw("latitude") else "longitude"
        if draft.table.header(name) not in told:
            draft.refuse(name, written(draft, name, error.value), CellError(error.rule))


def column_of(draft: Draft, field: str) -> str:
    """The domain field of the column to show for a field that the domain names."""
    positions = draft.table.positions
    known = [c.field for c in draft.table.spec.columns]
    names = _COLUMNS.get(field, (field,))
    return next((n for n in names if n in positions), next((n for n in names if n in known), field))


def written(draft: Draft, field: str, value: object) -> str:
    """The value as the file writes it; the domain's own when the file has no such cell."""
    if field in draft.table.positions:
        return draft.raw(field)
    return "" if value is None else str(value)


def _completed(kind: RecordKind, draft: Draft, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with something harmless where a required one could not be read.

    What names another record keeps its text, so that a link of an actor with itself is seen all the same.
    """
    found = dict(values)
    for name, stand_in in _required(kind):
        if name not in found:
            found[name] = stand_in if isinstance(stand_in, Enum) else draft.raw(name) or stand_in
    return found


@cache
def _required(kind: RecordKind) -> tuple[tuple[str, Any], ...]:
    """Each field without a default, and something harmless for it."""
    cls = TYPE_OF[kind]
    hints = get_type_hints(cls)
    return tuple(
        (f.name, _stand_in(f.name, hints[f.name]))
        for f in fields(cls)
        if f.default is MISSING and f.default_factory is MISSING
    )


def _stand_in(name: str, hint: Any) -> Any:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return ActorKind.SCHOOL if hint is ActorKind else next(iter(hint))  # a school may have a level
    return f"x-{name}"


def _faults(cls: type, values: dict[str, Any]) -> Iterator[InvalidValue]:
    for _ in range(_MOST):
        try:
            cls(**values)
            return
        except InvalidValue as error:
            yield error
            if not _mend(values, error):
                return


def _mend(values: dict[str, Any], error: InvalidValue) -> bool:
    """Replace what was refused; whether anything was."""
    before = dict(values)
    if error.rule == "point_incomplete":
        for name in ("latitude", "longitude"):
            values[name] = 0.0 if values.get(name) is None else values[name]
    elif error.rule in _CURES:
        values.update(_CURES[error.rule])
    elif error.rule == "link_to_itself":
        values["actor_b"] = f"{values['actor_b']}x"
    elif error.rule in ("refers_to_itself", "end_before_start"):
        for name in ("part_of", "succeeds", *_COLUMNS["end"], *_COLUMNS["start"]):
            values.pop(name, None)
    elif error.field in _HARMLESS:
        for name in _COLUMNS.get(error.field, (error.field,)):
            if name in values:
                values[name] = _HARMLESS[error.field]
    else:
        values.pop(error.field, None)
    return values != before
