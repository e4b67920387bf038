"""Tables: held to every possible partition on small gatherings, to their rules on larger ones."""

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.snapshot.columns import B1, F64
from matcher.meetings.seating import Seating, seat_guests


def gathering(n: int, seed: int, known: float) -> tuple[B1, F64]:
    """Strangers and worth of n guests, a share of the pairs knowing each other."""
    random = np.random.default_rng(seed)
    upper = np.triu(random.random((n, n)) >= known, 1)
    worth = np.triu(1 + random.random((n, n)), 1)
    return upper | upper.T, worth + worth.T


def level_partitions(n: int, tables: int) -> Iterator[tuple[int, ...]]:
    """Every way to seat n guests at tables whose sizes differ by one at most."""
    low, high = n // tables, -(-n // tables)
    for table in itertools.product(range(tables), repeat=n):
        sizes = [table.count(t) for t in range(tables)]
        if table[0] == 0 and min(sizes) >= low and max(sizes) <= high:
            yield table


def judged(table: tuple[int, ...], strangers: B1, worth: F64) -> tuple[int, float]:
    """Guests alone (the fewer the better), then minus the worth: written out, without matrices."""
    n = len(table)
    alone = sum(not any(table[i] == table[j] and strangers[i, j] for j in range(n)) for i in range(n))
    pairs = itertools.combinations(range(n), 2)
    return alone, -sum(float(worth[i, j]) for i, j in pairs if table[i] == table[j] and strangers[i, j])


def answer(found: Seating) -> tuple[int, ...]:
    return tuple(found.table.tolist())


@pytest.mark.parametrize(
    ("n", "tables", "known"), [(6, 2, 0.3), (7, 2, 0.5), (8, 3, 0.4), (8, 2, 0.7), (9, 3, 0.2)]
)
def test_small_gatherings_are_seated_as_well_as_any_partition_could(n, tables, known):
    for seed in range(6):
        strangers, worth = gathering(n, seed, known)
        best = min(judged(table, strangers, worth) for table in level_partitions(n, tables))
        got = judged(answer(seat_guests(strangers, worth, tables)), strangers, worth)
        assert got[0] == best[0]
        assert -got[1] >= 0.99 * -best[1]


@given(st.integers(2, 30), st.integers(1, 8), st.integers(0, 10**6), st.floats(0, 1))
def test_tables_are_level_and_what_is_said_of_them_is_true(n, tables, seed, known):
    tables = min(tables, n)
    strangers, worth = gathering(n, seed, known)
    found = seat_guests(strangers, worth, tables)
    sizes = np.bincount(found.table, minlength=tables)
    assert len(sizes) == tables
    assert sizes.max() - sizes.min() <= 1
    alone, minus = judged(answer(found), strangers, worth)
    assert len(found.alone) == alone
    assert found.worth == pytest.approx(-minus)
    assert found.table[0] == 0


def test_no_single_exchange_would_be_better():
    strangers, worth = gathering(24, 7, 0.3)
    found = seat_guests(strangers, worth, 4)
    here = judged(answer(found), strangers, worth)
    for a, b in itertools.combinations(range(24), 2):
        other = list(answer(found))
        other[a], other[b] = other[b], other[a]
        alone, minus = judged(tuple(other), strangers, worth)
        assert (alone, round(minus, 6)) >= (here[0], round(here[1], 6))


def test_two_circles_of_friends_are_mixed():
    strangers = np.ones((8, 8), np.bool_)
    strangers[:4, :4] = strangers[4:, 4:] = False
    table = answer(seat_guests(strangers, np.ones((8, 8)), 2))
    assert sorted(table[:4]) == sorted(table[4:]) == [0, 0, 1, 1]


def test_friends_of_all_are_seated_even_though_nobody_is_new_to_them():
    found = seat_guests(np.zeros((5, 5), np.bool_), np.ones((5, 5)), 2)
    assert found.alone == (0, 1, 2, 3, 4)
    assert (found.worth, found.meetings) == (0.0, 0)


def test_the_same_guests_get_the_same_tables():
    strangers, worth = gathering(40, 3, 0.2)
    assert answer(seat_guests(strangers, worth, 6)) == answer(seat_guests(strangers, worth, 6))


@pytest.mark.parametrize("tables", [0, 4])
def test_more_tables_than_guests_is_a_defect_of_the_caller(tables):
    with pytest.raises(ValueError, match="tables"):
        seat_guests(np.ones((3, 3), np.bool_), np.ones((3, 3)), tables)
