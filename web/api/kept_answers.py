"""The last answers with suggestions, as they were sent: who asks the same again gets the same bytes.

A key says all that an answer depends on: the state of the network, the asker, the context with whom it
declined, the day, the order in use. After a write, a refusal or at midnight it is another question.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

MOST = 256
"""Some 30 kB each."""


class KeptAnswers:
    """The `most` answers asked for last. Safe for several threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Hashable, write: Callable[[], bytes]) -> bytes:
        """The answer kept under this key, else the one that `write` makes; its errors pass through."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        answer = write()
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return answer
