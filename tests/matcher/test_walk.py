"""The walk touches few actors and is wrong by less than it says; a context keeps what its hierarchy says."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.network_scale import made_snapshot
from graphsvc.snapshot import Snapshot
from matcher.evidence.ties import LEAST, RESTART, STEPS, Moves, documented_circle, transition, walk_scores
from matcher.kernel.walk import walk_compiled
from matcher.plan import _fitting
from matcher.taxonomy import chains_of
from tests.matcher.networks import actor, link, snapshot_of, year

CERTAIN = RESTART * (1 - RESTART) ** 2


def moves_of(actors: int, seed: int) -> Moves:
    return transition(documented_circle(made_snapshot(actors, seed)))


def power_iteration(moves: Moves, starts: list[int]) -> np.ndarray:
    n = len(moves.ptr) - 1
    degree = np.maximum(np.diff(moves.ptr), 1)
    step = np.zeros(n)
    step[starts] = RESTART / len(starts)
    total = step.copy()
    owners = np.repeat(np.arange(n), np.diff(moves.ptr))
    for _ in range(STEPS):
        step = (1 - RESTART) * np.bincount(moves.ids, (step / degree)[owners], minlength=n)
        total += step
    return total


@given(st.integers(0, 5), st.sets(st.integers(0, 299), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None)
def test_the_walk_is_within_its_bound_of_the_whole_one(seed: int, starts: set[int]) -> None:
    moves = moves_of(300, seed)
    exact = power_iteration(moves, sorted(starts))
    found = walk_scores(moves, tuple(starts))
    got = np.zeros(300)
    got[found.ids] = found.weights**2 * CERTAIN
    others = np.setdiff1d(np.arange(300), sorted(starts))
    short = np.minimum(exact, CERTAIN)[others] - got[others]
    assert np.all(short >= -1e-12)
    assert np.all(short <= 2.2 * LEAST * np.diff(moves.ptr)[others] + 1e-12)


@given(st.sets(st.integers(0, 1499), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_both_ways_of_walking_agree(starts: set[int]) -> None:
    moves = moves_of(1500, 1)
    found = walk_scores(moves, tuple(starts))
    members = np.array(sorted(starts), np.int64)
    ids, mass = walk_compiled(moves.ptr, moves.ids, members, RESTART, STEPS, LEAST)
    others = ~np.isin(ids, members)
    assert ids[others].tolist() == found.ids.tolist()
    np.testing.assert_allclose(np.sqrt(np.minimum(1.0, mass[others] / CERTAIN)), found.weights, rtol=1e-9)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(2000, 2020)), max_size=16))
@settings(max_examples=40, deadline=None)
def test_the_walk_of_a_past_day_is_that_of_the_network_known_then(
    drawn: list[tuple[int, int, int]],
) -> None:
    pairs = {(min(a, b), max(a, b)): first for a, b, first in drawn if a != b}
    actors = [actor(f"a{i}") for i in range(8)]

    def snapshot(until: int) -> Snapshot:
        links = [link(f"a{a}", f"a{b}", start=year(y)) for (a, b), y in pairs.items() if y <= until]
        return snapshot_of(*actors, *links)

    now, then = documented_circle(snapshot(2020)), documented_circle(snapshot(2010))
    past = transition(now, date(2010, 12, 31).toordinal())
    for i in range(8):
        found, wanted = walk_scores(past, (i,)), walk_scores(transition(then), (i,))
        assert found.ids.tolist() == wanted.ids.tolist()
        np.testing.assert_allclose(found.weights, wanted.weights, rtol=1e-12)


def test_an_actor_without_partners_walks_nowhere() -> None:
    moves = Moves(np.array([0, 1, 2, 2]), np.array([1, 0], np.int32))
    assert walk_scores(moves, (2,)).ids.tolist() == []
    assert walk_scores(moves, ()).ids.tolist() == []


@given(st.lists(st.integers(-1, 30), min_size=1, max_size=30), st.data())
def test_what_fits_a_context_contains_it_or_lies_within(above: list[int], data: st.DataObject) -> None:
    parent = np.array([min(p, i - 1) for i, p in enumerate(above)], np.int32)
    asked = data.draw(st.lists(st.integers(0, len(parent) - 1), min_size=1, max_size=3))
    chains = chains_of(parent)
    upper = {a for entry in asked for a in chains[entry]}
    expected = [e in upper or any(a in asked for a in chains[e]) for e in range(len(parent))]
    assert _fitting(parent, asked).tolist() == expected
