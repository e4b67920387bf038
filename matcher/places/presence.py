"""Who is at work where, and on what, from when to when: the dated side of a profile.

An entry says that an actor works on a theme or acts in a place. It comes from its own record, from a
cooperation, agreement or project that names the place or theme, from a partner's seat, or from money only.
Its period is the one the source documents, by the rule of liveness (graphsvc/domain/liveness.py).
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphsvc.domain.actors import PARTNER_SIDE, ActorKind
from graphsvc.domain.agreements import Agreement
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import CLASS_OF, Link, LinkClass
from graphsvc.domain.liveness import NEVER, LiveInterval, live_interval
from graphsvc.domain.projects import ParticipationRole, Project
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX, DAY_MIN, F32, I32
from matcher.index import build_index
from matcher.profiles import documented

SHOWN, DECLARED, SEATED, MEANS = 1.0, 0.8, 0.9, 0.4
"""How sure it is: a live cooperation names it; the record says so; a live partner sits there; money only."""
_STRENGTH = {LinkClass.COOPERATION: SHOWN, LinkClass.RESOURCE: MEANS}
_KINDS = list(ActorKind)


@dataclass(frozen=True, slots=True)
class Entries:
    """One row per (actor, entry) and source, in no order. `first`/`last`: live days of the source, not cut at
    the end of the actor. `since`: documented start or DAY_MAX; `confirmed`: last confirmation or DAY_MIN.
    """

    owner: I32
    entry: I32
    strength: F32
    first: I32
    last: I32
    since: I32
    confirmed: I32


@dataclass(frozen=True, slots=True)
class Presence:
    """What every actor works on (entries are theme positions) and where it acts (place positions)."""

    themes: Entries
    places: Entries


@dataclass(frozen=True, slots=True)
class _When:
    live: LiveInterval
    start: PartialDate | None
    confirmed: PartialDate | None


_Dated = Link | Agreement | Project
_Part = tuple[str, float, _When]


def read_presence(snapshot: Snapshot) -> Presence:
    """All entries of a snapshot. No date is inside."""
    columns = snapshot.actors
    themes, places = _Growing(snapshot.theme_ids), _Growing(snapshot.place_ids)
    themes.add_declared(columns.theme_ptr, columns.theme_ids, columns.confirmed)
    places.add_declared(columns.place_ptr, columns.place_ids, columns.confirmed)
    there = frozenset(k for k, kind in enumerate(_KINDS) if kind in PARTNER_SIDE)
    for record, parts in _records(snapshot):
        for actor, strength, when in parts:
            i = snapshot.index(actor)
            if i is None or when.live is NEVER:
                continue
            themes.add(i, record.themes, strength, when)
            if int(columns.kind[i]) not in there:  # a cercle party to a convention does not act in the others
                places.add(i, record.territories, strength, when)
    _add_seats(snapshot, places)
    return Presence(themes.entries(), places.entries())


def _records(snapshot: Snapshot) -> Iterator[tuple[_Dated, list[_Part]]]:
    for k in range(len(snapshot.link_ids)):
        link = snapshot.link(k)
        strength = _STRENGTH.get(link.link_class)
        if strength and (link.themes or link.territories):
            yield link, [(actor, strength, _when(link)) for actor in (link.actor_a, link.actor_b)]
    for k in range(len(snapshot.agreement_ids)):
        agreement = snapshot.agreement(k)
        strength = _STRENGTH.get(CLASS_OF[agreement.kind])
        if strength:
            yield agreement, [(party.actor, strength, _when(agreement)) for party in agreement.parties]
    for k in range(len(snapshot.project_ids)):
        project = snapshot.project(k)
        yield project, list(_participations(project))


def _participations(project: Project) -> Iterable[_Part]:
    whole = _when(project)
    for part in project.participations:
        own = live_interval(project.state, part.start, part.end, project.confirmed_on)
        live = whole.live & own if part.start or part.end else whole.live
        strength = MEANS if part.role is ParticipationRole.FUNDER else SHOWN
        yield part.actor, strength, _When(live, part.start or project.start, project.confirmed_on)


def _when(record: _Dated) -> _When:
    live = live_interval(record.state, record.start, record.end, record.confirmed_on)
    return _When(live, record.start, record.confirmed_on)


def _add_seats(snapshot: Snapshot, places: "_Growing") -> None:
    """Whoever cooperates with an actor abroad acts where that actor sits; and so does that actor."""
    relations, away = snapshot.relations, build_index(snapshot).away
    seat = snapshot.actors.seat
    for row in np.flatnonzero(documented(snapshot) & (relations.first <= relations.last)).tolist():
        for here, there in ((relations.a[row], relations.b[row]), (relations.b[row], relations.a[row])):
            if away[there] and not away[here]:
                since = int(relations.start[row]) if relations.start[row] > DAY_MIN else DAY_MAX
                days = (int(relations.first[row]), int(relations.last[row]), since)
                places.add_row(int(here), int(seat[there]), SEATED, *days, int(relations.confirmed[row]))
    for i in np.flatnonzero(away).tolist():
        confirmed = int(snapshot.actors.confirmed[i])
        places.add_row(i, int(seat[i]), SHOWN, DAY_MIN, DAY_MAX, DAY_MAX, confirmed)


class _Growing:
    """Rows being collected."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._at = {key: position for position, key in enumerate(keys)}
        self._columns = {
            name: array("q") for name in ("owner", "entry", "first", "last", "since", "confirmed")
        }
        self._strength = array("d")

    def add_row(
        self, owner: int, entry: int, strength: float, first: int, last: int, since: int, confirmed: int
    ) -> None:
        """Add one row."""
        self._strength.append(strength)
        for name, value in zip(self._columns, (owner, entry, first, last, since, confirmed), strict=True):
            self._columns[name].append(value)

    def add(self, owner: int, keys: Sequence[str], strength: float, when: _When) -> None:
        """Add the entries of these keys."""
        since = when.start.first_day.toordinal() if when.start else DAY_MAX
        confirmed = when.confirmed.last_day.toordinal() if when.confirmed else DAY_MIN
        first, last = when.live.first.toordinal(), when.live.last.toordinal()
        for key in keys:
            if key in self._at:
                self.add_row(owner, self._at[key], strength, first, last, since, confirmed)

    def add_declared(self, ptr: npt.NDArray[np.int64], ids: I32, confirmed: I32) -> None:
        """Add what the records of the actors say themselves: without dates but their confirmation."""
        owners = np.repeat(np.arange(len(ptr) - 1), np.diff(ptr))
        for owner, entry in zip(owners.tolist(), ids.tolist(), strict=True):
            self.add_row(owner, entry, DECLARED, DAY_MIN, DAY_MAX, DAY_MAX, int(confirmed[owner]))

    def entries(self) -> Entries:
        """The columns."""
        columns = {
            name: np.array(values, np.int64).astype(np.int32) for name, values in self._columns.items()
        }
        return Entries(strength=np.array(self._strength, np.float64).astype(np.float32), **columns)
