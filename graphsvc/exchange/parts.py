"""Rows of parties, participations and participants: they add to their agreement, project or event."""

from dataclasses import MISSING, fields, replace
from typing import Any

from graphsvc.domain.agreements import Party
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.events import Attendance
from graphsvc.domain.projects import Participation
from graphsvc.domain.records import Record, Ref
from graphsvc.exchange.cells import CellError
from graphsvc.exchange.columns import TableSpec
from graphsvc.exchange.drafts import Draft
from graphsvc.exchange.faults import column_of, written
from graphsvc.exchange.known import Known

_PART_OF_TABLE: dict[str, type] = {
    "parties": Party,
    "participations": Participation,
    "attendances": Attendance,
}


def add_parts(spec: TableSpec, drafts: list[Draft], made: dict[Ref, Record], known: Known) -> None:
    """Replace in `made` each record named by these rows by one that has their parts too.

    A part already there is updated; nothing is taken away. The key of a party is its actor; of a
    participation and of an attendance, actor and role.
    """
    owner, parts = spec.owner, spec.parts
    if owner is None or parts is None:
        return
    rows: dict[str, list[Draft]] = {}
    for draft in drafts:
        if not draft.errors:
            rows.setdefault(draft.values.pop(owner), []).append(draft)
    for id_, own in rows.items():
        ref = Ref(spec.kind, id_)
        record = made.get(ref) or known.stored[spec.kind][id_].record
        present = {_key(spec, part): part for part in getattr(record, parts)}
        _merge_rows(spec, own, present, known)
        changes: dict[str, Any] = {parts: tuple(present.values())}
        made[ref] = replace(record, **changes)


def _merge_rows(spec: TableSpec, drafts: list[Draft], present: dict[Any, Any], known: Known) -> None:
    cls = _PART_OF_TABLE[spec.name]
    blank = {f.name: f.default for f in fields(cls) if f.default is not MISSING and f.name != "role"}
    merged = known.indexes[spec.columns[1].kind or spec.kind].merged
    seen: dict[Any, Draft] = {}
    for draft in drafts:
        told = {name: value for name, value in blank.items() if name in draft.table.positions}
        try:
            part = cls(**{**told, **draft.values})
            key = _key(spec, part)
            if (first := seen.setdefault(key, draft)) is not draft:
                if draft.raw("actor") not in merged and first.raw("actor") not in merged:
                    facts = {"file": first.table.file, "line": first.line}
                    draft.refuse(
                        "actor", draft.raw("actor"), CellError("duplicate_key", "one_row_each", **facts)
                    )
                continue
            old = present.get(key)
            present[key] = part if old is None else replace(old, **{**told, **draft.values})
        except InvalidValue as error:
            name = column_of(draft, error.field)
            draft.refuse(name, written(draft, name, error.value), CellError(error.rule))


def _key(spec: TableSpec, part: Any) -> Any:
    return part.actor if spec.name == "parties" else (part.actor, part.role)
