"""What the learned re-ranker reads of a candidate: the evidence of the default, evidence of its own, how
the candidate stands in the network, and how it stands beside the other candidates of the same asker.

- each signal as the plan scores it, and the default score;
- `allocation`, `surroundings`, `alike_best`, `alike_all`, `alike_then`: the evidence of the files of
  these names in `matcher/evidence`;
- what `network.py` lists;
- `x_relative`: the share of the largest among the candidates (an asker of whom much is known gives larger
  scores than another: only the order among its own candidates matters);
- `x_rank`: 3 / (rank + 2), the rank among the candidates, equal ones sharing the mean of theirs;
- `x_by_y`: the product of two that say more together than apart.
"""

import numpy as np

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I64
from matcher.asks import Asker, AskerKind
from matcher.evidence.alike_works import alike_scores, asked_words
from matcher.evidence.allocation import allocation_scores
from matcher.evidence.surroundings import surroundings_scores
from matcher.index import BLOCKS, MatchIndex
from matcher.learned.background import Background
from matcher.learned.network import network_features
from matcher.plan import Plan, signal_scores
from matcher.ranking import Signal
from matcher.sparse import block_products

OWN = ("allocation", "surroundings", "alike_best", "alike_all", "alike_then")
"""Evidence the default does not count, told with the suggestions the learned order makes."""
NETWORK = (
    "activity", "contemporary", "then_1", "then_3", "then_8", "then_share", "worked_with",
    "worked_with_members", "common_partners", "overlap", "same_country", "same_country_any", "country_then",
    "country_rising",
)  # fmt: skip
ABSOLUTE = (*(s.value for s in Signal), "default", *OWN, *NETWORK)
RELATIVE = (
    *(s.value for s in Signal if s not in (Signal.KIND, Signal.FRESHNESS)),
    "default", *OWN, "activity", "then_3", "worked_with", "common_partners",
)  # fmt: skip
RANKED = (
    "default",
    "purpose",
    "themes",
    "walk",
    "surroundings",
    "alike_best",
    "alike_then",
    "then_3",
    "worked_with",
)
PRODUCTS = (("themes", "walk"), ("alike_best", "contemporary"), ("surroundings", "then_share"))
FEATURES: tuple[str, ...] = (
    *ABSOLUTE,
    *(f"{name}_relative" for name in RELATIVE),
    *(f"{name}_rank" for name in RANKED),
    *(f"{one}_by_{other}" for one, other in PRODUCTS),
)
"""The columns of `evidence_table`, in order; a model names those it was trained on."""


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
    day = reference_day(snapshot, asker, plan)
    found = _signals(snapshot, index, plan, candidates)
    found["default"] = default
    found |= own_evidence(index, background, plan, asker, members, candidates, day)
    found |= network_features(index, background, members, candidates, day)
    columns = [
        *(found[name] for name in ABSOLUTE),
        *(_relative(found[name]) for name in RELATIVE),
        *(_ranked(found[name]) for name in RANKED),
        *(found[one] * found[other] for one, other in PRODUCTS),
    ]
    return np.stack(columns, axis=1)


def own_evidence(
    index: MatchIndex, background: Background, plan: Plan, asker: Asker, members: tuple[int, ...],
    candidates: I64, day: int,
) -> dict[str, F64]:  # fmt: skip
    """The evidence of OWN, by name."""
    words = asked_words(index, plan.queries[Signal.PURPOSE])
    alike = alike_scores(background.works, words, candidates, day)
    itself = asker.kind is AskerKind.ACTOR
    around = surroundings_scores(
        background.surroundings, index, plan, members, candidates, asks_itself=itself
    )
    allocation = allocation_scores(index.circle, members, candidates, plan.day)
    return dict(zip(OWN, (allocation, around, alike.best, alike.all, alike.then), strict=True))


def reference_day(snapshot: Snapshot, asker: Asker, plan: Plan) -> int:
    """The day the question is about: when the project began, else the day asked."""
    if asker.kind is AskerKind.PROJECT:
        start = snapshot.project(asker.index).start
        if start is not None:
            return start.first_day.toordinal()
    return plan.day


def _signals(snapshot: Snapshot, index: MatchIndex, plan: Plan, candidates: I64) -> dict[str, F64]:
    """Each signal of these candidates. The blocks are read from the candidates' rows: a few hundred rows are
    much less than the inverted lists of a large network.
    """
    apart = [s for s in Signal if s not in BLOCKS]
    found = {s.value: signal_scores(snapshot, index, plan, s)[candidates] for s in apart}
    table = block_products(index.rows, candidates, plan.asked, index.starts)
    return found | {s.value: table[:, k] for k, s in enumerate(BLOCKS)}


def _relative(values: F64) -> F64:
    most = float(values.max(initial=0.0))
    return values / most if most > 0 else values


def _ranked(values: F64) -> F64:
    ordered = np.sort(values)
    above = len(values) - ordered.searchsorted(values, side="right")
    not_below = len(values) - ordered.searchsorted(values, side="left")
    shared: F64 = 3.0 / ((above + 1 + not_below) / 2 + 2.0)
    return shared
