"""The health of a network in numbers that mean something whatever its shape: never NaN, never infinite."""

from dataclasses import asdict, dataclass
from datetime import date

from graphsvc.analytics.projection import live_pairs
from graphsvc.analytics.structure import counted_actors, existing_actors, structure_of
from graphsvc.domain.links import LinkClass
from graphsvc.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Health:
    """Figures of a network at a date, over the actors engaged or tied that day (`actors`).

    Shares are in [0, 1]; `reachable_pairs_share` is the share of pairs of actors that can reach each other,
    the sum of c(c-1) over components / n(n-1): it replaces a diameter, which is infinite as soon as one
    actor is alone. `clustering` is the transitivity: closed triples / connected triples (Newman, SIAM Review
    45, 2003, eq. 3), 0 when there is none. `density` = ties / possible ties. `dependency_share`: the worst
    share of joinable pairs of others that would be parted if one actor left (`dependency.hubs` says which).
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
    dependency_share: float
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
    shape = structure_of(ties, counted_actors(snapshot, day, ties))
    joined = live_pairs(snapshot, day, stale_after_years=stale_after_years)
    fresh = snapshot.ties(day, stale_after_years=10).pairs
    return Health(
        **asdict(shape),
        recorded=int(existing_actors(snapshot, day).sum()),
        resource_links=len(joined[LinkClass.RESOURCE]),
        structural_links=len(joined[LinkClass.STRUCTURAL]),
        contact_links=len(joined[LinkClass.CONTACT]),
        unconfirmed_ties=snapshot.ties(day).pairs - fresh,
    )
