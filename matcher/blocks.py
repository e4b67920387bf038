"""A few rows of a sparse matrix of all actors, seen as a small dense one: no fancy indexing of the whole."""

import numpy as np
from scipy import sparse

from graphsvc.snapshot.columns import B1, F64, I32, I64


def block(graph: sparse.csr_array, houses: I32) -> F64:
    """The values between some houses (sorted), float64[m, m]."""
    rows, columns, values = _entries(graph, houses)
    at = np.searchsorted(houses, columns)
    inside = (at < len(houses)) & (houses[np.minimum(at, len(houses) - 1)] == columns)
    dense = np.zeros((len(houses), len(houses)))
    dense[rows[inside], at[inside]] = values[inside]
    return dense


def share_a_neighbour(graph: sparse.csr_array, houses: I32) -> B1:
    """Which pairs of some houses have a neighbour in common, bool[m, m]."""
    rows, columns, _ = _entries(graph, houses)
    names, at = np.unique(columns, return_inverse=True)
    marks = np.zeros((len(houses), len(names)), np.bool_)
    marks[rows, at.reshape(-1)] = True
    return meet(marks)


def meet(marks: B1) -> B1:
    """Which rows have a mark in common, bool[m, m]; bit by bit, as small products are not worth threads."""
    bits = np.packbits(marks, axis=1)
    return np.asarray((bits[:, None, :] & bits[None, :, :]).any(axis=2), np.bool_)


def _entries(graph: sparse.csr_array, houses: I32) -> tuple[I64, I32, F64]:
    starts = graph.indptr[houses].astype(np.int64)
    lengths = graph.indptr[houses + 1] - starts
    before = np.cumsum(lengths) - lengths
    at = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
    rows = np.repeat(np.arange(len(houses)), lengths)
    return rows, graph.indices[at], graph.data[at].astype(np.float64)
