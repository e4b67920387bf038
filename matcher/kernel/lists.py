"""The features as the compiled search reads them: the rows and inverted lists of the index, and what the
actors with a frequent feature have of it in one byte an actor.

A feature that a twentieth of the actors have is read quicker as a byte of every actor, in order, than as a
list of the actors that have it. The byte is rounded up: it bounds the value from above, and the search takes
the value itself from the row where it matters.

Memory beside the rows and lists: a byte an actor for each frequent feature (at most 20 for each entry of
their lists), one for each of the last two days asked, and 8 bytes a feature.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.columns import F32, I32, ActorColumns
from matcher.evidence.freshness import age_buckets, freshness_scores
from matcher.evidence.proximity import Seats
from matcher.sparse import Rows

U8 = npt.NDArray[np.uint8]
U16 = npt.NDArray[np.uint16]
FREQUENT = 20
"""A feature is frequent when one actor in so many has it."""
ROWS = 64
"""Frequent features at most, the most frequent ones: each costs a bound up to 255 of the steps it has."""
MOST = 255.0
SMALLEST = 1e-30
"""The peak of a feature that anybody has is no less: something is divided by it."""
_KEPT_DAYS = 2
Arrays = tuple[npt.NDArray[np.generic], ...]


@dataclass(frozen=True, slots=True, eq=False)
class PackedLists:
    """F features of n actors. No value of a feature f is more than `peak[f]`; that of a frequent one is at
    most codes[w, i] * peak[f] / 255, w = `frequent[f]` (-1 for the others). `born` and `over` are the first
    and last day of each actor.
    """

    rows: Rows
    lists: Rows
    seats: Seats
    frequent: I32
    peak: F32
    codes: U8
    kind: npt.NDArray[np.int8]
    born: I32
    over: I32
    confirmed: I32
    _aged: dict[int, tuple[U8, U8]] = field(default_factory=dict, repr=False)

    @property
    def count(self) -> int:
        """Number of actors."""
        return self.rows.count

    @property
    def nbytes(self) -> int:
        """What this takes beside the index and the snapshot it was made from."""
        return self.frequent.nbytes + self.peak.nbytes + self.codes.nbytes

    def arrays(self) -> Arrays:
        """What the search reads, in the order it unpacks."""
        rows, lists, seated = self.rows, self.lists, self.seats.lists
        return (
            rows.ptr, rows.ids, rows.values, lists.ptr, lists.ids, lists.values, self.frequent, self.peak,
            self.codes, seated.ptr, seated.ids, self.seats.point_of, self.kind, self.born, self.over,
        )  # fmt: skip

    def ages(self, today: int) -> tuple[U8, U8]:
        """The age bucket of each actor, and its freshness in a byte, rounded up; kept for the last days
        asked.
        """
        if today not in self._aged:
            buckets = age_buckets(self.confirmed, today).astype(np.uint8)
            while len(self._aged) >= _KEPT_DAYS:
                self._aged.pop(next(iter(self._aged)), None)
            self._aged[today] = (buckets, AGE_CODES[buckets])
            return buckets, AGE_CODES[buckets]
        return self._aged[today]


AGE_CODES: U8 = np.ceil(freshness_scores() * MOST).astype(np.uint8)
"""The freshness of each age bucket in a byte, rounded up."""


def packed(rows: Rows, lists: Rows, seats: Seats, columns: ActorColumns) -> PackedLists:
    """The packed form of the rows and inverted lists of at least one actor."""
    lengths = np.diff(lists.ptr)
    peak = np.zeros(rows.columns, np.float32)
    if len(had := np.flatnonzero(lengths)):
        peak[had] = np.maximum(np.maximum.reduceat(lists.values, lists.ptr[had]), SMALLEST)
    chosen = np.flatnonzero(lengths * FREQUENT >= rows.count)
    chosen = np.sort(chosen[np.argsort(-lengths[chosen], kind="stable")[:ROWS]])
    frequent = np.full(rows.columns, -1, np.int32)
    frequent[chosen] = np.arange(len(chosen), dtype=np.int32)
    codes = np.zeros((len(chosen), rows.count), np.uint8)
    for w, feature in enumerate(chosen.tolist()):
        actors, values = lists.row(feature)
        share = values.astype(np.float64) / float(peak[feature])  # in float32 a bound could be a hair too low
        codes[w, actors] = np.minimum(np.ceil(share * MOST * (1 + 1e-12)), MOST).astype(np.uint8)
    return PackedLists(
        rows, lists, seats, frequent, peak, codes, columns.kind, columns.founded, columns.ended,
        columns.confirmed,
    )  # fmt: skip
