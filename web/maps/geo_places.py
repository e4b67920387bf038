"""Where the actors of a map are: at home, area by area; abroad, place by place, with who from here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from graphsvc.domain.links import LinkClass
from graphsvc.snapshot import Snapshot
from web.maps.chosen import MapFilter, Shown, choose

_CLASSES = list(LinkClass)
ACTS = "acts"
"""The class of a bond without a relation: an actor says that it acts there."""


@dataclass(frozen=True, slots=True)
class Town:
    """A place of the territory. `actors`: those of the map seated there, in index order; `alone`: without any
    relation on the map; `themes`: of the first level; `abroad`: places abroad they reach; `known`, `listed`:
    actors of the directory whose activity is documented, and all of them.
    """

    place: int
    actors: tuple[int, ...] = ()
    alone: tuple[int, ...] = ()
    themes: frozenset[int] = frozenset()
    abroad: frozenset[int] = frozenset()
    known: int = 0
    listed: int = 0


@dataclass(frozen=True, slots=True)
class Bond:
    """A place abroad. `here`: actors of the territory tied to it or at work there; `there`: actors of the map
    seated there; `link_class`: the surest class of relation, or `acts`; None when nobody from here is there.
    `live`: at least one of them is not over.
    """

    place: int
    here: tuple[int, ...]
    there: tuple[int, ...]
    link_class: str | None
    live: bool


@dataclass(frozen=True, slots=True)
class Places:
    """All of a map. `towns` by place; `unplaced`: actors seated in the territory as a whole; `bonds`: by
    number of actors; `elsewhere`: actors of the home country outside the territory, without a place, or whose
    place has no point: named, not drawn.
    """

    towns: Mapping[int, Town]
    unplaced: tuple[int, ...]
    bonds: tuple[Bond, ...]
    elsewhere: tuple[int, ...]


def home_roots(snapshot: Snapshot) -> list[int]:
    """The widest places of the territory: home ones whose parent is not."""
    places = snapshot.places
    return [
        p
        for p in np.flatnonzero(places.home).tolist()
        if places.parent[p] < 0 or not places.home[places.parent[p]]
    ]


def places_of(snapshot: Snapshot, wanted: MapFilter, today: date, areas: Iterable[str]) -> Places:
    """Where the actors of a map are. `areas`: codes of the places with contours: they gather those inside."""
    shown = choose(snapshot, wanted, today)
    spots = _Spots(snapshot, shown, wanted, frozenset(areas))
    bonds = spots.bonds()
    return Places(spots.towns(bonds, today), spots.unplaced(), bonds, spots.elsewhere(bonds))


class _Spots:
    def __init__(self, snapshot: Snapshot, shown: Shown, wanted: MapFilter, areas: frozenset[str]) -> None:
        self.snapshot, self.shown, self.wanted, self.areas = snapshot, shown, wanted, areas
        self.roots = set(home_roots(snapshot))
        self.above = {a for r in self.roots for a in snapshot.ancestors(r)} - self.roots
        self.seat: dict[int, int] = {i: int(snapshot.actors.seat[i]) for i in shown.nodes}
        self.home = {i: self._area(s) for i, s in self.seat.items() if s >= 0 and snapshot.places.home[s]}
        self.chosen = set(shown.nodes) - shown.context
        self.joined = {end for e in shown.edges for end in (e.a, e.b)}

    def _area(self, place: int) -> int:
        """The place itself, or the area it lies in that has a contour."""
        inside = (p for p in self.snapshot.ancestors(place) if self.snapshot.place_ids[p] in self.areas)
        return next(inside, place)

    def towns(self, bonds: Iterable[Bond], today: date) -> dict[int, Town]:
        """The places of the territory where somebody of the map or of the directory sits."""
        at: dict[int, list[int]] = defaultdict(list)
        for i, place in self.home.items():
            if i in self.chosen:
                at[place].append(i)
        reached: dict[int, set[int]] = defaultdict(set)
        for bond in bonds:
            for i in bond.here:
                reached[i].add(bond.place)
        known, listed = self._directory(today)
        return {
            place: Town(
                place,
                tuple(own := at.get(place, [])),
                tuple(i for i in own if i not in self.joined),
                frozenset(t for i in own for t in self._themes(i)),
                frozenset(p for i in own for p in reached.get(i, ())),
                known.get(place, 0),
                listed.get(place, 0),
            )
            for place in sorted(set(at) | set(listed))
            if place not in self.roots
        }

    def unplaced(self) -> tuple[int, ...]:
        """Actors of the territory of which no commune is known."""
        return tuple(i for i, place in self.home.items() if place in self.roots and i in self.chosen)

    def bonds(self) -> tuple[Bond, ...]:
        """The places abroad of the map, those with most actors from here first."""
        found: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        live: set[int] = set()
        for edge in self.shown.edges:
            for one, other in ((edge.a, edge.b), (edge.b, edge.a)):
                place = self.seat[other]
                if one in self.home and other not in self.home and self._abroad(place):
                    found[place][one].add(edge.link_class.value)
                    live |= {place} if edge.live else set()
        if self.wanted.year is None:  # a record says where one acts, not since when
            for i in sorted(self.home.keys() & self.chosen):
                for place in self._acts(i):
                    found[place][i].add(ACTS)
                    live.add(place)
        there: dict[int, list[int]] = defaultdict(list)
        for i, place in self.seat.items():
            if i not in self.home and self._abroad(place):
                there[place].append(i)
        bonds = [
            Bond(
                place,
                tuple(sorted(found[place])) if place in found else (),
                tuple(there.get(place, ())),
                _surest(c for own in found[place].values() for c in own) if place in found else None,
                place in live,
            )
            for place in set(found) | set(there)
        ]
        return tuple(sorted(bonds, key=lambda b: (-len(b.here), -len(b.there), b.place)))

    def elsewhere(self, bonds: Iterable[Bond]) -> tuple[int, ...]:
        """Actors of the map that neither drawing holds."""
        drawn = {i for b in bonds for i in b.there} | self.home.keys()
        return tuple(i for i in self.shown.nodes if i not in drawn)

    def _abroad(self, place: int) -> bool:
        """Whether a place is outside the territory, does not contain it, and can be drawn."""
        if place < 0 or self.snapshot.places.home[place] or place in self.above:
            return False
        return not np.isnan(self.snapshot.places.lat[place])

    def _acts(self, i: int) -> list[int]:
        actors = self.snapshot.actors
        own = actors.place_ids[actors.place_ptr[i] : actors.place_ptr[i + 1]].tolist()
        whole = self.wanted.territory
        return [p for p in own if self._abroad(p) and (whole is None or whole in self.snapshot.ancestors(p))]

    def _themes(self, i: int) -> list[int]:
        actors = self.snapshot.actors
        own = actors.theme_ids[actors.theme_ptr[i] : actors.theme_ptr[i + 1]].tolist()
        return [self.snapshot.theme_ancestors(t)[-1] for t in own]

    def _directory(self, today: date) -> tuple[dict[int, int], dict[int, int]]:
        """Actors of each place, whatever is known of them, under the same filters; and those documented."""
        every = choose(self.snapshot, replace(self.wanted, unknown=True), today)
        documented = choose(self.snapshot, replace(self.wanted, unknown=False), today)
        known: dict[int, int] = defaultdict(int)
        listed: dict[int, int] = defaultdict(int)
        certain = set(documented.nodes) - documented.context
        for i in every.nodes:
            seat = int(self.snapshot.actors.seat[i])
            if i in every.context or seat < 0 or not self.snapshot.places.home[seat]:
                continue
            place = self._area(seat)
            listed[place] += 1
            known[place] += i in certain
        return known, listed


def _surest(classes: Iterable[str]) -> str:
    order = [*(c.value for c in _CLASSES), ACTS]
    return min(set(classes), key=order.index)


def home_point(snapshot: Snapshot) -> tuple[float, float]:
    """Longitude and latitude of the territory: its own point, else the middle of its places', else 0, 0."""
    lat, lon = snapshot.places.lat, snapshot.places.lon
    known = [p for p in home_roots(snapshot) if not np.isnan(lat[p])]
    known = known or [p for p in np.flatnonzero(snapshot.places.home).tolist() if not np.isnan(lat[p])]
    if not known:
        return 0.0, 0.0
    return float(lon[known].mean()), float(lat[known].mean())
