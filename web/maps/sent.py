"""Answers that travel compressed and are made once: the data of a drawing, and its scripts as one file.

What is compressed here is the same for every visitor and holds no secret (see web/assets.py for pages).
"""

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Response, request

_STATIC = Path(__file__).parents[1] / "static"
_LEVEL = 6


def zipped(content: bytes) -> bytes:
    """The bytes compressed, the same for the same content."""
    return gzip.compress(content, _LEVEL, mtime=0)


def answer_zipped(content: bytes, mimetype: str) -> Response:
    """An answer of what `zipped` gave, whole again for who cannot read it so; 304 to who has it already."""
    reads = request.accept_encodings["gzip"] > 0
    answer = Response(content if reads else gzip.decompress(content), mimetype=mimetype)
    answer.vary.add("Accept-Encoding")
    if reads:
        answer.headers["Content-Encoding"] = "gzip"
    answer.add_etag()
    answer.make_conditional(request.environ)
    return answer


def joined_scripts(names: tuple[str, ...]) -> bytes:
    """The static scripts of these names one after the other, compressed: one request instead of twenty."""
    paths = tuple(_STATIC / f"{name}.js" for name in names)
    return _joined(paths, tuple(path.stat().st_mtime_ns for path in paths))


@lru_cache(maxsize=8)
def _joined(paths: tuple[Path, ...], _changed: tuple[int, ...]) -> bytes:
    return zipped("\n".join(path.read_text(encoding="utf-8") for path in paths).encode())
