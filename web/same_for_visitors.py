"""Pages that all visitors without an account read alike: written once, as long as the network stays the same.

A page is kept only when nothing in it can be of its reader: no session, no form, no message, no nonce.
"""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import ParamSpec
from weakref import WeakKeyDictionary

from flask import g, request

from graphsvc.snapshot import Snapshot
from web.language import reader
from web.permissions import current_identity
from web.sessions import browser_session
from web.shown import served, services

P = ParamSpec("P")
MOST = 400  # of some 30 kB, for each snapshot and process

_kept: WeakKeyDictionary[Snapshot, dict[tuple[object, ...], str]] = WeakKeyDictionary()
_lock = Lock()


def same_for_visitors(view: Callable[P, str]) -> Callable[P, str]:
    """Keep what a view of the snapshot answers to visitors: by address, language and day.

    The view reads nothing else: neither the private database, nor a header, nor the host it is asked by.
    """

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> str:
        if not _nobody_in_particular():
            return view(*args, **kwargs)
        shown = served()
        if not shown.fresh:  # the page says since when
            return view(*args, **kwargs)
        pages = _pages_of(shown.snapshot)
        key = (request.script_root, request.full_path, reader(), services().today())
        found = pages.get(key)
        if found is None:
            found = view(*args, **kwargs)
            if _same_for_all():
                _keep(pages, key, found)
        return found

    return answer


def _nobody_in_particular() -> bool:
    """Whether the browser showed nothing that a page could speak of."""
    opened = browser_session()
    return not (current_identity().signed_in or opened or opened.unreadable or opened.stale_cookie)


def _same_for_all() -> bool:
    """Whether the page just written holds no token, no nonce, and left nothing in the session."""
    return not (browser_session().modified or "csrf_token" in g or "csp_nonce" in g)


def _pages_of(snapshot: Snapshot) -> dict[tuple[object, ...], str]:
    with _lock:
        return _kept.setdefault(snapshot, {})


def _keep(pages: dict[tuple[object, ...], str], key: tuple[object, ...], page: str) -> None:
    with _lock:
        if len(pages) >= MOST:
            pages.clear()
        pages[key] = page
