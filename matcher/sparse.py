"""Sparse rows and their inverted lists: the one shape all evidence is kept in.

A row per actor, a column per feature; `ids` of a row are sorted, as are the actors of an inverted list.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.snapshot.columns import F32, F64, I32, I64


@dataclass(frozen=True, slots=True)
class Rows:
    """CSR rows (`values` may be 0 for a feature that counts for nothing) over `columns` features."""

    ptr: I64
    ids: I32
    values: F32
    columns: int

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self.ptr) - 1

    def row(self, i: int) -> tuple[I32, F32]:
        """Feature ids and values of row i."""
        span = slice(self.ptr[i], self.ptr[i + 1])
        return self.ids[span], self.values[span]

    def owners(self) -> I64:
        """The row of each entry."""
        return np.repeat(np.arange(self.count, dtype=np.int64), np.diff(self.ptr))


@dataclass(frozen=True, slots=True)
class Vector:
    """A query: sorted distinct feature ids and their weights."""

    ids: I64
    weights: F64

    @classmethod
    def empty(cls) -> "Vector":
        """A query that asks for nothing."""
        return cls(np.empty(0, np.int64), np.empty(0, np.float64))

    def times(self, factor: float) -> "Vector":
        """The same features, weights multiplied."""
        return Vector(self.ids, self.weights * factor)


def rows_from_entries(
    count: int, columns: int, owners: npt.ArrayLike, ids: npt.ArrayLike, values: npt.ArrayLike
) -> Rows:
    """Rows from (row, feature, value) entries; of entries met twice the largest value is kept."""
    width = max(columns, 1)
    key = np.asarray(owners, np.int64) * width + np.asarray(ids, np.int64)
    order = np.argsort(key, kind="stable")  # quick on what comes as a few sorted runs, as blocks do
    key, val = key[order], np.asarray(values, np.float64)[order]
    if len(key):
        starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
        key, val = key[starts], np.maximum.reduceat(val, starts)
    ptr = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(key // width, minlength=count), out=ptr[1:])
    return Rows(ptr, (key % width).astype(np.int32), val.astype(np.float32), columns)


def transposed(rows: Rows) -> Rows:
    """The inverted lists: for each feature, the actors that have it and with what value."""
    shape = (rows.count, rows.columns)
    lists = sparse.csr_array((rows.values, rows.ids, rows.ptr), shape=shape).tocsc()
    return Rows(lists.indptr.astype(np.int64), lists.indices.astype(np.int32), lists.data, rows.count)


def side_by_side(blocks: list[Rows]) -> tuple[Rows, tuple[int, ...]]:
    """Blocks of features joined into one, and the first column of each block (with the end as last)."""
    starts = np.cumsum([0, *(b.columns for b in blocks)])
    count = blocks[0].count
    owners = np.concatenate([b.owners() for b in blocks])
    ids = np.concatenate([b.ids.astype(np.int64) + s for b, s in zip(blocks, starts, strict=False)])
    values = np.concatenate([b.values for b in blocks])
    joined = rows_from_entries(count, int(starts[-1]), owners, ids, values)
    return joined, tuple(int(s) for s in starts)


def normalised(rows: Rows, shrink: float) -> Rows:
    """Rows divided by sqrt(sum of squares + shrink²): under length 1, and short rows well under it."""
    squares = np.bincount(rows.owners(), rows.values.astype(np.float64) ** 2, minlength=rows.count)
    norm = np.sqrt(squares + shrink * shrink)
    scaled = rows.values / norm[rows.owners()]
    return Rows(rows.ptr, rows.ids, scaled.astype(np.float32), rows.columns)


def accumulate(lists: Rows, query: Vector, sums: F64) -> None:
    """Add to `sums` (mutated) the inner product of every actor with the query, by inverted lists.

    Features are taken in ascending order and each list names an actor once, so that every way of summing
    gives the same floating-point result.
    """
    used = query.weights != 0
    features, weights = query.ids[used], query.weights[used]
    lengths = lists.ptr[features + 1] - lists.ptr[features]
    total = int(lengths.sum())
    if total:
        before = np.cumsum(lengths) - lengths
        at = np.arange(total) + np.repeat(lists.ptr[features] - before, lengths)
        gains = lists.values[at] * np.repeat(weights, lengths)
        sums += np.bincount(lists.ids[at], weights=gains, minlength=len(sums))


def block_products(rows: Rows, chosen: I64, query: Vector, starts: tuple[int, ...]) -> F64:
    """Inner products of these rows with the query, float64[rows, blocks]: one for each block of columns
    [starts[b], starts[b + 1]).
    """
    blocks = len(starts) - 1
    entries, owners = gathered(rows.ptr, chosen)
    if not len(query.ids) or not len(entries):
        return np.zeros((len(chosen), blocks))
    ids, values = rows.ids[entries].astype(np.int64), rows.values[entries].astype(np.float64)
    at = np.minimum(np.searchsorted(query.ids, ids), len(query.ids) - 1)
    hit = query.ids[at] == ids
    cells = owners[hit] * blocks + np.searchsorted(starts, ids[hit], side="right") - 1
    gains = values[hit] * query.weights[at[hit]]
    sums = np.bincount(cells, weights=gains, minlength=len(chosen) * blocks)
    return sums.reshape(len(chosen), blocks).astype(np.float64)


def gathered(ptr: I64, chosen: I64) -> tuple[I64, I64]:
    """The entries of these rows of a CSR, and which of the chosen each belongs to."""
    lengths = ptr[chosen + 1] - ptr[chosen]
    before = np.cumsum(lengths) - lengths
    entries = np.arange(int(lengths.sum())) + np.repeat(ptr[chosen] - before, lengths)
    return entries, np.repeat(np.arange(len(chosen)), lengths)


def rarity(rows: Rows, count: int | None = None) -> F64:
    """Information content of each feature in (0, 1]: log(1 + N / n) / log(1 + N).

    N = rows that have any feature, n = rows that have this one (at least 1): 1 for what only one row has,
    log 2 / log(1 + N) for what all have. After Resnik (1995), smoothed so that two actors alone still match.
    """
    total = max(count if count is not None else int(np.count_nonzero(np.diff(rows.ptr))), 1)
    having = np.maximum(np.bincount(rows.ids, minlength=rows.columns), 1)
    share: F64 = np.log1p(total / having) / np.log1p(total)
    return np.minimum(share, 1.0)
