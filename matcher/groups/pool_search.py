"""The best group of a few candidates: exact when the search ends within its allowance, else greedy with a
bound on what the best could be.

Objective of a set S of at most six, in [0, 1]:
    0.7 x coverage + 0.15 x kinds(S) / 6 + 0.15 x mean closeness over six - 0.07 for each member beyond three
coverage = weighted mean over the things asked for of 1 - prod over S of (1 - 0.75 c): a second actor that
brings the same still adds, less. Coverage and kinds are monotone submodular, closeness and cost are sums, so
F(S) plus the q largest gains bounds every group that adds q members to S (Nemhauser, Wolsey, Fisher 1978).
The search is depth first on that bound.
"""

from dataclasses import dataclass

import numpy as np

from graphsvc.snapshot.columns import B1, F64, I64

COVERAGE, DIVERSITY, CLOSENESS, COST = 0.7, 0.15, 0.15, 0.07
SECOND = 0.75
LEAST, MOST = 3, 6
ALLOWED_STEPS = 1500


@dataclass(frozen=True, slots=True)
class Problem:
    """`cover`: float64[candidates, items]; `weights` of the items; `kinds`: int of each candidate;
    `closeness` in [0, 1]. `given`: rows already in the group (the asker).
    """

    cover: F64
    weights: F64
    kinds: I64
    closeness: F64
    given: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The rows chosen, in the order of what each adds, their value, and whether nothing better exists.

    `bound`: no group is worth more; equal to `value` when `exact`.
    """

    rows: tuple[int, ...]
    value: float
    exact: bool
    bound: float


@dataclass(frozen=True, slots=True)
class _State:
    rows: tuple[int, ...]
    left: F64  # weight not covered yet, item by item
    kinds: B1  # which kinds are there
    value: float  # without the cost of members


def best_group(problem: Problem, allowed_steps: int = ALLOWED_STEPS) -> Found | None:
    """The best group of LEAST to MOST members; None when there are too few candidates that bring anything."""
    search = _Search(problem, allowed_steps)
    return search.run()


def value_of(problem: Problem, rows: tuple[int, ...]) -> float:
    """The objective of a set of rows, the given ones included: what the search maximises."""
    left = np.prod(1 - SECOND * problem.cover[list(rows)], axis=0)
    covered = float(np.sum(problem.weights * (1 - left)) / max(float(np.sum(problem.weights)), 1e-12))
    kinds = len({int(k) for k in problem.kinds[list(rows)]})
    near = float(np.sum(problem.closeness[list(rows)]))
    return COVERAGE * covered + DIVERSITY * kinds / MOST + CLOSENESS * near / MOST - _cost(len(rows))


def undominated(problem: Problem, candidates: I64) -> I64:
    """The candidates that a best group may need: those that fewer than MOST others of their kind match in
    everything. Whoever is left out could be replaced by one of these, so the best value stays the same.
    """
    rows = np.column_stack([problem.kinds, problem.cover, problem.closeness])[candidates]
    _, first, inverse = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    order = np.lexsort((first, -rows[first, 1:].sum(axis=1)))
    kept: list[int] = []
    seen = np.empty((0, rows.shape[1]))
    members: list[I64] = np.split(
        np.argsort(inverse.reshape(-1), kind="stable"), np.cumsum(np.bincount(inverse.reshape(-1)))[:-1]
    )
    for at in order.tolist():
        row = rows[first[at]]
        better = (seen[:, 0] == row[0]) & (seen[:, 1:] >= row[1:]).all(axis=1)
        room = MOST - int(np.count_nonzero(better))
        chosen = members[at][: max(room, 0)].tolist()
        kept += chosen
        seen = np.concatenate([seen, np.repeat(row[None, :], len(chosen), axis=0)])
    return np.sort(candidates[np.array(kept, np.int64)]) if kept else candidates[:0]


def _cost(size: int) -> float:
    return COST * max(0, size - LEAST)


class _Search:
    def __init__(self, problem: Problem, allowed_steps: int) -> None:
        self.problem = problem
        self.weights = problem.weights / max(float(np.sum(problem.weights)), 1e-12)
        self.steps = allowed_steps
        self.best: tuple[float, tuple[int, ...]] | None = None

    def run(self) -> Found | None:
        none = np.zeros(int(self.problem.kinds.max(initial=0)) + 1, np.bool_)
        start = _State((), self.weights.copy(), none, 0.0)
        for row in self.problem.given:
            start = self._with(start, row)
        candidates = np.flatnonzero(self.problem.cover @ self.weights > 0)
        candidates = np.setdiff1d(candidates, self.problem.given)
        candidates = undominated(self.problem, candidates)
        if len(candidates) + len(start.rows) < LEAST:
            return None
        self.best = self._greedy(start, candidates)
        gains = self._gains(start, candidates)
        bound = self._bound(start, np.sort(gains)[::-1])
        ended = self._descend(start, self._hopeful(start, candidates, gains))
        value, rows = self.best
        exact = ended or bound <= value + 1e-12
        return Found(rows, value, exact, value if exact else max(bound, value))

    def _greedy(self, start: _State, candidates: I64) -> tuple[float, tuple[int, ...]]:
        """Add what adds most until it no longer pays."""
        state, left = start, candidates
        while len(state.rows) < MOST and len(left):
            gains = self._gains(state, left)
            at = int(np.argmax(gains))
            if len(state.rows) >= LEAST and gains[at] <= COST:
                break
            state = self._with(state, int(left[at]))
            left = np.delete(left, at)
        return state.value - _cost(len(state.rows)), state.rows

    def _hopeful(self, start: _State, candidates: I64, gains: F64) -> I64:
        """The candidates that a group better than the greedy one could hold."""
        top = np.sort(gains)[::-1][: MOST - len(start.rows) - 1]
        others = np.concatenate([[0.0], np.cumsum(top)])
        sizes = np.arange(len(others)) + len(start.rows) + 1
        rest = (others - COST * np.maximum(sizes - LEAST, 0))[sizes >= LEAST].max(initial=0.0)
        kept: I64 = candidates[start.value + gains + rest > self._value() + 1e-12]
        return kept

    def _descend(self, state: _State, candidates: I64) -> bool:
        """Whether every group that extends the state with these candidates was weighed or ruled out."""
        if len(state.rows) >= LEAST:
            self._keep(state)
        if len(state.rows) == MOST or not len(candidates):
            return True
        gains = self._gains(state, candidates)
        order = np.lexsort((candidates, -gains))
        ordered = candidates[order]
        for at in range(len(ordered)):
            if self._bound(state, gains[order[at : at + MOST]]) <= self._value() + 1e-12:
                return True
            self.steps -= 1
            if self.steps < 0:
                return False
            if not self._descend(self._with(state, int(ordered[at])), ordered[at + 1 :]):
                return False
        return True

    def _bound(self, state: _State, gains: F64) -> float:
        """No extension of the state is worth more; `gains` of the candidates, largest first."""
        top = gains[: MOST - len(state.rows)]
        sums = np.concatenate([[0.0], np.cumsum(top)])
        sizes = np.arange(len(sums)) + len(state.rows)
        values = state.value + sums - COST * np.maximum(sizes - LEAST, 0)
        return float(values[sizes >= LEAST].max(initial=-1.0))

    def _gains(self, state: _State, candidates: I64) -> F64:
        covered = self.problem.cover[candidates] @ (SECOND * state.left)
        fresh = ~state.kinds[self.problem.kinds[candidates]]
        near = CLOSENESS * self.problem.closeness[candidates] / MOST
        result: F64 = COVERAGE * covered + DIVERSITY * fresh / MOST + near
        return result

    def _with(self, state: _State, row: int) -> _State:
        gain = float(self._gains(state, np.array([row]))[0])
        left = state.left * (1 - SECOND * self.problem.cover[row])
        kinds = state.kinds.copy()
        kinds[self.problem.kinds[row]] = True
        return _State((*state.rows, row), left, kinds, state.value + gain)

    def _keep(self, state: _State) -> None:
        value = state.value - _cost(len(state.rows))
        if value > self._value() + 1e-12:
            self.best = (value, state.rows)

    def _value(self) -> float:
        return self.best[0] if self.best is not None else -1.0
