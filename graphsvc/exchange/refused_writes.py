"""What a store refused of an import, told by the row that asked for it.

A bundle was understood when it was read; between that and the writing somebody may have withdrawn what a row
names, or taken its key. The store's refusal names a record; a person looks for a line.
"""

from collections.abc import Mapping

from graphsvc.domain.errors import CyclicHierarchy, DanglingReference, DuplicateKey, Refused
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.exchange.codes import NAMED_KINDS
from graphsvc.exchange.report import Rejection, Remedy, cut
from graphsvc.exchange.understand import Origin

_PARENT = {RecordKind.ACTOR: "part_of"}


def rejection_of(refusal: Refused, origins: Mapping[Ref, Origin]) -> Rejection | None:
    """The rejection of the row behind this refusal; None when no row of the bundle asked for the record."""
    match refusal:
        case DanglingReference(kind, id_, field, target_kind, target) if target_kind in NAMED_KINDS:
            remedy = Remedy("nearest_entries", {"nearest": []})
            return _at(origins, kind, id_, field, target, f"unknown_{target_kind}", remedy)
        case DuplicateKey(key, id_, other):
            scheme, _, number = key.partition(":")
            column = scheme if number and scheme in ("siren", "rna") else "id"
            remedy = Remedy("same_actor_or_other_number", {"id": other})
            return _at(origins, "actor", id_, column, number or key, "key_of_another", remedy)
        case CyclicHierarchy(kind, id_):
            column = _PARENT.get(RecordKind(kind), "parent")
            return _at(
                origins, kind, id_, column, "", "cyclic_hierarchy", Remedy("cut_circle", {"circle": [id_]})
            )
    return None


def _at(
    origins: Mapping[Ref, Origin], kind: str, id_: str, field: str, value: str, rule: str, remedy: Remedy
) -> Rejection | None:
    found = origins.get(Ref(RecordKind(kind), id_))
    if found is None:
        return None
    table, row = found
    position = table.positions.get(field)
    raw = table.rows[row][position] if position is not None else value
    return Rejection(table.file, table.lines[row], table.header(field), cut(raw or value), rule, remedy)
