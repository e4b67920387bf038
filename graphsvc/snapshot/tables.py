"""The records of a snapshot, kind by kind: in memory, or decoded from the mapped file on demand."""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from graphsvc.domain.records import Record
from graphsvc.domain.text import key_as_meant


class RecordTable(ABC):
    """Records of one kind ordered by id (code points); positions are stable for the life of a snapshot."""

    ids: Sequence[str]

    @abstractmethod
    def __getitem__(self, position: int) -> Any:
        """The record at this position. Raises IndexError."""

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Any]:
        return (self[k] for k in range(len(self)))

    def position(self, id_: str) -> int | None:
        """Position of an id: exactly this one, else the one it means (see `key_as_meant`)."""
        found = self._exact(id_)
        return found if found is not None or id_.isascii() else self._exact(key_as_meant(id_))

    def _exact(self, id_: str) -> int | None:
        k = bisect_left(self.ids, id_)
        return k if k < len(self.ids) and self.ids[k] == id_ else None


class MemoryTable(RecordTable):
    """Records already decoded."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = tuple(records)
        self.ids = tuple(record.id for record in self._records)

    def __getitem__(self, position: int) -> Any:
        return self._records[position]
