"""Does the matcher find hidden cooperations better than any simple order: on the URBACT city networks (from
`MAILLAGE_BENCH_DATA`) and on the seed?

The promised figures hide every cooperation once, in five rounds, as `maillage evaluate` does; on URBACT the
mean of three draws of what is hidden together, each told beside: one draw alone swings by a tenth. The
default weights and the evidence of the learned order were chosen with hidden partners of the same networks
(docs/matcher.md says how); the coefficients and their penalty are learned in every round on what it leaves
visible.
"""

import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Budget, Figure, median, seconds
from benchmarks.urbact import SETTING, urbact_folder, write_urbact_bundle

if TYPE_CHECKING:
    from matcher.evaluation.held_out import Evaluation
    from matcher.evaluation.metrics import Estimate

TODAY = date(2026, 11, 2)
HIDE, DRAWS, SEED = 0.2, (0, 1, 2), 1
SEED_HIDE = 0.1
DEFAULT_TARGET, LEARNED_TARGET, RECALL_TARGET = 1.1, 1.3, 0.6


REORDERED_ACTORS, REORDERED_ASKERS, REORDERED_TARGET = 20_000, 100, 10.0


def run(budget: Budget) -> list[Figure]:
    """Quality figures, which do not depend on how long one measures, and what the learned order costs."""
    source = urbact_folder()
    if source is None:
        print(f"URBACT is not evaluated: {SETTING} does not point at its data.", file=sys.stderr)
    quality = urbact_figures(source) if source is not None else []
    return quality + seed_figures() + [reordering_figure(budget)]


def reordering_figure(budget: Budget) -> Figure:
    """What it takes to put the first 500 candidates of an actor in the learned order (any coefficients)."""
    import numpy as np

    from benchmarks.network_scale import made_snapshot
    from matcher.asks import Asker, AskerKind, Context
    from matcher.index import build_index
    from matcher.learned.background import background_of
    from matcher.learned.evidence import FEATURES
    from matcher.learned.model import CANDIDATES, DataMark, Learned
    from matcher.learned.order import learned_scores
    from matcher.plan import make_plan
    from matcher.question import ask_question
    from matcher.ranking import DEFAULT
    from matcher.topk import top_k

    snapshot = made_snapshot(REORDERED_ACTORS)
    index = build_index(snapshot)
    background = background_of(snapshot, index)
    mark = DataMark.of(snapshot)
    even = (0.1,) * len(FEATURES)
    model = Learned(
        "bench", DEFAULT.name, (AskerKind.ACTOR,), FEATURES, even, 0.0, 0, mark, TODAY.isoformat()
    )
    taken: list[float] = []
    for i in range(0, snapshot.n, snapshot.n // budget.repeats(REORDERED_ASKERS)):
        asker = Asker.actor(i)
        question = ask_question(snapshot, index, asker, Context(), TODAY)
        plan = make_plan(snapshot, index, question, DEFAULT.cooperate, [i], None, TODAY.toordinal())
        found = top_k(snapshot, index, plan, DEFAULT.floor, CANDIDATES)
        candidates = np.array([j for j, _ in found], np.int64)
        default = np.array([score for _, score in found])
        taken.append(
            seconds(
                lambda p=plan, a=asker, q=question, c=candidates, d=default: learned_scores(  # type: ignore[misc]
                    snapshot, index, background, p, a, q.members, c, d, model
                )
            )
        )
    note = f"median of {len(taken)} actors, {REORDERED_ACTORS} in the network, one thread"
    return Figure(
        "500 candidates in the learned order", median(taken) * 1000, "ms", REORDERED_TARGET, note=note
    )


def urbact_figures(source: Path) -> list[Figure]:
    """The figures promised on the URBACT city networks."""
    from graphsvc.snapshot import build_snapshot
    from graphsvc.stores.memory import MemoryStore
    from graphsvc.usecases.import_bundle import import_bundle
    from matcher.evaluation.held_out import evaluate

    with tempfile.TemporaryDirectory(prefix="maillage-bench-") as folder:
        store = MemoryStore()
        import_bundle(store, [write_urbact_bundle(source, Path(folder))], by="bench", today=TODAY)
    snapshot = build_snapshot(store)
    draws: list[Evaluation] = []
    taken = seconds(
        lambda: draws.extend(evaluate(snapshot, today=TODAY, hide=HIDE, seed=seed) for seed in DRAWS)
    )
    over, learned = [d.default_over_best for d in draws], [d.learned_over_best for d in draws]
    return [
        _mean("URBACT: default MRR over the best simple", over, DEFAULT_TARGET, _about(draws[0])),
        _mean("URBACT: learned MRR over the best simple", learned, LEARNED_TARGET, _about(draws[0])),
        _mean("URBACT: learned MRR less the default's", [d.learned_gain for d in draws], None, ""),
        _mean(
            "URBACT: partners among 500 candidates", [d.candidate_recall for d in draws], RECALL_TARGET, ""
        ),
        *_methods("URBACT, first draw", draws[0]),
        Figure("URBACT: duration of an evaluation", taken / len(DRAWS), "s", note="training included"),
    ]


def seed_figures() -> list[Figure]:
    """The same on the seed: few cooperations are known, the interval says how little that proves."""
    from graphsvc.snapshot import build_snapshot
    from graphsvc.stores.memory import MemoryStore
    from matcher.evaluation.held_out import evaluate
    from seed.load import load_seed

    store = MemoryStore()
    load_seed(store, today=TODAY)
    found = evaluate(build_snapshot(store), today=TODAY, hide=SEED_HIDE, seed=SEED)
    return [
        _figure("seed: default MRR over the best simple", found.default_over_best, 1.0, _about(found)),
        _figure("seed: learned MRR over the best simple", found.learned_over_best, None, _about(found)),
        *_methods("seed", found),
    ]


def _about(found: "Evaluation") -> str:
    return (
        f"{found.partners} partners, {found.askers} askers, best simple order {found.best_baseline}, "
        f"{found.cold} partners apart"
    )


def _methods(where: str, found: "Evaluation") -> list[Figure]:
    """The reciprocal rank and the degree-matched AUC of each method."""
    return [
        _figure(f"{where}: {name} of {method.name}", estimate, None, "")
        for method in found.methods
        for name, estimate in (("MRR", method.mrr), ("degree-matched AUC", method.auc_degree_matched))
    ]


def _mean(name: str, estimates: Sequence["Estimate"], target: float | None, about: str) -> Figure:
    """The mean of several draws, each with its 95 % interval in the note."""
    values = [e.value for e in estimates if e.value is not None]
    if len(values) < len(estimates):
        return Figure(name, 0.0, "", target, higher_is_better=True, note="nothing to measure")
    each = "; ".join(f"{e.value:.2f} [{e.low:.2f}, {e.high:.2f}]" for e in estimates)
    note = f"draws {each}; {about}" if about else f"draws {each}"
    return Figure(name, sum(values) / len(values), "", target, higher_is_better=True, note=note)


def _figure(name: str, estimate: "Estimate", target: float | None, about: str) -> Figure:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return Figure(name, 0.0, "", target, higher_is_better=True, note="nothing to measure")
    interval = f"95 % between {estimate.low:.3f} and {estimate.high:.3f}"
    note = f"{interval}; {about}" if about else interval
    return Figure(name, estimate.value, "", target, higher_is_better=True, note=note)
