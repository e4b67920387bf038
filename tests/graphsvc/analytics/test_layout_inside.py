"""Inside a large community: nobody on anybody, and partners nearer than where forces alone leave them."""

import networkx as nx
import numpy as np
import numpy.typing as npt

from graphsvc.analytics.layout.apart import without_overlap
from graphsvc.analytics.layout.force import pulled_together
from graphsvc.analytics.layout.inside import place_members
from graphsvc.analytics.layout.shapes import SPACING
from graphsvc.analytics.layout.swaps import with_partners_near


def pairs_of(count: int) -> npt.NDArray[np.int64]:
    graph = nx.connected_watts_strogatz_graph(count, 4, 0.2, seed=3)
    return np.array(sorted(tuple(sorted(e)) for e in graph.edges), np.int64)


def roots(spot: npt.NDArray[np.float64], pairs: npt.NDArray[np.int64]) -> float:
    lengths = np.hypot(*(spot[pairs[:, 0]] - spot[pairs[:, 1]]).T)
    return float(np.sqrt(lengths).sum())


def test_exchanges_keep_the_places_and_bring_partners_nearer() -> None:
    pairs = pairs_of(200)
    before = without_overlap(pulled_together(200, pairs) * SPACING, SPACING)
    after = with_partners_near(before, pairs)
    assert sorted(map(tuple, before.tolist())) == sorted(map(tuple, after.tolist()))
    assert roots(after, pairs) < roots(before, pairs)
    np.testing.assert_array_equal(after, with_partners_near(before, pairs))


def test_a_large_community_has_nobody_on_anybody_and_the_same_places_at_each_run() -> None:
    edges = [(int(a), int(b)) for a, b in pairs_of(150)]
    spot, radius = place_members(160, edges)  # ten of them without a partner
    gaps = np.hypot(spot[:, None, 0] - spot[None, :, 0], spot[:, None, 1] - spot[None, :, 1])
    assert gaps[~np.eye(160, dtype=bool)].min() > 0.99 * SPACING
    assert np.hypot(*spot.T).max() <= radius
    np.testing.assert_array_equal(spot, place_members(160, edges)[0])


def test_too_few_to_exchange_are_left_alone() -> None:
    spot = np.array([[0.0, 0.0], [60.0, 0.0], [120.0, 0.0]])
    np.testing.assert_array_equal(with_partners_near(spot, np.array([[0, 2]], np.int64)), spot)
