"""What the store knows that a bundle may name or change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from graphsvc.domain.actors import Actor
from graphsvc.domain.places import Place
from graphsvc.domain.records import Record, RecordKind
from graphsvc.domain.text import key_as_meant
from graphsvc.domain.themes import Skill, Theme
from graphsvc.exchange.bundle import Bundle
from graphsvc.exchange.cells import split_list, unescaped, unguarded
from graphsvc.exchange.columns import Cell
from graphsvc.exchange.names import NameIndex
from graphsvc.exchange.seats import SeatFinder
from graphsvc.ports import GraphStore, Stored

_READ_WHOLE = (RecordKind.PLACE, RecordKind.THEME, RecordKind.SKILL, RecordKind.ACTOR)
_WITH_PARTS = (RecordKind.AGREEMENT, RecordKind.PROJECT, RecordKind.EVENT)


@dataclass(slots=True)
class Known:
    """Records of the store by kind and id (all those of kinds that cells name), one index per kind."""

    store: GraphStore
    empty: bool
    stored: dict[RecordKind, dict[str, Stored[Any]]]
    indexes: dict[RecordKind, NameIndex] = field(default_factory=dict)
    seats: SeatFinder = field(init=False)

    def __post_init__(self) -> None:
        self.indexes = {kind: NameIndex(kind) for kind in RecordKind}
        self.seats = SeatFinder(self.indexes[RecordKind.PLACE])

    @classmethod
    def of(cls, store: GraphStore, bundle: Bundle) -> "Known":
        """Read what is needed for this bundle. A store that is being loaded counts as empty."""
        empty = store.info().loading or store.info().revision == 0
        known = cls(store, empty, {kind: {} for kind in RecordKind})
        if empty:
            return known
        kinds = {t.spec.kind for t in bundle.tables}
        for kind in (*_READ_WHOLE, *(k for k in _WITH_PARTS if k in kinds)):
            known.stored[kind] = {s.record.id: s for s in store.records(kind)}
        for kind, keys in _keys_named(bundle).items():
            unknown = sorted(k for k in keys if k not in known.stored[kind])
            resolved = store.resolve_many(kind, unknown) if unknown else {}
            known.indexes[kind].merged = {key: id_ for key, id_ in resolved.items() if id_ != key}
        return known

    def fetch(self, kind: RecordKind, ids: Iterable[str]) -> None:
        """Read the records of these ids, for the kinds that are not read whole."""
        if not self.empty and kind not in _READ_WHOLE:
            wanted = sorted(set(ids) - self.stored[kind].keys())
            if wanted:
                self.stored[kind].update(self.store.get_many(kind, wanted))

    def learn(self, kind: RecordKind, record: Record) -> None:
        """Make a record known by its names."""
        index = self.indexes[kind]
        if isinstance(record, Actor):
            index.add(
                record.id, record.name, partial(_other_names, record), partial(self._told_apart, record)
            )
            self._learn_keys(record.id, record.siren, record.rna)
        elif isinstance(record, Place):
            index.add(
                record.id,
                record.name,
                lambda: (*record.aliases, record.id),
                lambda: {"level": record.level.value},
            )
            self.seats.learn([record])
        elif isinstance(record, Theme | Skill):
            index.add(record.id, record.label, lambda: (*record.synonyms, record.id))
        else:
            index.add(record.id, getattr(record, "title", record.id))

    def _told_apart(self, actor: Actor) -> dict[str, str]:
        place = self.indexes[RecordKind.PLACE].names.get(actor.seat or "", "")
        return {"kind": actor.kind.value, "place": place}

    def _learn_keys(self, id_: str, siren: str | None, rna: str | None) -> None:
        keys = self.indexes[RecordKind.ACTOR].other_keys
        for scheme, value in (("siren", siren), ("rna", rna)):
            if value:
                keys.setdefault(value, id_)
                keys.setdefault(f"{scheme}:{value}", id_)


def _other_names(actor: Actor) -> list[str]:
    return [*(n.text for n in actor.other_names), actor.acronym or ""]


def _keys_named(bundle: Bundle) -> dict[RecordKind, set[str]]:
    """Every text of the bundle that may be the key of a record, by kind."""
    keys: dict[RecordKind, set[str]] = {kind: set() for kind in RecordKind}
    for table in bundle.tables:
        for column in table.spec.columns:
            position = table.positions.get(column.field)
            if position is None:
                continue
            if column.cell is Cell.KEY:
                keys[table.spec.kind].update(unguarded(row[position]) for row in table.rows)
            elif column.cell is Cell.REF and column.kind:
                keys[column.kind].update(unguarded(row[position]) for row in table.rows)
            elif column.cell is Cell.REFS and column.kind:
                cells = {row[position] for row in table.rows}
                keys[column.kind].update(unescaped(v) for c in cells for v in split_list(unguarded(c)))
    for found in keys.values():
        found |= {key_as_meant(key) for key in found if not key.isascii()}
        found.discard("")
    return keys
