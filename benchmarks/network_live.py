"""A made-up network with exactly so many live cooperations, all of it in the home territory, straight into a
snapshot: what the coordination's figures are measured on.

Actors, texts and places are those of `network_scale`; degrees follow a power law and three ties in four stay
within a locality of 150 actors. The same arguments give the same snapshot.
"""

from dataclasses import replace
from datetime import date

import numpy as np

from benchmarks.network import _pairs
from benchmarks.network_scale import made_snapshot
from graphsvc.domain.links import LinkClass, LinkKind, State
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX, DAY_MIN, Perimeter, RelationColumns
from graphsvc.snapshot.tables import MemoryTable

FIRST_YEAR, YEARS = 2005, 20


def live_snapshot(actors: int, ties: int, seed: int = 1, *, records: bool = False) -> Snapshot:
    """The snapshot of a network of so many actors and pairs of neighbours.

    `records`: the actors' records are held, as a site holds them, and not made again whenever they are read.
    """
    made = made_snapshot(actors, seed)
    tables = dict(made.tables)
    if records:
        tables[RecordKind.ACTOR] = MemoryTable([made.actor(i) for i in range(actors)])
    pairs = np.array(sorted(_pairs(np.random.default_rng(seed), actors, ties)), np.int32)
    everybody = replace(
        made.actors,
        perimeter=np.full(actors, Perimeter.INSIDE, np.int8),
        founded=np.full(actors, DAY_MIN, np.int32),
        ended=np.full(actors, DAY_MAX, np.int32),
    )
    return Snapshot(
        store_id=f"live-{actors}-{ties}-{seed}",
        revision=1,
        tables=tables,
        columns=replace(made.columns, actors=everybody, relations=_partnerships(pairs)),
        vocabulary=made.vocabulary,
        aliases={},
    )


def _partnerships(pairs: "np.ndarray[tuple[int, int], np.dtype[np.int32]]") -> RelationColumns:
    """One active partnership a pair, begun in one of twenty years."""
    count = len(pairs)
    starts = np.array([date(FIRST_YEAR + k, 1, 1).toordinal() for k in range(YEARS)], np.int32)
    begun = starts[np.arange(count) % YEARS]
    return RelationColumns(
        a=pairs[:, 0].copy(),
        b=pairs[:, 1].copy(),
        link_class=np.full(count, list(LinkClass).index(LinkClass.COOPERATION), np.int8),
        kind=np.full(count, list(LinkKind).index(LinkKind.PARTNERSHIP), np.int8),
        state=np.full(count, list(State).index(State.ACTIVE), np.int8),
        source=np.zeros(count, np.int8),
        record=np.arange(count, dtype=np.int32),
        weight=np.ones(count, np.float32),
        first=begun,
        last=np.full(count, DAY_MAX, np.int32),
        start=begun,
        end=np.full(count, DAY_MAX, np.int32),
        confirmed=begun,
    )
