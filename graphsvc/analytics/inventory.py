"""Who could take part, commune by commune: actors of whose international activity nothing is known."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.analytics.structure import existing_actors
from graphsvc.domain.actors import INSTITUTIONS, ActorKind
from graphsvc.domain.places import PlaceLevel
from graphsvc.domain.text import sort_key
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import Perimeter

RELAYS = frozenset(
    {ActorKind.SOCIAL_VENUE, ActorKind.INSERTION_BODY, ActorKind.CULTURAL_ACTOR, ActorKind.SCHOOL}
)
_KINDS = list(ActorKind)
_TOWN = list(PlaceLevel).index(PlaceLevel.MUNICIPALITY)


@dataclass(frozen=True, slots=True)
class Commune:
    """A place of the territory, or None for actors of no known commune.

    `engaged` counts its engaged actors; `relays` are structures that could carry the network there (media
    libraries, leisure centres, missions locales, schools…), `others` what else could take part. The town
    hall and other institutions are in neither.
    """

    place: int | None
    engaged: int
    relays: tuple[int, ...]
    others: tuple[int, ...]


def inventory(snapshot: Snapshot, today: date) -> list[Commune]:
    """The communes that have an actor to recruit, those with the fewest engaged actors first, then by name;
    actors of no commune last. No alarm is meant: nothing is known of these actors, that is all.
    """
    columns = snapshot.actors
    inside = existing_actors(snapshot, today) & (columns.perimeter == Perimeter.INSIDE)
    inside &= columns.part_of < 0
    engaged: dict[int, int] = {}
    relays: dict[int, list[int]] = {}
    others: dict[int, list[int]] = {}
    for i in np.flatnonzero(inside).tolist():
        place, kind = _town(snapshot, i), _KINDS[int(columns.kind[i])]
        if columns.engaged[i]:
            engaged[place] = engaged.get(place, 0) + 1
        elif kind not in INSTITUTIONS:
            (relays if kind in RELAYS else others).setdefault(place, []).append(i)
    found = [
        Commune(
            place if place >= 0 else None,
            engaged.get(place, 0),
            _by_name(snapshot, relays.get(place, [])),
            _by_name(snapshot, others.get(place, [])),
        )
        for place in relays.keys() | others.keys()
    ]
    return sorted(found, key=lambda one: _order(snapshot, one))


def _order(snapshot: Snapshot, one: Commune) -> tuple[bool, int, tuple[str, str, str]]:
    name = sort_key("" if one.place is None else snapshot.place(one.place).name)
    return one.place is None, one.engaged, name


def _town(snapshot: Snapshot, i: int) -> int:
    seat = int(snapshot.actors.seat[i])
    return seat if seat >= 0 and int(snapshot.places.level[seat]) == _TOWN else -1


def _by_name(snapshot: Snapshot, indices: list[int]) -> tuple[int, ...]:
    return tuple(sorted(indices, key=lambda i: (sort_key(snapshot.name(i)), i)))
