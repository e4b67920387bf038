"""The recipe of the map: communities in packed discs, partner territories in a band, the lonely in a tray.

Communities (Leiden on documented relations) become discs packed side by side; inside each, Kamada-Kawai or
Fruchterman-Reingold, then overlaps are removed and partners brought near by exchanges of places. Actors
that have relations with partner territories only stand with those of the same intercommunality. Positions
depend on the snapshot and on the former layout, never on today.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy import sparse

from graphsvc.analytics.communities import communities
from graphsvc.analytics.layout.inside import place_members
from graphsvc.analytics.layout.margins import place_band, place_tray
from graphsvc.analytics.layout.packing import pack_discs
from graphsvc.analytics.layout.shapes import SEPARATION, Band, Box, Disc, Layout
from graphsvc.analytics.layout.swaps import with_partners_near
from graphsvc.domain.actors import ActorKind
from graphsvc.domain.links import LinkClass, State
from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64, I32

_CLASS = {c: k for k, c in enumerate(LinkClass)}
_PULL = {LinkClass.COOPERATION: 1.0, LinkClass.STRUCTURAL: 1.0, LinkClass.RESOURCE: 0.5}
_RETRACTED = list(State).index(State.RETRACTED)
_PARTNER_TERRITORY = list(ActorKind).index(ActorKind.PARTNER_TERRITORY)
_EPCI = list(PlaceLevel).index(PlaceLevel.INTERCOMMUNALITY)
Edges = list[tuple[int, int, float]]


def compute_layout(
    snapshot: Snapshot, previous: Layout | None = None, *, groups: Sequence[str] | None = None
) -> Layout:
    """Positions of all actors. With `previous`, unchanged communities stay where they were.

    With `groups` (a key for each actor) these take the place of communities, partner territories included:
    there is no band then, and those of the empty key, of whom nothing is known, stand beside the others.
    """
    graph = _relations(snapshot)
    related: B1 = np.diff(graph.indptr) > 0
    in_band: B1 = related & (snapshot.actors.kind == _PARTNER_TERRITORY) & (groups is None)
    in_disc: B1 = related & ~in_band
    if groups is None:
        group = _groups(snapshot, graph, in_disc, previous)
    else:
        group = _given_groups(np.flatnonzero(in_disc).tolist(), groups)
    x, y = np.zeros(snapshot.n), np.zeros(snapshot.n)
    ungrouped = len(group) - 1 if groups is not None and group and not groups[group[-1][0]] else None
    discs = _discs(snapshot, graph, group, previous, x, y, last=ungrouped)
    right = max((d.x + d.r for d in discs), default=0.0) + 4 * SEPARATION
    top = min((d.y - d.r for d in discs), default=0.0)
    bottom = max((d.y + d.r for d in discs), default=0.0)
    left = min((d.x - d.r for d in discs), default=0.0)
    band = place_band(snapshot, graph, np.flatnonzero(in_band).tolist(), x, y, right, top, bottom)
    lowest = max(bottom, band.box.y + band.box.height) + 2 * SEPARATION
    width = max(band.box.x + band.box.width - left, 900.0)
    alone = np.flatnonzero(~related & snapshot.actors.engaged).tolist()
    unknown = np.flatnonzero(~related & ~snapshot.actors.engaged).tolist()
    tray = place_tray(snapshot, alone, x, y, left, lowest, width)
    below = tray.y + tray.height + 2 * SEPARATION
    inventory = place_tray(snapshot, unknown, x, y, left, below, width)
    return _finished(snapshot, x, y, discs, band, tray, inventory)


def _finished(
    snapshot: Snapshot,
    x: F64,
    y: F64,
    discs: list[Disc],
    band: Band,
    tray: Box,
    inventory: Box,
) -> Layout:
    return Layout(
        snapshot.revision, tuple(snapshot.ids), x.round(1), y.round(1), tuple(discs), band, tray, inventory
    )


def _relations(snapshot: Snapshot) -> sparse.csr_array:
    """All documented relations but contacts, as a weighted symmetric graph."""
    relations = snapshot.relations
    n = snapshot.n
    kept = (relations.state != _RETRACTED) & (relations.link_class != _CLASS[LinkClass.CONTACT])
    pull = np.array([_PULL.get(c, 0.0) for c in LinkClass], np.float32)
    a, b = relations.a[kept], relations.b[kept]
    weight = relations.weight[kept] * pull[relations.link_class[kept]]
    graph = sparse.coo_array(
        (np.concatenate([weight, weight]), (np.concatenate([a, b]), np.concatenate([b, a]))), shape=(n, n)
    ).tocsr()
    graph.sum_duplicates()
    graph.sort_indices()
    return graph


def _groups(
    snapshot: Snapshot, graph: sparse.csr_array, in_disc: B1, previous: Layout | None
) -> list[list[int]]:
    """The members of each disc, largest first."""
    chosen = np.flatnonzero(in_disc)
    inner = graph[chosen][:, chosen].tocsr()
    inner.sort_indices()
    number = communities(
        inner.indptr.astype(np.int64),
        inner.indices.astype(np.int32),
        inner.data.astype(np.float32),
        previous=_former_groups(snapshot, chosen.astype(np.int32), previous),
    )
    groups: dict[tuple[int, str], list[int]] = {}
    alone = np.diff(inner.indptr) == 0
    for k, i in enumerate(chosen.tolist()):
        key = (-1, _territory(snapshot, i)) if alone[k] else (int(number[k]), "")
        groups.setdefault(key, []).append(i)
    return sorted(groups.values(), key=lambda members: (-len(members), members[0]))


def _given_groups(members: list[int], keys: Sequence[str]) -> list[list[int]]:
    gathered: dict[str, list[int]] = {}
    for i in members:
        gathered.setdefault(keys[i], []).append(i)
    return sorted(gathered.values(), key=lambda found: (not keys[found[0]], -len(found), found[0]))


def _territory(snapshot: Snapshot, i: int) -> str:
    """The intercommunality of the seat, else its country: a place to stand for who has no community."""
    seat = int(snapshot.actors.seat[i])
    if seat < 0:
        return snapshot.actor(i).country
    for p in snapshot.ancestors(seat):
        if snapshot.places.level[p] == _EPCI:
            return snapshot.place_ids[p]  # type: ignore[no-any-return]  # ids are texts
    return snapshot.actor(i).country


def _former_groups(snapshot: Snapshot, chosen: I32, previous: Layout | None) -> Sequence[int] | None:
    if previous is None:
        return None
    disc_of = {previous.ids[i]: k for k, disc in enumerate(previous.discs) for i in disc.members}
    return [disc_of.get(snapshot.ids[i], -1) for i in chosen.tolist()]


def _discs(
    snapshot: Snapshot,
    graph: sparse.csr_array,
    groups: list[list[int]],
    previous: Layout | None,
    x: F64,
    y: F64,
    *,
    last: int | None,
) -> list[Disc]:
    of = {i: k for k, members in enumerate(groups) for i in members}
    inner: list[list[tuple[int, int]]] = [[] for _ in groups]
    pull: dict[tuple[int, int], float] = {}
    local = {i: rank for members in groups for rank, i in enumerate(members)}
    source = np.repeat(np.arange(snapshot.n), np.diff(graph.indptr))
    for a, b, weight in zip(source.tolist(), graph.indices.tolist(), graph.data.tolist(), strict=True):
        if a >= b or a not in of or b not in of:
            continue
        if of[a] == of[b]:
            inner[of[a]].append((local[a], local[b]))
        else:
            pair = (min(of[a], of[b]), max(of[a], of[b]))
            pull[pair] = pull.get(pair, 0.0) + weight

    def placed(k: int) -> tuple[F64, float]:
        if k == last:
            return _side_by_side(len(groups[k]), inner[k])
        return _inside(snapshot, groups[k], inner[k], previous)

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the compiled parts leave the interpreter free
        inside = list(pool.map(placed, range(len(groups))))
    radius = [r for _, r in inside]
    centre = pack_discs(radius, pull, _former_centres(snapshot, groups, previous), last=last)
    discs = []
    for members, (spot, r), (cx, cy) in zip(groups, inside, centre.tolist(), strict=True):
        x[members], y[members] = spot[:, 0] + cx, spot[:, 1] + cy
        discs.append(Disc(round(cx, 1), round(cy, 1), round(r, 1), tuple(members)))
    return discs


def _side_by_side(count: int, edges: list[tuple[int, int]]) -> tuple[F64, float]:
    """Places for actors with nothing in common: close together, partners near each other."""
    spot, radius = place_members(count, [])
    return (with_partners_near(spot, np.array(edges, np.int64)) if edges else spot), radius


def _inside(
    snapshot: Snapshot, members: list[int], edges: list[tuple[int, int]], previous: Layout | None
) -> tuple[F64, float]:
    """The members' places around the centre: those of the former layout when the disc has not changed."""
    former = _same_disc(snapshot, members, previous)
    if former is None or previous is None:
        return place_members(len(members), edges)
    at = {previous.ids[i]: i for i in former.members}
    spot = np.array(
        [
            (previous.x[at[snapshot.ids[i]]] - former.x, previous.y[at[snapshot.ids[i]]] - former.y)
            for i in members
        ]
    )
    return spot, former.r


def _same_disc(snapshot: Snapshot, members: list[int], previous: Layout | None) -> Disc | None:
    if previous is None:
        return None
    wanted = {snapshot.ids[i] for i in members}
    return next((d for d in previous.discs if {previous.ids[i] for i in d.members} == wanted), None)


def _former_centres(
    snapshot: Snapshot, groups: list[list[int]], previous: Layout | None
) -> Mapping[int, tuple[float, float, float]]:
    """The centre of the former disc each group shares most members with; a disc serves one group."""
    if previous is None:
        return {}
    disc_of = {previous.ids[i]: k for k, disc in enumerate(previous.discs) for i in disc.members}
    wishes: list[tuple[int, int, int]] = []
    for g, members in enumerate(groups):
        shared: dict[int, int] = {}
        for i in members:
            if (k := disc_of.get(snapshot.ids[i])) is not None:
                shared[k] = shared.get(k, 0) + 1
        wishes += [(-count, g, k) for k, count in shared.items()]
    centres: dict[int, tuple[float, float, float]] = {}
    used: set[int] = set()
    for _, g, k in sorted(wishes):
        if g not in centres and k not in used:
            disc = previous.discs[k]
            centres[g] = (disc.x, disc.y, disc.r)
            used.add(k)
    return centres
