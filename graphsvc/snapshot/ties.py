"""From relation rows to the neighbour graph."""

from datetime import date

import numpy as np
from scipy import sparse

from graphsvc.snapshot.columns import B1, DAY_MAX, RelationColumns, Ties


def live_rows(relations: RelationColumns, day: int, stale_after_years: int | None = None) -> B1:
    """Which rows are live on a day; with `stale_after_years`, only those whose life is still vouched for."""
    live: B1 = (relations.first <= day) & (day <= relations.last)
    if stale_after_years is None:
        return live
    open_ended = relations.last == DAY_MAX
    vouched: B1 = ~(open_ended & (relations.confirmed < _years_before(day, stale_after_years)))
    return live & vouched


def merged_ties(n: int, relations: RelationColumns, rows: B1) -> Ties:
    """The simple symmetric graph of the chosen rows; weights of parallel rows add up."""
    a, b, weight = relations.a[rows], relations.b[rows], relations.weight[rows]
    graph = sparse.coo_array(
        (np.concatenate([weight, weight]), (np.concatenate([a, b]), np.concatenate([b, a]))), shape=(n, n)
    ).tocsr()
    graph.sum_duplicates()
    graph.sort_indices()
    return Ties(graph.indptr.astype(np.int64), graph.indices.astype(np.int32), graph.data.astype(np.float32))


def _years_before(day: int, years: int) -> int:
    when = date.fromordinal(day)
    if when.year <= years:
        return 1
    try:
        return when.replace(year=when.year - years).toordinal()
    except ValueError:  # 29 February
        return when.replace(year=when.year - years, day=28).toordinal()
