"""What the learned re-ranker reads beside the match index, computed once per snapshot."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import numpy as np
from scipy import sparse

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MIN, F64, I32, I64
from matcher.evidence.alike_works import Works, works_of
from matcher.evidence.surroundings import Surroundings, surroundings_of
from matcher.index import MatchIndex

YEAR = 365.25
KEPT = 2


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """`activity` float64[n]: log of the partners ever documented, over that of the most connected. `country`
    int32[n]. `ptr`, `days`, `parts`: first days of the documented cooperations of each actor (CSR) and their
    parts, 1 / (n - 1) for a pair out of n, so that one project counts 1. `years` float64[countries, years]:
    the same summed by country, from `first_year` on. `worked` (CSR of scipy): the parts each pair shares.
    """

    activity: F64
    country: I32
    ptr: I64
    days: I64
    parts: F64
    years: F64
    first_year: float
    worked: sparse.csr_array
    works: Works
    surroundings: Surroundings


def background_of(snapshot: Snapshot, index: MatchIndex) -> Background:
    """The background of a snapshot. Reads every actor, cooperation and work once."""
    relations, kept = snapshot.relations, index.documented
    start = np.where(relations.start > DAY_MIN, relations.start, relations.confirmed)[kept].astype(np.int64)
    a, b = relations.a[kept].astype(np.int64), relations.b[kept].astype(np.int64)
    weight = relations.weight[kept].astype(np.float64)
    owners, others = np.concatenate([a, b]), np.concatenate([b, a])
    days, parts = np.concatenate([start, start]), np.concatenate([weight, weight])
    worked = sparse.csr_array((parts, (owners, others)), shape=(snapshot.n, snapshot.n))
    known = days > DAY_MIN
    owners, days, parts = owners[known], days[known], parts[known]
    order = np.argsort(owners, kind="stable")
    owners, days, parts = owners[order], days[order], parts[order]
    ptr = np.zeros(snapshot.n + 1, np.int64)
    np.cumsum(np.bincount(owners, minlength=snapshot.n), out=ptr[1:])
    degree = np.log1p(np.diff(index.circle.rows.ptr).astype(np.float64))
    country = _countries(snapshot)
    years, first_year = _by_year(country, owners, days, parts)
    return Background(
        activity=degree / max(float(degree.max(initial=0.0)), 1e-9),
        country=country,
        ptr=ptr,
        days=days,
        parts=parts,
        years=years,
        first_year=first_year,
        worked=worked,
        works=works_of(snapshot, index),
        surroundings=surroundings_of(index),
    )


def _countries(snapshot: Snapshot) -> I32:
    seen: dict[str, int] = {}
    found = [seen.setdefault(snapshot.actor(i).country, len(seen)) for i in range(snapshot.n)]
    return np.array(found, np.int32)


def _by_year(country: I32, owners: I64, days: I64, parts: F64) -> tuple[F64, float]:
    """What each country did each year, and the first of these years (in years of the calendar's days)."""
    countries = int(country.max(initial=0)) + 1
    if not len(days):
        return np.zeros((countries, 1)), 0.0
    year = np.floor(days / YEAR).astype(np.int64)
    first, width = int(year.min()), int(year.max() - year.min()) + 1
    cells = country[owners] * width + year - first
    table = np.bincount(cells, parts, minlength=countries * width).astype(np.float64)
    return table.reshape(countries, width), float(first)


_kept: OrderedDict[tuple[str, int], Background] = OrderedDict()
_lock = Lock()


def kept_background(snapshot: Snapshot, index: MatchIndex) -> Background:
    """The background of a snapshot, from memory when it was computed before."""
    key = (snapshot.store_id, snapshot.revision)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    background = background_of(snapshot, index)
    with _lock:
        _kept[key] = background
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return background
