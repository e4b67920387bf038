"""What each actor brings to a need: one row per candidate, one column per thing asked for, in [0, 1].

- skill: 1 with an open offer of it; the usual role for it (trainer, resource centre, expert) 0.6.
- means: 1 with an open offer of the nature; 0.7 with the same need, when it is one that is met together;
  else what its kind or role usually has (`_USUAL`).
  What a role or kind usually has counts fully for an actor of the theme or of the place, half otherwise.
- theme: how sure it is that it works on the theme or on something inside; half for something broader.
- place: how sure it is that it acts there or inside; 0.6 of that for a region, 0.3 for a country around it.
"""

from dataclasses import dataclass

import numpy as np

from graphsvc.domain.actors import ActorKind as K
from graphsvc.domain.actors import ActorRole as R
from graphsvc.domain.announcements import Nature
from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64, I8, I32
from matcher.groups.pool_need import Asked, Item, PoolNeed
from matcher.places.standing import AtWork, Standing

OFFERED, SHARED, BROADER = 1.0, 0.7, 0.5
_AROUND = {PlaceLevel.REGION: 0.6, PlaceLevel.COUNTRY: 0.3}
_SKILLED: dict[R | K, float] = {R.TRAINER: 0.6, R.RESOURCE_CENTRE: 0.6, K.EXPERT: 0.55}
_USUAL: dict[Nature, dict[R | K, float]] = {
    Nature.EQUIPMENT: {K.BUSINESS: 0.4, K.CHAMBER: 0.3, K.INTERCOMMUNALITY: 0.4, K.HEALTH: 0.3},
    Nature.PREMISES: {K.SOCIAL_VENUE: 0.6, K.COMMUNE: 0.5, K.INTERCOMMUNALITY: 0.4, K.HIGHER_EDUCATION: 0.3},
    Nature.TRANSPORT: {K.BUSINESS: 0.4, R.OPERATOR: 0.4},
    Nature.SHARED_MISSION: {R.OPERATOR: 0.5, K.EXPERT: 0.4},
    Nature.FUNDING: {R.FUNDER: 0.8, K.FOUNDATION: 0.6},
    Nature.PATRONAGE: {K.FOUNDATION: 0.6, K.BUSINESS: 0.5, R.FUNDER: 0.4},
    Nature.VOLUNTEER: {K.INSERTION_BODY: 0.4, K.SCHOOL: 0.3, K.HIGHER_EDUCATION: 0.3, R.RELAY: 0.4},
    Nature.INTERNSHIP: {K.HIGHER_EDUCATION: 0.5, K.BUSINESS: 0.5, K.INSERTION_BODY: 0.4},
    Nature.TRAINING: {R.TRAINER: 0.7, R.RESOURCE_CENTRE: 0.5, K.HIGHER_EDUCATION: 0.5, K.EXPERT: 0.5},
    Nature.EVENT: {R.NETWORK_HEAD: 0.5, R.RELAY: 0.5, K.SOCIAL_VENUE: 0.5, K.COMMUNE: 0.4},
    Nature.EXPERIENCE: {R.RESOURCE_CENTRE: 0.5, R.NETWORK_HEAD: 0.4, K.EXPERT: 0.4},
}


@dataclass(frozen=True, slots=True)
class Cover:
    """`values[c, j]`: what candidate c (house `houses[c]`) brings to item j. `shown` says by what: the
    announcement behind an offer or a shared need (its position), or -1.
    """

    items: tuple[Item, ...]
    houses: I32
    values: F64
    shown: I32

    def row(self, house: int) -> int:
        """The row of a house."""
        return int(np.searchsorted(self.houses, house))


def cover_of(snapshot: Snapshot, standing: Standing, need: PoolNeed, houses: I32) -> Cover:
    """What these houses (sorted) bring to the need."""
    items = need.items()
    values = np.zeros((len(houses), len(items)))
    shown = np.full(values.shape, -1, np.int32)
    roles = _roles(snapshot, standing)[houses]
    kinds = snapshot.actors.kind[houses]
    for column, item in enumerate(items):
        if item.kind is Asked.THEME:
            values[:, column] = _on_theme(snapshot, standing.themes, item.position)[houses]
        elif item.kind is Asked.PLACE:
            values[:, column] = _at_place(snapshot, standing.places, item.position)[houses]
    concerned = 0.5 + 0.5 * values.max(axis=1, initial=0.0)
    for column, item in enumerate(items):
        if item.kind in (Asked.SKILL, Asked.MEANS):
            usual = _SKILLED if item.kind is Asked.SKILL else _USUAL.get(item.nature or Nature.SKILL, {})
            values[:, column] = _by_role(usual, roles, kinds) * concerned
            _announced(standing, need, item, houses, values[:, column], shown[:, column])
    return Cover(items, houses, values, shown)


def _announced(standing: Standing, need: PoolNeed, item: Item, houses: I32, values: F64, shown: I32) -> None:
    """Raise `values` (mutated, with `shown`) where an open announcement brings the item."""
    board = standing.index.board
    open_ = board.open_on(standing.day) & (board.owner >= 0)
    if need.announcement is not None:
        open_[need.announcement] = False
    if item.kind is Asked.SKILL:
        same = np.zeros(len(open_), np.bool_)
        span = slice(int(board.skills.ptr[item.position]), int(board.skills.ptr[item.position + 1]))
        same[board.skills.ids[span]] = True
    else:
        same = board.nature == list(Nature).index(item.nature or Nature.SKILL)
    worth = np.where(board.offer, OFFERED, SHARED if need.shared and item.kind is Asked.MEANS else 0.0)
    for k in np.flatnonzero(open_ & same & (worth > 0)).tolist():
        house = int(standing.house[board.owner[k]])
        row = int(np.searchsorted(houses, house))
        if house >= 0 and row < len(houses) and houses[row] == house and worth[k] > values[row]:
            values[row], shown[row] = worth[k], k


def _by_role(usual: dict[R | K, float], roles: I32, kinds: I8) -> F64:
    best = np.zeros(len(kinds))
    for what, value in usual.items():
        has: B1 = (
            (roles & (1 << list(R).index(what))) > 0 if isinstance(what, R) else kinds == list(K).index(what)
        )
        best = np.maximum(best, np.where(has, value, 0.0))
    return best


def usual_for(snapshot: Snapshot, standing: Standing, item: Item, house: int) -> R | K | None:
    """The role or kind by which a house usually brings an item, the most telling; None when by none."""
    usual = _SKILLED if item.kind is Asked.SKILL else _USUAL.get(item.nature or Nature.SKILL, {})
    held = int(_roles(snapshot, standing)[house])
    kind = list(K)[snapshot.actors.kind[house]]
    found = [w for w in usual if (held >> list(R).index(w) & 1 if isinstance(w, R) else w is kind)]
    return max(found, key=lambda w: usual[w], default=None)


def _roles(snapshot: Snapshot, standing: Standing) -> I32:
    """Roles held by each house or a living unit of it, as bits."""
    found = np.zeros(snapshot.n, np.int32)
    living = np.flatnonzero(standing.alive & (standing.house >= 0))
    np.bitwise_or.at(found, standing.house[living], standing.index.roles[living])
    return found


def _on_theme(snapshot: Snapshot, at_work: AtWork, theme: int) -> F64:
    above = set(snapshot.theme_ancestors(theme)[1:])
    worth = np.zeros(len(snapshot.themes.parent))
    for t in range(len(worth)):
        worth[t] = 1.0 if theme in snapshot.theme_ancestors(t) else BROADER if t in above else 0.0
    return _best(at_work, worth)


def _at_place(snapshot: Snapshot, at_work: AtWork, place: int) -> F64:
    worth = np.zeros(len(snapshot.places.parent))
    for p in np.unique(at_work.entry).tolist():
        worth[p] = 1.0 if place in snapshot.ancestors(p) else 0.0
    for p in snapshot.ancestors(place)[1:]:
        worth[p] = _AROUND.get(snapshot.place(p).level, 0.8)
    return _best(at_work, worth)


def _best(at_work: AtWork, worth: F64) -> F64:
    best = np.zeros(len(at_work.ptr) - 1)
    np.maximum.at(best, at_work.owners(), at_work.strength * worth[at_work.entry])
    return best
