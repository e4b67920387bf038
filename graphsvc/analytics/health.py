"""The health of a network in numbers that mean something whatever its shape: never NaN, never infinite."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.sparse import csr_array

from graphsvc.analytics.components import components
from graphsvc.analytics.projection import live_pairs
from graphsvc.domain.links import LinkClass
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, I32, Ties


@dataclass(frozen=True, slots=True)
class Health:
    """Figures of a network at a date, over the actors engaged or tied that day (`actors`).

    Shares are in [0, 1]; `reachable_pairs_share` is the share of pairs of actors that can reach each other,
    the sum of c(c-1) over components / n(n-1): it replaces a diameter, which is infinite as soon as one
    actor is alone. `clustering` is the transitivity: closed triples / connected triples (Newman, SIAM Review
    45, 2003, eq. 3), 0 when there is none. `density` = ties / possible ties.
    """

    actors: int
    recorded: int
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
    resource_links: int
    structural_links: int
    contact_links: int
    unconfirmed_ties: int


def network_health(snapshot: Snapshot, day: date, *, stale_after_years: int | None = None) -> Health:
    """The figures at a day. `recorded` counts all actors not yet ended; `unconfirmed_ties` those ties that
    nothing has vouched for in ten years (left out of all other figures with `stale_after_years=10`).

    Example, path a-b-c and d alone: 4 actors, 2 ties, 1 isolated, 2 components, largest 3, reachable
    pairs 6 / 12 = .5, mean degree 1, density 1/3, clustering 0.
    """
    ties = snapshot.ties(day, stale_after_years=stale_after_years)
    existing = _existing(snapshot, day)
    counted = existing & (snapshot.actors.engaged | (ties.degree > 0))
    n = int(counted.sum())
    parts = components(ties)
    sizes = np.bincount(parts.label[counted]) if n else np.zeros(0, np.int64)
    sizes = sizes[sizes > 0]
    isolated = int((counted & (ties.degree == 0)).sum())
    joined = live_pairs(snapshot, day, stale_after_years=stale_after_years)
    per_class = {link_class: len(pairs) for link_class, pairs in joined.items()}
    fresh = snapshot.ties(day, stale_after_years=10).pairs
    return Health(
        actors=n,
        recorded=int(existing.sum()),
        ties=ties.pairs,
        isolated=isolated,
        isolated_share=_share(isolated, n),
        components=len(sizes),
        largest_component=int(sizes.max(initial=0)),
        largest_share=_share(int(sizes.max(initial=0)), n),
        reachable_pairs_share=_share(int((sizes * (sizes - 1)).sum()), n * (n - 1)),
        mean_degree=_share(2 * ties.pairs, n),
        density=_share(2 * ties.pairs, n * (n - 1)),
        clustering=transitivity(ties),
        resource_links=per_class[LinkClass.RESOURCE],
        structural_links=per_class[LinkClass.STRUCTURAL],
        contact_links=per_class[LinkClass.CONTACT],
        unconfirmed_ties=snapshot.ties(day).pairs - fresh,
    )


def transitivity(ties: Ties) -> float:
    """Closed triples / connected triples, in [0, 1]; 0 without a connected triple."""
    degree = ties.degree
    triples = int((degree * (degree - 1)).sum())
    if triples == 0:
        return 0.0
    n = len(degree)
    graph: csr_array = csr_array((np.ones(len(ties.ids), np.int64), ties.ids, ties.ptr), shape=(n, n))
    closed = int((graph @ graph).multiply(graph).sum())
    return closed / triples


def _existing(snapshot: Snapshot, day: date) -> B1:
    """Actors that have not ended before the day, nor begin after it."""
    d = day.toordinal()
    ended: I32 = snapshot.actors.ended
    found: B1 = (snapshot.actors.founded <= d) & (ended >= d)
    return found


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
