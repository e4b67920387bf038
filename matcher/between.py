"""What already joins two actors that do not cooperate: the bridge one can start from.

Money, membership, shared staff or premises first (they know each other), then a contact, a cooperation of the
past, one that is planned, and partners in common who could bring them together.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphsvc.domain.links import LinkClass, LinkKind, State
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX, DAY_MIN, I64, RelationSource
from matcher.evidence.ties import actor_facts
from matcher.places.standing import Standing, known_on, known_since
from matcher.reasons import Reason
from matcher.sparse import rows_from_entries

_CLASSES, _KINDS, _STATES = tuple(LinkClass), tuple(LinkKind), tuple(State)
_NEVER = frozenset({State.PLANNED, State.ATTEMPTED, State.RETRACTED})
LIVE_MEANS, PLANNED, PAST, CONTACT, COMMON = 1.0, 0.8, 0.7, 0.6, 0.5
"""How easily a bridge carries: what joins them today, what is planned, what was, a contact, a third party."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """One thing that joins two houses; `ease` in [0, 1] orders them."""

    ease: float
    reason: Reason


def bridges_between(snapshot: Snapshot, standing: Standing, one: int, other: int) -> list[Bridge]:
    """What joins two houses on the day, the easiest first; empty when nothing does."""
    rows = rows_between(snapshot, standing, one, other)
    found = [b for row in rows.tolist() if (b := _bridge(snapshot, standing, row)) is not None]
    best: dict[str, Bridge] = {}
    for bridge in sorted(found, key=lambda b: (-b.ease, str(b.reason.facts))):
        best.setdefault(bridge.reason.code, bridge)
    common = np.intersect1d(standing.partners(one), standing.partners(other))
    if len(common):
        best["bridge_partner"] = Bridge(COMMON, _in_common(snapshot, standing, common.tolist()))
    return sorted(best.values(), key=lambda b: -b.ease)


def ease_matrix(snapshot: Snapshot, standing: Standing) -> sparse.csr_array:
    """How easily any two houses joined by a relation can begin: the best ease of what joins them, n x n."""
    relations, day = snapshot.relations, standing.day
    a, b = standing.house[relations.a], standing.house[relations.b]
    live = (relations.first <= day) & (day <= relations.last)
    begun = relations.start <= day
    never = np.isin(relations.state, [_STATES.index(s) for s in _NEVER])
    cooperation = relations.link_class == _CLASSES.index(LinkClass.COOPERATION)
    contact = relations.link_class == _CLASSES.index(LinkClass.CONTACT)
    means = ~cooperation & ~contact & ~never
    ease = np.zeros(len(a))
    ease[contact & ~never | (relations.state == _STATES.index(State.ATTEMPTED))] = CONTACT
    ease[(cooperation & ~never & ~live) | (means & ~live)] = PAST
    ease[relations.state == _STATES.index(State.PLANNED)] = PLANNED
    ease[means & live] = LIVE_MEANS
    begun |= relations.state == _STATES.index(State.PLANNED)
    kept = begun & (ease > 0) & (a != b) & (a >= 0) & (b >= 0) & (relations.source != RelationSource.PART_OF)
    one, other, value = np.r_[a[kept], b[kept]], np.r_[b[kept], a[kept]], np.r_[ease[kept], ease[kept]]
    rows = rows_from_entries(snapshot.n, snapshot.n, one, other, value)
    return sparse.csr_array((rows.values, rows.ids, rows.ptr), shape=(snapshot.n, snapshot.n))


def structural_matrix(snapshot: Snapshot, standing: Standing) -> sparse.csr_array:
    """Houses of which one runs or coordinates the other on the day, n x n, symmetric."""
    relations, day = snapshot.relations, standing.day
    a, b = standing.house[relations.a], standing.house[relations.b]
    kept = (relations.link_class == _CLASSES.index(LinkClass.STRUCTURAL)) & (a != b) & (a >= 0) & (b >= 0)
    kept &= (relations.first <= day) & (day <= relations.last) & (relations.source != RelationSource.PART_OF)
    one, other = np.r_[a[kept], b[kept]], np.r_[b[kept], a[kept]]
    rows = rows_from_entries(snapshot.n, snapshot.n, one, other, np.ones(len(one)))
    return sparse.csr_array((rows.values, rows.ids, rows.ptr), shape=(snapshot.n, snapshot.n))


def rows_between(snapshot: Snapshot, standing: Standing, one: int, other: int) -> I64:
    """The relations that join a unit of one house to a unit of the other."""
    units, others = standing.units_of(one).tolist(), standing.units_of(other)
    mine = np.concatenate([np.empty(0, np.int64), *(snapshot.relations_of(i) for i in units)])
    ends = np.isin(snapshot.relations.a[mine], others) | np.isin(snapshot.relations.b[mine], others)
    return np.unique(mine[ends])


def _bridge(snapshot: Snapshot, standing: Standing, row: int) -> Bridge | None:
    relations, day = snapshot.relations, standing.day
    if relations.source[row] == RelationSource.PART_OF or relations.state[row] == _STATES.index(
        State.RETRACTED
    ):
        return None
    state = _STATES[relations.state[row]] if relations.state[row] >= 0 else None
    link_class = _CLASSES[relations.link_class[row]]
    live = bool(relations.first[row] <= day <= relations.last[row])
    begun = relations.start[row] <= day
    facts = _facts(snapshot, row)
    if state in _NEVER:
        if state is State.PLANNED:
            return Bridge(PLANNED, Reason("bridge_planned", facts))
        return Bridge(CONTACT, Reason("bridge_attempted", facts)) if begun else None
    if link_class is LinkClass.CONTACT:
        return Bridge(CONTACT, Reason("bridge_contact", facts)) if begun else None
    if not begun or (live and link_class is LinkClass.COOPERATION):
        return None
    if link_class is LinkClass.COOPERATION:
        return Bridge(PAST, Reason("bridge_past", facts))
    return Bridge(LIVE_MEANS if live else PAST, Reason("bridge_means", {**facts, "live": live}))


def _facts(snapshot: Snapshot, row: int) -> dict[str, object]:
    """The relation as facts name it: `giver` and `receiver` are the ends, in the direction of the source."""
    relations = snapshot.relations
    end = int(relations.end[row])
    return {
        "kind": _KINDS[relations.kind[row]].value if relations.kind[row] >= 0 else None,
        "giver": actor_facts(snapshot, int(relations.a[row])),
        "receiver": actor_facts(snapshot, int(relations.b[row])),
        "title": _title(snapshot, row),
        "start": known_since(int(relations.start[row])) if relations.start[row] > DAY_MIN else None,
        "end": known_on(end) if end < DAY_MAX else None,
        "confirmed": known_on(int(relations.confirmed[row])),
    }


def _title(snapshot: Snapshot, row: int) -> str | None:
    source, record = int(snapshot.relations.source[row]), int(snapshot.relations.record[row])
    if source == RelationSource.AGREEMENT:
        return snapshot.agreement(record).title
    if source == RelationSource.PROJECT:
        return snapshot.project(record).title
    return snapshot.event(record).title if source == RelationSource.EVENT else None


def _in_common(snapshot: Snapshot, standing: Standing, common: Iterable[int]) -> Reason:
    rarity = standing.index.circle.rarity
    ranked = sorted(common, key=lambda z: (-rarity[z], z))
    facts = {"partners": [actor_facts(snapshot, z) for z in ranked[:3]], "count": len(ranked)}
    return Reason("bridge_partner", facts)
