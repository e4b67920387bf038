"""Territories of action in common: same commune > same cercle > same region > same country, the rare ones
more.

Formula: as for themes, over the hierarchy of places. Places of the home territory and their ancestors weigh
a tenth: that two Essonne actors act in Essonne says almost nothing, that both act in the cercle of Nioro
says much. The seat of an actor abroad is one of its territories of action.
"""

import numpy as np

from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1
from matcher.sparse import Rows, Vector
from matcher.taxonomy import Shared, Taxonomy, taxonomy_features, taxonomy_query

HOME_FACTOR = 0.1
_CODES = {level: level.value for level in PlaceLevel}
LEVEL_FACTOR = {PlaceLevel.COUNTRY: 0.6, PlaceLevel.REGION: 0.8}


def territory_features(snapshot: Snapshot, acts_in: Rows) -> tuple[Rows, Taxonomy]:
    """The feature rows of where actors act."""
    by_level = np.array([LEVEL_FACTOR.get(level, 1.0) for level in PlaceLevel])[snapshot.places.level]
    damping = np.where(around_home(snapshot), HOME_FACTOR, by_level)
    return taxonomy_features(acts_in, snapshot.places.parent, damping)


def around_home(snapshot: Snapshot) -> B1:
    """Home places and whatever contains one."""
    places = snapshot.places
    at_home = places.home.copy()
    above = at_home
    while above.any():
        parents = places.parent[above]
        above = np.zeros(len(at_home), np.bool_)
        above[parents[parents >= 0]] = True
        above &= ~at_home
        at_home |= above
    return at_home


def territory_query(entries: dict[int, float], taxonomy: Taxonomy) -> Vector:
    """The query of these places (position -> weight)."""
    return taxonomy_query(entries, taxonomy)


def territory_facts(snapshot: Snapshot, shared: Shared, limit: int = 3) -> dict[str, object]:
    """The first of the territories shared: `{"places": [{"id", "name", "level", "exact"}]}`."""
    return {"places": [{**place_facts(snapshot, p), "exact": exact} for p, exact in shared[:limit]]}


def place_facts(snapshot: Snapshot, p: int) -> dict[str, object]:
    """A place as facts name it."""
    place = snapshot.place(p)
    return {"id": place.id, "name": place.name, "level": _CODES[place.level]}
