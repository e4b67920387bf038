"""Reads the data of the drawing as the format says, by other means than those that write it."""

import json
import struct
from typing import Any

_LETTERS = {"uint8": "B", "int8": "b", "uint16": "H", "int16": "h", "int32": "i"}


def read_columns(content: bytes) -> dict[str, Any]:
    """The head, and beside it each column as numbers and each list of texts."""
    (long,) = struct.unpack_from("<I", content)
    found: dict[str, Any] = json.loads(content[4 : 4 + long])
    columns, texts = found.pop("columns"), found.pop("texts")
    for name, (kind, first, count) in columns.items():
        found[name] = list(struct.unpack_from(f"<{count}{_LETTERS[kind]}", content, 4 + long + first))
    for name, (first, size) in texts.items():
        lines = content[4 + long + first :][:size].decode()
        found[name] = lines.split("\n") if found["x"] else []
    return found
