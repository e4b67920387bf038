"""What the lists of the map offer: themes, places where actors sit, places where they act, years."""

from datetime import date
from typing import Any

import numpy as np

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.places import PlaceLevel
from graphsvc.domain.text import sort_key
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX, DAY_MIN
from web.kept import kept, kept_in_words
from web.named import place_name, topic_name

Entries = list[tuple[str, str]]
_PARTNER_TERRITORY = list(ActorKind).index(ActorKind.PARTNER_TERRITORY)


@kept_in_words
def choices(snapshot: Snapshot) -> dict[str, Any]:
    """`themes` by group as (id, label, [(id, label)]), `seats` and `territories` by level."""
    actors = snapshot.actors
    seats = _with_parents(snapshot, set(actors.seat[actors.seat >= 0].tolist()))
    there = actors.seat[(actors.kind == _PARTNER_TERRITORY) & (actors.seat >= 0)]
    acted = _with_parents(snapshot, {*actors.place_ids.tolist(), *there.tolist()})
    return {
        "themes": _themes(snapshot),
        "seats": _by_level(snapshot, {p for p in seats if snapshot.places.home[p]}),
        "territories": _by_level(snapshot, {p for p in acted if not snapshot.places.home[p]}),
    }


@kept
def documented_span(snapshot: Snapshot, today: date) -> tuple[int, int]:
    """First and last year a slider may show: from the first documented beginning to today."""
    days = np.r_[snapshot.relations.start, snapshot.relations.confirmed]
    known = days[(days > DAY_MIN) & (days < DAY_MAX) & (days <= today.toordinal())]
    first = date.fromordinal(int(known.min())).year if len(known) else today.year
    return max(1900, first), today.year


def _themes(snapshot: Snapshot) -> list[tuple[str, str, Entries]]:
    groups: dict[int, Entries] = {}
    for t, parent in enumerate(snapshot.themes.parent.tolist()):
        if parent >= 0:
            groups.setdefault(parent, []).append((snapshot.theme_ids[t], topic_name(snapshot.theme(t))))
    roots = [t for t, parent in enumerate(snapshot.themes.parent.tolist()) if parent < 0]
    found = [
        (snapshot.theme_ids[r], topic_name(snapshot.theme(r)), sorted(groups.get(r, []), key=_by_name))
        for r in roots
    ]
    return sorted(found, key=lambda g: sort_key(g[1]))


def _with_parents(snapshot: Snapshot, places: set[int]) -> set[int]:
    return {above for p in places for above in snapshot.ancestors(p)}


def _by_level(snapshot: Snapshot, places: set[int]) -> list[tuple[str, Entries]]:
    levels: dict[PlaceLevel, Entries] = {}
    for p in places:
        levels.setdefault(snapshot.place(p).level, []).append((snapshot.place_ids[p], _placed(snapshot, p)))
    return [(level.value, sorted(levels[level], key=_by_name)) for level in PlaceLevel if level in levels]


def _by_name(entry: tuple[str, str]) -> tuple[str, str, str]:
    return sort_key(entry[1])


def _placed(snapshot: Snapshot, p: int) -> str:
    """The name, with its country when it is abroad: there are two Kayes."""
    place, chain = snapshot.place(p), snapshot.ancestors(p)
    if len(chain) == 1 or snapshot.places.home[p]:
        return place_name(place)
    return f"{place.name} ({place_name(snapshot.place(chain[-1]))})"
