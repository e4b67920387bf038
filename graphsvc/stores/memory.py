"""The graph in dictionaries: the oracle the other stores are compared with, and a store for small tests."""

import copy
import threading
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from graphsvc.domain.errors import BundleTooLarge, IdempotencyMismatch
from graphsvc.domain.records import Record, RecordKind, Ref, ref_of, references
from graphsvc.ports import Change, GraphStore, HistoryEvent, Put, Stored, StoreInfo
from graphsvc.stores.planning.asked import ROW_LIMIT, Asked, fingerprint, gather
from graphsvc.stores.planning.facts import Alias, Plan, ref_order
from graphsvc.stores.planning.plan import make_plan

SCHEMA_VERSION = 1


class MemoryStore(GraphStore):
    """A store that lives as long as its process. Safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._store_id = str(uuid.uuid4())
        self._revision = 0
        self._graph = _Graph()
        self._events: list[HistoryEvent] = []
        self._answered: dict[str, tuple[str, int]] = {}

    def info(self) -> StoreInfo:
        """Never loading: a load here is one step."""
        return StoreInfo(self._store_id, SCHEMA_VERSION, self._revision, loading=False)

    def counts(self) -> dict[RecordKind, int]:
        """Counted by walking everything: obviously right."""
        with self._lock:
            return {kind: sum(ref.kind is kind for ref in self._graph.stored) for kind in RecordKind}

    def resolve(self, kind: RecordKind, key: str) -> str | None:
        """An id first, then an alias whose owner is there."""
        with self._lock:
            ref = Ref(kind, key)
            if ref in self._graph.stored:
                return key
            alias = self._graph.by_key.get(ref)
            return alias.owner if alias and Ref(kind, alias.owner) in self._graph.stored else None

    def get_many(self, kind: RecordKind, ids: Iterable[str]) -> dict[str, Stored[Any]]:
        """One dictionary look-up per id."""
        with self._lock:
            found = self._graph.current({Ref(kind, id_) for id_ in ids})
            return {ref.id: stored for ref, stored in found.items()}

    def records(self, kind: RecordKind) -> Iterator[Stored[Any]]:
        """A sorted copy."""
        with self._lock:
            return iter([self._graph.stored[ref] for ref in self._sorted() if ref.kind is kind])

    def touching(self, ref: Ref) -> list[Stored[Any]]:
        """Found by reading the references of every record: obviously right."""
        with self._lock:
            sources = {source for source, _ in self._graph.referrers({ref})}
            return [self._graph.stored[source] for source in sorted(sources, key=ref_order)]

    def changes_since(self, revision: int, limit: int = 10_000) -> list[HistoryEvent]:
        """Whole revisions, at least one."""
        with self._lock:
            groups: dict[int, list[HistoryEvent]] = defaultdict(list)
            for event in self._events:
                if event.revision > revision:
                    groups[event.revision].append(event)
            feed: list[HistoryEvent] = []
            for number in sorted(groups):
                if feed and len(feed) + len(groups[number]) > limit:
                    break
                feed += groups[number]
            return copy.deepcopy(feed)

    def history(self, ref: Ref) -> list[HistoryEvent]:
        """The events of this very name."""
        with self._lock:
            return copy.deepcopy([event for event in self._events if event.ref == ref])

    def apply(
        self,
        changes: Sequence[Change],
        *,
        by: str,
        idempotency_key: str | None = None,
        expected_versions: Mapping[Ref, int] | None = None,
        at: datetime | None = None,
    ) -> int:
        """Planned, then written under the lock."""
        asked = gather(changes)
        with self._lock:
            print_ = fingerprint(asked) if idempotency_key is not None else ""
            if idempotency_key in self._answered:
                return self._answer(idempotency_key, print_)
            plan = make_plan(
                self._graph, asked, revision=self._revision, by=by, at=at, expected_versions=expected_versions
            )
            return self._write(plan, idempotency_key, print_)

    def load(
        self, records: Iterable[Record], *, by: str, idempotency_key: str, at: datetime | None = None
    ) -> int:
        """One step, whatever the size."""
        asked: Asked = gather([Put(record) for record in records], limit=None)
        with self._lock:
            print_ = fingerprint(asked)
            if idempotency_key in self._answered:
                return self._answer(idempotency_key, print_)
            if self._revision > 0:
                raise BundleTooLarge(len(asked.puts), ROW_LIMIT)
            plan = make_plan(self._graph, asked, revision=self._revision, by=by, at=at)
            return self._write(plan, idempotency_key, print_)

    def close(self) -> None:
        """Nothing to release."""

    def _sorted(self) -> list[Ref]:
        return sorted(self._graph.stored, key=ref_order)

    def _answer(self, idempotency_key: str, print_: str) -> int:
        known, revision = self._answered[idempotency_key]
        if known != print_:
            raise IdempotencyMismatch(idempotency_key)
        return revision

    def _write(self, plan: Plan, idempotency_key: str | None, print_: str) -> int:
        if plan.events:
            self._graph.write(plan)
            self._events += plan.events
            self._revision = plan.revision
        if idempotency_key is not None:
            self._answered[idempotency_key] = (print_, self._revision)
        return self._revision


class _Graph:
    """The current facts, as a plan asks for them."""

    def __init__(self) -> None:
        self.stored: dict[Ref, Stored[Any]] = {}
        self.by_key: dict[Ref, Alias] = {}
        self.last: dict[Ref, int] = {}

    def current(self, refs: Collection[Ref]) -> dict[Ref, Stored[Any]]:
        return {ref: self.stored[ref] for ref in refs if ref in self.stored}

    def existing(self, refs: Collection[Ref]) -> set[Ref]:
        return {ref for ref in refs if ref in self.stored}

    def last_versions(self, refs: Collection[Ref]) -> dict[Ref, int]:
        return {ref: self.last[ref] for ref in refs if ref in self.last}

    def aliases(self, keys: Collection[Ref]) -> dict[Ref, Alias]:
        return {key: self.by_key[key] for key in keys if key in self.by_key}

    def aliases_of(self, refs: Collection[Ref]) -> list[Alias]:
        return [alias for key, alias in self.by_key.items() if Ref(key.kind, alias.owner) in refs]

    def referrers(self, refs: Collection[Ref]) -> list[tuple[Ref, Ref]]:
        return [
            (source, target)
            for source, stored in self.stored.items()
            for _, target in references(stored.record)
            if target in refs
        ]

    def write(self, plan: Plan) -> None:
        for stored in plan.puts:
            self.stored[ref_of(stored.record)] = stored
        for ref, version in plan.gone:
            del self.stored[ref]
            self.last[ref] = version
        for key in plan.drop_aliases:
            del self.by_key[key]
        for alias in plan.set_aliases:
            self.by_key[alias.key] = alias
