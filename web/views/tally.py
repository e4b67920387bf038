"""How many actors each page counts, and why the numbers differ: the same figures said on all of them."""

from dataclasses import dataclass
from datetime import date

from graphsvc.analytics.health import network_health
from graphsvc.analytics.isolation import IsolationState
from graphsvc.analytics.structure import existing_actors
from graphsvc.snapshot import Snapshot
from web.kept import kept
from web.maps.chosen import MapFilter, choose
from web.views.coordination.standing import work_items


@dataclass(frozen=True, slots=True)
class Tally:
    """`directory` = `existing` + `ended`. `counted`: existing, engaged or tied: what the figures are about.

    `on_map` = `counted` + those that ended and that a relation still names. `alone`: of the counted, without
    a live tie, whatever the perimeter; `watched`: the work list, of which `alone_here` are isolated.
    """

    directory: int
    ended: int
    counted: int
    on_map: int
    ended_on_map: int
    alone: int
    watched: int
    alone_here: int

    @property
    def existing(self) -> int:
        """The actors of the directory that have not ended."""
        return self.directory - self.ended

    @property
    def silent(self) -> int:
        """The actors of which the sources say nothing international, and that nothing joins."""
        return self.directory - self.on_map


@kept
def tally(snapshot: Snapshot, day: date) -> Tally:
    """The counts of a day."""
    health = network_health(snapshot, day)
    existing = existing_actors(snapshot, day)
    on_map = choose(snapshot, MapFilter(), day).nodes
    watched = work_items(snapshot, day)
    alone = (IsolationState.ISOLATED, IsolationState.FINANCED_ONLY, IsolationState.DORMANT)
    return Tally(
        directory=snapshot.n,
        ended=snapshot.n - int(existing.sum()),
        counted=health.actors,
        on_map=len(on_map),
        ended_on_map=sum(not existing[i] for i in on_map),
        alone=health.isolated,
        watched=len(watched),
        alone_here=sum(item.state in alone for item in watched),
    )
