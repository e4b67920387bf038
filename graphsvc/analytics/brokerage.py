"""Who stands between the others: brokers, and how free their position is."""

from dataclasses import dataclass
from datetime import date

import igraph
import numpy as np
from scipy.sparse import csr_array, diags_array

from graphsvc.analytics.communities import communities
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, Ties

EXACT_UP_TO = 2_000  # actors; above, shortest paths start from a sample of them
SAMPLE = 500


@dataclass(frozen=True, slots=True)
class Brokerage:
    """A figure per actor, never NaN: see the functions of the same names."""

    betweenness: F64
    effective_size: F64
    constraint: F64


@dataclass(frozen=True, slots=True)
class Broker:
    """An actor that joins others. `groups`: in how many communities it has neighbours."""

    index: int
    ties: int
    groups: int
    betweenness: float
    effective_size: float
    constraint: float


def brokerage(ties: Ties) -> Brokerage:
    """The three figures of all actors of a neighbour graph."""
    return Brokerage(betweenness(ties), effective_size(ties), constraint(ties))


def brokers(snapshot: Snapshot, today: date, *, most: int = 10) -> list[Broker]:
    """The actors through whom most others reach one another, best placed first; equal ones by index.

    Only actors that stand on at least one shortest path: a network of cliques has no broker.
    """
    ties = snapshot.ties(today)
    found = brokerage(ties)
    group = communities(ties.ptr, ties.ids, ties.weight)
    order = np.lexsort((np.arange(snapshot.n), -found.betweenness))
    return [
        Broker(
            index=i,
            ties=int(ties.degree[i]),
            groups=len(np.unique(group[ties.neighbours(i)])),
            betweenness=float(found.betweenness[i]),
            effective_size=float(found.effective_size[i]),
            constraint=float(found.constraint[i]),
        )
        for i in order[:most].tolist()
        if found.betweenness[i] > 0
    ]


def betweenness(ties: Ties) -> F64:
    """Through whom do the others reach one another? Share, in [0, 1], of the pairs of other actors whose
    shortest paths pass through each actor; a pair with several shortest paths counts each for its part.

    Freeman, Sociometry 40, 1977, computed as Brandes, J. Math. Sociology 25, 2001; unweighted, because a
    convention of five does not make its parties more distant. Exact up to 2,000 actors. Above, paths start
    from 500 actors at even steps (Brandes and Pich, Int. J. Bifurcation and Chaos 17, 2007) and the count is
    scaled: good for an order, not for the third digit. An actor may be indispensable and score low, when
    what it holds is small: see `components.held_sides`.

    Example, path a-b-c-d-e: 0, 3/6, 4/6, 3/6, 0.
    """
    n = len(ties.ptr) - 1
    if n < 3:
        return np.zeros(n)
    source = np.repeat(np.arange(n), np.diff(ties.ptr))
    once = source < ties.ids
    graph = igraph.Graph(n=n, edges=np.column_stack([source[once], ties.ids[once]]).tolist())
    if n <= EXACT_UP_TO:
        passed = np.array(graph.betweenness(directed=False))
    else:
        starts = np.unique(np.linspace(0, n - 1, SAMPLE).astype(np.int64))
        sampled = graph.betweenness(directed=False, sources=starts.tolist(), targets=None)
        passed = np.array(sampled) * (n / len(starts))
    share: F64 = np.clip(passed / ((n - 1) * (n - 2) / 2), 0.0, 1.0)
    return share


def effective_size(ties: Ties) -> F64:
    """How many partners would not reach each other without the actor? d - 2 t / d, for d partners with t
    ties among them; 0 for an actor without a tie.

    Burt, Structural Holes, 1992, in the form of Borgatti, Connections 20, 1997, for unweighted ties.

    Example: the centre of a star of five has 4; each member of a clique of five has 1.
    """
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
    graph = _adjacency(ties)
    degree = ties.degree.astype(np.float64)
    share = diags_array(np.divide(1.0, degree, out=np.zeros_like(degree), where=degree > 0)) @ graph
    invested = (share + share @ share).multiply(graph)
    found = np.asarray(invested.multiply(invested).sum(axis=1)).ravel()
    return np.where(degree > 0, found, 1.0)


def _adjacency(ties: Ties) -> "csr_array":
    n = len(ties.ptr) - 1
    return csr_array((np.ones(len(ties.ids)), ties.ids, ties.ptr), shape=(n, n))
