"""The graph in Neo4j (official driver, Community or Enterprise 5.26 and later, alone or as a cluster).

Writes follow each other by the lock on the `:Store` node; a read that a commit crossed is read again.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from neo4j import ManagedTransaction

from graphsvc.domain.errors import StoreDamaged, StoreLoading
from graphsvc.domain.records import Record, RecordKind, Ref
from graphsvc.ports import Change, GraphStore, HistoryEvent, Stored, StoreInfo
from graphsvc.stores import neo4j_queries as cypher
from graphsvc.stores.encoding import Unreadable, can_be_key, to_event
from graphsvc.stores.loading import loaded_cargo
from graphsvc.stores.neo4j_facts import Neo4jFacts, decoded
from graphsvc.stores.neo4j_line import BULK_SECONDS, READ_SECONDS, WRITE_SECONDS, Line, rows
from graphsvc.stores.neo4j_load import answered, load_cargo
from graphsvc.stores.neo4j_rows import write_plan
from graphsvc.stores.neo4j_schema import prepare
from graphsvc.stores.planning.asked import fingerprint, gather
from graphsvc.stores.planning.facts import ref_order
from graphsvc.stores.planning.plan import make_plan

T = TypeVar("T")
_BULK_CHANGES = 500  # above, a write may take minutes
_READS_BEFORE_LOCK = 3


class _Rehearsed(Exception):
    """Ends a rehearsal: the transaction is undone."""


class Neo4jStore(GraphStore):
    """The graph in a Neo4j database of its own. `resume=True` is for going on with an interrupted `load`."""

    def __init__(
        self, uri: str, user: str, password: str, *, database: str | None = None, resume: bool = False
    ) -> None:
        self._line = Line(uri, user, password, database)
        try:
            loading = prepare(self._line)
        except BaseException:
            self._line.close()
            raise
        if loading and not resume:
            self._line.close()
            raise StoreLoading(uri)

    def info(self) -> StoreInfo:
        """One node."""
        store = self._line.read(self._state)
        return StoreInfo(store["store_id"], store["schema"], store["revision"], store["loading"] is not None)

    def counts(self) -> dict[RecordKind, int]:
        """Answered by Neo4j's own counters."""

        def count(tx: ManagedTransaction) -> dict[RecordKind, int]:
            queries = {kind: cypher.COUNT.get(kind, cypher.COUNT_LINKS) for kind in RecordKind}
            return {kind: int(rows(tx, query)[0]["number"]) for kind, query in queries.items()}

        return self._read(count)

    def resolve(self, kind: RecordKind, key: str) -> str | None:
        """An id first, then a key whose owner is there."""
        if not can_be_key(key):
            return None

        def find(tx: ManagedTransaction) -> str | None:
            facts, ref = Neo4jFacts(tx), Ref(kind, key)
            if facts.existing([ref]):
                return key
            alias = facts.aliases([ref]).get(ref)
            return alias.owner if alias and facts.existing([Ref(kind, alias.owner)]) else None

        return self._read(find)

    def get_many(self, kind: RecordKind, ids: Iterable[str]) -> dict[str, Stored[Any]]:
        """Through the index of ids, 5,000 at a time."""
        refs = {Ref(kind, id_) for id_ in ids if can_be_key(id_)}
        if not refs:
            return {}
        found = self._read(lambda tx: Neo4jFacts(tx).current(refs), BULK_SECONDS if len(refs) > 500 else None)
        return {ref.id: stored for ref, stored in found.items()}

    def records(self, kind: RecordKind) -> Iterator[Stored[Any]]:
        """Read whole, then sorted here: Neo4j has no order by code points to rely on."""
        query = cypher.READ_ALL_LINKS if kind is RecordKind.LINK else cypher.READ_ALL[kind]
        found = self._read(lambda tx: rows(tx, query), BULK_SECONDS)
        found.sort(key=lambda row: row["properties"]["id"])
        return self._decoded(kind, found)

    def touching(self, ref: Ref) -> list[Stored[Any]]:
        """Along the relationships; the links of a theme or a place are found by a scan."""
        if not can_be_key(ref.id):
            return []

        def find(tx: ManagedTransaction) -> list[Stored[Any]]:
            facts = Neo4jFacts(tx)
            found = facts.current({source for source, _ in facts.referrers([ref])})
            return [found[source] for source in sorted(found, key=ref_order)]

        return self._read(find)

    def changes_since(self, revision: int, limit: int = 10_000) -> list[HistoryEvent]:
        """Found by the index of revisions, sorted here."""

        def find(tx: ManagedTransaction) -> list[dict[str, Any]]:
            beyond = rows(tx, cypher.REVISION_BEYOND, revision=revision, limit=max(limit, 0))
            if not beyond:
                return rows(tx, cypher.FEED, revision=revision, last=2**62)
            first = rows(tx, cypher.NEXT_REVISION, revision=revision)[0]["revision"]
            return rows(tx, cypher.FEED, revision=revision, last=max(first, beyond[0]["revision"] - 1))

        events = [_event(row["change"]) for row in self._read(find, BULK_SECONDS)]
        return sorted(events, key=lambda event: (event.revision, ref_order(event.ref)))

    def history(self, ref: Ref) -> list[HistoryEvent]:
        """Found by the index of changes by record."""
        if not can_be_key(ref.id):
            return []
        found = self._read(lambda tx: rows(tx, cypher.HISTORY, kind=ref.kind.value, id=ref.id))
        return sorted((_event(row["change"]) for row in found), key=lambda event: event.revision)

    def apply(
        self,
        changes: Sequence[Change],
        *,
        by: str,
        idempotency_key: str | None = None,
        expected_versions: Mapping[Ref, int] | None = None,
        at: datetime | None = None,
    ) -> int:
        """One transaction. Without a key one is made for the call, so that the driver may run it again."""
        return self._apply(changes, by, idempotency_key, expected_versions, at)

    def rehearse(self, changes: Sequence[Change]) -> None:
        """All of `apply`, undone at its end. A server just started plans each statement when it first
        meets it: a first write took 3.1 to 3.9 s, the next ones 0.2 s.
        """
        with suppress(_Rehearsed):
            self._apply(changes, "rehearsal", None, None, None, rehearsal=True)

    def _apply(
        self,
        changes: Sequence[Change],
        by: str,
        idempotency_key: str | None,
        expected_versions: Mapping[Ref, int] | None,
        at: datetime | None,
        *,
        rehearsal: bool = False,
    ) -> int:
        asked = gather(changes)
        print_ = "" if idempotency_key is None else fingerprint(asked)
        key = f"call:{uuid.uuid4()}" if idempotency_key is None else f"key:{idempotency_key}"

        def write(tx: ManagedTransaction) -> int:
            (store,) = self._open(rows(tx, cypher.LOCK_STORE))
            known = answered(tx, key, print_)
            if known is not None:
                return known
            facts = Neo4jFacts(tx)
            plan = make_plan(
                facts, asked, revision=store["revision"], by=by, at=at, expected_versions=expected_versions
            )
            revision = plan.revision if plan.events else int(store["revision"])
            if plan.events:
                write_plan(tx, facts, plan)
            if plan.events or idempotency_key is not None:
                tx.run(cypher.SET_ANSWER, key=key, fingerprint=print_, revision=revision).consume()
            if rehearsal:
                raise _Rehearsed
            return revision

        return self._line.write(write, BULK_SECONDS if len(changes) > _BULK_CHANGES else WRITE_SECONDS)

    def load(
        self, records: Iterable[Record], *, by: str, idempotency_key: str, at: datetime | None = None
    ) -> int:
        """Batches of 5,000 records, each one transaction; nothing is read of the store until the end."""
        with loaded_cargo(records) as cargo:
            return load_cargo(self._line, cargo, by, f"key:{idempotency_key}", at)

    def close(self) -> None:
        """Close the driver."""
        self._line.close()

    def _read(self, work: Callable[[ManagedTransaction], T], seconds: float | None = None) -> T:
        """Read as of one revision: again if a write came between, in the end holding writes off."""

        def steady(tx: ManagedTransaction) -> tuple[bool, T]:
            (before,) = self._open([self._state(tx)])
            found = work(tx)
            return self._state(tx)["revision"] == before["revision"], found

        def alone(tx: ManagedTransaction) -> T:
            self._open(rows(tx, cypher.LOCK_STORE))
            return work(tx)

        for _ in range(_READS_BEFORE_LOCK):
            kept, found = self._line.read(steady, seconds or READ_SECONDS)
            if kept:
                return found
        return self._line.write(alone, seconds or WRITE_SECONDS)

    def _state(self, tx: ManagedTransaction) -> dict[str, Any]:
        found = rows(tx, cypher.STORE)
        if not found:
            raise StoreDamaged(self._line.name, "no_identity")
        return found[0]

    def _open(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The state of the store, which must be there and not loading."""
        if not found:
            raise StoreDamaged(self._line.name, "no_identity")
        if found[0]["loading"] is not None:
            raise StoreLoading(self._line.name)
        return found

    def _decoded(self, kind: RecordKind, found: list[dict[str, Any]]) -> Iterator[Stored[Any]]:
        try:
            for row in found:
                yield decoded(kind, row)
        except Unreadable as error:
            raise StoreDamaged(self._line.name, str(error)) from error


def _event(change: Mapping[str, Any]) -> HistoryEvent:
    ref = Ref(RecordKind(change["kind"]), change["id"])
    return to_event(
        change["revision"],
        ref,
        change["version"],
        change["action"],
        change.get("before"),
        change.get("after"),
        change["by"],
        change["at"],
    )
