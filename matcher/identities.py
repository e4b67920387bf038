"""What only the full actor records say: the roles held, and who succeeds whom."""

import numpy as np

from graphsvc.domain.actors import ActorRole
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import I32
from matcher.sparse import Rows, rows_from_entries


def read_identities(snapshot: Snapshot) -> tuple[I32, Rows]:
    """Roles without an end, as bits in the order of ActorRole, and for each actor its predecessors and
    successors.
    """
    order = list(ActorRole)
    bits = np.zeros(snapshot.n, np.int32)
    earlier: list[int] = []
    later: list[int] = []
    for i in range(snapshot.n):
        actor = snapshot.actor(i)
        for held in actor.roles:
            if held.end is None:
                bits[i] |= 1 << order.index(held.role)
        for key in actor.succeeds:
            before = snapshot.index(key)
            if before is not None:
                earlier.append(before)
                later.append(i)
    lineage = rows_from_entries(
        snapshot.n, snapshot.n, earlier + later, later + earlier, [1.0] * (2 * len(later))
    )
    return bits, lineage
