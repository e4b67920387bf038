"""Only points of a near latitude are measured, and those within reach are found wherever they are."""

import numpy as np
import pytest

from matcher.evidence.proximity import (
    DECAY_KM,
    REACH_KM,
    Seats,
    distances_km,
    proximity_query,
    unit_vectors,
)
from matcher.sparse import Rows


@pytest.mark.parametrize(("south", "north"), [(41, 51), (-0.4, 0.4), (88, 90), (-90, 90)])
def test_the_points_within_reach_are_those_of_measuring_all(south: float, north: float) -> None:
    rng = np.random.default_rng(1)
    points = np.unique(np.c_[rng.uniform(south, north, 2000), rng.uniform(-180, 180, 2000) / 40], axis=0)
    units = unit_vectors(points[:, 0], points[:, 1])
    nothing = Rows(np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, np.float32), 0)
    seats = Seats(units, np.empty(0, np.int32), nothing, np.empty(0, np.int32))
    for origin in (0, len(units) - 1, *rng.integers(0, len(units), 60).tolist()):
        km = distances_km(units, units[origin])
        expected = np.flatnonzero(km <= REACH_KM)
        found = proximity_query(seats, [origin])
        assert np.array_equal(found.ids, expected)
        assert np.array_equal(found.weights, np.exp(-km[expected] / DECAY_KM))
