"""The figures of an evaluation, each against the plainest way of computing it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.evaluation.metrics import (
    RESAMPLES,
    best_of,
    bootstrap_weights,
    difference_estimate,
    hits,
    matched_auc,
    mean_estimate,
    ranks_of,
    ratio_estimate,
    reciprocal_rank,
)

SCORES = st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.5, 1.0]), min_size=2, max_size=12)


def _order(scores: list[float], eligible: list[bool], shuffle: list[int]) -> list[int]:
    kept = [i for i in range(len(scores)) if eligible[i] and scores[i] > 0]
    return sorted(kept, key=lambda i: (-scores[i], shuffle[i]))


@given(SCORES, st.randoms(use_true_random=False), st.data())
def test_a_rank_is_the_place_in_the_sorted_list(
    scores: list[float], draw: object, data: st.DataObject
) -> None:
    n = len(scores)
    eligible = data.draw(st.lists(st.booleans(), min_size=n, max_size=n))
    shuffle = data.draw(st.permutations(range(n)))
    targets = data.draw(st.lists(st.integers(0, n - 1), min_size=1, unique=True))
    found = ranks_of(np.array(scores), np.array(eligible), targets, np.array(shuffle, np.int64))
    listed = _order(scores, eligible, list(shuffle))
    assert found == [listed.index(t) + 1 if t in listed else None for t in targets]


def test_the_first_hidden_partner_makes_the_reciprocal_rank() -> None:
    assert reciprocal_rank([None, 4, 2]) == 0.5
    assert reciprocal_rank([None]) == 0.0
    assert hits([1, 10, 11, None]) == 2


@given(st.lists(st.sampled_from([0.0, 0.3, 0.7]), min_size=3, max_size=10), st.data())
def test_auc_with_equal_degrees_is_the_share_of_pairs_in_the_right_order(
    scores: list[float], data: st.DataObject
) -> None:
    n = len(scores)
    targets = data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=n - 1, unique=True))
    others = [i for i in range(n) if i not in targets]
    wins = [(scores[t] > scores[o]) + 0.5 * (scores[t] == scores[o]) for t in targets for o in others]
    total, counted = matched_auc(
        np.array(scores), targets, np.ones(n, np.bool_), np.full(n, 3, np.int64), np.random.default_rng(0)
    )
    assert counted == len(targets)
    assert total / counted == pytest.approx(sum(wins) / len(wins))


@given(st.lists(st.integers(0, 30), min_size=4, max_size=200), st.integers(0, 1000))
def test_fame_alone_gets_one_half_against_actors_as_famous(degrees: list[int], seed: int) -> None:
    degree = np.array(degrees, np.int64)
    rng = np.random.default_rng(seed)
    total, counted = matched_auc(degree.astype(float), [0, 1], np.ones(len(degree), np.bool_), degree, rng)
    if counted:
        assert total / counted == pytest.approx(0.5)


def test_a_mean_has_an_interval_around_it_that_narrows_with_more_askers() -> None:
    rng = np.random.default_rng(1)
    widths = []
    for askers in (20, 500):
        values = rng.random(askers)
        found = mean_estimate(values, np.ones(askers), bootstrap_weights(askers, 3))
        assert found.value == pytest.approx(values.mean())
        assert found.low is not None
        assert found.high is not None
        assert found.low < values.mean() < found.high
        expected = 3.92 * values.std() / math.sqrt(askers)
        assert found.high - found.low == pytest.approx(expected, rel=0.15)
        widths.append(found.high - found.low)
    assert widths[1] < widths[0] / 3


def test_resamples_draw_as_many_askers_as_there_are() -> None:
    weights = bootstrap_weights(7, 0)
    assert weights.shape == (RESAMPLES, 7)
    assert (weights.sum(axis=1) == 7).all()
    assert (bootstrap_weights(7, 0) == weights).all()


def test_what_was_not_measured_is_none_and_never_nan() -> None:
    nothing = bootstrap_weights(0, 0)
    assert mean_estimate(np.empty(0), np.empty(0), nothing).value is None
    assert ratio_estimate(np.ones(3), np.zeros(3), bootstrap_weights(3, 0)).value is None
    assert best_of({"a": mean_estimate(np.empty(0), np.empty(0), nothing)}) is None


def test_a_difference_is_paired_by_asker() -> None:
    one = np.array([0.9, 0.1, 0.5, 0.3])
    weights = bootstrap_weights(4, 0)
    found = difference_estimate(one + 0.1, one, np.ones(4), weights)
    assert found.value == pytest.approx(0.1)
    assert found.low == pytest.approx(0.1)
    assert found.high == pytest.approx(0.1)
    assert ratio_estimate(one * 2, one, weights).value == pytest.approx(2.0)
