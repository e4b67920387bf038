"""Pooling groups: three to six actors that together cover a need, diverse, near each other or bound for the
same place, each with what it brings, and what is still missing.

A need with a destination is pooled for it. One without is pooled for the places where the asker, or the most
actors, go, if that is how it is shared (a shared mission, a container), and all its members act there; for
what neighbours share (premises, equipment, training, an event), around the asker or in the areas that have
the most to bring; for anything else (a skill, money, to cooperate), with who covers it, nearest the asker:
nobody is in it for being somewhere. One to be met on the territory is pooled among its own actors. An asker
of the partner side is near where it acts.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64, I32
from matcher.evidence.proximity import DECAY_KM, REACH_KM, distances_km, unit_vectors
from matcher.groups.gatherings import gather
from matcher.groups.groups import Group
from matcher.groups.pool_cover import Cover, cover_of
from matcher.groups.pool_need import GOING, LOCAL, WEIGHT, Asked, Item, PoolNeed
from matcher.groups.pool_reasons import ENOUGH, Frame, group_themes, members_of, missing_items, reasons_of
from matcher.groups.pool_search import LEAST, Found, Problem, best_group
from matcher.places.standing import Standing, standing_on
from matcher.reasons import Reason

TOP = 5
AGAIN = 2
"""Groups looked for around one destination, each without the member that carried the one before."""
PRESENCE = 0.8


@dataclass(frozen=True, slots=True)
class PoolGroup(Group):
    """A group. `exact`: no better one exists for this destination; else `bound` says what none can exceed.

    `missing`: what nobody in it brings. `frame`: the destination or the area it is made for.
    """

    exact: bool
    bound: float
    missing: tuple[Item, ...]
    frame: Frame


@dataclass(frozen=True, slots=True)
class Pools:
    """The groups for a need, best first, and what the reader should know of the answer."""

    need: PoolNeed
    groups: tuple[PoolGroup, ...]
    notes: tuple[Reason, ...]


def pool_groups(
    snapshot: Snapshot,
    need: PoolNeed,
    *,
    today: date,
    top: int = TOP,
    declined: frozenset[str] = frozenset(),
) -> Pools:
    """The `top` best groups at most. `declined`: public keys of actors that are not to be asked."""
    notes = _about(snapshot, need, today)
    if any(note.code == "announcement_closed" for note in notes):
        return Pools(need, (), notes)
    if not need.items():
        return Pools(need, (), (*notes, Reason("pool_needs_more", {})))
    standing = standing_on(snapshot, today)
    barred = {int(standing.house[i]) for key in declined if (i := snapshot.index(key)) is not None}
    houses = _eligible(snapshot, standing, need, barred)
    found: list[PoolGroup] = []
    frames = _frames(snapshot, standing, need)
    for frame in frames:
        found += _in_frame(snapshot, standing, need, frame, houses, AGAIN if len(frames) == 1 else 1)
    distinct = _distinct(sorted(found, key=lambda g: (-g.score, [m.index for m in g.members])))[:top]
    if not distinct:
        notes = (*notes, Reason("too_few_to_pool", {"least": LEAST}))
    return Pools(need, tuple(distinct), notes)


def _about(snapshot: Snapshot, need: PoolNeed, today: date) -> tuple[Reason, ...]:
    if need.announcement is None or snapshot.announcement(need.announcement).open_on(today):
        return ()
    return (Reason("announcement_closed", {"id": snapshot.announcement_ids[need.announcement]}),)


def _eligible(snapshot: Snapshot, standing: Standing, need: PoolNeed, barred: set[int]) -> I32:
    """Living houses that do something international, but not local bodies of other territories."""
    own = standing.house == np.arange(snapshot.n)
    kept: B1 = own & standing.alive & (snapshot.actors.engaged | standing.index.away)
    kept[standing.index.elsewhere] = False
    kept[sorted(barred)] = False
    if need.at_home:
        kept &= standing.local
    if need.asker is not None and standing.house[need.asker] >= 0:
        kept[standing.house[need.asker]] = True
    return np.flatnonzero(kept).astype(np.int32)


def _frames(snapshot: Snapshot, standing: Standing, need: PoolNeed) -> list[Frame]:
    if need.places:
        return [Frame(places=need.places)]
    away = need.asker is not None and bool(standing.index.away[need.asker])
    if (need.nature in GOING or away) and not need.at_home:
        return [Frame(places=(place,)) for place in _destinations(snapshot, standing, need)]
    if need.nature in LOCAL and need.asker is None:
        return [Frame(places=(), area=area) for area in _busy_areas(snapshot, standing)]
    return [Frame(places=())]


def _destinations(snapshot: Snapshot, standing: Standing, need: PoolNeed) -> list[int]:
    """Where the asker goes, else where the most actors of the territory go: below the country if possible."""
    foreign = ~(standing.index.home | snapshot.places.home)
    if need.asker is not None:
        own = standing.places.of(int(standing.house[need.asker]))
        mine = [p for p in own if foreign[p]]
        inner = [p for p in mine if not any(p in snapshot.ancestors(q)[1:] for q in mine)]
        if inner:
            return sorted(inner, key=lambda p: (-own[p], -int(snapshot.places.depth[p]), p))[:TOP]
    gathered = gather(standing.places, snapshot.places.parent, standing.local, foreign)
    sizes = gathered.sizes()
    wide = snapshot.places.level == list(PlaceLevel).index(PlaceLevel.COUNTRY)
    ranked = sorted(np.flatnonzero(sizes >= 2).tolist(), key=lambda p: (wide[p], -sizes[p], p))
    chosen: list[int] = []
    for place in ranked:
        nested = {place, *snapshot.ancestors(place)}
        if not any(q in nested or place in snapshot.ancestors(q) for q in chosen):
            chosen.append(place)
    return chosen[:TOP]


def _busy_areas(snapshot: Snapshot, standing: Standing) -> list[int]:
    """The intercommunalities where the most engaged houses sit."""
    seats = snapshot.actors.seat[standing.local & snapshot.actors.engaged & (snapshot.actors.seat >= 0)]
    parents = snapshot.places.parent[seats]
    grouping = list(PlaceLevel).index(PlaceLevel.INTERCOMMUNALITY)
    areas = parents[(parents >= 0) & (snapshot.places.level[parents] == grouping)]
    found, counts = np.unique(areas, return_counts=True)
    return [int(found[k]) for k in np.lexsort((found, -counts))[:TOP]]


def _in_frame(
    snapshot: Snapshot, standing: Standing, need: PoolNeed, frame: Frame, houses: I32, again: int
) -> list[PoolGroup]:
    framed = replace(need, places=frame.places)
    cover = cover_of(snapshot, standing, framed, houses)
    given: tuple[int, ...] = ()
    values = cover.values
    if need.asker is not None and standing.house[need.asker] >= 0:
        given = (cover.row(int(standing.house[need.asker])),)
        sought = [k for k, item in enumerate(cover.items) if item.kind in (Asked.SKILL, Asked.MEANS)]
        values[given[0], sought] = 1.0 if need.offered else 0.0  # who asks for them does not bring them
    there = [k for k, item in enumerate(cover.items) if item.kind is Asked.PLACE]
    weak = values.max(axis=1) < ENOUGH
    present = values[:, there].max(axis=1, initial=0.0)
    weak |= standing.index.away[houses] & (present == 0)
    if frame.places and not need.places:  # nobody named it: all share it, and its country is not yet there
        weak |= present <= ENOUGH
    weak[list(given)] = False
    values[weak] = 0.0  # too little to be asked for
    weights = np.array([WEIGHT[item.kind] for item in cover.items])
    close = _closeness(snapshot, standing, need, frame, cover)
    problem = Problem(values, weights, snapshot.actors.kind[houses].astype(np.int64), close, given)
    groups: list[PoolGroup] = []
    for _ in range(again):
        found = best_group(problem)
        if found is None or not _covers(problem, found):
            break
        groups.append(_group(snapshot, standing, framed, frame, cover, found))
        carrying = _carrying(problem, found)
        values[carrying] = 0.0
        close[carrying] = 0.0
    return groups


def _covers(problem: Problem, found: Found) -> bool:
    """Whether at least LEAST of its members bring something."""
    brings = problem.cover[list(found.rows)].max(axis=1) > 0
    return int(np.count_nonzero(brings | np.isin(found.rows, problem.given))) >= LEAST


def _carrying(problem: Problem, found: Found) -> int:
    """The member whose leaving costs the most."""
    others = [r for r in found.rows if r not in problem.given]
    losses: list[float] = []
    for row in others:
        rest = [r for r in found.rows if r != row]
        losses.append(float(np.sum(problem.weights * np.prod(1 - problem.cover[rest], axis=0))))
    return others[int(np.argmax(losses))]


def _closeness(snapshot: Snapshot, standing: Standing, need: PoolNeed, frame: Frame, cover: Cover) -> F64:
    """Near the asker (or inside the area), or present at the destination."""
    seats = standing.index.seats
    points = seats.point_of[cover.houses]
    near = np.zeros(len(cover.houses))
    origin = None
    if need.asker is not None and seats.point_of[need.asker] >= 0:
        origin = seats.units[seats.point_of[need.asker]]
    elif frame.area is not None:
        at = np.array([snapshot.places.lat[frame.area]]), np.array([snapshot.places.lon[frame.area]])
        origin = None if np.isnan(at[0][0]) else unit_vectors(*at)[0]
    if origin is not None and len(seats.units):
        km = distances_km(seats.units, origin)
        by_point = np.where(km <= REACH_KM, np.exp(-km / DECAY_KM), 0.0)
        near = np.where(points >= 0, by_point[points], 0.0)
    there = [k for k, item in enumerate(cover.items) if item.kind is Asked.PLACE]
    present = cover.values[:, there].max(axis=1, initial=0.0) * PRESENCE
    result: F64 = np.round(np.maximum(near, present), 2)  # a hundredth nearer is no nearer
    return result


def _group(
    snapshot: Snapshot, standing: Standing, need: PoolNeed, frame: Frame, cover: Cover, found: Found
) -> PoolGroup:
    missing = missing_items(cover, found.rows)
    members = members_of(snapshot, standing, need, cover, found.rows)
    return PoolGroup(
        score=min(max(found.value, 0.0), 1.0),
        members=members,
        themes=group_themes(standing, need, members),
        places=frame.places,
        reasons=reasons_of(snapshot, standing, frame, cover, found.rows, missing),
        exact=found.exact,
        bound=min(found.bound, 1.0),
        missing=missing,
        frame=frame,
    )


def _distinct(groups: list[PoolGroup]) -> list[PoolGroup]:
    """Each set of members once."""
    seen: set[frozenset[int]] = set()
    kept = []
    for group in groups:
        who = frozenset(m.index for m in group.members)
        if who not in seen:
            seen.add(who)
            kept.append(group)
    return kept
