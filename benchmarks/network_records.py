"""The records of a made-up network, made when they are read: a million actors take no room before."""

from collections.abc import Callable, Sequence
from typing import Any, overload

from graphsvc.snapshot.tables import RecordTable


class NumberedIds(Sequence[str]):
    """Ids that say their position: `bench-0000042`. In order, as tables want them."""

    def __init__(self, count: int, prefix: str) -> None:
        self._count, self._prefix = count, prefix

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, position: int) -> str: ...

    @overload
    def __getitem__(self, position: slice) -> list[str]: ...

    def __getitem__(self, position: int | slice) -> str | list[str]:
        if isinstance(position, slice):
            return [self[k] for k in range(*position.indices(self._count))]
        if not 0 <= position < self._count:
            raise IndexError(position)
        return f"{self._prefix}{position:07d}"


class MadeTable(RecordTable):
    """Records of one kind, each made by its position when asked for."""

    def __init__(self, count: int, prefix: str, make: Callable[[int], Any]) -> None:
        self.ids = NumberedIds(count, prefix)
        self._prefix, self._make = prefix, make

    def __getitem__(self, position: int) -> Any:
        if not 0 <= position < len(self.ids):
            raise IndexError(position)
        return self._make(position)

    def position(self, id_: str) -> int | None:
        """Position of an exact id."""
        number = id_.removeprefix(self._prefix)
        if number == id_ or not number.isdecimal() or not int(number) < len(self.ids):
            return None
        return int(number) if self.ids[int(number)] == id_ else None
