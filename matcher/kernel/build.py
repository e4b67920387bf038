"""The compiled passes that make the packed lists from the rows and inverted lists, each once over the data.

Importing this module loads numba; compiled code is cached on disk.
"""

import numpy as np
import numpy.typing as npt
from numba import njit

from graphsvc.snapshot.columns import F32, F64, I32, I64
from matcher.kernel import cache as _cache  # noqa: F401 - stale compiled code is forgotten on import

U8 = npt.NDArray[np.uint8]
BLOCK = 4
"""Actors of a block: few enough that they are alike, enough that there are few blocks."""
MOST = 255.0


@njit(cache=True, nogil=True)
def strongest(ptr: I64, ids: I32, values: F32, first: int, after: int) -> I32:
    """The column of the largest value of each row within [first, after), -1 where there is none."""
    rows = len(ptr) - 1
    found = np.full(rows, -1, np.int32)
    for i in range(rows):
        best = np.float32(0.0)
        for e in range(ptr[i], ptr[i + 1]):
            if first <= ids[e] < after and values[e] > best:
                best = values[e]
                found[i] = ids[e]
    return found


@njit(cache=True, nogil=True)
def blocks_met(ptr: I64, ids: I32, place: I32, blocks: int) -> I64:
    """How many blocks each feature is met in."""
    counts = np.zeros(len(ptr) - 1, np.int64)
    last = np.full(blocks, -1, np.int64)
    for f in range(len(ptr) - 1):
        for e in range(ptr[f], ptr[f + 1]):
            block = place[ids[e]] // BLOCK
            if last[block] != f:
                last[block] = f
                counts[f] += 1
    return counts


@njit(cache=True, nogil=True)
def filled_lists(
    list_ptr: I64, list_ids: I32, values: F32, place: I32, peak: F64, ptr: I64, wide: I32, wide_codes: U8,
) -> tuple[I32, U8]:  # fmt: skip
    """The blocks of each feature that is not wide, in order, with their codes; fills the other table."""
    ids, codes = np.empty(ptr[-1], np.int32), np.empty(ptr[-1], np.uint8)
    at = np.full(wide_codes.shape[1], -1, np.int64)
    for f in range(len(ptr) - 1):
        begin = ptr[f]
        end = begin
        for e in range(list_ptr[f], list_ptr[f + 1]):
            if peak[f] <= 0.0:
                break
            block = place[list_ids[e]] // BLOCK
            code = np.uint8(min(np.ceil(np.float64(values[e]) / peak[f] * MOST), MOST))
            if wide[f] >= 0:
                wide_codes[wide[f], block] = max(code, wide_codes[wide[f], block])
            elif begin <= at[block] < end and ids[at[block]] == block:
                codes[at[block]] = max(code, codes[at[block]])
            else:
                at[block] = end
                ids[end] = block
                codes[end] = code
                end += 1
        _sort_pairs(ids, codes, begin, end)
    return ids, codes


@njit(cache=True, nogil=True)
def _sort_pairs(ids: I32, codes: U8, begin: int, end: int) -> None:
    if end - begin > 1:
        order = np.argsort(ids[begin:end])
        ids[begin:end] = ids[begin:end][order]
        codes[begin:end] = codes[begin:end][order]


@njit(cache=True, nogil=True)
def reordered(ptr: I64, ids: I32, values: F32, order: I32) -> tuple[I64, F32]:
    """The rows in this order, without the values that count for nothing: (feature, value) pairs side by side.

    Both are of four bytes; the caller views the array as int32 to read the features.
    """
    new_ptr = np.zeros(len(order) + 1, np.int64)
    for position in range(len(order)):
        kept = 0
        for e in range(ptr[order[position]], ptr[order[position] + 1]):
            kept += values[e] > 0.0
        new_ptr[position + 1] = new_ptr[position] + kept
    pairs = np.empty(2 * new_ptr[-1], np.float32)
    features = pairs.view(np.int32)
    at = 0
    for position in range(len(order)):
        for e in range(ptr[order[position]], ptr[order[position] + 1]):
            if values[e] > 0.0:
                features[at] = ids[e]
                pairs[at + 1] = values[e]
                at += 2
    return new_ptr, pairs
