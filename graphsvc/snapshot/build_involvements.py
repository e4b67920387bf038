"""From records to the actors they name: what each actor has a part in."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from graphsvc.domain.agreements import Agreement
from graphsvc.domain.announcements import Announcement
from graphsvc.domain.calls import Call
from graphsvc.domain.events import Event
from graphsvc.domain.experiences import Experience
from graphsvc.domain.links import Link
from graphsvc.domain.projects import Project
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot.build_relations import Index
from graphsvc.snapshot.columns import I64, InvolvementColumns

KINDS = (
    RecordKind.LINK,
    RecordKind.AGREEMENT,
    RecordKind.PROJECT,
    RecordKind.ANNOUNCEMENT,
    RecordKind.EXPERIENCE,
    RecordKind.CALL,
    RecordKind.EVENT,
)


def involvement_columns(
    n: int, index: Index, records: Mapping[RecordKind, Sequence[Any]]
) -> InvolvementColumns:
    """CSR of each kind; an actor that a record names twice has it once."""
    columns: dict[str, I64] = {}
    for kind in KINDS:
        columns[f"{kind}_ptr"], columns[f"{kind}_ids"] = _rows(n, index, records[kind])
    return InvolvementColumns(**columns)


def _rows(n: int, index: Index, records: Sequence[Any]) -> tuple[I64, I64]:
    pairs = [(i, k) for k, r in enumerate(records) for id_ in set(_named(r)) if (i := index(id_)) is not None]
    table = np.array(pairs, np.int64).reshape(len(pairs), 2)
    table = table[np.lexsort((table[:, 1], table[:, 0]))]
    ptr = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(table[:, 0], minlength=n), out=ptr[1:])
    return ptr, np.ascontiguousarray(table[:, 1])


def _named(record: Any) -> Sequence[str]:
    match record:
        case Link():
            return (record.actor_a, record.actor_b)
        case Agreement():
            return [p.actor for p in record.parties]
        case Project():
            return [p.actor for p in record.participations]
        case Event():
            return [p.actor for p in record.attendances]
        case Call():
            return (record.funder,) if record.funder else ()
        case Announcement() | Experience():
            return (record.actor,) if record.actor else ()
        case _:
            raise TypeError(record)
