"""What nobody answers: open needs without an offer, and partner places where nobody works on a theme.

A need is answered by an open offer of another actor that names one of its skills, or that is of its nature
and of its themes (when both name any). For each one that is not: who usually could, how many ask the same.

A theme is missing at a place when no actor of the territory is both at work there and on the theme. It counts
when something asks for it: an actor of the place works on it (0.5), an open need names it there (0.25), an
actor of the territory works on it elsewhere in the country (0.25). The score is the sum.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.domain.places import PlaceLevel, PlaceRole
from graphsvc.search import find_place, find_theme
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import I32, I64
from matcher.evidence.territories import place_facts
from matcher.evidence.themes import topic_facts
from matcher.groups.gatherings import gather
from matcher.groups.groups import GroupRole, Member
from matcher.groups.pool_cover import cover_of
from matcher.groups.pool_need import need_of_announcement
from matcher.groups.pool_reasons import brought
from matcher.places.standing import Standing, standing_on
from matcher.reasons import Reason

ASKED_BY_PARTNER, ASKED_BY_NEED, KNOWN_NEAR = 0.5, 0.25, 0.25
HELPERS = 3
ENOUGH = 0.3


@dataclass(frozen=True, slots=True)
class UnmetNeed:
    """An open need (its position) that no open offer answers; `similar`: others that ask the same."""

    announcement: int
    score: float
    similar: int
    helpers: tuple[Member, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class MissingTheme:
    """A theme nobody of the territory works on at a place, and who could: they work on it near there."""

    theme: int
    place: int
    score: float
    helpers: tuple[Member, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Actors of the territory at each place (row) on each theme of the first level (column)."""

    places: tuple[int, ...]
    themes: tuple[int, ...]
    counts: I64


def unmet_needs(snapshot: Snapshot, today: date, *, themes: tuple[str, ...] = ()) -> list[UnmetNeed]:
    """Open needs without an offer, those that many share first. Raises UnknownRecord for a theme."""
    asked = {find_theme(snapshot, key) for key in themes}
    standing = standing_on(snapshot, today)
    board = standing.index.board
    open_ = np.flatnonzero(board.open_on(standing.day)).tolist()
    records = {k: snapshot.announcement(k) for k in open_}
    offers = [r for r in records.values() if r.direction is Direction.OFFER and r.actor is not None]
    needs = {k: r for k, r in records.items() if r.direction is Direction.NEED}
    unmet = [k for k, need in needs.items() if not any(_answers(snapshot, offer, need) for offer in offers)]
    kept = [k for k in unmet if not asked or _on(snapshot, records[k], asked)]
    found = [_unmet(snapshot, standing, k, records) for k in kept]
    return sorted(found, key=lambda gap: (-gap.score, gap.announcement))


def missing_themes(
    snapshot: Snapshot,
    today: date,
    *,
    themes: tuple[str, ...] = (),
    territories: tuple[str, ...] = (),
) -> list[MissingTheme]:
    """Themes missing at partner places, the most asked for first. Raises UnknownRecord."""
    asked_themes = {find_theme(snapshot, key) for key in themes}
    asked_places = {find_place(snapshot, key) for key in territories}
    view = _Places(snapshot, standing_on(snapshot, today))
    found = [
        gap
        for place in view.rows
        if not asked_places or set(snapshot.ancestors(place)) & asked_places
        for theme in view.columns
        if not asked_themes or theme in {a for t in asked_themes for a in snapshot.theme_ancestors(t)}
        if (gap := view.missing(place, theme)) is not None
    ]
    return sorted(found, key=lambda gap: (-gap.score, gap.place, gap.theme))


def presence_grid(snapshot: Snapshot, today: date) -> Grid:
    """How many actors of the territory are at each partner place on each theme."""
    view = _Places(snapshot, standing_on(snapshot, today))
    counts = np.array([[len(view.here(p, t)) for t in view.columns] for p in view.rows], np.int64)
    return Grid(tuple(view.rows), tuple(view.columns), counts.reshape(len(view.rows), len(view.columns)))


def _answers(snapshot: Snapshot, offer: Announcement, need: Announcement) -> bool:
    if offer.actor == need.actor:
        return False
    if set(offer.skills) & set(need.skills):
        return True
    if offer.nature is not need.nature or need.nature is Nature.SKILL:
        return False
    if not offer.themes or not need.themes:
        return True
    return bool(_reach(snapshot, offer) & _reach(snapshot, need))


def _reach(snapshot: Snapshot, record: Announcement) -> set[int]:
    """Themes of an announcement with those around them."""
    positions = (snapshot.theme_index(key) for key in record.themes)
    return {a for t in positions if t is not None for a in snapshot.theme_ancestors(t)}


def _on(snapshot: Snapshot, record: Announcement, asked: set[int]) -> bool:
    return bool(_reach(snapshot, record) & asked)


def _unmet(snapshot: Snapshot, standing: Standing, k: int, records: dict[int, Announcement]) -> UnmetNeed:
    record = records[k]
    similar = sum(
        other.direction is Direction.NEED and j != k and _alike(snapshot, other, record)
        for j, other in records.items()
    )
    helpers = _usual_helpers(snapshot, standing, k)
    reasons = [Reason("need_unanswered", {"similar": similar, "nature": record.nature.value})]
    if not helpers:
        reasons.append(Reason("nobody_usual", {}))
    return UnmetNeed(k, 1 - 0.5 ** (1 + similar / 2), similar, helpers, tuple(reasons))


def _alike(snapshot: Snapshot, one: Announcement, other: Announcement) -> bool:
    """Whether two needs ask for a same skill, or the same nature of thing on a same theme."""
    if one.skills and other.skills:
        return bool(set(one.skills) & set(other.skills))
    return one.nature is other.nature and bool(_reach(snapshot, one) & _reach(snapshot, other))


def _usual_helpers(snapshot: Snapshot, standing: Standing, k: int) -> tuple[Member, ...]:
    """Who brings the most to the need, of the territory first when equal."""
    need = need_of_announcement(snapshot, k)
    own = (standing.house == np.arange(snapshot.n)) & standing.alive & snapshot.actors.engaged
    own[standing.index.elsewhere] = False
    own &= ~standing.index.away
    if need.asker is not None and standing.house[need.asker] >= 0:
        own[standing.house[need.asker]] = False
    houses = np.flatnonzero(own).astype(np.int32)
    cover = cover_of(snapshot, standing, need, houses)
    if not cover.items:
        return ()
    asking = (cover.shown >= 0) & ~standing.index.board.offer[np.maximum(cover.shown, 0)]
    worth = np.where(asking, 0.0, cover.values).mean(axis=1)  # who has the same need is no answer to it
    order = np.lexsort((houses, ~standing.local[houses], -worth))[:HELPERS]
    return tuple(
        Member(
            int(houses[row]), GroupRole.HELPER, tuple(brought(snapshot, standing, need, cover, int(row))[:2])
        )
        for row in order.tolist()
        if worth[row] >= ENOUGH
    )


class _Places:
    """Partner places (rows) and themes of the first level (columns), with who is at each."""

    def __init__(self, snapshot: Snapshot, standing: Standing) -> None:
        self.snapshot, self.standing = snapshot, standing
        own = (standing.house == np.arange(snapshot.n)) & standing.alive
        foreign = ~(standing.index.home | snapshot.places.home)
        parents = snapshot.places.parent, snapshot.themes.parent
        every = np.ones(len(parents[1]), np.bool_)
        self.at = gather(standing.places, parents[0], standing.local, foreign)
        self.theirs = gather(standing.places, parents[0], standing.index.away & own, foreign)
        self.on = gather(standing.themes, parents[1], standing.local, every)
        self.their_themes = gather(standing.themes, parents[1], standing.index.away & own, every)
        self.columns = np.flatnonzero(parents[1] < 0).tolist()
        self.rows = self._rows()
        self.asked = self._needs()

    def _rows(self) -> list[int]:
        """Partner places above the commune, and any place where both sides are at work; by country."""
        wanted = set()
        theirs = self.theirs.sizes()
        for p in np.flatnonzero((self.at.sizes() > 0) | (theirs > 0) | self.snapshot.places.partner).tolist():
            place = self.snapshot.place(p)
            wide = place.level is not PlaceLevel.MUNICIPALITY
            partner = place.role is PlaceRole.PARTNER and not self.standing.index.home[p]
            if (partner and wide) or (partner and theirs[p] > 1 and self.at.sizes()[p] > 1):
                wanted.add(p)
        return sorted(
            wanted, key=lambda p: [self.snapshot.place_ids[a] for a in self.snapshot.ancestors(p)][::-1]
        )

    def here(self, place: int, theme: int) -> I32:
        """Houses of the territory at the place and on the theme."""
        return np.intersect1d(self.at.of(place)[0], self.on.of(theme)[0]).astype(np.int32)

    def missing(self, place: int, theme: int) -> MissingTheme | None:
        """The gap of a cell; None when somebody is there or nothing asks for it."""
        if len(self.here(place, theme)):
            return None
        partners = np.intersect1d(self.theirs.of(place)[0], self.their_themes.of(theme)[0])
        needs = [k for k, (themes, places) in self.asked.items() if theme in themes and place in places]
        country = self.snapshot.ancestors(place)[-1]
        near = self.here(country, theme) if country != place else np.empty(0, np.int32)
        score = (
            ASKED_BY_PARTNER * bool(len(partners))
            + ASKED_BY_NEED * bool(needs)
            + KNOWN_NEAR * bool(len(near))
        )
        if not score:
            return None
        facts: dict[str, object] = {
            "theme": topic_facts(self.snapshot, theme),
            "place": place_facts(self.snapshot, place),
            "count": len(self.at.of(place)[0]),
        }
        reasons = [Reason("theme_missing", facts)]
        if len(partners):
            names = [_named(self.snapshot, int(i)) for i in partners[:3]]
            reasons.append(Reason("partner_works_on", {"partners": names, "count": len(partners)}))
        if needs:
            titles = [self.snapshot.announcement(k).title for k in needs[:2]]
            reasons.append(Reason("need_names_it", {"titles": titles, "count": len(needs)}))
        return MissingTheme(theme, place, score, self._helpers(near, theme, country), tuple(reasons))

    def _helpers(self, near: I32, theme: int, country: int) -> tuple[Member, ...]:
        shown = (
            Reason("on_themes", {"themes": [topic_facts(self.snapshot, theme)]}),
            Reason("acts_elsewhere", {"place": place_facts(self.snapshot, country)}),
        )
        return tuple(Member(int(house), GroupRole.HELPER, shown) for house in near[:HELPERS])

    def _needs(self) -> dict[int, tuple[set[int], set[int]]]:
        """Open needs that name a foreign place: their themes and places, with what contains them."""
        found = {}
        board = self.standing.index.board
        for k in np.flatnonzero(board.open_on(self.standing.day) & ~board.offer).tolist():
            record = self.snapshot.announcement(k)
            places = {
                a
                for key in record.territories
                if (p := self.snapshot.place_index(key)) is not None
                for a in self.snapshot.ancestors(p)
            }
            if places:
                found[k] = (_reach(self.snapshot, record), places)
        return found


def _named(snapshot: Snapshot, i: int) -> dict[str, object]:
    return {"id": snapshot.ids[i], "name": snapshot.name(i)}
