"""Who is at work where and on what, computed again from the records, in plain Python."""

from collections import defaultdict
from datetime import date

from graphsvc.domain.actors import PARTNER_SIDE, Actor
from graphsvc.domain.links import CLASS_OF, Link, LinkClass
from graphsvc.domain.liveness import live_interval
from graphsvc.domain.projects import Project
from graphsvc.domain.records import Record
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import Perimeter
from tests.matcher.networks import PLACES, THEMES

PARENT = {p.id: p.parent for p in PLACES} | {t.id: t.parent for t in THEMES}
FOREIGN = {"ML", "ML-1", "ML-kayes", "ML-nioro", "SN", "SN-DK"}
AT_HOME = {p.id for p in PLACES} - FOREIGN
EVERY_THEME = {t.id for t in THEMES}
STRENGTH = {LinkClass.COOPERATION: 1.0, LinkClass.RESOURCE: 0.4}
Entries = dict[str, dict[str, float]]


def chain(key: str) -> list[str]:
    """An entry, then what contains it."""
    found = [key]
    while (above := PARENT[found[-1]]) is not None:
        found.append(above)
    return found


def reached(entries: dict[str, float], of: set[str]) -> set[str]:
    """The entries of a kind, with what contains them."""
    return {a for e in entries if e in of for a in chain(e)} & of


class World:
    """The living actors of a day, what each works on and where it acts, and who runs whom."""

    def __init__(self, records: list[Record], day: date) -> None:
        self.day = day
        self.actors = {r.id: r for r in records if isinstance(r, Actor) and self.lives(r)}
        self.away = {
            a.id
            for a in self.actors.values()
            if a.seat and (a.kind in PARTNER_SIDE or a.seat in ("ML-kayes", "SN-DK"))
        }
        self.themes: Entries = defaultdict(dict)
        self.places: Entries = defaultdict(dict)
        self.bound: set[frozenset[str]] = set()
        for a in self.actors.values():
            self._declare(a)
        for r in records:
            if isinstance(r, (Link, Project)) and live_interval(
                r.state, r.start, r.end, r.confirmed_on
            ).covers(day):
                self._show(r)

    def lives(self, a: Actor) -> bool:
        """Whether it exists on the day."""
        return a.ended is None or a.ended.last_day >= self.day

    def ours(self, snapshot: Snapshot) -> list[str]:
        """The actors of the territory."""
        return sorted(a.id for a in self.actors.values() if self._local(snapshot, a))

    def _local(self, snapshot: Snapshot, a: Actor) -> bool:
        perimeter = snapshot.actors.perimeter[snapshot.ids.index(a.id)]
        answers = set(a.territories) & (AT_HOME - {"FR"})
        elsewhere = a.id in self.away or perimeter == Perimeter.PARTNER
        return bool(perimeter == Perimeter.INSIDE or (answers and not elsewhere))

    def _declare(self, a: Actor) -> None:
        _add(self.themes, a.id, a.themes, 0.8)
        _add(self.places, a.id, a.territories, 0.8)
        if a.id in self.away and a.seat:
            _add(self.places, a.id, (a.seat,), 1.0)

    def _show(self, r: Link | Project) -> None:
        ends = [r.actor_a, r.actor_b] if isinstance(r, Link) else [p.actor for p in r.participations]
        kind = CLASS_OF[r.kind] if isinstance(r, Link) else LinkClass.COOPERATION
        if kind is LinkClass.STRUCTURAL:
            self.bound.add(frozenset(ends))
        for key in ends if kind in STRENGTH else ():
            if key in self.actors:
                _add(self.themes, key, r.themes, STRENGTH[kind])
                if self.actors[key].kind not in PARTNER_SIDE:
                    _add(self.places, key, r.territories, STRENGTH[kind])
        if kind is LinkClass.COOPERATION:
            for one, other in ((a, b) for a in ends for b in ends if a != b):
                if {one, other} <= set(self.actors) and other in self.away and one not in self.away:
                    _add(self.places, one, (self.actors[other].seat or "",), 0.9)


def _add(to: Entries, key: str, entries: tuple[str, ...], strength: float) -> None:
    for entry in entries:
        to[key][entry] = max(to[key].get(entry, 0.0), strength)
