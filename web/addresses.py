"""Addresses of the site's pages, as templates and menus ask for them: the same few dozen on every page."""

from functools import lru_cache
from typing import Any

from flask import Flask, request, url_for

_APART = frozenset({"static"})  # its addresses hold the version of a file, which is looked at each time


def install_addresses(app: Flask) -> None:
    """Give the templates `url_for()`, which makes each address once. Pages use absolute endpoints."""
    app.jinja_env.globals["url_for"] = address


def address(endpoint: str, **values: Any) -> str:
    """What `flask.url_for` answers, kept: an address hangs on its values and on where the site is served.

    Raises werkzeug's BuildError when no route has this endpoint and these values.
    """
    if endpoint in _APART or endpoint.startswith(".") or "_external" in values:
        return url_for(endpoint, **values)
    try:
        return _made(request.script_root, endpoint, tuple(values.items()))
    except TypeError:  # a list cannot be a key
        return url_for(endpoint, **values)


@lru_cache(maxsize=4096)
def _made(_prefix: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))
