"""What a meeting is about, and who is on its topic: themes, territories of action, area of the seats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from graphsvc.search import find_place, find_theme
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1
from matcher.evidence.territories import place_facts
from matcher.evidence.themes import topic_facts
from matcher.evidence.ties import actor_facts
from matcher.places.standing import AtWork, Standing, known_on, known_since
from matcher.reasons import Reason

BROADER = 0.5
"""What knowing only the broader entry (the country, the first-level theme) counts."""
MOST_NAMED = 3


class Tier(IntEnum):
    """How much of the topic an actor is on, best first."""

    WHOLE = 0  # all that was asked
    PLACE = 1  # the territory, not the theme
    THEME = 2  # the theme, not the territory
    OFF = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """Positions of the themes, of the places where one acts (abroad), of the areas where one sits (home)."""

    themes: tuple[int, ...]
    places: tuple[int, ...]
    areas: tuple[int, ...]

    @property
    def open(self) -> bool:
        """Whether neither theme nor territory narrows the meeting."""
        return not self.themes and not self.places


@dataclass(frozen=True, slots=True)
class OnTopic:
    """How an actor is on the topic. `strength` in [0, 1]; `reasons` say on what, where and since when."""

    tier: Tier
    strength: float
    reasons: tuple[Reason, ...]


_Chain = Callable[[int], tuple[int, ...]]


OFF_TOPIC = OnTopic(Tier.OFF, 0.0, ())


@dataclass(frozen=True, slots=True)
class _Side:
    entries: tuple[int, ...]
    strength: float
    since: int
    confirmed: int
    via: int
    broader: bool


def read_topic(
    snapshot: Snapshot, themes: Sequence[str], territories: Sequence[str], areas: Sequence[str]
) -> Topic:
    """The topic of these keys. A territory at home, or that contains it, is an area of seats.

    Raises UnknownRecord (with the nearest) or AmbiguousName.
    """
    places = [find_place(snapshot, key) for key in territories]
    around = {a for p in np.flatnonzero(snapshot.places.home).tolist() for a in snapshot.ancestors(p)}
    return Topic(
        tuple(dict.fromkeys(find_theme(snapshot, key) for key in themes)),
        tuple(dict.fromkeys(p for p in places if p not in around)),
        tuple(
            dict.fromkeys([p for p in places if p in around] + [find_place(snapshot, key) for key in areas])
        ),
    )


def sits_in(snapshot: Snapshot, i: int, areas: Sequence[int]) -> bool:
    """Whether an actor's seat is in one of the areas; everybody is when there is none."""
    seat = int(snapshot.actors.seat[i])
    return not areas or (seat >= 0 and any(p in areas for p in snapshot.ancestors(seat)))


def houses_on_topic(snapshot: Snapshot, standing: Standing, topic: Topic) -> B1:
    """Which houses `on_topic` has something to say of, bool[n]; all when the topic is open."""
    found: B1 = np.full(snapshot.n, topic.open)
    for at_work, asked, chain in (
        (standing.themes, topic.themes, snapshot.theme_ancestors),
        (standing.places, topic.places, snapshot.ancestors),
    ):
        if asked:
            wanted = {a for entry in asked for a in chain(entry)}
            named = np.unique(at_work.entry)
            fits = [e in wanted or not set(asked).isdisjoint(chain(e)) for e in named.tolist()]
            found[at_work.owners()[np.isin(at_work.entry, named[np.array(fits, np.bool_)])]] = True
    return found


def on_topic(snapshot: Snapshot, standing: Standing, topic: Topic, i: int) -> OnTopic:
    """How house i is on the topic on the day."""
    work = _side(standing.themes, topic.themes, snapshot.theme_ancestors, i)
    there = _side(standing.places, topic.places, snapshot.ancestors, i)
    tier = _tier(topic, work is not None, there is not None)
    strengths = [side.strength for side in (work, there) if side is not None]
    reasons = []
    if there is not None:
        reasons.append(_told(snapshot, "acts_on_place", "places", place_facts, there))
    if work is not None:
        reasons.append(_told(snapshot, "works_on_theme", "themes", topic_facts, work))
    return OnTopic(tier, sum(strengths) / len(strengths) if strengths else 0.0, tuple(reasons))


def _tier(topic: Topic, works: bool, acts: bool) -> Tier:
    whole = (works or not topic.themes) and (acts or not topic.places)
    if whole:
        return Tier.WHOLE
    if acts and topic.places:
        return Tier.PLACE
    return Tier.THEME if works and topic.themes else Tier.OFF


def _side(at_work: AtWork, asked: tuple[int, ...], chain: _Chain, i: int) -> _Side | None:
    """What house i does of what was asked: entries inside it, else what contains it."""
    if not asked:
        return None
    above = {a for entry in asked for a in chain(entry)[1:]}
    span = at_work.span(i)
    found: list[tuple[bool, float, int, int]] = []
    for k in range(span.start, span.stop):
        entry, strength = int(at_work.entry[k]), float(at_work.strength[k])
        if set(chain(entry)) & set(asked):
            found.append((False, strength, entry, k))
        elif entry in above:
            found.append((True, BROADER * strength, entry, k))
    if not found:
        return None
    found.sort(key=lambda f: (-f[1], f[2]))
    rows = [k for broader, _, _, k in found if broader == found[0][0]]
    return _Side(
        tuple(int(at_work.entry[k]) for k in rows),
        found[0][1],
        min(int(at_work.since[k]) for k in rows),
        max(int(at_work.confirmed[k]) for k in rows),
        int(at_work.via[found[0][3]]),
        found[0][0],
    )


def _told(
    snapshot: Snapshot,
    code: str,
    key: str,
    facts_of: Callable[[Snapshot, int], dict[str, object]],
    side: _Side,
) -> Reason:
    facts: dict[str, object] = {
        key: [facts_of(snapshot, entry) for entry in side.entries[:MOST_NAMED]],
        "count": len(side.entries),
        "since": known_since(side.since),
        "confirmed": known_on(side.confirmed),
        "broader": side.broader,
        "via": None if side.via < 0 else actor_facts(snapshot, side.via),
    }
    return Reason(code, facts)
