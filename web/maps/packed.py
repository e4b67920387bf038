"""Columns as bytes: a browser reads them where they lie, without parsing one number.

Four bytes say how long the head is (unsigned, the lowest first); the head is JSON, filled with spaces so
that the blocks, each, begin at a multiple of four. `columns` of the head: name -> [type, first byte, how
many]; `texts`: name -> [first byte, bytes], one entry a line. First bytes count from the end of the head.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphsvc.snapshot.columns import I64

_TYPES = ("uint8", "int8", "uint16", "int16", "int32")
_WORD = 4


def packed(
    head: Mapping[str, Any], columns: Mapping[str, I64 | Sequence[int]], texts: Mapping[str, Sequence[str]]
) -> bytes:
    """The head, the columns (whole numbers, each in the narrowest type that holds them), the lists of texts.

    A line break inside a text becomes a space. Raises ValueError for a number beyond 32 bits.
    """
    blocks: list[bytes] = []
    at = 0

    def put(block: bytes) -> int:
        nonlocal at
        began, room = at, -len(block) % _WORD
        blocks.append(block + b"\0" * room)
        at += len(block) + room
        return began

    places: dict[str, dict[str, Any]] = {"columns": {}, "texts": {}}
    for name, values in columns.items():
        column = _narrowest(np.asarray(values, np.int64))
        places["columns"][name] = [column.dtype.name, put(column.tobytes()), len(column)]
    for name, lines in texts.items():
        block = "\n".join(line.replace("\n", " ") for line in lines).encode()
        places["texts"][name] = [put(block), len(block)]
    told = json.dumps({**head, **places}, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    told += b" " * (-len(told) % _WORD)
    return b"".join((len(told).to_bytes(_WORD, "little"), told, *blocks))


def _narrowest(column: NDArray[np.int64]) -> NDArray[Any]:
    least, most = (int(column.min()), int(column.max())) if len(column) else (0, 0)
    for name in _TYPES:
        bounds = np.iinfo(name)
        if bounds.min <= least and most <= bounds.max:
            return column.astype(np.dtype(name).newbyteorder("<"))
    raise ValueError(f"no type holds {least} to {most}")
