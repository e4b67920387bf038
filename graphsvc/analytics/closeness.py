"""How much nearer to the others would a new link bring an actor?"""

import numpy as np

from graphsvc.analytics.distances import U8, UNREACHED, Landmarks, steps_from
from graphsvc.snapshot.columns import F64, I64, Ties

_CHUNK = 4_096  # pairs weighed at once
_STEPS = np.arange(UNREACHED + 1, dtype=np.float64)
_INVERSE = np.divide(1.0, _STEPS, out=np.zeros(UNREACHED + 1), where=_STEPS > 0)  # 1 / d, 0 at oneself
_BEYOND = 1.0 / (1.0 + _STEPS)  # 1 / (1 + d)
_INVERSE[UNREACHED] = _BEYOND[UNREACHED] = 0.0


class Nearness:
    """The harmonic closeness that links add, on one neighbour graph.

    Exact when all actors are landmarks. Otherwise what lies in a small part of the network is counted one by
    one, and what lies in a large one is estimated: each landmark stands for as many actors.
    """

    def __init__(self, ties: Ties, marks: Landmarks) -> None:
        self.ties, self.marks, self.parts = ties, marks, marks.parts
        large = np.zeros(len(marks.parts.size), np.bool_)
        large[marks.parts.label[marks.targets]] = True
        self._large = large[marks.parts.label]  # actors whose part holds landmarks

    def gains(self, i: I64, j: I64) -> F64:
        """For each pair i-j of actors without a tie: the sum over the others k of
        1 / min(d(i, k), 1 + d(j, k)) - 1 / d(i, k).
        """
        gains = np.zeros(len(i))
        seen = self._large[j]
        rows = np.flatnonzero(seen)
        for start in range(0, len(rows), _CHUNK):
            chunk = rows[start : start + _CHUNK]
            gains[chunk] = self._estimated(i[chunk], j[chunk])
        for row in np.flatnonzero(~seen).tolist():
            gains[row] = self._counted(int(i[row]), int(j[row]))
        return gains

    def partner_share(self, i: int, j: int) -> float:
        """How much of that gain is the partner itself: 1 - 1 / d(i, j), 1 when there is no way to it."""
        if self.parts.label[i] != self.parts.label[j]:
            return 1.0
        if not self._large[i]:
            return 1.0 - 1.0 / steps_from(self.ties, i)[j]
        at = np.flatnonzero(self.marks.targets == j) if self.marks.exact else np.empty(0, np.int64)
        if len(at):
            return 1.0 - 1.0 / int(self.marks.steps[i, at[0]])
        return 1.0 - _before(self.marks.steps[i], self.marks.steps[j])

    def _estimated(self, i: I64, j: I64) -> F64:
        marks = self.marks
        if not marks.exact:
            from graphsvc.analytics.compiled_steps import gains_of

            found: F64 = gains_of(marks.steps, marks.targets, marks.weight, _INVERSE, _BEYOND, i, j)
            return found
        added = np.maximum(_BEYOND[marks.steps[j]] - _INVERSE[marks.steps[i]], 0.0)
        added[marks.targets[None, :] == i[:, None]] = 0.0
        total: F64 = added.sum(axis=1)
        return total

    def _counted(self, i: int, j: int) -> float:
        label = self.parts.label
        from_i = steps_from(self.ties, i) if label[i] == label[j] else {i: 0}
        from_j = steps_from(self.ties, j)
        return sum(
            max(0.0, 1.0 / (1 + d) - (1.0 / from_i[k] if k in from_i else 0.0))
            for k, d in from_j.items()
            if k != i
        )


def _before(from_i: U8, from_j: U8) -> float:
    """1 / d(i, j) of a pair without a tie, by the best landmark: at least two steps, 0 without a way."""
    way = int((from_i.astype(np.int32) + from_j).min())
    return 0.0 if way >= UNREACHED else 1.0 / max(way, 2)
