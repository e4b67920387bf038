"""Static files that browsers keep: their address holds a digest of their content, and changes with it."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

_KEPT = "public, max-age=31536000, immutable"
_DIGITS = 12


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
