"""A list of texts in one block of bytes: opened without decoding, decoded where it is read."""

from collections.abc import Sequence
from typing import overload

import numpy as np

from graphsvc.snapshot.columns import I64


class StringColumn(Sequence[str]):
    """Texts `blob[offsets[k]:offsets[k + 1]]` in UTF-8. Sorted by code point, as UTF-8 bytes sort too."""

    def __init__(self, offsets: I64, blob: memoryview) -> None:
        self._offsets, self._blob = offsets, blob

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, position: int) -> str: ...

    @overload
    def __getitem__(self, position: slice) -> list[str]: ...

    def __getitem__(self, position: int | slice) -> str | list[str]:
        if isinstance(position, slice):
            return [self[k] for k in range(*position.indices(len(self)))]
        if position < 0:
            position += len(self)
        if not 0 <= position < len(self):
            raise IndexError(position)
        return str(self._blob[self._offsets[position] : self._offsets[position + 1]], "utf-8")


def packed(texts: Sequence[str]) -> tuple[I64, bytes]:
    """Offsets (int64[n + 1]) and the block."""
    encoded = [text.encode() for text in texts]
    offsets = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(e) for e in encoded], out=offsets[1:])
    return offsets, b"".join(encoded)
