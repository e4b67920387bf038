"""What is made once for a snapshot and forgotten with it."""

import threading
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from graphsvc.snapshot.snapshot import Snapshot

T = TypeVar("T")


def kept_with_snapshot(make: Callable[[Snapshot], T]) -> Callable[[Snapshot], T]:
    """Keep the result of `make` as long as its snapshot lives; made once even when several threads ask."""
    kept: WeakKeyDictionary[Snapshot, T] = WeakKeyDictionary()
    lock = threading.Lock()

    def once(snapshot: Snapshot) -> T:
        with lock:
            if snapshot not in kept:
                kept[snapshot] = make(snapshot)
            return kept[snapshot]

    once.__doc__ = make.__doc__
    once.__name__ = make.__name__
    return once
