"""The features as the compiled search reads them: actors in an order that puts the alike side by side, cut
into blocks of four, and for each feature the largest value met in each block in one byte, rounded up.

A sum of such bytes bounds the score of every actor of a block from above; a block whose bound cannot reach
the k best so far is never opened (block-max pruning: Mallia, Suel and Tonellotto 2024). The order is ours: by
the most telling theme, then territory, then by the day of confirmation, so that what counts most is nearly
constant in a block.

Memory beside the rows: 5 bytes for each (feature, block) met; one byte a block for each feature met in a
tenth of the blocks (bounded by twice the lists); a copy of the rows in the order; 37 bytes an actor.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.columns import F32, F64, I32, I64, ActorColumns
from matcher.evidence.freshness import age_buckets
from matcher.evidence.proximity import Seats
from matcher.kernel.build import BLOCK, blocks_met, filled_lists, reordered, strongest
from matcher.sparse import Rows

U8 = npt.NDArray[np.uint8]
WIDE_SHARE = 10
_KEPT_DAYS = 2
Arrays = tuple[npt.NDArray[np.generic], ...]


@dataclass(frozen=True, slots=True, eq=False)
class PackedLists:
    """F features of n actors in `order` (position -> actor; `place` is its inverse), in `blocks` blocks.

    A value of feature f is at most code * peak[f] / 255. `ids`, `codes` (CSR by `ptr`) are the blocks of a
    feature, unless `wide[f]` >= 0: then row `wide[f]` of `wide_codes` (uint8[., blocks]) says the same.
    `row_pairs` (CSR by `row_ptr`, two numbers an entry) are the rows by position; `facts` (int32[n, 5]) the
    actor, point of the seat, kind, first and last day of each position; `near_*` list the blocks of points.
    """

    order: I32
    place: I32
    ptr: I64
    ids: I32
    codes: U8
    peak: F64
    wide: I32
    wide_codes: U8
    row_ptr: I64
    row_pairs: F32
    facts: I32
    near_ptr: I64
    near_ids: I32
    confirmed: I32
    _aged: dict[int, tuple[U8, U8]] = field(default_factory=dict, repr=False)

    @property
    def blocks(self) -> int:
        """Number of blocks."""
        return -(-len(self.order) // BLOCK)

    @property
    def nbytes(self) -> int:
        """What this takes beside the rows and lists it was made from."""
        names = [name for name in self.__slots__ if not name.startswith("_")]
        return sum(int(getattr(self, name).nbytes) for name in names)

    def arrays(self) -> Arrays:
        """What the search reads, in the order it unpacks."""
        return (
            self.place, self.ptr, self.ids, self.codes, self.peak, self.wide, self.wide_codes, self.near_ptr,
            self.near_ids, self.row_ptr, self.row_pairs.view(np.int32), self.row_pairs, self.facts,
        )  # fmt: skip

    def ages(self, today: int) -> tuple[U8, U8]:
        """The age bucket of each position, and the youngest of each block; kept for the last days asked."""
        if today not in self._aged:
            buckets = age_buckets(self.confirmed, today).astype(np.uint8)
            youngest = np.minimum.reduceat(buckets, np.arange(0, len(buckets), BLOCK))
            while len(self._aged) >= _KEPT_DAYS:
                self._aged.pop(next(iter(self._aged)), None)
            self._aged[today] = (buckets, youngest)
            return buckets, youngest
        return self._aged[today]


def packed(
    rows: Rows, lists: Rows, seats: Seats, columns: ActorColumns, spans: list[tuple[int, int]]
) -> PackedLists:
    """The packed form of the inverted lists of at least one actor.

    `spans` are the first column and the column after the last of the features that order the actors.
    """
    n = rows.count
    order = _order(rows, columns, spans)
    place = np.empty(n, np.int32)
    place[order] = np.arange(n, dtype=np.int32)
    lengths = np.diff(lists.ptr)
    peak = np.zeros(rows.columns)
    filled = np.flatnonzero(lengths)
    if len(filled):
        peak[filled] = np.maximum.reduceat(lists.values, lists.ptr[filled])
    blocks = -(-n // BLOCK)
    met = np.where(peak > 0, blocks_met(lists.ptr, lists.ids, place, blocks), 0)
    wide = _numbered((met * WIDE_SHARE >= blocks) & (peak > 0))
    ptr = np.zeros(rows.columns + 1, np.int64)
    np.cumsum(np.where(wide >= 0, 0, met), out=ptr[1:])
    wide_codes = np.zeros((int(wide.max(initial=-1)) + 1, blocks), np.uint8)
    ids, codes = filled_lists(lists.ptr, lists.ids, lists.values, place, peak, ptr, wide, wide_codes)
    near_ptr, near_ids = _blocks_of_points(seats, place, blocks)
    days = (columns.founded, columns.ended)
    facts = np.stack([order, *(c[order] for c in (seats.point_of, columns.kind, *days))], axis=1)
    return PackedLists(
        order, place, ptr, ids, codes, peak, wide, wide_codes,
        *reordered(rows.ptr, rows.ids, rows.values, order), np.ascontiguousarray(facts.astype(np.int32)),
        near_ptr, near_ids, columns.confirmed[order],
    )  # fmt: skip


def _order(rows: Rows, columns: ActorColumns, spans: list[tuple[int, int]]) -> I32:
    """Actors by their most telling feature of each span in turn, then by the day of confirmation."""
    keys = [strongest(rows.ptr, rows.ids, rows.values, first, after) for first, after in spans]
    return np.lexsort([columns.confirmed, *keys[::-1]]).astype(np.int32)


def _numbered(chosen: npt.NDArray[np.bool_]) -> I32:
    """0, 1, 2 … for the chosen, -1 for the others."""
    numbers = np.full(len(chosen), -1, np.int32)
    numbers[chosen] = np.arange(int(chosen.sum()), dtype=np.int32)
    return numbers


def _blocks_of_points(seats: Seats, place: I32, blocks: int) -> tuple[I64, I32]:
    """CSR of the blocks in which each point is the seat of somebody."""
    seated = np.flatnonzero(seats.point_of >= 0)
    key = np.unique(seats.point_of[seated].astype(np.int64) * max(blocks, 1) + place[seated] // BLOCK)
    ptr = np.zeros(len(seats.units) + 1, np.int64)
    np.cumsum(np.bincount(key // max(blocks, 1), minlength=len(seats.units)), out=ptr[1:])
    return ptr, (key % max(blocks, 1)).astype(np.int32)
