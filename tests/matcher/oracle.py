"""Each signal computed a second time from the records, in plain Python, from the formulas of
docs/matcher.md.
"""

import math
import re
from collections import Counter
from datetime import date

from graphsvc.domain.actors import PARTNER_SIDE, Actor, ActorKind
from graphsvc.domain.links import CLASS_OF, Link, LinkClass, State
from graphsvc.domain.projects import ParticipationRole
from graphsvc.snapshot import Snapshot
from matcher.stemming import stems_of

UNREAL = (State.PLANNED, State.ATTEMPTED, State.RETRACTED)
Vector = dict[str, float]


class Oracle:
    """The signals of a snapshot for one actor asking, by id."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.actors: dict[str, Actor] = {snapshot.ids[i]: snapshot.actor(i) for i in range(snapshot.n)}
        self.links = [snapshot.link(k) for k in range(len(snapshot.link_ids))]
        self.projects = [snapshot.project(k) for k in range(len(snapshot.project_ids))]
        self.places = {key: snapshot.place(k) for k, key in enumerate(snapshot.place_ids)}
        self.themes = {key: snapshot.theme(k) for k, key in enumerate(snapshot.theme_ids)}

    def theme_score(self, one: str, other: str) -> float:
        parents = {t: theme.parent for t, theme in self.themes.items()}
        return self._hierarchical({key: self.works_on(key) for key in self.actors}, parents, {}, one, other)

    def territory_score(self, one: str, other: str) -> float:
        parents = {p: place.parent for p, place in self.places.items()}
        damped = {"ML": 0.6, "SN": 0.6, "ML-1": 0.8, "SN-DK": 0.8}
        damped |= dict.fromkeys(("FR", "FR-91", "GPS", "91228", "91174", "91223", "91477"), 0.1)
        return self._hierarchical(
            {key: self.acts_in(key) for key in self.actors}, parents, damped, one, other
        )

    def works_on(self, key: str) -> Vector:
        found = dict.fromkeys(self.actors[key].themes, 1.0)
        for themes, weight in self._shown(key, "themes"):
            for theme in themes:
                found[theme] = max(found.get(theme, 0.0), weight)
        return found

    def acts_in(self, key: str) -> Vector:
        found = dict.fromkeys(self.actors[key].territories, 1.0)
        shown = self._shown(key, "territories") if self.actors[key].kind not in PARTNER_SIDE else []
        for places, weight in shown:
            for place in places:
                found[place] = max(found.get(place, 0.0), weight)
        seat = self.actors[key].seat
        if self.abroad(key):
            found[str(seat)] = 1.0
            return found
        for partner in self.partners(key):
            if self.abroad(partner):
                there = str(self.actors[partner].seat)
                found[there] = max(found.get(there, 0.0), 0.7)
        return found

    def abroad(self, key: str) -> bool:
        actor = self.actors[key]
        if actor.seat is None:
            return False
        return actor.kind in PARTNER_SIDE or not actor.seat.startswith("9")

    def partners(self, key: str) -> dict[str, float]:
        """Documented partners and the freshness of each tie."""
        days = self._tie_days()
        if not days:
            return {}
        latest = max(days.values())
        return {
            next(iter(pair - {key})): 2 ** (-(latest - day) / 3652.5)
            for pair, day in days.items()
            if key in pair
        }

    def ties_score(self, one: str, other: str) -> float:
        mine, theirs = self.partners(one), self.partners(other)
        worth = {z: 1 / math.log(1 + max(len(self.partners(z)), 1)) for z in mine}
        total = sum(mine[z] * worth[z] for z in mine)
        return sum(mine[z] * worth[z] * theirs[z] for z in mine if z in theirs) / (total + 1) if mine else 0.0

    def walk_graph(self) -> list[tuple[str, str]]:
        return [tuple(sorted(pair)) for pair in self._tie_days()]  # type: ignore[misc]

    def purpose_score(self, one: str, other: str) -> float:
        phrases = {
            (t, frozenset(stems_of(text)))
            for t, theme in self.themes.items()
            for text in (theme.label, *theme.synonyms)
            if stems_of(text)
        }
        vocabulary = {word for _, phrase in phrases for word in phrase}
        bags: dict[str, Counter[str]] = {}
        for key, actor in self.actors.items():
            named, says = stems_of(actor.name), stems_of(actor.purpose or "")
            if actor.kind in (ActorKind.COMMUNE, ActorKind.INTERCOMMUNALITY):  # named after a place
                name = re.compile(rf"(?<!\S){re.escape(' '.join(named) or '-')}(?!\S)")
                bags[key] = Counter(name.sub(" ", " ".join(says)).split())
            else:
                bags[key] = Counter(named + says)
            for theme in {theme for theme, phrase in phrases if phrase <= set(bags[key])}:
                bags[key][f"theme:{theme}"] = 1
        filled = max(sum(1 for bag in bags.values() if bag), 1)
        having = Counter(word for bag in bags.values() for word in bag)
        home = {
            s for p in self.places.values() if p.id[0] in "9G" or p.id == "FR-91" for s in stems_of(p.name)
        }
        idf = {
            w: math.log1p(filled / n) / math.log1p(filled)
            for w, n in having.items()
            if w not in home - vocabulary
        }
        shrink = 4 * sum(v * v for v in idf.values()) / len(idf) if idf else 1.0

        def vector(bag: Counter[str]) -> Vector:
            raw = {w: (1 + math.log(n)) * idf[w] for w, n in bag.items() if w in idf}
            norm = math.sqrt(sum(v * v for v in raw.values()) + shrink)
            return {w: v / norm for w, v in raw.items()}

        asked, told = vector(bags[one]), vector(bags[other])
        length = math.sqrt(_dot(told, told))
        return _dot(asked, told) / max(math.sqrt(1 + length), length)

    def proximity_score(self, one: str, other: str) -> float:
        if self.abroad(one) or self.abroad(other):
            return 0.0
        seats = [self.actors[k].seat for k in (one, other)]
        if None in seats:
            return 0.0
        (a, b) = (self.places[str(s)] for s in seats)
        km = _haversine(a.latitude or 0, a.longitude or 0, b.latitude or 0, b.longitude or 0)
        return math.exp(-km / 15) if km <= 60 else 0.0

    def freshness_score(self, key: str, today: date) -> float:
        confirmed = self.actors[key].confirmed_on
        if confirmed is None:
            return 0.0
        years = math.floor((today - confirmed.last_day).days / 365.25)
        return float(2 ** (-min(max(years, 0), 40) / 5))

    def _tie_days(self) -> dict[frozenset[str], int]:
        """Last documented day of each pair that ever cooperated; the oldest known for pairs that say
        nothing.
        """
        rows: list[tuple[frozenset[str], int | None]] = []
        rows += [
            (frozenset((link.actor_a, link.actor_b)), _last_day(link))
            for link in self.links
            if CLASS_OF[link.kind] is LinkClass.COOPERATION and link.state not in UNREAL
        ]
        for project in self.projects:
            peers = [p.actor for p in project.participations if p.role is not ParticipationRole.FUNDER]
            rows += [(frozenset((a, b)), None) for a in peers for b in peers if a < b]
        known = [day for _, day in rows if day is not None]
        oldest = min(known) if known else 1
        days: dict[frozenset[str], int] = {}
        for pair, day in rows:
            days[pair] = max(days.get(pair, 0), oldest if day is None else day)
        return days

    def _shown(self, key: str, field: str) -> list[tuple[tuple[str, ...], float]]:
        weights = {LinkClass.COOPERATION: 0.7, LinkClass.RESOURCE: 0.4}
        shown = [
            (getattr(link, field), weights[CLASS_OF[link.kind]])
            for link in self.links
            if key in (link.actor_a, link.actor_b)
            and CLASS_OF[link.kind] in weights
            and link.state not in UNREAL
        ]
        shown += [
            (getattr(p, field), 0.7) for p in self.projects if any(x.actor == key for x in p.participations)
        ]
        return shown

    def _hierarchical(
        self,
        profiles: dict[str, Vector],
        parents: dict[str, str | None],
        damped: Vector,
        one: str,
        other: str,
    ) -> float:
        closed = {key: _closed(profile, parents) for key, profile in profiles.items()}
        filled = max(sum(1 for c in closed.values() if c), 1)
        having = Counter(entry for c in closed.values() for entry in c)
        worth = {
            e: math.log1p(filled / n) / math.log1p(filled) * damped.get(e, 1.0) for e, n in having.items()
        }

        def vector(key: str) -> Vector:
            norm = math.sqrt(sum(worth[e] ** 2 for e in closed[key]) + 1.0)
            return {e: v * worth[e] / norm for e, v in closed[key].items()}

        return _dot(vector(one), vector(other))


def _closed(profile: Vector, parents: dict[str, str | None]) -> Vector:
    found: Vector = {}
    for entry, weight in profile.items():
        at: str | None = entry
        while at is not None:
            found[at] = max(found.get(at, 0.0), weight)
            at = parents[at]
    return found


def _dot(one: Vector, other: Vector) -> float:
    return sum(v * other[w] for w, v in one.items() if w in other)


def _last_day(link: Link) -> int | None:
    days = [link.start.first_day] if link.start else []
    days += [d.last_day for d in (link.end, link.confirmed_on) if d is not None]
    return max(days).toordinal() if days else None


def _haversine(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    p, q = math.radians(lat1), math.radians(lat2)
    a = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(a))
