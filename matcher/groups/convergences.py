"""Convergences: actors of the territory at the same place, or on the same theme, at overlapping dates, that
do not cooperate.

They are grouped by place, and by theme where no foreign place is shared, so that the answer is a list of
meetings to hold and not one of pairs. A pair belongs to the narrowest place both reach. Money between two
actors does not hide them: it is named as the bridge. The k best groups are exact: groups are weighed in the
order of a bound on their score, and the rest is left once the bound falls under the k-th score. A gathering
of more than `MOST_WEIGHED` houses is first cut by theme (a place) or by the area of the seats (a theme); of
what is still larger, the most surely present are weighed. No matrix of all actors is formed.
"""

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.domain.places import PlaceLevel
from graphsvc.search import find_place, find_theme
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, I32
from matcher.groups.convergence_reasons import members_of, reasons_of, shared_themes
from matcher.groups.gatherings import Gatherings, children_of, gather
from matcher.groups.groups import Group
from matcher.groups.meeting_place import Gathering, Pair
from matcher.meetings.encounters import (
    COMPLEMENT,
    EASE,
    OVERLAP,
    PLACE,
    STAKE,
    THEME,
    Encounters,
    Ground,
    at_place,
    best_complement,
    best_stake,
    ease_cap,
    ground_of,
    on_theme,
    theme_cap,
)
from matcher.places.standing import standing_on

MOST_WEIGHED = 40
MOST_PAIRS = 5
TOP = 50
SIZE_BONUS = 0.3
"""How far a group of many is lifted above its best pair: score = b + 0.3 (1 - b) (1 - 2 / members)."""


@dataclass(frozen=True, slots=True)
class Convergence(Group):
    """A group to bring together. `overlap`, `complementarity`: of its best pair, apart.

    `place`, `theme`: what gathers it; `area`: of the seats, when a large theme was cut. `count`: houses
    gathered, tied or not; `open_pairs`: pairs to bring together here, of which `pairs` are the best.
    """

    overlap: float
    complementarity: float
    place: int | None
    theme: int | None
    area: int | None
    count: int
    open_pairs: int
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What narrows the list: an actor that must take part, themes and territories (keys), who counts.

    By default only actors of the territory; `everyone` adds partner-side actors and those from elsewhere.
    """

    around: int | None = None
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    everyone: bool = False


def convergences(
    snapshot: Snapshot, today: date, scope: Scope | None = None, *, top: int = TOP
) -> list[Convergence]:
    """The `top` best groups, best first. Raises UnknownRecord for a theme or territory nobody knows."""
    scope = scope or Scope()
    themes = tuple(find_theme(snapshot, key) for key in scope.themes)
    places = tuple(find_place(snapshot, key) for key in scope.territories)
    view = _View(snapshot, today, scope, themes, places)
    best: list[tuple[float, tuple[int, int, int], Gathering, Encounters]] = []
    for gathering, bound in view.gatherings():
        if len(best) >= top and bound < -best[top - 1][0]:
            break
        found = view.weighed(gathering)
        if found is not None:
            insort(best, (-group_score(found), gathering.key, gathering, found), key=lambda b: b[:2])
            del best[top:]
    return [view.group(gathering, found) for _, _, gathering, found in best]


def group_score(found: Encounters) -> float:
    """The score of a group: of its best pair, lifted by how many there are to bring together."""
    (a, b), *_ = found.best(1)
    size = int(found.open.any(axis=0).sum())
    best = float(found.score[a, b])
    return best + SIZE_BONUS * (1 - best) * (1 - 2 / size)


class _View:
    """One question on one day."""

    def __init__(
        self, snapshot: Snapshot, today: date, scope: Scope, themes: tuple[int, ...], places: tuple[int, ...]
    ) -> None:
        self.snapshot = snapshot
        self.standing = standing_on(snapshot, today)
        self.ground: Ground = ground_of(snapshot, self.standing)
        self.ease_cap, self.theme_cap = ease_cap(self.ground), theme_cap(self.ground)
        self.around = None if scope.around is None else int(self.standing.house[scope.around])
        own = self.standing.house == np.arange(snapshot.n)
        houses: B1 = (self.standing.alive & own) if scope.everyone else self.standing.local
        if themes:
            houses = houses & self._works_on(themes)
        self.asked_places = places
        parents = (snapshot.places.parent, snapshot.themes.parent)
        every_theme = np.ones(len(parents[1]), np.bool_)
        self.by_place = gather(self.standing.places, parents[0], houses, self.ground.foreign)
        self.by_theme = gather(self.standing.themes, parents[1], houses, every_theme)
        self.children = (children_of(parents[0]), children_of(parents[1]))
        self.asked_themes = {
            t for t in range(len(parents[1])) if set(snapshot.theme_ancestors(t)) & set(themes)
        }

    def gatherings(self) -> Iterator[tuple[Gathering, float]]:
        """All gatherings worth weighing, with a bound on their score, the highest bound first."""
        found = [g for p in np.flatnonzero(self.by_place.sizes() > 1).tolist() for g in self._at_place(p)]
        if not self.asked_places:
            themes = np.flatnonzero(self.by_theme.sizes() > 1).tolist()
            kept = [t for t in themes if not self.asked_themes or t in self.asked_themes]
            found += [g for t in kept for g in self._on_theme(t)]
        if self.around is not None:
            found = [g for g in found if self.around in g.houses]
        bounds = [(g, self._bound(g)) for g in found if len(g.houses) > 1]
        return iter(sorted(bounds, key=lambda pair: (-pair[1], pair[0].key)))

    def weighed(self, gathering: Gathering) -> Encounters | None:
        """The pairs of a gathering; None when all of it already cooperates."""
        chosen = self._chosen(gathering)
        children, gathered = self._inside(chosen)
        children = [child for child in children if gathered.ptr[child + 1] - gathered.ptr[child] > 1]
        inner = np.zeros((len(chosen.houses), max(len(children), 1)), np.bool_)
        for column, child in enumerate(children):
            inner[:, column] = np.isin(chosen.houses, gathered.of(child)[0])
        weigh, entry = (at_place, chosen.place) if chosen.place is not None else (on_theme, chosen.theme)
        if entry is None:
            return None
        found = weigh(self.ground, entry, chosen.houses, chosen.named, chosen.below, inner)
        if self.around is not None:
            row = chosen.houses == self.around
            found.open[:] &= row[:, None] | row[None, :]
        return found if found.open.any() else None

    def group(self, gathering: Gathering, found: Encounters) -> Convergence:
        """The group of a gathering, with what shows it."""
        snapshot, standing = self.snapshot, self.standing
        pairs = tuple(Pair.of(snapshot, standing, found, a, b) for a, b in found.best(MOST_PAIRS))
        themes = shared_themes(self.ground, found) if gathering.theme is None else (gathering.theme,)
        members = members_of(snapshot, standing, gathering, found, themes)
        open_pairs = int(np.triu(found.open, 1).sum())
        best = pairs[0]
        return Convergence(
            score=group_score(found),
            members=members,
            themes=themes,
            places=() if gathering.place is None else (gathering.place,),
            reasons=reasons_of(snapshot, standing, gathering, found, pairs, themes),
            overlap=best.overlap,
            complementarity=best.complementarity,
            place=gathering.place,
            theme=gathering.theme,
            area=gathering.area,
            count=len(gathering.houses),
            open_pairs=open_pairs,
            pairs=pairs,
        )

    def _at_place(self, place: int) -> Iterator[Gathering]:
        if self.asked_places and not self._asked(place):
            return
        whole = Gathering(place, None, None, *self.by_place.of(place))
        if len(whole.houses) <= MOST_WEIGHED:
            yield whole
            return
        for theme in np.flatnonzero(self.snapshot.themes.parent < 0).tolist():
            part = whole.only(np.isin(whole.houses, self.by_theme.of(theme)[0]), theme=theme)
            if len(part.houses) > 1:
                yield part

    def _on_theme(self, theme: int) -> Iterator[Gathering]:
        whole = Gathering(None, theme, None, *self.by_theme.of(theme))
        if len(whole.houses) <= MOST_WEIGHED:
            yield whole
            return
        areas = self._areas[whole.houses]
        for area in np.unique(areas[areas >= 0]).tolist():
            yield whole.only(areas == area, area=area)

    def _asked(self, place: int) -> bool:
        """Inside a place asked for, or containing one, below the country unless it is the one asked for."""
        chain = self.snapshot.ancestors(place)
        return any(
            asked in chain or (place in self.snapshot.ancestors(asked) and self.ground.level[place] > 0.5)
            for asked in self.asked_places
        )

    def _chosen(self, gathering: Gathering) -> Gathering:
        """The houses weighed: all, or the most surely present of a crowd."""
        if len(gathering.houses) <= MOST_WEIGHED:
            return gathering
        sure = np.maximum(gathering.named, gathering.below)
        themes = np.diff(self.standing.themes.ptr)[gathering.houses]
        kept = np.lexsort((gathering.houses, -themes, -sure))[:MOST_WEIGHED]
        mask = np.zeros(len(sure), np.bool_)
        mask[kept] = True
        if self.around is not None:
            mask |= gathering.houses == self.around
        return gathering.only(mask, theme=gathering.theme, area=gathering.area)

    def _bound(self, gathering: Gathering) -> float:
        """No pair of the gathering can score more, nor the group."""
        sure = np.sort(np.maximum(gathering.named, gathering.below))[-2]
        if gathering.place is not None:
            themes = float(np.sort(self.theme_cap[gathering.houses])[-2])
            overlap = PLACE * self.ground.level[gathering.place] * sure + THEME * themes
        else:
            overlap = THEME * self.ground.worth[gathering.theme or 0] * sure
        best = OVERLAP * overlap + COMPLEMENT * best_complement(self.ground, gathering.houses)
        best += EASE * float(np.sort(self.ease_cap[gathering.houses])[-2])
        best = min(1.0, best + STAKE * best_stake(self.ground, gathering.houses))
        return float(best + SIZE_BONUS * (1 - best))

    def _inside(self, gathering: Gathering) -> tuple[list[int], Gatherings]:
        if gathering.place is not None:
            return self.children[0][gathering.place], self.by_place
        return self.children[1][gathering.theme or 0], self.by_theme

    def _works_on(self, themes: tuple[int, ...]) -> B1:
        """Houses that work on one of these themes, or on something inside it."""
        at_work = self.standing.themes
        asked = [
            bool(set(self.snapshot.theme_ancestors(t)) & set(themes))
            for t in range(len(self.snapshot.themes.parent))
        ]
        found = np.zeros(self.snapshot.n, np.bool_)
        found[at_work.owners()[np.array(asked, np.bool_)[at_work.entry]]] = True
        return found

    @property
    def _areas(self) -> I32:
        """The intercommunality of each actor's seat, else the seat itself, else -1."""
        places, seat = self.snapshot.places, self.snapshot.actors.seat
        grouping = list(PlaceLevel).index(PlaceLevel.INTERCOMMUNALITY)
        parent = places.parent[seat]
        inside = (seat >= 0) & (parent >= 0) & (places.level[parent] == grouping)
        result: I32 = np.where(inside, parent, seat).astype(np.int32)
        return result
