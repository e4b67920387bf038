"""What a user could pick instead: one simple order of the candidates each, to be compared with.

Each takes the copy without the hidden cooperations and answers float64[n], larger = better, 0 = not ranked.
For a project the circle is its members: `common_neighbours` counts the members a candidate has worked with.
- `popularity`: number of partners ever documented (preferential attachment, Barabási and Albert 1999).
- `text_only`: the cosine of TF-IDF vectors (Salton and Buckley 1988) of everything an actor says and did, put
  together, with the stems and weights of the product. `theme_only`: the product's own signal, alone.
- `distance_only`: 1 / (1 + km) to the nearest seat of the asker, whatever the country.
- `common_neighbours`, `adamic_adar` (2003): Σ 1, or Σ 1 / ln(degree), over partners in common (a degree of
  two at least: one who joins two has two).
- `pagerank`: personalised PageRank (Page et al. 1998), damping .85, to convergence.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64
from matcher.asks import AskerKind
from matcher.evidence.proximity import distances_km, unit_vectors
from matcher.evidence.purpose import Lexicon, weighed
from matcher.evidence.texts import read_texts, together
from matcher.index import MatchIndex
from matcher.plan import Plan, signal_scores
from matcher.question import Question
from matcher.ranking import Signal
from matcher.sparse import Rows, Vector, accumulate, transposed

DAMPING = 0.85
ROUNDS = 100
PRECISION = 1e-9


@dataclass(frozen=True, slots=True)
class Ground:
    """What the baselines read: the copy, its documented neighbour graph (0/1, symmetric), how to walk it, and
    the inverted lists of the texts.
    """

    snapshot: Snapshot
    index: MatchIndex
    graph: sparse.csr_array
    moves: sparse.csr_array
    texts: Rows
    degree: F64
    units: F64
    located: F64

    @classmethod
    def of(cls, snapshot: Snapshot, index: MatchIndex) -> "Ground":
        """The ground of a copy."""
        ties = snapshot.documented_ties()
        graph = sparse.csr_array(
            (np.ones(len(ties.ids)), ties.ids.astype(np.int64), ties.ptr), shape=(snapshot.n, snapshot.n)
        )
        degree = ties.degree.astype(np.float64)
        # The graph is symmetric: the share an actor hands to each partner stands in its partners' rows.
        shares = 1.0 / np.maximum(degree, 1.0)[ties.ids]
        moves = sparse.csr_array((shares, graph.indices, graph.indptr), shape=graph.shape)
        lat, lon = snapshot.actors.lat, snapshot.actors.lon
        known = ~np.isnan(lat)
        units = unit_vectors(np.where(known, lat, 0.0), np.where(known, lon, 0.0))
        texts = transposed(_texts(snapshot, index.lexicon))
        return cls(snapshot, index, graph, moves, texts, degree, units, known.astype(np.float64))


@dataclass(frozen=True, slots=True)
class Case:
    """One question to be answered by every method."""

    ground: Ground
    kind: AskerKind
    question: Question
    plan: Plan


def popularity(case: Case) -> F64:
    """Partners ever documented."""
    return case.ground.degree


def text_only(case: Case) -> F64:
    """The texts alone."""
    query, first = case.plan.queries[Signal.PURPOSE], case.ground.index.block(Signal.PURPOSE)[0]
    scores = np.zeros(case.ground.snapshot.n)
    accumulate(case.ground.texts, Vector(query.ids - first, query.weights), scores)
    return scores


def theme_only(case: Case) -> F64:
    """The themes alone."""
    return signal_scores(case.ground.snapshot, case.ground.index, case.plan, Signal.THEMES)


def distance_only(case: Case) -> F64:
    """The distance alone."""
    ground = case.ground
    scores = np.zeros(ground.snapshot.n)
    for i in case.question.members:
        if ground.located[i]:
            scores = np.maximum(scores, 1.0 / (1.0 + distances_km(ground.units, ground.units[i])))
    return scores * ground.located


def common_neighbours(case: Case) -> F64:
    """Partners in common."""
    return np.asarray(case.ground.graph @ _circle(case), np.float64)


def adamic_adar(case: Case) -> F64:
    """Partners in common, those with few partners counting more."""
    worth = 1.0 / np.log(np.maximum(case.ground.degree, 2.0))
    return np.asarray(case.ground.graph @ (_circle(case) * worth), np.float64)


def pagerank(case: Case) -> F64:
    """Where a walk that keeps coming back to the asker is found."""
    n = case.ground.snapshot.n
    home = np.zeros(n)
    members = list(case.question.members)
    if not members:
        return home
    home[members] = 1.0 / len(members)
    found = home.copy()
    for _ in range(ROUNDS):
        step = DAMPING * (case.ground.moves @ found)
        step += (1.0 - step.sum()) * home
        moved = float(np.abs(step - found).sum())
        found = step
        if moved < PRECISION:
            break
    return found


BASELINES: dict[str, Callable[[Case], F64]] = {
    "popularity": popularity,
    "text_only": text_only,
    "distance_only": distance_only,
    "theme_only": theme_only,
    "common_neighbours": common_neighbours,
    "adamic_adar": adamic_adar,
    "pagerank": pagerank,
}


def _texts(snapshot: Snapshot, lexicon: Lexicon) -> Rows:
    """All that each actor says and did, as one text."""
    texts = read_texts(snapshot)
    return weighed(together(texts.counts, snapshot.n, texts.parts), lexicon.idf, lexicon.shrink)


def _circle(case: Case) -> F64:
    """Whom the asker works with: an actor's partners, a project's members."""
    circle = np.zeros(case.ground.snapshot.n)
    for i in case.question.members:
        if case.kind is AskerKind.PROJECT:
            circle[i] = 1.0
        else:
            circle[case.ground.snapshot.documented_ties().neighbours(i)] = 1.0
    return circle
