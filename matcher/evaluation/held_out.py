"""Is the matcher right more often than anything simple a user could pick instead?

Real cooperations are hidden (`evaluate_hiding`), every method orders the candidates of each asker
(`evaluate_cases`, `evaluate_baselines`, the learned re-ranker trained on what is left), and what it put
where is measured (`evaluate_metrics`). On a small network the hiding is repeated on other parts until every
cooperation was hidden once. Hidden partners of whom, or of whose asker, nothing else is documented are
counted apart: no network evidence can speak for them.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from math import ceil

import numpy as np

from graphsvc.domain.errors import InvalidValue
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64, I64
from matcher.asks import Asker
from matcher.evaluation.baselines import BASELINES
from matcher.evaluation.cases import Posed, Stage, pose
from matcher.evaluation.hiding import Hidden, Query, known_units, rounds_of
from matcher.evaluation.metrics import (
    TOP,
    Estimate,
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
from matcher.learned.model import CANDIDATES, DEFAULT_NAME, LEARNED_NAME, Held
from matcher.learned.training import reranked, train
from matcher.ranking import DEFAULT, Model

HIDE = 0.2
SMALL = 5_000
"""Known cooperations up to which each is hidden once, in as many rounds as it takes."""
MOST_ROUNDS = 20
MOST_ASKERS = 2_000
"""Asked over all rounds; a larger network is asked through a sample."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class MethodFigures:
    """The figures of one method, each with its interval; `candidate_recall`: share of the partners among its
    first 500; `cold_*` on the partners counted apart.
    """

    name: str
    auc_degree_matched: Estimate
    precision_at_10: Estimate
    mrr: Estimate
    recall_at_10: Estimate
    candidate_recall: Estimate
    cold_mrr: Estimate
    cold_recall_at_10: Estimate


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was found. `known` cooperations, `hidden` ones over all `rounds`; `partners` hidden partners
    looked for by `askers`, `cold` ones counted apart, `never_suggested` ones the rules leave out.

    The three comparisons are on mrr, on the same askers: default and learned over the best baseline (ratio),
    learned minus default.
    `note`: None, `no_known_cooperation`, `nothing_to_find` (all hidden partners are cold), `few_askers`.
    """

    share: float
    seed: int
    rounds: int
    known: int
    hidden: int
    askers: int
    partners: int
    cold: int
    never_suggested: int
    methods: tuple[MethodFigures, ...]
    best_baseline: str | None
    default_over_best: Estimate
    learned_over_best: Estimate
    learned_gain: Estimate
    note: str | None

    def method(self, name: str) -> MethodFigures | None:
        """The figures of a method, None when it was not measured."""
        return next((m for m in self.methods if m.name == name), None)

    @property
    def candidate_recall(self) -> Estimate:
        """The share of the partners among the first 500 of the default, which the learned order reorders."""
        default = self.method(DEFAULT_NAME)
        return default.candidate_recall if default is not None else Estimate(None, None, None)

    def held(self) -> Held | None:
        """What a learned artefact keeps of this; None when nothing was learned."""
        default, learned = self.method(DEFAULT_NAME), self.method(LEARNED_NAME)
        if default is None or learned is None:
            return None
        return Held(_figures(default), _figures(learned), self.learned_gain, self.askers)


@dataclass(slots=True)
class _Tally:
    """What one asker gave one method, summed over the rounds."""

    asked: int = 0
    reciprocal: float = 0.0
    hit_share: float = 0.0
    recall: float = 0.0
    auc: float = 0.0
    auc_count: int = 0
    near: int = 0
    partners: int = 0
    cold_asked: int = 0
    cold_reciprocal: float = 0.0
    cold_recall: float = 0.0


@dataclass(slots=True)
class _Count:
    """What was hidden and put to the methods, and their tallies by (method, asker)."""

    hidden: int = 0
    rounds: int = 0
    learned: int = 0
    cold: int = 0
    barred: int = 0
    tallies: dict[str, dict[Asker, _Tally]] = field(default_factory=lambda: defaultdict(dict))


def evaluate(
    snapshot: Snapshot,
    *,
    today: date,
    hide: float = HIDE,
    seed: int = 0,
    rounds: int | None = None,
    model: Model = DEFAULT,
    progress: Progress | None = None,
) -> Evaluation:
    """Measure every method on hidden cooperations.

    Args:
        snapshot: the network.
        today: the day asked; a project that is over is asked as at its end.
        hide: share of the known cooperations hidden at a time, in (0, 0.5].
        seed: of what is hidden, of equal scores and of the intervals; the same gives the same answer.
        rounds: how many times another part is hidden; by default as many as hide everything once on networks
            of SMALL cooperations or fewer, MOST_ROUNDS at most, else one.
        model: the default whose order is measured and whose candidates are learned on.
        progress: called as `progress(stage, done, total)`.

    Raises:
        InvalidValue: `hide`, `rounds` or `seed` out of range.
    """
    if not 0.0 < hide <= 0.5:
        raise InvalidValue("evaluation", "hide", hide, "share_range")
    if rounds is not None and rounds < 1:
        raise InvalidValue("evaluation", "rounds", rounds, "at_least_one")
    if seed < 0:
        raise InvalidValue("evaluation", "seed", seed, "negative")
    known = known_units(snapshot)
    turns = rounds or (min(ceil(1 / hide), MOST_ROUNDS) if known <= SMALL else 1)
    count = _Count()
    for hidden in rounds_of(snapshot, hide, seed, turns):
        if not hidden.queries:
            break
        _measure(count, hidden, seed + count.rounds, model, today, progress, turns)
    return _summed_up(count, hide, seed, known)


def _measure(
    count: _Count, hidden: Hidden, seed: int, model: Model, today: date, progress: Progress | None, turns: int
) -> None:
    stage = Stage.of(hidden)
    if progress is not None:
        progress("training", count.rounds, turns)
    learned = train(hidden.snapshot, today, seed, model)
    rng = np.random.default_rng(seed)
    shuffle = rng.permutation(stage.snapshot.n)
    degree = stage.ground.degree.astype(np.int64)
    queries = _sampled(hidden.queries, rng, ceil(MOST_ASKERS / turns))
    for done, query in enumerate(queries, start=1):
        posed = pose(stage, query, model, today)
        orders = {name: order(posed.case) for name, order in BASELINES.items()}
        orders[DEFAULT_NAME] = posed.default
        # A round that knows too little to learn from falls back on the default, as the product does.
        orders[LEARNED_NAME] = reranked(stage, posed, learned) if learned is not None else posed.default
        for name, scores in orders.items():
            tally = count.tallies[name].setdefault(query.asker, _Tally())
            draws = np.random.default_rng((seed, done))  # every method meets the same matched actors
            _add(tally, posed, scores, shuffle, degree, draws)
        count.cold += len(posed.cold)
        count.barred += posed.barred
        if progress is not None:
            progress("askers", count.rounds * len(queries) + done, turns * len(queries))
    count.hidden += hidden.pairs + hidden.participations
    count.rounds += 1
    count.learned += learned is not None


def _sampled(queries: tuple[Query, ...], rng: np.random.Generator, most: int) -> list[Query]:
    kept = sorted(rng.permutation(len(queries))[:most].tolist())
    return [queries[k] for k in kept]


def _add(
    tally: _Tally, posed: Posed, scores: F64, shuffle: I64, degree: I64,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    if posed.warm:
        eligible, ranks = _ranked(posed, scores, posed.warm, posed.cold, shuffle)
        auc, counted = matched_auc(scores, posed.warm, eligible, degree, rng)
        tally.asked += 1
        tally.reciprocal += reciprocal_rank(ranks)
        tally.hit_share += hits(ranks) / TOP
        tally.recall += hits(ranks) / len(ranks)
        tally.auc += auc
        tally.auc_count += counted
        tally.near += hits(ranks, CANDIDATES)
        tally.partners += len(ranks)
    if posed.cold:
        _, ranks = _ranked(posed, scores, posed.cold, posed.warm, shuffle)
        tally.cold_asked += 1
        tally.cold_reciprocal += reciprocal_rank(ranks)
        tally.cold_recall += hits(ranks) / len(ranks)


def _ranked(
    posed: Posed, scores: F64, wanted: tuple[int, ...], apart: tuple[int, ...], shuffle: I64
) -> tuple[B1, list[int | None]]:
    """Who was eligible, those counted apart left out, and the ranks of the wanted among them."""
    eligible = posed.eligible.copy()
    eligible[list(apart)] = False
    return eligible, ranks_of(scores, eligible, wanted, shuffle)


def _summed_up(count: _Count, share: float, seed: int, known: int) -> Evaluation:
    if not count.learned:
        count.tallies.pop(LEARNED_NAME, None)
    some = next(iter(count.tallies.values()), {})
    askers = sorted(some, key=lambda a: (a.kind.value, a.index))
    weights = bootstrap_weights(len(askers), seed)
    columns = {
        name: {part: _column(by_asker, askers, part) for part in _Tally.__slots__}
        for name, by_asker in count.tallies.items()
    }
    methods = tuple(_method(name, c, weights) for name, c in columns.items())
    baselines = {m.name: m.mrr for m in methods if m.name in BASELINES}
    best = best_of(baselines)
    asked = int(sum(t.asked > 0 for t in some.values()))
    default = columns.get(DEFAULT_NAME)
    nothing = Estimate(None, None, None)

    def over(name: str) -> Estimate:
        if best is None or name not in columns:
            return nothing
        return ratio_estimate(columns[name]["reciprocal"], columns[best]["reciprocal"], weights)

    gain = nothing
    if default is not None and LEARNED_NAME in columns:
        learned = columns[LEARNED_NAME]
        gain = difference_estimate(learned["reciprocal"], default["reciprocal"], default["asked"], weights)
    return Evaluation(
        share=share,
        seed=seed,
        rounds=count.rounds,
        known=known,
        hidden=count.hidden,
        askers=asked,
        partners=int(sum(t.partners for t in some.values())),
        cold=count.cold,
        never_suggested=count.barred,
        methods=methods,
        best_baseline=best,
        default_over_best=over(DEFAULT_NAME),
        learned_over_best=over(LEARNED_NAME),
        learned_gain=gain,
        note=_note(known, asked),
    )


FEW_ASKERS = 30


def _note(known: int, asked: int) -> str | None:
    if not known:
        return "no_known_cooperation"
    if not asked:
        return "nothing_to_find"
    return "few_askers" if asked < FEW_ASKERS else None


def _method(name: str, columns: dict[str, F64], weights: F64) -> MethodFigures:
    asked, cold = columns["asked"], columns["cold_asked"]
    return MethodFigures(
        name=name,
        auc_degree_matched=mean_estimate(columns["auc"], columns["auc_count"], weights),
        precision_at_10=mean_estimate(columns["hit_share"], asked, weights),
        mrr=mean_estimate(columns["reciprocal"], asked, weights),
        recall_at_10=mean_estimate(columns["recall"], asked, weights),
        candidate_recall=mean_estimate(columns["near"], columns["partners"], weights),
        cold_mrr=mean_estimate(columns["cold_reciprocal"], cold, weights),
        cold_recall_at_10=mean_estimate(columns["cold_recall"], cold, weights),
    )


def _column(by_asker: dict[Asker, _Tally], askers: list[Asker], part: str) -> F64:
    return np.array([getattr(by_asker[a], part) for a in askers], np.float64)


def _figures(method: MethodFigures) -> dict[str, Estimate]:
    names = ("auc_degree_matched", "precision_at_10", "mrr", "recall_at_10")
    return {name: getattr(method, name) for name in names}
