"""Many questions made ready together, so that the search of all of them is one compiled loop a thread."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from graphsvc.snapshot.columns import F64, I64
from matcher.kernel.compiled import THREADS, positive, scratch_of
from matcher.kernel.lists import PackedLists
from matcher.kernel.search import search_many
from matcher.plan import Plan
from matcher.sparse import Vector

Csr = tuple[I64, I64, F64]
PIECE, SHARES = 64, 8
"""Queries a thread takes at a time at most, and how often each thread takes some at least: the threads are to
end together.
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions end to end: what `search.search_many` reads, but for the packed lists."""

    asked: Csr
    direct: Csr
    near: Csr
    factors: Csr
    barred: tuple[I64, I64]
    light: tuple[F64, F64, I64]
    today: int

    @property
    def count(self) -> int:
        """Number of questions."""
        return len(self.light[2])


@dataclass(frozen=True, slots=True)
class Answers:
    """The k best of each question: `actors`, `scores` [questions, k], the first `counts[q]` of which hold."""

    actors: I64
    scores: F64
    counts: I64

    def of(self, q: int) -> list[tuple[int, float]]:
        """Positions and scores of one question, best first."""
        kept = slice(0, int(self.counts[q]))
        return list(zip(self.actors[q, kept].tolist(), self.scores[q, kept].tolist(), strict=True))


def batch_of(plans: Sequence[Plan]) -> Batch:
    """At least one plan, all of the same day, none narrowed to some actors.

    Raises ValueError otherwise.
    """
    if not plans or len({plan.today for plan in plans}) > 1 or any(p.allowed is not None for p in plans):
        raise ValueError("a batch is of plans of one day, open to all actors")
    barred = _end_to_end([Vector(plan.barred, np.ones(len(plan.barred))) for plan in plans])
    return Batch(
        asked=_end_to_end([positive(plan.features()) for plan in plans]),
        direct=_end_to_end([positive(part) for plan in plans for part in plan.direct()]),
        near=_end_to_end([plan.nearby() for plan in plans]),
        factors=_end_to_end([plan.factors for plan in plans]),
        barred=barred[:2],
        light=(
            np.stack([plan.weights.kind * plan.kinds for plan in plans]),
            np.stack([plan.weights.freshness * plan.ages for plan in plans]),
            np.array([plan.day for plan in plans], np.int64),
        ),
        today=plans[0].today,
    )


def search_batch(packed: PackedLists, batch: Batch, floor: float, k: int, threads: int = THREADS) -> Answers:
    """The k best (k >= 1) of each question, each exactly as `kernel.top_k_compiled` gives them."""
    shape = (batch.count, k)
    found = Answers(np.full(shape, -1, np.int64), np.full(shape, -1.0), np.zeros(batch.count, np.int64))
    lists, ages = packed.arrays(), packed.ages(batch.today)
    piece = min(PIECE, -(-batch.count // (SHARES * threads)))
    pieces = iter(range(0, batch.count, piece))

    def search_pieces() -> None:
        for first in pieces:  # each piece goes to whoever is free
            search_many(
                first, min(first + piece, batch.count), lists, ages, batch.asked, batch.direct, batch.near,
                batch.factors, batch.barred, batch.light, floor, scratch_of(packed),
                (found.actors, found.scores, found.counts),
            )  # fmt: skip

    with ThreadPoolExecutor(max(threads - 1, 1)) as pool:
        others = [pool.submit(search_pieces) for _ in range(threads - 1)]
        search_pieces()
        for other in others:
            other.result()
    return found


def _end_to_end(rows: list[Vector]) -> Csr:
    ptr = np.cumsum([0, *(len(row.ids) for row in rows)]).astype(np.int64)
    return ptr, np.concatenate([row.ids for row in rows]), np.concatenate([row.weights for row in rows])
