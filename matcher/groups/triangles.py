"""Triangles: an actor of the territory, an actor of a partner territory, and a third with what they lack.

The third may be of the territory, from elsewhere in the country or of another partner territory: a
South-South pair counts as much, and so does one that a third from here completes. Score, in [0, 1]:
    strength of the base x (0.55 what the third brings + 0.3 its presence there + 0.15 ease)
- brings: the best of the themes the base lacks (its worth x how sure the third works on it), or of the open
  needs of the two (mean of what it brings to the skills and means asked for, as in pooling groups);
- presence: the level of the narrowest place around the partner where it acts (commune or cercle 1, region
  0.8, country 0.5); another partner-side actor has at least that of a country;
- ease: 1 when it cooperates with one of the two already. Who cooperates with both is left out.
A third brings 0.25 at least, and is present or known to one of them.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64
from matcher.groups.gatherings import gather
from matcher.groups.groups import Group
from matcher.groups.pool_cover import cover_of
from matcher.groups.pool_need import PoolNeed, need_of_announcement
from matcher.groups.triangle_bases import Base, bases_of
from matcher.groups.triangle_reasons import Brought, members_of, reasons_of
from matcher.meetings.encounters import LEVEL
from matcher.places.standing import Standing, standing_on

TOP = 20
BRINGS, PRESENCE, EASE = 0.55, 0.3, 0.15
ENOUGH = 0.25
PEER_PRESENCE = 0.5
MOST_BASES = 2000
"""Bases weighed when nobody is asked for in particular: those that have most to complete."""
THIRDS_OF_ONE = 3
"""Thirds weighed for each base."""
SEEN = 3
"""How often one actor may be the third, or the territory's side, in a list for everybody."""


@dataclass(frozen=True, slots=True)
class Triangle(Group):
    """Three members: the territory's side (or a peer), the partner, the third.

    `tied`: the first two cooperate today.
    """

    tied: bool


def triangles(
    snapshot: Snapshot, today: date, *, around: int | None = None, top: int = TOP
) -> list[Triangle]:
    """The `top` best triangles, best first; `around`: an actor that must be one of the three."""
    view = _View(snapshot, standing_on(snapshot, today))
    house = None if around is None else int(view.standing.house[around])
    found = [t for base in view.bases(house) for t in view.completed(base, house)]
    found.sort(key=lambda t: (-t.score, [m.index for m in t.members]))
    return found[:top] if house is not None else _varied(found, top)


def _varied(found: list[Triangle], top: int) -> list[Triangle]:
    """No actor everywhere: each base once, each first side and each third a few times."""
    seen: dict[tuple[str, int], int] = {}
    bases: set[tuple[int, int]] = set()
    kept: list[Triangle] = []
    for triangle in found:
        first, partner, third = (m.index for m in triangle.members)
        keys = (("side", first), ("third", third), ("partner", partner))
        if (first, partner) in bases or any(seen.get(k, 0) >= SEEN for k in keys):
            continue
        bases.add((first, partner))
        for key in keys:
            seen[key] = seen.get(key, 0) + 1
        kept.append(triangle)
        if len(kept) == top:
            break
    return kept


class _View:
    """One day's network, and what is asked of it again and again."""

    def __init__(self, snapshot: Snapshot, standing: Standing) -> None:
        self.snapshot, self.standing = snapshot, standing
        own = standing.house == np.arange(snapshot.n)
        self.houses: B1 = standing.alive & own & snapshot.actors.engaged
        self.houses[standing.index.elsewhere] = False
        foreign = ~(standing.index.home | snapshot.places.home)
        everything = np.ones(len(snapshot.themes.parent), np.bool_)
        self.at_places = gather(standing.places, snapshot.places.parent, self.houses, foreign)
        self.on_themes = gather(standing.themes, snapshot.themes.parent, self.houses, everything)
        levels = np.array([snapshot.place(p).level for p in range(len(snapshot.place_ids))])
        self.level = np.array([LEVEL.get(level, 1.0) for level in levels]) * foreign
        self._needs: dict[int, F64] = {}
        self._presence: dict[int, F64] = {}

    def bases(self, house: int | None) -> list[Base]:
        """The bases to complete: those of a house first of all, else the most promising of all."""
        partners = np.flatnonzero(self.standing.index.away & self.houses).tolist()
        found = list(bases_of(self.snapshot, self.standing, self.at_places, self.level, partners))
        own = [base for base in found if house in (base.one, base.partner)]
        found.sort(key=lambda base: (-base.promise, base.one, base.partner))
        rest = found[:MOST_BASES]
        return rest if house is None else [*own, *(b for b in rest if house not in (b.one, b.partner))]

    def completed(self, base: Base, house: int | None) -> list[Triangle]:
        """The best thirds of a base; when a house is asked for and not in the base, only that one."""
        brings = self._brings(base)
        presence = self._present(base.partner)
        ties = self.standing.circle[[base.one, base.partner]].toarray() > 0
        ease = ties.any(axis=0)
        able = (brings >= ENOUGH) & self.houses & ~ties.all(axis=0) & ((presence > 0) | ease)
        able[[base.one, base.partner]] = False
        if not self.standing.local[base.one]:
            able &= ~self.standing.index.away
        if house is not None and house not in (base.one, base.partner):
            able &= np.arange(len(able)) == house
        score = base.strength * (BRINGS * brings + PRESENCE * presence + EASE * ease)
        chosen = np.flatnonzero(able)
        order = chosen[np.lexsort((chosen, -score[chosen]))][:THIRDS_OF_ONE]
        return [self._triangle(base, int(third), float(score[third])) for third in order]

    def _triangle(self, base: Base, third: int, score: float) -> Triangle:
        brought = self._what(base, third)
        members = members_of(self.snapshot, self.standing, base, third, brought)
        themes = brought.themes or tuple(sorted(base.themes, key=lambda t: (-base.themes[t], t))[:3])
        return Triangle(
            score=score,
            members=members,
            themes=themes,
            places=(base.place,) if base.place >= 0 else (),
            reasons=reasons_of(self.snapshot, self.standing, base, third, brought),
            tied=base.tied,
        )

    def _brings(self, base: Base) -> F64:
        """What each actor brings to what the base lacks, float64[n]."""
        best = np.zeros(self.snapshot.n)
        for theme, worth in base.themes.items():
            houses, named, below = self.on_themes.of(theme)
            np.maximum.at(best, houses, worth * np.maximum(named, below))
        for k in base.needs:
            best = np.maximum(best, self._answers(k))
        return best

    def _answers(self, k: int) -> F64:
        """What each actor brings to the skills and means of a need."""
        if k not in self._needs:
            need = _precise(need_of_announcement(self.snapshot, k))
            values = np.zeros(self.snapshot.n)
            if need.items():
                everybody = np.arange(self.snapshot.n, dtype=np.int32)
                values = cover_of(self.snapshot, self.standing, need, everybody).values.mean(axis=1)
            self._needs[k] = values
        return self._needs[k]

    def _present(self, partner: int) -> F64:
        seat = int(self.snapshot.actors.seat[partner])
        if seat not in self._presence:
            presence = np.where(self.standing.index.away, PEER_PRESENCE, 0.0)
            for place in self.snapshot.ancestors(seat) if seat >= 0 else ():
                houses = self.at_places.of(place)[0]
                presence[houses] = np.maximum(presence[houses], self.level[place])
            self._presence[seat] = presence
        return self._presence[seat]

    def _what(self, base: Base, third: int) -> Brought:
        own = self.standing.themes.of(third)
        inside = {a for t in own for a in self.snapshot.theme_ancestors(t)}
        themes = sorted((t for t in base.themes if t in inside), key=lambda t: (-base.themes[t], t))
        needs = [k for k in base.needs if self._answers(k)[third] >= ENOUGH]
        return Brought(tuple(themes[:3]), tuple(needs[:1]))


def _precise(need: PoolNeed) -> PoolNeed:
    """Only the skills and means: where and on what is weighed apart."""
    return PoolNeed(need.nature, need.announcement, need.asker, need.skills)
