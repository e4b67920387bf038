"""Answers kept as long as the snapshot they were read from, and no longer."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Concatenate, Generic, ParamSpec, TypeVar
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


@dataclass(slots=True)
class _Answer(Generic[R]):
    """One answer, or the place where it will be: whoever asks while it is computed waits for it."""

    given: list[R] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def once(self, compute: Callable[[], R]) -> R:
        if not self.given:
            with self.lock:
                if not self.given:
                    self.given.append(compute())
        return self.given[0]


def _kept(
    compute: Callable[Concatenate[Snapshot, P], R], apart: Callable[[], Hashable]
) -> Callable[Concatenate[Snapshot, P], R]:
    """Remember what a function answers, `apart` for each value of another one.

    When the snapshot is replaced its answers go with it; past 5,000 answers they start afresh. A function may
    ask others that are kept, never itself for the same values.
    """
    answers: WeakKeyDictionary[Snapshot, dict[Hashable, _Answer[R]]] = WeakKeyDictionary()
    lock = Lock()

    def ask(snapshot: Snapshot, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (apart(), args, tuple(sorted(kwargs.items())))
        with lock:
            own = answers.setdefault(snapshot, {})
            answer = own.get(key)
            if answer is None:
                if len(own) >= MOST:
                    own.clear()
                answer = own[key] = _Answer()
        return answer.once(lambda: compute(snapshot, *args, **kwargs))

    ask.__doc__ = compute.__doc__
    return ask
