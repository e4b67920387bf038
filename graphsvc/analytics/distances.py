"""How many steps from each actor to chosen ones: all at once, 64 of them in each machine word."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphsvc.analytics.components import Components, components
from graphsvc.snapshot.columns import I64, Ties

U8 = npt.NDArray[np.uint8]
UNREACHED = 255
FARTHEST = 254  # longer ways are said to be so long
EXACT_UP_TO = 2_048  # actors; above, landmarks stand for all
LANDMARKS = 1_024
SMALL_PART = 64  # components up to this size have no landmark: they are walked where they are asked about
_WORDS = 4  # of 64 targets each: what one pass holds


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Steps from every actor to some `targets`: `steps[i, t]`, 255 when there is no way.

    Each target stands for `weight` actors: 1 when all actors are targets (`exact`).
    """

    targets: I64
    steps: U8
    weight: float
    exact: bool
    parts: Components


def landmarks(ties: Ties) -> Landmarks:
    """All actors of a network of at most 2,048; above, 1,024 at even steps among those of its large parts."""
    n = len(ties.ptr) - 1
    parts = components(ties)
    if n <= EXACT_UP_TO:
        every = np.arange(n, dtype=np.int64)
        return Landmarks(every, steps_to(ties, every), 1.0, True, parts)
    large = np.flatnonzero(parts.size[parts.label] > SMALL_PART).astype(np.int64)
    if len(large) <= LANDMARKS:
        return Landmarks(large, steps_to(ties, large), 1.0, False, parts)
    chosen = large[np.linspace(0, len(large) - 1, LANDMARKS).astype(np.int64)]
    return Landmarks(chosen, steps_to(ties, chosen), len(large) / LANDMARKS, False, parts)


def steps_to(ties: Ties, targets: I64) -> U8:
    """Steps from every actor to each target, shape (actors, targets): 0 at the target, 255 with no way.

    Breadth-first from 256 targets at a time, a bit for each (Then et al., The more the merrier, PVLDB 8,
    2014): what one step reaches is one "or" over the neighbours' words.
    """
    n = len(ties.ptr) - 1
    if n > EXACT_UP_TO:
        from graphsvc.analytics.compiled_steps import steps_of

        return steps_of(ties.ptr, ties.ids, targets, UNREACHED, FARTHEST)
    steps = np.full((n, len(targets)), UNREACHED, np.uint8)
    joined = np.flatnonzero(ties.degree > 0)
    for first in range(0, len(targets), 64 * _WORDS):
        _fill(ties, joined, targets[first : first + 64 * _WORDS], steps[:, first : first + 64 * _WORDS])
    return steps


def _fill(ties: Ties, joined: I64, targets: I64, steps: U8) -> None:
    n, count = steps.shape
    bits = np.zeros((n, 64 * _WORDS), np.uint8)
    bits[targets, np.arange(count)] = 1
    front = np.packbits(bits, axis=1, bitorder="little").view(np.uint64)
    steps[targets, np.arange(count)] = 0
    seen = front.copy()
    for step in range(1, n):
        reached = np.bitwise_or.reduceat(front[ties.ids], ties.ptr[:-1][joined], axis=0) & ~seen[joined]
        rows = np.flatnonzero(reached.any(axis=1))
        if not len(rows):
            return
        front = np.zeros_like(front)
        front[joined[rows]] = reached[rows]
        seen |= front
        new = np.unpackbits(reached[rows].view(np.uint8), axis=1, bitorder="little")[:, :count]
        # 255 and what takes it down to the step: an "and" over lines of memory, cheaper than chosen cells
        steps[joined[rows]] &= ~(new * np.uint8(UNREACHED ^ min(step, FARTHEST)))


def steps_from(ties: Ties, start: int) -> dict[int, int]:
    """Steps to each actor that can be reached from one, itself included at 0: for small components."""
    steps = {start: 0}
    waiting = [start]
    for i in waiting:
        for j in ties.neighbours(i).tolist():
            if j not in steps:
                steps[j] = steps[i] + 1
                waiting.append(j)
    return steps
