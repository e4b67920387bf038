"""Conditional logistic regression, against its likelihood minimised by other means, and scikit-learn."""

import numpy as np
import pytest
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from graphsvc.snapshot.columns import F64
from matcher.learned.fitting import PENALTIES, Examples, Fit, fitted

TRUTH = np.array([1.5, -1.0, 0.0])


def _rounds(seed: int, rounds: int, questions: int = 40, candidates: int = 12) -> list[list[Examples]]:
    """Questions whose hidden partners are drawn by the model itself; each has a height of its own, which
    must not count.
    """
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(rounds):
        turn = []
        for _ in range(questions):
            table = rng.normal(size=(candidates, 3)) + rng.normal(size=3) * 3
            chance = np.exp((table - table.mean(axis=0)) @ TRUTH)
            hidden = np.zeros(candidates, np.bool_)
            hidden[rng.choice(candidates, p=chance / chance.sum())] = True
            turn.append(Examples(table, hidden, np.ones(candidates)))
        made.append(turn)
    return made


def _loss(b: F64, questions: list[Examples], penalty: float) -> float:
    spread, told = _spread(questions), 0.0
    for q in questions:
        z = q.table / spread @ b
        told += z[q.hidden].sum() - q.hidden.sum() * np.log(np.sum(q.stands_for * np.exp(z)))
    return float(penalty / 2 * b @ b - told / sum(q.hidden.sum() for q in questions))


def _spread(questions: list[Examples]) -> F64:
    within: F64 = np.concatenate([q.table - q.table.mean(axis=0) for q in questions]).std(axis=0)
    return within


def _scaled(fit: Fit, questions: list[Examples]) -> F64:
    scaled: F64 = fit.coefficients * _spread(questions)
    return scaled


def test_the_fit_minimises_the_penalised_likelihood() -> None:
    rounds = _rounds(1, 3)
    questions = [e for turn in rounds for e in turn]
    questions[0].hidden[:2] = True
    questions[1].stands_for[5:] = 4.0
    fit = fitted(rounds)
    found = minimize(_loss, np.zeros(3), (questions, fit.penalty), tol=1e-12).x
    assert _scaled(fit, questions) == pytest.approx(found, abs=1e-4)
    assert fit.penalty in PENALTIES


def test_what_made_the_questions_is_found_again() -> None:
    fit = fitted(_rounds(2, 4, questions=200))
    assert fit.coefficients == pytest.approx(TRUTH, abs=0.25)


def test_with_two_candidates_it_is_logistic_regression_on_their_difference() -> None:
    rounds = _rounds(3, 2, questions=60, candidates=2)
    questions = [e for turn in rounds for e in turn]
    fit = fitted(rounds)
    spread = _spread(questions)
    differences = np.array([(q.table[q.hidden] - q.table[~q.hidden])[0] / spread for q in questions])
    both, labels = np.concatenate([differences, -differences]), np.repeat([1, 0], len(differences))
    same = LogisticRegression(C=1 / (2 * fit.penalty * len(differences)), fit_intercept=False, tol=1e-10)
    assert _scaled(fit, questions) == pytest.approx(same.fit(both, labels).coef_[0], abs=1e-3)


def test_a_candidate_like_the_mean_of_its_list_has_one_chance_in_two() -> None:
    rounds = _rounds(4, 2)
    fit = fitted(rounds)
    odds = [
        np.log(np.mean(np.exp(q.table @ fit.coefficients + fit.intercept))) for turn in rounds for q in turn
    ]
    assert np.mean(odds) == pytest.approx(0.0, abs=1e-9)


def test_a_feature_that_never_varies_has_no_coefficient() -> None:
    rounds = [
        [Examples(np.hstack([e.table, np.ones((len(e.hidden), 1))]), e.hidden, e.stands_for) for e in turn]
        for turn in _rounds(5, 2)
    ]
    fit = fitted(rounds)
    assert fit.coefficients[3] == 0.0
    assert np.isfinite(fit.coefficients).all()


def test_where_nothing_can_be_learned_the_strongest_penalty_holds() -> None:
    rng = np.random.default_rng(6)
    rounds = []
    for _ in range(4):
        turn = []
        for _ in range(15):
            hidden = np.zeros(20, np.bool_)
            hidden[rng.integers(20)] = True
            turn.append(Examples(rng.normal(size=(20, 30)), hidden, np.ones(20)))
        rounds.append(turn)
    assert fitted(rounds).penalty == max(PENALTIES)
    assert fitted(rounds[:1]).penalty == max(PENALTIES)
    assert fitted([[], rounds[0], []]).penalty == max(PENALTIES)


def test_a_feature_that_tells_all_does_not_run_away() -> None:
    rounds = _rounds(7, 3)
    told = [
        [Examples(np.hstack([e.table, e.hidden[:, None] * 1.0]), e.hidden, e.stands_for) for e in turn]
        for turn in rounds
    ]
    fit = fitted(told)
    assert np.isfinite(fit.coefficients).all()
    assert fit.coefficients[3] > 1
