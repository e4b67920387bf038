"""Static files that browsers keep: their address holds a digest of their content, and changes with it.

They travel compressed. Pages do not: what a page says of its reader, compressed beside what somebody else put
in its address, can be guessed from its length (BREACH, 2013).
"""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

_KEPT = "public, max-age=31536000, immutable"
_DIGITS = 12
_COMPRESSED = frozenset({"text/javascript", "text/css", "image/svg+xml"})
_SMALL = 1000  # bytes: below, the headers weigh more than what is gained


def install_assets(app: Flask) -> None:
    """Every address that `url_for('static', …)` makes bears its version; one that does is kept for a year.

    An address without a version, or with a former one, is answered too, and kept an hour.
    """
    folder = Path(app.static_folder or "")

    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values and (found := version(folder, values["filename"])):
            values["v"] = found

    def keep(response: Response) -> Response:
        asked = request.args.get("v")
        if request.endpoint == "static" and asked and response.status_code in (200, 304):
            name = (request.view_args or {}).get("filename", "")
            if asked == version(folder, name):
                response.headers["Cache-Control"] = _KEPT
        return response

    app.url_default_functions.setdefault(None, []).append(add_version)
    app.after_request(keep)
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    """A file, and nothing made for a reader, in fewer bytes for who can read them."""
    whole = response.status_code == 200 and response.direct_passthrough
    long = (response.content_length or 0) >= _SMALL
    if not (whole and long and response.mimetype in _COMPRESSED):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0:
        response.direct_passthrough = False
        response.set_data(_zipped(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("ETag", None)  # it names the bytes of the other form
    return response


@lru_cache(maxsize=64)
def _zipped(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def version(folder: Path, name: str) -> str | None:
    """The first digits of the SHA-256 of a file; None when there is no such file in the folder."""
    path = _inside(folder, name)
    if path is None:
        return None
    try:
        state = path.stat()
    except OSError:
        return None
    return _digest(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _inside(folder: Path, name: str) -> Path | None:
    """The file of this name, None for a name that leads out of the folder."""
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) else None


@lru_cache(maxsize=256)
def _digest(path: Path, _changed: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:_DIGITS]
