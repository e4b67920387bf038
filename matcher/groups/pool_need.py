"""What a group is to cover together: a skill, means of some nature, themes, a destination."""

from dataclasses import dataclass, replace
from enum import StrEnum

from graphsvc.domain.announcements import Direction, Nature
from graphsvc.search import find_place, find_theme
from graphsvc.snapshot import Snapshot
from matcher.evidence.complementarity import POOLED


class Asked(StrEnum):
    """The kinds of thing a need asks for."""

    SKILL = "skill"
    MEANS = "means"
    THEME = "theme"
    PLACE = "place"


WEIGHT = {Asked.SKILL: 3.0, Asked.MEANS: 3.0, Asked.THEME: 2.0, Asked.PLACE: 2.0}
LOCAL = frozenset({Nature.PREMISES, Nature.EVENT, Nature.EQUIPMENT, Nature.TRAINING, Nature.VOLUNTEER})
"""Natures that are shared among neighbours rather than among those who go to one place."""
GOING = frozenset({Nature.TRANSPORT, Nature.SHARED_MISSION, Nature.INTERNSHIP})
"""Natures that are shared by those who go to one place, also where the need names none."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked for: a position among skills, themes or places, or the nature of the means."""

    kind: Asked
    position: int = -1
    nature: Nature | None = None


@dataclass(frozen=True, slots=True)
class PoolNeed:
    """A need to pool. `asker` is an actor or None (a recorded need nobody has adopted).

    `places` are destinations; `at_home`: it is to be met on the territory itself. `offered`: the asker has
    what is to be shared, and looks for those who would use it too.
    """

    nature: Nature
    announcement: int | None = None
    asker: int | None = None
    skills: tuple[int, ...] = ()
    themes: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    at_home: bool = False
    offered: bool = False

    def items(self) -> tuple[Item, ...]:
        """Everything asked for, in a fixed order."""
        found = [Item(Asked.SKILL, s) for s in self.skills]
        if self.nature not in (Nature.COOPERATE, Nature.SKILL):
            found.append(Item(Asked.MEANS, nature=self.nature))
        found += [Item(Asked.THEME, t) for t in self.themes]
        return (*found, *(Item(Asked.PLACE, p) for p in self.places))

    @property
    def shared(self) -> bool:
        """Whether having the same need is itself a reason to join: it is met together."""
        return self.offered or self.nature in POOLED or self.nature is Nature.COOPERATE


def need_of_announcement(snapshot: Snapshot, k: int) -> PoolNeed:
    """The need an announcement states; for an offer, what it would be shared for."""
    record = snapshot.announcement(k)
    found = (
        [p for key in keys if (p := position(key)) is not None]
        for keys, position in (
            (record.skills, snapshot.skill_index),
            (record.themes, snapshot.theme_index),
            (record.territories, snapshot.place_index),
        )
    )
    skills, themes, places = (tuple(positions) for positions in found)
    away = tuple(p for p in places if not snapshot.places.home[p])
    owner = snapshot.index(record.actor) if record.actor is not None else None
    at_home = bool(places) and not away
    offered = record.direction is Direction.OFFER
    return PoolNeed(record.nature, k, owner, skills, themes, away, at_home, offered)


def narrowed(
    snapshot: Snapshot,
    need: PoolNeed,
    *,
    themes: tuple[str, ...] = (),
    territories: tuple[str, ...] = (),
    asker: int | None = None,
) -> PoolNeed:
    """The need with what the reader adds: themes, a destination, who asks.

    Raises UnknownRecord for a theme or territory nobody knows, with the nearest.
    """
    added = tuple(find_theme(snapshot, key) for key in themes)
    places = tuple(find_place(snapshot, key) for key in territories)
    return replace(
        need,
        themes=tuple(dict.fromkeys((*need.themes, *added))),
        places=places or need.places,
        at_home=need.at_home and not places,
        asker=need.asker if asker is None else asker,
    )
