"""Who stands between the others: brokers, and how free their position is."""

from dataclasses import dataclass
from datetime import date

import igraph
import numpy as np
from scipy.sparse import csr_array, diags_array

from graphsvc.analytics.communities import communities
from graphsvc.analytics.components import components
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I64, Ties

EXACT_UP_TO = 2_000  # actors; above, shortest paths join a sample of pairs
PAIRS = 40_000
_SURE = 1.96  # standard errors each side: 95 % of the time the figure is within
_UNSEEN = 2.0  # pairs counted in the margin as if they had passed: what never came may yet exist (Agresti,
# Coull, The American Statistician 52, 1998)
_SEED = 91


@dataclass(frozen=True, slots=True)
class Sampled:
    """Betweenness and how far it may be off: `margin` holds 95 % of the time, 0 when `exact`."""

    share: F64
    margin: F64
    exact: bool


@dataclass(frozen=True, slots=True)
class Broker:
    """An actor that joins others. `groups`: in how many communities it has neighbours.

    `betweenness` is within `margin` of the figure that all paths would give, 95 times in 100; 0 = exact.
    """

    index: int
    ties: int
    groups: int
    betweenness: float
    margin: float
    effective_size: float
    constraint: float


def brokers(snapshot: Snapshot, today: date, *, most: int = 10) -> list[Broker]:
    """The actors through whom most others reach one another, best placed first; equal ones by index.

    Only actors that stand on at least one shortest path: a network of cliques has no broker.
    """
    ties = snapshot.ties(today)
    between, size, held = sampled_betweenness(ties), effective_size(ties), constraint(ties)
    group = communities(ties.ptr, ties.ids, ties.weight)
    order = np.lexsort((np.arange(snapshot.n), -between.share))
    return [
        Broker(
            index=i,
            ties=int(ties.degree[i]),
            groups=len(np.unique(group[ties.neighbours(i)])),
            betweenness=float(between.share[i]),
            margin=float(between.margin[i]),
            effective_size=float(size[i]),
            constraint=float(held[i]),
        )
        for i in order[:most].tolist()
        if between.share[i] > 0
    ]


def betweenness(ties: Ties) -> F64:
    """Through whom do the others reach one another? Share, in [0, 1], of the pairs of other actors whose
    shortest paths pass through each actor; a pair with several shortest paths counts each for its part.

    Freeman, Sociometry 40, 1977, computed as Brandes, J. Math. Sociology 25, 2001; unweighted, because a
    convention of five does not make its parties more distant. Exact up to 2,000 actors; above, estimated:
    see `sampled_betweenness`. An actor may be indispensable and score low, when what it holds is small: see
    `components.held_sides` and `dependency`.

    Example, path a-b-c-d-e: 0, 3/6, 4/6, 3/6, 0.
    """
    return sampled_betweenness(ties).share


def sampled_betweenness(ties: Ties, pairs: int = PAIRS) -> Sampled:
    """The same with its error. Above 2,000 actors, of the shortest paths between `pairs` pairs of tied actors
    drawn at random, always the same for the same network; the margin comes from how the pairs differ. Good
    for an order, not for the third digit. When there are no more pairs than that, all are taken: exact.
    """
    n = len(ties.ptr) - 1
    if n < 3:
        return Sampled(np.zeros(n), np.zeros(n), True)
    possible = (n - 1) * (n - 2) / 2
    if n <= EXACT_UP_TO:
        source = np.repeat(np.arange(n), np.diff(ties.ptr))
        once = source < ties.ids
        graph = igraph.Graph(n=n, edges=np.column_stack([source[once], ties.ids[once]]))
        passed = np.array(graph.betweenness(directed=False))
        return Sampled(np.clip(passed / possible, 0.0, 1.0), np.zeros(n), True)
    from graphsvc.analytics.sampled_paths import sampled_shares

    tied = np.flatnonzero(ties.degree)  # no path begins with an actor without a tie
    every = len(tied) * (len(tied) - 1) // 2
    exact = every <= pairs
    one, other = np.triu_indices(len(tied), 1) if exact else _drawn(len(tied), pairs)
    part = components(ties).label[tied]
    joined = part[one] == part[other]
    drawn = max(1, len(one))
    sums, squares = sampled_shares(ties.ptr, ties.ids, tied[one[joined]], tied[other[joined]])
    mean, scale = sums / drawn, every / possible
    if exact:
        return Sampled(np.clip(mean * scale, 0.0, 1.0), np.zeros(n), True)
    spread = np.sqrt(np.maximum((squares + _UNSEEN) / drawn - mean**2, 0.0) / drawn)
    spread[ties.degree < 2] = 0.0  # nothing passes through who has one partner: that is known
    return Sampled(np.clip(mean * scale, 0.0, 1.0), _SURE * spread * scale, False)


def _drawn(count: int, pairs: int) -> tuple[I64, I64]:
    """So many pairs of distinct numbers under `count`, each pair as likely as any other."""
    rng = np.random.default_rng(_SEED)
    one = rng.integers(0, count, pairs)
    return one, (one + rng.integers(1, count, pairs)) % count


def effective_size(ties: Ties) -> F64:
    """How many partners would not reach each other without the actor? d - 2 t / d, for d partners with t
    ties among them; 0 for an actor without a tie.

    Burt, Structural Holes, 1992, in the form of Borgatti, Connections 20, 1997, for unweighted ties.

    Example: the centre of a star of five has 4; each member of a clique of five has 1.
    """
    if len(ties.ptr) - 1 > EXACT_UP_TO:
        return _compiled(ties)[0]
    graph = _adjacency(ties)
    degree = ties.degree.astype(np.float64)
    closed = np.asarray((graph @ graph).multiply(graph).sum(axis=1)).ravel()  # twice the ties among partners
    size: F64 = degree - np.divide(closed, degree, out=np.zeros_like(degree), where=degree > 0)
    return size


def constraint(ties: Ties) -> F64:
    """How much does the actor depend on partners who depend on one another? The sum over partners j of
    (p_ij + sum over q of p_iq p_qj) squared, p_ij = 1 / number of partners of i. Low = free to broker.

    Burt, Structural Holes, 1992, eq. 2.4, unweighted. An actor with one tie has 1; one without a tie has
    nobody to turn to and is given 1 as well (it is undefined in the book). May pass 1 in tiny cliques.

    Example: the centre of a star of five has 1/4, its leaves 1.
    """
    if len(ties.ptr) - 1 > EXACT_UP_TO:
        return _compiled(ties)[1]
    graph = _adjacency(ties)
    degree = ties.degree.astype(np.float64)
    share = diags_array(np.divide(1.0, degree, out=np.zeros_like(degree), where=degree > 0)) @ graph
    invested = (share + share @ share).multiply(graph)
    found = np.asarray(invested.multiply(invested).sum(axis=1)).ravel()
    return np.where(degree > 0, found, 1.0)


def _compiled(ties: Ties) -> tuple[F64, F64]:
    """Effective size and constraint of a large network: imported only there, compiling takes a second."""
    from graphsvc.analytics.compiled_holes import holes

    found: tuple[F64, F64] = holes(ties.ptr, ties.ids)
    return found


def _adjacency(ties: Ties) -> "csr_array":
    n = len(ties.ptr) - 1
    return csr_array((np.ones(len(ties.ids)), ties.ids, ties.ptr), shape=(n, n))
