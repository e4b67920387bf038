"""How fast are the k best found, beside sparse_dot_topn and scikit-learn on the same composite, and how far
from what the bytes read would take?

The composite is every evidence that is an inner product (themes, territories, purpose, ties), weighted as for
`cooperate`; the whole question adds the walk, complementarity, nearness, kind, freshness and factors. Figures
for 1.5 million actors need `MAILLAGE_BENCH_LARGE=1`: two minutes and five gigabytes.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from scipy import sparse

from benchmarks.measure import Budget, Figure, interleaved, median, seconds

TODAY = date(2026, 11, 2)
TOP, THREADS, ROUNDS = 10, 2, 5
SDTN_TARGET, SKLEARN_TARGET, QUERY_TARGET_US = 4.0, 50.0, 500.0
PLAIN_TARGET = 3.0
REST_S = 0.05
"""Pause before a timed work: the threads of OpenMP, on which the peers run, go on spinning after theirs."""
FLOOR_TARGET, LARGE_TARGET_MS, BUILD_TARGET_S, MEMORY_TARGET_GB = 4.0, 2.0, 300.0, 8.0


@dataclass(frozen=True, slots=True)
class Bed:
    """A network to search: the plans of some askers, whole and reduced to their composite."""

    actors: int
    snapshot: Any
    index: Any
    whole: list[Any]
    composite: list[Any]
    prepared_s: float

    def matrix(self) -> Any:
        """The rows of all actors, float64 CSR."""
        rows = self.index.rows
        return sparse.csr_matrix(
            (rows.values.astype(np.float64), rows.ids, rows.ptr), shape=(self.actors, rows.columns)
        )

    def queries(self) -> Any:
        """The weighted composite of each asker, float64 CSR."""
        asked = [plan.features() for plan in self.composite]
        ptr = np.cumsum([0, *(len(query.ids) for query in asked)])
        ids, weights = (np.concatenate([getattr(q, name) for q in asked]) for name in ("ids", "weights"))
        return sparse.csr_matrix((weights, ids, ptr), shape=(len(asked), self.index.rows.columns))


def run(budget: Budget) -> list[Figure]:
    """In process: 20,000 and 200,000 actors, and 1,500,000 when asked."""
    figures = _against_peers(bed := make_bed(20_000, 4000), budget)
    figures += _against_scikit_learn(bed, budget)
    figures += _against_peers(bed := make_bed(200_000, 200), budget)
    figures += _one_query(bed, QUERY_TARGET_US) + _against_plain(bed, budget)
    del bed
    if os.environ.get("MAILLAGE_BENCH_LARGE"):
        figures += _large(budget)
    return figures


def make_bed(actors: int, askers: int) -> Bed:
    """A made-up network of this size with its index, and the plans of askers drawn at random."""
    from benchmarks.network_scale import made_snapshot
    from matcher.asks import Asker, Context
    from matcher.exclusions import left_out
    from matcher.index import compute_index
    from matcher.plan import make_plan
    from matcher.question import ask_question
    from matcher.ranking import DEFAULT

    snapshot = made_snapshot(actors)
    began = time.perf_counter()
    index = compute_index(snapshot)
    prepared = time.perf_counter() - began
    whole = []
    for i in np.random.default_rng(7).choice(actors, size=askers, replace=False).tolist():
        question = ask_question(snapshot, index, Asker.actor(i), Context(), TODAY)
        barred = sorted(left_out(snapshot, index, question, Context()))
        whole.append(make_plan(snapshot, index, question, DEFAULT.cooperate, barred, None, TODAY.toordinal()))
    return Bed(actors, snapshot, index, whole, [_composite(plan) for plan in whole], prepared)


def _composite(plan: Any) -> Any:
    """The plan with what is an inner product and nothing else."""
    from matcher.index import BLOCKS
    from matcher.sparse import Vector

    empty = Vector.empty()
    return replace(
        plan,
        queries={s: query if s in BLOCKS else empty for s, query in plan.queries.items()},
        kinds=plan.kinds * 0,
        ages=plan.ages * 0,
        barred=np.empty(0, np.int64),
        factors=empty,
        day=1,
    )


def _open_to_all(bed: Bed) -> Any:
    """The packed lists without dates of birth and end: the peers know none."""
    always = np.zeros_like(bed.index.packed.born)
    return replace(bed.index, packed=replace(bed.index.packed, born=always, over=always + 2))


def _against_peers(bed: Bed, budget: Budget) -> list[Figure]:
    import sparse_dot_topn  # type: ignore[import-untyped]

    from matcher.kernel.batch import batch_of, search_batch

    queries, columns, packed = bed.queries(), bed.matrix().T.tocsr(), _open_to_all(bed).packed
    batch = batch_of(bed.composite)
    found: dict[str, Any] = {}

    def ours() -> None:
        found["ours"] = search_batch(packed, batch, 0.0, TOP, THREADS)

    def peer() -> None:
        found["peer"] = sparse_dot_topn.sp_matmul_topn(
            queries, columns, top_n=TOP, n_threads=THREADS, sort=True
        )

    ours()
    taken = interleaved({"ours": ours, "peer": peer}, budget.repeats(ROUNDS), REST_S)
    count = len(bed.composite)
    value, other = (median(taken[name]) / count * 1e6 for name in ("ours", "peer"))
    recall = _recall([found["ours"].of(q) for q in range(count)], found["peer"])
    size = f"{bed.actors:,} actors".replace(",", " ")
    note = f"{size}, {count} queries, {THREADS} threads, {len(taken['ours'])} rounds"
    return [
        Figure(
            f"sparse_dot_topn / exact top-10, {size}", other / value, "x", SDTN_TARGET, True,
            note=f"{value:.0f} against {other:.0f} us a query; {note}",
        ),
        Figure(f"recall of the exact top-10, {size}", recall, "", 1.0, higher_is_better=True, note=note),
    ]  # fmt: skip


def _recall(ours: list[list[tuple[int, float]]], peer: Any) -> float:
    """Share of the peer's answers whose score ours reach at the same rank: equal ones may change places."""
    hits = total = 0
    for q, answer in enumerate(ours):
        scores = np.sort(peer.data[peer.indptr[q] : peer.indptr[q + 1]])[::-1]
        mine = np.array([score for _, score in answer])
        total += len(scores)
        kept = min(len(scores), len(mine))
        hits += int(np.sum(mine[:kept] >= scores[:kept] - 1e-6))
    return hits / max(total, 1)


def _against_scikit_learn(bed: Bed, budget: Budget) -> list[Figure]:
    """Brute force of scikit-learn, one query at a time, one thread on both sides."""
    from sklearn.metrics.pairwise import linear_kernel

    from matcher.kernel.compiled import search_plan

    matrix, queries, packed = bed.matrix(), bed.queries(), _open_to_all(bed).packed
    few = range(200)

    def ours() -> None:
        for q in few:
            search_plan(packed, bed.composite[q], 0.0, TOP)

    def peer() -> None:
        for q in few:
            scores = linear_kernel(queries[q], matrix, dense_output=True)[0]
            best = np.argpartition(-scores, TOP)[:TOP]
            best[np.argsort(-scores[best])]

    ours()
    taken = interleaved({"ours": ours, "peer": peer}, budget.repeats(ROUNDS), REST_S)
    value, other = median(taken["ours"]) / len(few), median(taken["peer"]) / len(few)
    note = f"{value * 1e6:.0f} against {other * 1e6:.0f} us a query"
    return [
        Figure(
            "scikit-learn brute force / exact top-10, 20 000 actors", other / value, "x", SKLEARN_TARGET,
            higher_is_better=True, note=note,
        )
    ]  # fmt: skip


def _cases(bed: Bed) -> tuple[tuple[str, Any, list[Any], float], ...]:
    """The composite and the whole question: name, packed lists, plans, least substance."""
    from matcher.ranking import DEFAULT

    return (
        ("composite", _open_to_all(bed).packed, bed.composite, 0.0),
        ("whole question", bed.index.packed, bed.whole, DEFAULT.floor),
    )


def _one_query(bed: Bed, target_us: float) -> list[Figure]:
    """One query, one thread: the composite and the whole question, and the distance to the byte floor."""
    from matcher.kernel.compiled import search_plan

    size = f"{bed.actors:,} actors".replace(",", " ")
    rate = _bandwidth()
    figures = []
    for name, lists, plans, floor in _cases(bed):
        taken = _medians([partial(search_plan, lists, plan, floor, TOP) for plan in plans])
        read = float(np.mean([search_plan(lists, plan, floor, TOP)[1][2] for plan in plans]))
        least = read / rate
        query, floor_of = f"one query, {name}, {size}", f"time / byte floor, {name}, {size}"
        target = FLOOR_TARGET if name == "composite" else None
        told = f"{read / 1e3:.0f} kB of lists and sums at {rate / 1e9:.1f} GB/s = {least * 1e6:.0f} us"
        figures.append(Figure(query, taken * 1e6, "us", target_us, note=f"1 thread, {len(plans)} askers"))
        figures.append(Figure(floor_of, taken / least, "x", target, note=told))
    return figures


def _against_plain(bed: Bed, budget: Budget, target: float | None = None) -> list[Figure]:
    """Pruned beside plain exact search, one query after another, one thread on both sides."""
    from benchmarks.plain_search import plain_search
    from matcher.kernel.compiled import search_plan

    sums, scores = np.empty(bed.actors), np.empty(bed.actors)
    size, figures = f"{bed.actors:,} actors".replace(",", " "), []
    for name, packed, plans, floor in _cases(bed):

        def ours(packed: Any = packed, plans: Any = plans, floor: float = floor) -> list[Any]:
            return [search_plan(packed, plan, floor, TOP)[0] for plan in plans]

        def plain(packed: Any = packed, plans: Any = plans, floor: float = floor) -> list[Any]:
            return [plain_search(packed, plan, floor, TOP, sums, scores) for plan in plans]

        same = float(np.mean([a == b for a, b in zip(ours(), plain(), strict=True)]))
        taken = interleaved({"ours": ours, "plain": plain}, budget.repeats(ROUNDS))
        value, other = (median(taken[key]) / len(plans) * 1e6 for key in ("ours", "plain"))
        note = f"{value:.0f} against {other:.0f} us a query, 1 thread; {same:.0%} of the answers identical"
        figure = f"plain exact / exact top-10, {name}, {size}"
        figures.append(Figure(figure, other / value, "x", target, higher_is_better=True, note=note))
    return figures


def _medians(works: list[Callable[[], object]]) -> float:
    """The mean over the works of the median of a few runs of each."""
    works[0]()
    return float(np.mean([median([seconds(work) for _ in range(ROUNDS)]) for work in works]))


def _bandwidth() -> float:
    """Bytes a second that one thread reads in order from memory."""
    block = np.ones(1 << 24)
    return block.nbytes / min(seconds(block.sum) for _ in range(ROUNDS))


def _large(budget: Budget) -> list[Figure]:
    import resource

    bed = make_bed(1_500_000, 100)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return [
        Figure("index of 1 500 000 actors built", bed.prepared_s, "s", BUILD_TARGET_S),
        Figure("peak memory with the network itself", peak, "GB", MEMORY_TARGET_GB),
        *_one_query(bed, LARGE_TARGET_MS * 1e3),
        *_against_plain(bed, budget, PLAIN_TARGET),
    ]
