"""Answers kept as long as the snapshot they were read from, and no longer."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from graphsvc.snapshot import Snapshot
from web.language import reader

P = ParamSpec("P")
R = TypeVar("R")
MOST = 5000


def kept(
    compute: Callable[Concatenate[Snapshot, P], R],
) -> Callable[Concatenate[Snapshot, P], R]:
    """Remember a pure function of a snapshot and hashable values, whose answer holds no words."""
    return _kept(compute, lambda: None)


def kept_in_words(
    compute: Callable[Concatenate[Snapshot, P], R],
) -> Callable[Concatenate[Snapshot, P], R]:
    """The same for an answer that holds words: one a language."""
    return _kept(compute, reader)


def _kept(
    compute: Callable[Concatenate[Snapshot, P], R], apart: Callable[[], Hashable]
) -> Callable[Concatenate[Snapshot, P], R]:
    """Remember what a function answers, `apart` for each value of another one.

    When the snapshot is replaced its answers go with it; past 5,000 answers they start afresh.
    """
    answers: WeakKeyDictionary[Snapshot, dict[Hashable, R]] = WeakKeyDictionary()
    lock = Lock()

    def ask(snapshot: Snapshot, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (apart(), args, tuple(sorted(kwargs.items())))
        with lock:
            own = answers.setdefault(snapshot, {})
        if key not in own:
            found = compute(snapshot, *args, **kwargs)
            with lock:
                if len(own) >= MOST:
                    own.clear()
                own[key] = found
            return found
        return own[key]

    ask.__doc__ = compute.__doc__
    return ask
