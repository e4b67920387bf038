"""What the learned re-ranker reads of a candidate: the same evidence as the default, and how it stands beside
the other candidates of the same asker.

Per candidate: each signal as the plan scores it, its share of the largest among the candidates (an asker of
whom much is known gives larger scores than another: only the order among its own candidates matters), the
default score, and three facts of the network: `activity` (log of the number of partners ever documented, over
that of the most connected), `contemporary` (2^(-years / 5) between the asker's project, else the day asked,
and the nearest documented cooperation of the candidate), `same_country` (the share of the asker's members
that are of the candidate's country).
"""

from dataclasses import dataclass

import numpy as np

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, DAY_MIN, F64, I32, I64
from matcher.asks import Asker, AskerKind
from matcher.index import BLOCKS, MatchIndex
from matcher.plan import Plan, signal_scores
from matcher.ranking import Signal
from matcher.sparse import block_products

HALF_LIFE_DAYS = 5 * 365.25
SIGNALS = tuple(Signal)
RELATIVE = tuple(s for s in SIGNALS if s not in (Signal.KIND, Signal.FRESHNESS))
FEATURES: tuple[str, ...] = (
    *(s.value for s in SIGNALS),
    *(f"{s.value}_relative" for s in RELATIVE),
    "default",
    "default_relative",
    "activity",
    "activity_relative",
    "contemporary",
    "same_country",
)
"""The columns of `evidence_table`, in order; a model names those it was trained on."""


@dataclass(frozen=True, slots=True)
class Background:
    """What is computed once per snapshot: float64[n] activity, int32[n] country, and the first days of the
    documented cooperations of each actor (CSR).
    """

    activity: F64
    country: I32
    ptr: I64
    days: I64


def background_of(snapshot: Snapshot, index: MatchIndex) -> Background:
    """The background of a snapshot. Reads every actor once."""
    relations = snapshot.relations
    kept = index.documented
    start = np.where(relations.start > DAY_MIN, relations.start, relations.confirmed)[kept].astype(np.int64)
    owners = np.concatenate([relations.a[kept], relations.b[kept]])
    days = np.concatenate([start, start])
    known = days > DAY_MIN
    owners, days = owners[known], days[known]
    order = np.argsort(owners, kind="stable")
    ptr = np.zeros(snapshot.n + 1, np.int64)
    np.cumsum(np.bincount(owners, minlength=snapshot.n), out=ptr[1:])
    degree = np.log1p(np.diff(index.circle.rows.ptr).astype(np.float64))
    countries: dict[str, int] = {}
    country = [countries.setdefault(snapshot.actor(i).country, len(countries)) for i in range(snapshot.n)]
    return Background(
        activity=degree / max(float(degree.max(initial=0.0)), 1e-9),
        country=np.array(country, np.int32),
        ptr=ptr,
        days=days[order],
    )


def evidence_table(
    snapshot: Snapshot,
    index: MatchIndex,
    background: Background,
    plan: Plan,
    asker: Asker,
    members: tuple[int, ...],
    candidates: I64,
    default: F64,
) -> F64:
    """float64[candidates, FEATURES]; `default` are the candidates' default scores."""
    by_signal = _signals(snapshot, index, plan, candidates)
    signals = [by_signal[s] for s in SIGNALS]
    activity = background.activity[candidates]
    columns = [
        *signals,
        *(_relative(by_signal[s]) for s in RELATIVE),
        default,
        _relative(default),
        activity,
        _relative(activity),
        _contemporary(background, candidates, reference_day(snapshot, asker, plan)),
        _same_country(background, candidates, members),
    ]
    return np.stack(columns, axis=1)


def _signals(snapshot: Snapshot, index: MatchIndex, plan: Plan, candidates: I64) -> dict[Signal, F64]:
    """Each signal of these candidates. The blocks are read from the candidates' rows: a few hundred rows are
    much less than the inverted lists of a large network.
    """
    found = {s: signal_scores(snapshot, index, plan, s)[candidates] for s in SIGNALS if s not in BLOCKS}
    table = block_products(index.rows, candidates, plan.asked, index.starts)
    return found | {s: table[:, k] for k, s in enumerate(BLOCKS)}


def reference_day(snapshot: Snapshot, asker: Asker, plan: Plan) -> int:
    """The day the question is about: when the project began, else the day asked."""
    if asker.kind is AskerKind.PROJECT:
        start = snapshot.project(asker.index).start
        if start is not None:
            return start.first_day.toordinal()
    return plan.day


def _relative(values: F64) -> F64:
    most = float(values.max(initial=0.0))
    return values / most if most > 0 else values


def _contemporary(background: Background, candidates: I64, day: int) -> F64:
    lengths = np.diff(background.ptr)[candidates]
    seen: B1 = lengths > 0
    result = np.zeros(len(candidates))
    if seen.any():
        counts, firsts = lengths[seen], background.ptr[candidates[seen]]
        before = np.cumsum(counts) - counts
        at = np.arange(int(counts.sum())) + np.repeat(firsts - before, counts)
        gaps = np.minimum.reduceat(np.abs(background.days[at] - day), before)
        result[seen] = np.exp2(-gaps / HALF_LIFE_DAYS)
    return result


def _same_country(background: Background, candidates: I64, members: tuple[int, ...]) -> F64:
    if not members:
        return np.zeros(len(candidates))
    mine = background.country[list(members)]
    shared: F64 = np.mean(background.country[candidates][:, None] == mine[None, :], axis=1)
    return shared
