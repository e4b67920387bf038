"""Who sits at which table: as many good new acquaintances as possible, and nobody only among those they know.

Objective, in this order: (1) the fewest guests who know everybody at their table; (2) the largest sum, over
the pairs of strangers at one table, of what their meeting is worth. Tables differ by one guest at most. The
problem is a partition of a graph, NP-hard: guests are placed one after the other where they gain most, then
two of them change places (or one moves) as long as the objective rises, from several orders of arrival; the
best answer is kept. The same guests get the same tables. Measured against all partitions in
tests/matcher/test_seating.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from graphsvc.snapshot.columns import B1, F64, I64

STARTS = 8
FEW_STARTS_FROM = 80  # guests: from here on two orders of arrival are enough
MOST_TRIED = 5_000  # steps looked at to leave fewer guests alone
_LEAST = 1e-9  # a gain under it is noise of the sums


@dataclass(frozen=True, slots=True)
class Seating:
    """`table[i]`: table of guest i, from 0. `alone`: guests with nobody new at their table.

    `worth`: sum over the pairs of strangers that meet; `meetings`: how many such pairs.
    """

    table: I64
    alone: tuple[int, ...]
    worth: float
    meetings: int


def seat_guests(strangers: B1, worth: F64, tables: int) -> Seating:
    """The tables of n guests. `strangers`, `worth`: symmetric n x n; worth of strangers is positive.

    Raises ValueError unless 1 <= tables <= n.
    """
    n = len(strangers)
    if not 1 <= tables <= n:
        raise ValueError(f"{tables} tables for {n} guests")
    new = strangers & ~np.eye(n, dtype=np.bool_)
    gain = np.where(new, worth, 0.0)
    starts = STARTS if n < FEW_STARTS_FROM else 2
    orders = dict.fromkeys(tuple(np.roll(np.arange(n), -(k * n) // starts).tolist()) for k in range(starts))
    found = [_improved(new, gain, _arrival(gain, order, tables), tables) for order in orders]
    best = min(found, key=lambda table: _rank(new, gain, table))
    number = {t: k for k, t in enumerate(dict.fromkeys(best.tolist()))}
    table = np.array([number[t] for t in best.tolist()], np.int64)  # the first guest sits at the first table
    together = np.triu(table[:, None] == table[None, :], 1) & new
    return Seating(table, tuple(_alone(new, table)), float(gain[together].sum()), int(together.sum()))


def _arrival(gain: F64, order: tuple[int, ...], tables: int) -> I64:
    """Each guest at the table where it gains most, among those that are not yet ahead of the others."""
    n = len(gain)
    table = np.full(n, -1, np.int64)
    at = np.zeros((tables, n))
    size = np.zeros(tables, np.int64)
    for i in order:
        free = np.flatnonzero(size == size.min())
        t = int(free[np.argmax(at[free, i])])
        table[i] = t
        size[t] += 1
        at[t] += gain[i]
    return table


@dataclass(frozen=True, slots=True)
class _Steps:
    """What could be changed: guest `a` with guest `b`, or (`b` < 0) guest `a` to table `to`."""

    gain: F64
    a: I64
    b: I64
    to: I64

    def ordered(self, kept: B1) -> Iterator[int]:
        """Positions of those kept, the largest gain first, then by guest."""
        found = np.flatnonzero(kept)
        order = np.lexsort((self.to[found], self.b[found], self.a[found], -np.round(self.gain[found], 9)))
        return iter(found[order].tolist())

    def taken(self, k: int, table: I64) -> I64:
        """The tables after step k."""
        after = table.copy()
        if self.b[k] >= 0:
            after[self.a[k]], after[self.b[k]] = table[self.b[k]], table[self.a[k]]
        else:
            after[self.a[k]] = self.to[k]
        return after


def _improved(new: B1, gain: F64, table: I64, tables: int) -> I64:
    """One step after the other as long as one helps: fewer guests alone first, then more worth."""
    while True:
        steps = _steps(gain, table, tables)
        alone = _alone(new, table)
        better = _fewer_alone(new, table, steps, alone) if alone else None
        if better is None:
            rising = (steps.taken(k, table) for k in steps.ordered(steps.gain > _LEAST))
            better = next((after for after in rising if len(_alone(new, after)) <= len(alone)), None)
        if better is None:
            return table
        table = better


def _fewer_alone(new: B1, table: I64, steps: _Steps, alone: list[int]) -> I64 | None:
    """The step that leaves the fewest alone, the worthiest of those; None when none leaves fewer."""
    tables = table[alone]
    touching = np.isin(table[steps.a], tables) | np.isin(steps.to, tables)
    best, least = None, len(alone)
    for k in islice(steps.ordered(touching), MOST_TRIED):
        after = steps.taken(k, table)
        count = len(_alone(new, after))
        if count < least:
            best, least = after, count
    return best


def _steps(gain: F64, table: I64, tables: int) -> _Steps:
    """Every exchange, and every move that keeps the tables level."""
    n = len(table)
    sums = gain @ np.eye(tables)[table]  # what guest i would find at table t
    own = sums[np.arange(n), table]
    crossed = sums[:, table]  # what a would find at the table of b
    delta = crossed + crossed.T - own[:, None] - own[None, :] - 2 * gain
    one, other = np.nonzero(np.triu(table[:, None] != table[None, :], 1))
    size = np.bincount(table, minlength=tables)
    who, to = np.nonzero(size[table][:, None] - size[None, :] == 1)
    return _Steps(
        np.r_[delta[one, other], sums[who, to] - own[who]],
        np.r_[one, who],
        np.r_[other, np.full(len(who), -1)],
        np.r_[table[other], to],
    )


def _alone(new: B1, table: I64) -> list[int]:
    """Guests with nobody new at their table."""
    together = (table[:, None] == table[None, :]) & new
    return [int(i) for i in np.flatnonzero(~together.any(axis=1))]


def _rank(new: B1, gain: F64, table: I64) -> tuple[int, float, tuple[int, ...]]:
    together = np.triu(table[:, None] == table[None, :], 1)
    return len(_alone(new, table)), -round(float(gain[together].sum()), 9), tuple(table.tolist())
