"""The port to the graph, in domain words: ten abstract methods, and the reads derived from them once.

Reads see the last committed revision. The only writes are `apply` and `load`; both are atomic.
Every method may raise StoreUnavailable; opening may raise StoreDamaged, StoreTooNew or StoreLoading.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from graphsvc.domain.errors import UnknownRecord
from graphsvc.domain.records import Record, RecordKind, Ref
from graphsvc.domain.text import key_as_meant

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Put:
    """Create the record, or replace the one of the same kind and id (a withdrawn one comes back)."""

    record: Record


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take a record out of the current facts (its history stays). Refused while others refer to it."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Merge:
    """`absorbed` becomes another name of `kept`: its keys resolve to `kept` for ever.

    The same call must rewrite what referred to the absorbed record, else ReferencedRecord.
    """

    absorbed: Ref
    kept: Ref


Change = Put | Withdraw | Merge


@dataclass(frozen=True, slots=True)
class Stored(Generic[R]):
    """A record with its version (1, 2, …) and the store revision that wrote it."""

    record: R
    version: int
    revision: int


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One change as it was made. `before`/`after` are `serial.to_data` values; None = absent.

    `action` is `put`, `withdraw` or `merge`; for `merge`, `after` is `{"merged_into": id}`.
    """

    revision: int
    ref: Ref
    version: int
    action: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """Identity and state of a store. `loading` is true between the start and the end of a `load`."""

    store_id: str
    schema_version: int
    revision: int
    loading: bool


class GraphStore(ABC):
    """A graph of records. Opened by a store's own constructor, closed by `close` or `with`."""

    @abstractmethod
    def info(self) -> StoreInfo:
        """Identity, schema version, current revision (0 = nothing written yet)."""

    @abstractmethod
    def counts(self) -> dict[RecordKind, int]:
        """Number of current records of each kind (every kind is a key)."""

    @abstractmethod
    def resolve(self, kind: RecordKind, key: str) -> str | None:
        """The id that answers to `key`: an id, `siren:…`, `rna:…`, or a merged id. None if nobody does.

        A withdrawn record no longer answers; a merged one answers with the record it was merged into.
        """

    @abstractmethod
    def get_many(self, kind: RecordKind, ids: Iterable[str]) -> dict[str, Stored[Any]]:
        """The current records of these exact ids; unknown ids are absent from the answer."""

    @abstractmethod
    def records(self, kind: RecordKind) -> Iterator[Stored[Any]]:
        """All current records of a kind, ordered by id (code points), as of one revision."""

    @abstractmethod
    def touching(self, ref: Ref) -> list[Stored[Any]]:
        """The current records that refer to this one, ordered by (kind order, id).

        For an actor: its links, agreements, projects, announcements, sheets, calls, events, its units
        (`part_of`) and successors. For a place or a theme: whatever names it.
        """

    @abstractmethod
    def changes_since(self, revision: int, limit: int = 10_000) -> list[HistoryEvent]:
        """The change feed: events of revisions > `revision`, ordered by (revision, kind order, id).

        Whole revisions only: stops before the one that would pass `limit` events, unless it is the first.
        """

    @abstractmethod
    def history(self, ref: Ref) -> list[HistoryEvent]:
        """All events of one record, oldest first; kept after withdrawal and merge."""

    @abstractmethod
    def apply(
        self,
        changes: Sequence[Change],
        *,
        by: str,
        idempotency_key: str | None = None,
        expected_versions: Mapping[Ref, int] | None = None,
        at: datetime | None = None,
    ) -> int:
        """Make all the changes, or none. Returns the store's revision afterwards.

        - The order of the changes does not matter, except that a later Put of the same record wins.
        - A Put equal to the current record changes nothing: no version, no event. If nothing changes,
          the revision stays.
        - All changes of one call share one new revision (previous + 1).
        - `expected_versions` are checked first: VersionConflict (0 = must be absent).
        - A used `idempotency_key` returns the revision it had given, and does nothing; with other
          changes: IdempotencyMismatch. A retry after a lost answer is therefore harmless.
        - Every reference must resolve to a current record afterwards: DanglingReference. A reference to
          a merged id is stored as the id it resolves to.
        - Keys are unique (id, siren, rna): DuplicateKey. Parent chains have no cycle: CyclicHierarchy.
        - Withdraw of an absent record: UnknownRecord; of a referenced one: ReferencedRecord.
        """

    @abstractmethod
    def load(
        self, records: Iterable[Record], *, by: str, idempotency_key: str, at: datetime | None = None
    ) -> int:
        """First load of any size into an empty store, in batches; the store is `loading` until the end.

        While loading nothing else opens the store (StoreLoading). A rerun with the same key resumes and
        ends with exactly the same content. One revision. Raises BundleTooLarge if the store is not empty.
        """

    @abstractmethod
    def close(self) -> None:
        """Release everything. Idempotent."""

    def rehearse(self, changes: Sequence[Change]) -> None:  # noqa: B027 - most have nothing to do
        """Go through a write and keep nothing of it, so that the first real one finds the store ready.

        Nothing to do where a write needs no preparation. Raises as `apply` does.
        """

    # --- derived once, for every store -------------------------------------------------------------

    def resolve_many(self, kind: RecordKind, keys: Iterable[str]) -> dict[str, str]:
        """`resolve` of each key that somebody answers to. A store may answer in one round trip."""
        found = ((key, self.resolve(kind, key)) for key in keys)
        return {key: id_ for key, id_ in found if id_ is not None}

    def get(self, ref: Ref) -> Stored[Any]:
        """The current record that answers to this kind and key, or to what the key means (`key_as_meant`).

        Raises UnknownRecord.
        """
        id_ = self.resolve(ref.kind, ref.id)
        if id_ is None and not ref.id.isascii():
            id_ = self.resolve(ref.kind, key_as_meant(ref.id))
        found = self.get_many(ref.kind, [id_]) if id_ is not None else {}
        if id_ is None or id_ not in found:
            raise UnknownRecord(ref.kind.value, ref.id)
        return found[id_]

    def merged(self, kind: RecordKind) -> dict[str, str]:
        """Each id of this kind that was merged away, and the current id it resolves to.

        Read from the change feed here; a store that keeps its aliases apart answers faster.
        """
        gone: set[str] = set()
        revision = 0
        while events := self.changes_since(revision):
            gone |= {e.ref.id for e in events if e.action == "merge" and e.ref.kind is kind}
            revision = events[-1].revision
        return {id_: kept for id_, kept in self.resolve_many(kind, sorted(gone)).items() if kept != id_}

    def is_empty(self) -> bool:
        """Whether no current record is kept."""
        return not any(self.counts().values())

    def everything(self) -> Iterator[Stored[Any]]:
        """All current records, kind after kind in RecordKind order."""
        for kind in RecordKind:
            yield from self.records(kind)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
