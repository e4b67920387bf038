"""Dates of records as columns of day numbers (proleptic Gregorian ordinals, as `date.toordinal`)."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from graphsvc.domain.dates import PartialDate
from graphsvc.snapshot.columns import DAY_MIN, I32


def first_days(dates: Iterable[PartialDate | None]) -> I32:
    """int32[n]: the earliest day each date can mean, `DAY_MIN` where none is known."""
    return np.array([DAY_MIN if d is None else _first(d) for d in dates], np.int32)


def last_days(dates: Iterable[PartialDate | None], *, unknown: int) -> I32:
    """int32[n]: the latest day each date can mean, `unknown` where none is known."""
    return np.array([unknown if d is None else _last(d) for d in dates], np.int32)


@lru_cache(maxsize=8192)  # few dates are told many times
def _first(date: PartialDate) -> int:
    return date.first_day.toordinal()


@lru_cache(maxsize=8192)
def _last(date: PartialDate) -> int:
    return date.last_day.toordinal()
