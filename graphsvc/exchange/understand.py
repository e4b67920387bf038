"""From tables to records: keys found, names resolved in the bundle and the store, every refusal by line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from typing import Any

from graphsvc.domain.announcements import AnnouncementState
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.places import Place
from graphsvc.domain.records import TYPE_OF, Record, RecordKind, Ref, references
from graphsvc.exchange.bundle import Bundle
from graphsvc.exchange.cells import CellError
from graphsvc.exchange.checks import (
    refuse_contact_details,
    refuse_cycles,
    refuse_keys_of_others,
    refuse_names_of_others,
)
from graphsvc.exchange.drafts import Draft, drafts_of, read_cells
from graphsvc.exchange.faults import refuse_all, written
from graphsvc.exchange.headers import table_named
from graphsvc.exchange.identify import Identifier
from graphsvc.exchange.known import Known
from graphsvc.exchange.parts import add_parts
from graphsvc.exchange.readers import Readers
from graphsvc.exchange.report import Notice, Rejection
from graphsvc.exchange.tables import Table
from graphsvc.exchange.vocabulary import NewVocabulary
from graphsvc.ports import GraphStore, Stored

Progress = Callable[[str, int, int], None]
Origin = tuple[Table, int]
_IDENTIFIED_FIRST = frozenset(
    {
        RecordKind.PLACE,
        RecordKind.THEME,
        RecordKind.SKILL,
        RecordKind.ACTOR,
        RecordKind.AGREEMENT,
        RecordKind.PROJECT,
        RecordKind.EVENT,
    }
)


@dataclass(frozen=True, slots=True)
class Options:
    """How a bundle is to be understood. `labels`: code -> word also accepted in the files."""

    today: date
    labels: Mapping[str, str] = field(default_factory=dict)
    create_vocabulary: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """The records a bundle asks for, and what is wrong with it. `stored`: what the store has of the same
    ids. `origins`: the row that asked for each.
    """

    records: tuple[Record, ...]
    stored: Mapping[Ref, Stored[Any]]
    rejected: tuple[Rejection, ...]
    notices: tuple[Notice, ...]
    created_vocabulary: tuple[str, ...]
    origins: Mapping[Ref, Origin] = field(default_factory=dict)


def understand(
    bundle: Bundle, store: GraphStore, options: Options, progress: Progress | None = None
) -> Understood:
    """Every record of the bundle that stands, and the rejection of every row that does not.

    Rows that only depend on a rejected row are rejected too; without `partial` they are not listed, since
    correcting the first is enough.
    """
    return _Understanding(bundle, store, options, progress).run()


@dataclass(slots=True)
class _Understanding:
    bundle: Bundle
    store: GraphStore
    options: Options
    progress: Progress | None
    made: dict[Ref, Record] = field(default_factory=dict)
    origins: dict[Ref, Origin] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    done: int = 0

    def run(self) -> Understood:
        known = Known.of(self.store, self.bundle)
        self._doubt_kinds_of_refused_files(known)
        vocabulary = NewVocabulary(known, self.made) if self.options.create_vocabulary else None
        readers = Readers(known.indexes, self.options.labels, vocabulary.add if vocabulary else None)
        identifier = Identifier(known, readers, self.notices)
        for kind in RecordKind:
            self._take_records(kind, known, readers, identifier)
            self._take_parts(kind, known, readers)
        created = vocabulary.used() if vocabulary else ()
        rejected = [*self.bundle.rejected, *self.rejected]
        if not self.options.partial:
            rejected = [r for r in rejected if r.rule != "depends_on_rejected"]
        stored = {ref: s for ref in self.made if (s := known.stored[ref.kind].get(ref.id)) is not None}
        return Understood(
            tuple(self.made.values()),
            stored,
            tuple(rejected),
            tuple(self.notices),
            tuple(created),
            self.origins,
        )

    def _doubt_kinds_of_refused_files(self, known: Known) -> None:
        """What is missing may stand in a row that could not be read: its absence is then not the error."""
        for rejection in self.bundle.rejected:
            spec = table_named(rejection.file.rsplit("/", 1)[-1].rsplit(".", 1)[0])
            if spec is not None and spec.parts is None:
                known.indexes[spec.kind].uncertain = rejection.file

    def _take_records(self, kind: RecordKind, known: Known, readers: Readers, identifier: Identifier) -> None:
        tables = [t for t in self.bundle.tables if t.spec.kind is kind and t.spec.parts is None]
        drafts = [d for t in tables for d in drafts_of(t)]
        if kind in _IDENTIFIED_FIRST:
            drafts = identifier.identify(kind, drafts)
        else:
            identifier.expect(kind, drafts)
        for table in tables:
            own = [d for d in drafts if d.table is table]
            read_cells(own, table, readers, self.options.today, self.notices)
            self._tell(len(table.rows))
        if kind not in _IDENTIFIED_FIRST:
            drafts = identifier.identify_late(kind, drafts)
        built = self._build(kind, drafts, known)
        refuse_names_of_others(kind, built, known)
        refuse_keys_of_others(kind, built, known)
        refuse_cycles(kind, built, known)
        refuse_contact_details(kind, built)
        self._keep(kind, built, drafts, known)
        if kind is RecordKind.PLACE:
            known.seats.learn(r for r in self.made.values() if isinstance(r, Place))

    def _build(self, kind: RecordKind, drafts: list[Draft], known: Known) -> list[tuple[Draft, Record]]:
        built = []
        make = TYPE_OF[kind]
        for draft in drafts:
            existing = known.stored[kind].get(draft.id)
            values = _values(kind, draft, existing.record if existing else None)
            if not draft.errors:
                try:
                    built.append((draft, make(**values)))
                    continue
                except InvalidValue:
                    pass
            refuse_all(kind, draft, values)
        return built

    def _keep(
        self, kind: RecordKind, built: list[tuple[Draft, Record]], drafts: list[Draft], known: Known
    ) -> None:
        """Keep what stands, once what depends on a rejected row of the same kind is taken out."""
        index = known.indexes[kind]
        for draft in drafts:
            if draft.errors:
                index.failed.setdefault(draft.id, (draft.table.file, draft.line))
        while index.failed:
            fell = [d for d, record in built if not d.errors and _leans_on_failed(d, record, kind, known)]
            if not fell:
                break
            index.failed.update({d.id: (d.table.file, d.line) for d in fell})
        for draft, record in built:
            if not draft.errors:
                ref = Ref(kind, record.id)
                self.made[ref] = record
                self.origins[ref] = draft.table, draft.row
        self.rejected += [r for d in drafts if d.errors for r in d.rejections()]

    def _take_parts(self, kind: RecordKind, known: Known, readers: Readers) -> None:
        for table in self.bundle.tables:
            if table.spec.kind is kind and table.spec.parts is not None:
                drafts = drafts_of(table)
                read_cells(drafts, table, readers, self.options.today, self.notices)
                add_parts(table.spec, drafts, self.made, known)
                self.rejected += [r for d in drafts if d.errors for r in d.rejections()]
                self._tell(len(table.rows))

    def _tell(self, rows: int) -> None:
        self.done += rows
        if self.progress is not None:
            self.progress("validate", self.done, self.bundle.rows)


def _leans_on_failed(draft: Draft, record: Record, kind: RecordKind, known: Known) -> bool:
    failed = known.indexes[kind].failed
    for name, ref in references(record):
        if ref.kind is kind and ref.id in failed:
            file, line = failed[ref.id]
            error = CellError("depends_on_rejected", "correct_first", file=file, line=line)
            draft.refuse(name, written(draft, name, ref.id), error)
            return True
    return False


def _values(kind: RecordKind, draft: Draft, existing: Record | None) -> dict[str, Any]:
    """What a row says of its record. A column that the file has not keeps the existing record's value."""
    values = draft.values
    values["id"] = draft.id
    if kind is RecordKind.EXPERIENCE and "period" in values:
        values["start"], values["end"] = values.pop("period")
    if kind is RecordKind.ANNOUNCEMENT and "state" not in values and "actor" not in values:
        values["state"] = AnnouncementState.RECORDED
    if existing is not None:
        told = _told(draft)
        for name in _field_names(kind):
            if name not in values and name not in told:
                values[name] = getattr(existing, name)
    return values


def _told(draft: Draft) -> set[str]:
    """The domain fields about which the file says something, if only that they are empty."""
    told = set(draft.table.positions)
    if "period" in told:
        told |= {"start", "end"}
    if "municipality" in told:
        told.add("seat")
    return told


@cache
def _field_names(kind: RecordKind) -> tuple[str, ...]:
    return tuple(f.name for f in fields(TYPE_OF[kind]))
