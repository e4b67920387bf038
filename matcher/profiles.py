"""What each actor works on and where it acts: as its record says, and as its links, agreements, projects and
experience sheets show. A commune twinned with a town of Mali acts in Mali even if its own record is silent.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graphsvc.domain.actors import PARTNER_SIDE, ActorKind
from graphsvc.domain.agreements import Agreement
from graphsvc.domain.experiences import Experience
from graphsvc.domain.links import CLASS_OF, Link, LinkClass, State
from graphsvc.domain.places import PlaceLevel
from graphsvc.domain.projects import ParticipationRole, Project
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, DAY_MAX, DAY_MIN, I32, I64, Perimeter
from matcher.sparse import Rows, rows_from_entries

DECLARED, SHEET, COOPERATION, RESOURCE = 1.0, 0.8, 0.7, 0.4
_CLASS_WEIGHT = {LinkClass.COOPERATION: COOPERATION, LinkClass.RESOURCE: RESOURCE}
_NEVER_DONE = frozenset({State.PLANNED, State.ATTEMPTED, State.RETRACTED})

LOCAL_KINDS = (
    ActorKind.COMMUNE,
    ActorKind.INTERCOMMUNALITY,
    ActorKind.DEPARTMENT,
    ActorKind.SCHOOL,
    ActorKind.SOCIAL_VENUE,
    ActorKind.INSERTION_BODY,
    ActorKind.TWINNING_COMMITTEE,
    ActorKind.HEALTH,
)
Work = Agreement | Project | Experience
_Topical = Link | Work


@dataclass(frozen=True, slots=True)
class Profile:
    """Weighted entries of each actor (1 = its own record says so) and the first day known for each, else
    DAY_MAX.
    """

    rows: Rows
    since: I32

    def of(self, i: int) -> dict[int, float]:
        """Entries of actor i and their weights."""
        ids, values = self.rows.row(i)
        return dict(zip(ids.tolist(), values.tolist(), strict=True))

    def first_days(self, i: int) -> dict[int, int]:
        """Entries of actor i whose first day is known."""
        span = slice(self.rows.ptr[i], self.rows.ptr[i + 1])
        pairs = zip(self.rows.ids[span].tolist(), self.since[span].tolist(), strict=True)
        return {entry: day for entry, day in pairs if day < DAY_MAX}


def build_profiles(snapshot: Snapshot) -> tuple[Profile, Profile]:
    """What actors work on (entries are theme positions) and where they act (place positions)."""
    columns = snapshot.actors
    themes = _Entries(snapshot.theme_ids, columns.theme_ptr, columns.theme_ids)
    places = _Entries(snapshot.place_ids, columns.place_ptr, columns.place_ids)
    indices = {key: i for i, key in enumerate(snapshot.ids)}
    there = [list(ActorKind).index(kind) for kind in PARTNER_SIDE]
    for record, actors in _records(snapshot):
        since = record.start.first_day.toordinal() if record.start else DAY_MAX
        for actor, weight in actors:
            i = indices[actor]
            themes.add_keys(i, record.themes, weight, since)
            if (
                columns.kind[i] not in there
            ):  # a cercle party to a convention of three does not act in the others
                places.add_keys(i, record.territories, weight, since)
    away = abroad(snapshot)
    for i in np.flatnonzero(away).tolist():
        places.add(i, int(columns.seat[i]), DECLARED, DAY_MAX)
    _add_partners_seats(places, snapshot, away)
    return themes.profile(snapshot.n), places.profile(snapshot.n)


def abroad(snapshot: Snapshot) -> B1:
    """Actors whose seat is itself a territory of action: partner side, or in another country than the home
    one.
    """
    columns, places = snapshot.actors, snapshot.places
    root = np.arange(len(places.parent), dtype=np.int64)
    while (higher := places.parent[root] >= 0).any():
        root = np.where(higher, places.parent[root], root)
    kinds = list(ActorKind)
    partner_side = np.isin(columns.kind, [kinds.index(k) for k in PARTNER_SIDE])
    seated = columns.seat >= 0
    home_roots = np.unique(root[places.home]) if places.home.any() else _own_countries(snapshot, root)
    elsewhere = np.zeros(snapshot.n, np.bool_)
    seats = columns.seat[seated]
    country = list(PlaceLevel).index(PlaceLevel.COUNTRY)
    # An international body is registered somewhere: a country for a seat says nothing of where it acts.
    elsewhere[seated] = ~np.isin(root[seats], home_roots) & (places.level[seats] != country)
    result: B1 = seated & (partner_side | elsewhere)
    return result


def _own_countries(snapshot: Snapshot, root: I64) -> list[int]:
    """With no home territory, France is at home."""
    return [p for p in np.unique(root).tolist() if snapshot.place_ids[p] == "FR"]


def _records(snapshot: Snapshot) -> Iterator[tuple[_Topical, list[tuple[str, float]]]]:
    """Each record that shows actors at work, and these actors with the weight of what it shows."""
    for k in range(len(snapshot.link_ids)):
        link = snapshot.link(k)
        weight = _CLASS_WEIGHT.get(link.link_class)
        if (link.themes or link.territories) and weight and link.state not in _NEVER_DONE:
            yield link, [(link.actor_a, weight), (link.actor_b, weight)]
    yield from works_shown(snapshot)


def works_shown(snapshot: Snapshot) -> Iterator[tuple[Work, list[tuple[str, float]]]]:
    """The records that tell what was done (agreements, projects, experience sheets), with their actors."""
    for k in range(len(snapshot.agreement_ids)):
        agreement = snapshot.agreement(k)
        weight = _CLASS_WEIGHT.get(CLASS_OF[agreement.kind])
        if weight and agreement.state not in _NEVER_DONE:
            yield agreement, [(party.actor, weight) for party in agreement.parties]
    for k in range(len(snapshot.project_ids)):
        project = snapshot.project(k)
        if project.state not in _NEVER_DONE:
            yield project, [(p.actor, _part(p.role)) for p in project.participations]
    for k in range(len(snapshot.experience_ids)):
        sheet = snapshot.experience(k)
        if sheet.actor is not None:
            yield sheet, [(sheet.actor, SHEET)]


def _part(role: ParticipationRole) -> float:
    return RESOURCE if role is ParticipationRole.FUNDER else COOPERATION


def _add_partners_seats(places: "_Entries", snapshot: Snapshot, away: B1) -> None:
    """Whoever cooperated with an actor abroad acted where that actor is."""
    relations = snapshot.relations
    for row in np.flatnonzero(documented(snapshot)).tolist():
        a, b = int(relations.a[row]), int(relations.b[row])
        since = int(relations.start[row])
        for here, there in ((a, b), (b, a)):
            if away[there] and not away[here]:
                first = since if since > DAY_MIN else DAY_MAX
                places.add(here, int(snapshot.actors.seat[there]), COOPERATION, first)


def local_elsewhere(snapshot: Snapshot) -> I32:
    """Local bodies of the country outside the home territory."""
    outside = snapshot.actors.perimeter == Perimeter.OUTSIDE
    return np.flatnonzero(
        outside & np.isin(snapshot.actors.kind, [list(ActorKind).index(k) for k in LOCAL_KINDS])
    ).astype(np.int32)


def documented(snapshot: Snapshot) -> B1:
    """Rows of `relations` that are cooperation and were real: not planned, attempted or retracted."""
    relations, states = snapshot.relations, list(State)
    cooperation = relations.link_class == list(LinkClass).index(LinkClass.COOPERATION)
    result: B1 = cooperation & ~np.isin(relations.state, [states.index(s) for s in _NEVER_DONE])
    return result


class _Entries:
    """Growing columns of (actor, entry, weight, first day), beginning with what the records declare."""

    def __init__(self, keys: Sequence[str], ptr: I64, ids: I32) -> None:
        self._positions = {key: i for i, key in enumerate(keys)}
        self._actors = array("q", np.repeat(np.arange(len(ptr) - 1), np.diff(ptr)).astype(np.int64).tobytes())
        self._ids = array("q", ids.astype(np.int64).tobytes())
        self._weights = array("d", [DECLARED]) * len(ids)
        self._since = array("q", [DAY_MAX]) * len(ids)

    def add(self, actor: int, entry: int, weight: float, since: int) -> None:
        """Add one entry."""
        self._actors.append(actor)
        self._ids.append(entry)
        self._weights.append(weight)
        self._since.append(since)

    def add_keys(self, actor: int, keys: Sequence[str], weight: float, since: int) -> None:
        """Add the entries of these keys."""
        for key in keys:
            self.add(actor, self._positions[key], weight, since)

    def profile(self, count: int) -> Profile:
        """The largest weight and the earliest day of each (actor, entry)."""
        columns = len(self._positions)
        actors, ids = np.array(self._actors, np.int64), np.array(self._ids, np.int64)
        rows = rows_from_entries(count, columns, actors, ids, np.array(self._weights))
        since = np.full(len(rows.ids), DAY_MAX, np.int64)
        if len(ids):
            kept = rows.owners() * columns + rows.ids
            np.minimum.at(
                since, np.searchsorted(kept, actors * columns + ids), np.array(self._since, np.int64)
            )
        return Profile(rows, since.astype(np.int32))
