"""The shape of a neighbour graph in numbers: today's, that of a past day, or one imagined."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.sparse import coo_array, csr_array

from graphsvc.analytics.components import components
from graphsvc.analytics.dependency import PLAIN_UP_TO, dependency
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, I64, Ties


@dataclass(frozen=True, slots=True)
class Structure:
    """Figures over the counted actors; shares in [0, 1]. See `health.Health` for each.

    `dependency_share`: the worst share of pairs of others that hangs on one actor.
    """

    actors: int
    ties: int
    isolated: int
    isolated_share: float
    components: int
    largest_component: int
    largest_share: float
    reachable_pairs_share: float
    mean_degree: float
    density: float
    clustering: float
    dependency_share: float


def structure_of(ties: Ties, counted: B1) -> Structure:
    """The figures of a neighbour graph; who has a tie must be counted."""
    n = int(counted.sum())
    sizes = _sizes(ties, counted)
    isolated = int((counted & (ties.degree == 0)).sum())
    largest = int(sizes.max(initial=0))
    return Structure(
        actors=n,
        ties=ties.pairs,
        isolated=isolated,
        isolated_share=share(isolated, n),
        components=len(sizes),
        largest_component=largest,
        largest_share=share(largest, n),
        reachable_pairs_share=_joined_share(sizes, n),
        mean_degree=share(2 * ties.pairs, n),
        density=share(2 * ties.pairs, n * (n - 1)),
        clustering=transitivity(ties),
        dependency_share=float(dependency(ties).max(initial=0.0)),
    )


def counted_actors(snapshot: Snapshot, day: date, ties: Ties) -> B1:
    """The actors that figures are about: existing that day, and engaged or tied."""
    found: B1 = existing_actors(snapshot, day) & (snapshot.actors.engaged | (ties.degree > 0))
    return found


def existing_actors(snapshot: Snapshot, day: date) -> B1:
    """Actors that have not ended before the day, nor begin after it."""
    found: B1 = (snapshot.actors.founded <= day.toordinal()) & (snapshot.actors.ended >= day.toordinal())
    return found


def reachable_share(ties: Ties, counted: B1) -> float:
    """Share of the pairs of counted actors that can reach each other."""
    return _joined_share(_sizes(ties, counted), int(counted.sum()))


def _joined_share(sizes: I64, n: int) -> float:
    return share(int((sizes * (sizes - 1)).sum()), n * (n - 1))


def transitivity(ties: Ties) -> float:
    """Closed triples / connected triples, in [0, 1]; 0 without a connected triple."""
    degree = ties.degree
    triples = int((degree * (degree - 1)).sum())
    if triples == 0:
        return 0.0
    n = len(degree)
    if n > PLAIN_UP_TO:
        from graphsvc.analytics.compiled_holes import holes

        size, _held = holes(ties.ptr, ties.ids)
        return round(float(((degree - size) * degree).sum())) / triples
    graph: csr_array = csr_array((np.ones(len(ties.ids), np.int64), ties.ids, ties.ptr), shape=(n, n))
    closed = int((graph @ graph).multiply(graph).sum())
    return closed / triples


def with_links(ties: Ties, pairs: Iterable[tuple[int, int]]) -> Ties:
    """The graph with these pairs joined too, each by a tie of weight 1; pairs already joined stay as they
    are.
    """
    n = len(ties.ptr) - 1
    new = [(i, j) for i, j in {tuple(sorted(p)) for p in pairs} if i != j and j not in ties.neighbours(i)]
    if not new:
        return ties
    ends = np.array(new, np.int64)
    source = np.concatenate([np.repeat(np.arange(n), ties.degree), ends[:, 0], ends[:, 1]])
    target = np.concatenate([ties.ids, ends[:, 1], ends[:, 0]])
    weight = np.concatenate([ties.weight, np.ones(2 * len(new), np.float32)])
    graph = coo_array((weight, (source, target)), shape=(n, n)).tocsr()
    graph.sort_indices()
    return Ties(graph.indptr.astype(np.int64), graph.indices.astype(np.int32), graph.data.astype(np.float32))


def share(part: int, whole: int) -> float:
    """Part / whole, 0 of nothing."""
    return part / whole if whole else 0.0


def _sizes(ties: Ties, counted: B1) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """How many counted actors each component has; those without any are left out."""
    sizes = np.bincount(components(ties).label[counted]) if counted.any() else np.zeros(0, np.int64)
    found: np.ndarray[tuple[int], np.dtype[np.int64]] = sizes[sizes > 0]
    return found
