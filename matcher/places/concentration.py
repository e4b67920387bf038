"""Who is where, and where nobody is: crowded places, places with one actor, places that hang on one link.

Counts are of houses of the territory at work at a place or inside it on the day. A place is crowded with at
least `CROWD` of them and twice the median of the other places of its level; a country only when it is a
partner one: twin towns scattered over Germany do not stand side by side. A partner place hangs on one link
when one live cooperation is all that joins its actors to the territory (told of the narrowest such place); a
twin town that is nothing but twinned is told apart: a twinning of two is how twinnings are.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from graphsvc.domain.links import LinkKind
from graphsvc.domain.places import PlaceLevel, PlaceRole
from graphsvc.search import find_place
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, I32
from matcher.between import rows_between
from matcher.evidence.territories import place_facts
from matcher.evidence.ties import actor_facts
from matcher.groups.gatherings import Gatherings, children_of, gather
from matcher.groups.pool_reasons import former_of
from matcher.places.standing import Standing, known_on, standing_on
from matcher.reasons import Reason

CROWD = 4
NAMED = 12


class Load(StrEnum):
    """How a place stands, the most telling first."""

    CROWDED = "crowded"
    HANGING = "hanging"
    NOBODY = "nobody"
    SINGLE = "single"
    SHARED = "shared"
    TWINNED = "twinned"


@dataclass(frozen=True, slots=True)
class PlaceLoad:
    """A place on a day. `count`: houses of the territory there or inside; `houses` the surest of them;
    `partners`: actors of the place itself; `links`: live cooperations between the two sides; `tied`: pairs of
    the houses weighed that cooperate, of `pairs`.
    """

    place: int
    load: Load
    count: int
    houses: tuple[int, ...]
    partners: tuple[int, ...]
    links: int
    tied: int
    pairs: int
    reasons: tuple[Reason, ...]


def concentration(snapshot: Snapshot, today: date, *, territories: tuple[str, ...] = ()) -> list[PlaceLoad]:
    """Foreign places where somebody is at work or should be, by load, then the most crowded first.

    Raises UnknownRecord for a territory nobody knows.
    """
    asked = [find_place(snapshot, key) for key in territories]
    view = _View(snapshot, standing_on(snapshot, today))
    found = [view.load_of(p) for p in view.places() if not asked or set(snapshot.ancestors(p)) & set(asked)]
    order = list(Load)
    depth = snapshot.places.depth
    return sorted(found, key=lambda p: (order.index(p.load), -p.count, -p.links, depth[p.place], p.place))


class _View:
    def __init__(self, snapshot: Snapshot, standing: Standing) -> None:
        self.snapshot, self.standing = snapshot, standing
        own = standing.house == np.arange(snapshot.n)
        foreign = ~(standing.index.home | snapshot.places.home)
        parent = snapshot.places.parent
        self.local: Gatherings = gather(standing.places, parent, standing.local, foreign)
        self.theirs: Gatherings = gather(
            standing.places, parent, standing.index.away & standing.alive & own, foreign
        )
        self.children = children_of(parent)
        self.sizes = self.local.sizes()
        self.wanted: B1 = snapshot.places.partner & foreign

    def _usual(self, place: int) -> float:
        """The median of the other places of its level where somebody is; 1 when there is none."""
        like = (self.snapshot.places.level == self.snapshot.places.level[place]) & (self.sizes > 0)
        like[place] = False
        return float(np.median(self.sizes[like])) if like.any() else 1.0

    def places(self) -> list[int]:
        """Places with somebody of either side, and partner places with nobody."""
        busy = (self.sizes > 0) | (self.theirs.sizes() > 0)
        asked = np.flatnonzero(self.wanted & ~busy).tolist()
        empty = [p for p in asked if self.snapshot.place(p).role is PlaceRole.PARTNER]
        return sorted([*np.flatnonzero(busy).tolist(), *empty])

    def load_of(self, place: int) -> PlaceLoad:
        """One place."""
        houses, named, below = self.local.of(place)
        sure = np.maximum(named, below)
        ranked = houses[np.lexsort((houses, -sure))]
        partners = self.theirs.of(place)[0]
        links = self._links(ranked, partners)
        weighed = ranked[:200]
        tied = int(np.triu(self.standing.circle[weighed][:, weighed].toarray(), 1).sum())
        load = self._load(place, len(ranked), links)
        return PlaceLoad(
            place,
            load,
            len(ranked),
            tuple(ranked[:NAMED].tolist()),
            tuple(partners[:NAMED].tolist()),
            len(links),
            tied,
            len(weighed) * (len(weighed) - 1) // 2,
            self._reasons(place, load, ranked, links, tied),
        )

    def _links(self, houses: I32, partners: I32) -> list[tuple[int, int]]:
        """Live cooperations between the two sides (pairs of houses)."""
        if not len(houses) or not len(partners):
            return []
        local = np.flatnonzero(self.standing.local)
        block = self.standing.circle[partners][:, local].tocoo()
        pairs = zip(local[block.col].tolist(), partners[block.row].tolist(), strict=True)
        return sorted((int(one), int(other)) for one, other in pairs)

    def _links_at(self, place: int) -> list[tuple[int, int]]:
        return self._links(self.local.of(place)[0], self.theirs.of(place)[0])

    def _load(self, place: int, count: int, links: list[tuple[int, int]]) -> Load:
        if count == 0:
            return Load.NOBODY
        wide = (
            self.snapshot.place(place).level is PlaceLevel.COUNTRY and not self.snapshot.places.partner[place]
        )
        if count >= CROWD and count >= 2 * self._usual(place):
            same = any(self.sizes[child] == count for child in self.children[place])
            return Load.SHARED if wide or same else Load.CROWDED  # told of the narrowest place
        if len(links) == 1 and count == 1 and self._only_twinned(*links[0]):
            return Load.TWINNED
        if len(links) == 1 and not any(self._links_at(child) == links for child in self.children[place]):
            return Load.HANGING
        return Load.SINGLE if count == 1 else Load.SHARED

    def _only_twinned(self, one: int, other: int) -> bool:
        rows = rows_between(self.snapshot, self.standing, one, other)
        kinds = self.snapshot.relations.kind[rows]
        return bool((kinds == list(LinkKind).index(LinkKind.TWINNING)).all())

    def _reasons(
        self, place: int, load: Load, houses: I32, links: list[tuple[int, int]], tied: int
    ) -> tuple[Reason, ...]:
        here = place_facts(self.snapshot, place)
        if load is Load.CROWDED:
            facts = {"place": here, "count": len(houses), "tied": tied}
            empty = [place_facts(self.snapshot, p) for p in self._empty_near(place)]
            beside = [Reason("empty_beside", {"places": empty[:3], "count": len(empty)})] if empty else []
            return (Reason("crowded_place", facts), *beside)
        if load in (Load.HANGING, Load.TWINNED):
            return (self._hanging(here, *links[0]),)
        if load is Load.NOBODY:
            busiest = self._busiest_near(place)
            facts = {"place": here, "partners": len(self.theirs.of(place)[0])}
            if busiest is None:
                return (Reason("nobody_there", facts),)
            other = {"place": place_facts(self.snapshot, busiest), "count": int(self.sizes[busiest])}
            return (Reason("nobody_there", {**facts, "beside": other}),)
        if load is Load.SINGLE:
            alone = actor_facts(self.snapshot, int(houses[0]))
            former = former_of(self.snapshot, self.standing.places, int(houses[0]), place)
            return (Reason("single_there", {"place": here, "actor": alone, "former": former}),)
        return ()

    def _hanging(self, here: dict[str, object], one: int, other: int) -> Reason:
        rows = rows_between(self.snapshot, self.standing, one, other)
        years = [y for r in rows.tolist() if (y := known_on(int(self.snapshot.relations.confirmed[r])))]
        ends = {"one": actor_facts(self.snapshot, one), "other": actor_facts(self.snapshot, other)}
        return Reason("hangs_on", {"place": here, **ends, "confirmed": max(years, default=None)})

    def _empty_near(self, place: int) -> list[int]:
        """Partner places beside this one (same parent or same country) where nobody of the territory is."""
        level = self.snapshot.places.level[place]
        country = self.snapshot.ancestors(place)[-1]
        return [
            p
            for p in np.flatnonzero(self.wanted & (self.sizes == 0)).tolist()
            if self.snapshot.place(p).role is PlaceRole.PARTNER
            and (self.snapshot.places.level[p] == level or self._below_region(p))
            and self.snapshot.ancestors(p)[-1] == country
            and place not in self.snapshot.ancestors(p)[1:-1]
        ]

    def _busiest_near(self, place: int) -> int | None:
        """The place of the same country where the most are, if any: of the same level if possible."""
        country = self.snapshot.ancestors(place)[-1]
        if country == place:
            return None
        level = self.snapshot.places.level[place]
        near = [
            p
            for p in np.flatnonzero(self.sizes > 1).tolist()
            if p != country
            and self.snapshot.ancestors(p)[-1] == country
            and p not in self.snapshot.ancestors(place)
        ]
        same = [p for p in near if self.snapshot.places.level[p] == level] or near
        return max(same, key=lambda p: (self.sizes[p], -p), default=None)

    def _below_region(self, place: int) -> bool:
        return self.snapshot.place(place).level in (PlaceLevel.DISTRICT, PlaceLevel.MUNICIPALITY)
