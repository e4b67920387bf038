"""One day's actors at work: which houses exist, what each works on and where it acts on that day.

A house is an actor with its units (a Direction of an agglomeration works for the agglomeration). An actor
that has ended hands what it was doing without a known end to its successor, if one exists: at half strength
and named as such, because no text says that the successor went on. The figures of the network know nothing
of it (docs/decisions/0021); here it is a question worth asking.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from threading import Lock

import numpy as np
from scipy import sparse

from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, DAY_MAX, DAY_MIN, F32, I32, I64, Perimeter
from matcher.index import MatchIndex, build_index
from matcher.places.presence import Entries, Presence, read_presence

HEIR = 0.5
KEPT = 8


@dataclass(frozen=True, slots=True)
class AtWork:
    """CSR over actors: the entries of house i are `entry[ptr[i]:ptr[i + 1]]`, sorted (units have none).

    `since`: first documented day or DAY_MAX; `confirmed`: last confirmation or DAY_MIN; `via`: the actor that
    ended, when the entry is only inherited from it, else -1.
    """

    ptr: I64
    entry: I32
    strength: F32
    since: I32
    confirmed: I32
    via: I32

    def span(self, i: int) -> slice:
        """Where the entries of house i are."""
        return slice(int(self.ptr[i]), int(self.ptr[i + 1]))

    def of(self, i: int) -> dict[int, float]:
        """Entries of house i and how sure each is."""
        span = self.span(i)
        return dict(zip(self.entry[span].tolist(), self.strength[span].tolist(), strict=True))

    def owners(self) -> I64:
        """The house of each entry."""
        return np.repeat(np.arange(len(self.ptr) - 1, dtype=np.int64), np.diff(self.ptr))


@dataclass(frozen=True, slots=True)
class Standing:
    """A day. `house[i]`: the house of actor i, or -1 when neither it nor a successor exists. `local`: houses
    of the territory. `circle`: live cooperation between houses, a symmetric 0/1 matrix. `units`/`unit_ptr`:
    CSR of the actors each house stands for, itself and the ended ones included.
    """

    day: int
    index: MatchIndex
    alive: B1
    house: I32
    local: B1
    themes: AtWork
    places: AtWork
    circle: sparse.csr_array
    unit_ptr: I64
    units: I32

    def partners(self, i: int) -> I32:
        """Houses that cooperate with house i."""
        found: I32 = self.circle.indices[self.circle.indptr[i] : self.circle.indptr[i + 1]]
        return found

    def units_of(self, i: int) -> I32:
        """House i and the actors that belong to it, the ended ones it stands for included."""
        return self.units[self.unit_ptr[i] : self.unit_ptr[i + 1]]


_presences: OrderedDict[tuple[str, int], Presence] = OrderedDict()
_standings: OrderedDict[tuple[str, int, int], Standing] = OrderedDict()
_lock = Lock()


def standing_on(snapshot: Snapshot, day: date) -> Standing:
    """The standing of a day, from memory when it was computed before."""
    key = (snapshot.store_id, snapshot.revision, day.toordinal())
    with _lock:
        if key in _standings:
            _standings.move_to_end(key)
            return _standings[key]
    found = compute_standing(snapshot, _presence_of(snapshot), day.toordinal())
    with _lock:
        _standings[key] = found
        while len(_standings) > KEPT:
            _standings.popitem(last=False)
    return found


def compute_standing(snapshot: Snapshot, presence: Presence, day: int) -> Standing:
    """The standing of a day, computed afresh."""
    index, columns = build_index(snapshot), snapshot.actors
    alive: B1 = (columns.founded <= day) & (day <= columns.ended)
    house = _houses(snapshot, alive)
    kept = np.flatnonzero(house >= 0)
    unit_ptr = np.zeros(snapshot.n + 1, np.int64)
    np.cumsum(np.bincount(house[kept], minlength=snapshot.n), out=unit_ptr[1:])
    return Standing(
        day=day,
        index=index,
        alive=alive,
        house=house,
        local=_local(snapshot, index) & alive & (house == np.arange(snapshot.n)),
        themes=_at_work(presence.themes, house, alive, day),
        places=_at_work(presence.places, house, alive, day),
        circle=_circle(snapshot, house, day),
        unit_ptr=unit_ptr,
        units=kept[np.argsort(house[kept], kind="stable")].astype(np.int32),
    )


def _presence_of(snapshot: Snapshot) -> Presence:
    key = (snapshot.store_id, snapshot.revision)
    with _lock:
        if key in _presences:
            return _presences[key]
    found = read_presence(snapshot)
    with _lock:
        _presences[key] = found
        while len(_presences) > 2:
            _presences.popitem(last=False)
    return found


def _houses(snapshot: Snapshot, alive: B1) -> I32:
    """The living actor at the top of each actor's house; of an ended one, its successor's."""
    house = np.arange(snapshot.n, dtype=np.int32)
    heirs = _heirs(snapshot)
    for i in np.flatnonzero(~alive | (snapshot.actors.part_of >= 0)).tolist():
        house[i] = _top(snapshot, alive, heirs, i)
    return house


def _top(snapshot: Snapshot, alive: B1, heirs: dict[int, int], i: int) -> int:
    at, seen = i, {i}
    while True:
        above = int(snapshot.actors.part_of[at])
        if alive[at] and (above < 0 or not alive[above]):
            return at
        following = above if above >= 0 else heirs.get(at, -1)
        if following < 0 or following in seen:
            return at if alive[at] else -1
        seen.add(following)
        at = following


def _heirs(snapshot: Snapshot) -> dict[int, int]:
    """The successor of each actor that has exactly one: of several, none can be named."""
    found: dict[int, set[int]] = {}
    gone = {snapshot.ids[i] for i in np.flatnonzero(snapshot.actors.ended < DAY_MAX).tolist()}
    for i in range(snapshot.n) if gone else ():
        for key in snapshot.actor(i).succeeds:
            before = snapshot.index(key)
            if before is not None:
                found.setdefault(before, set()).add(i)
    return {before: next(iter(after)) for before, after in found.items() if len(after) == 1}


def _local(snapshot: Snapshot, index: MatchIndex) -> B1:
    """Actors of the territory: seated in it, or at home in something that contains it, below the country.

    The Région Île-de-France is seated in Paris and answers for Essonne too.
    """
    columns, places = snapshot.actors, snapshot.places
    local = columns.perimeter == Perimeter.INSIDE
    country = list(PlaceLevel).index(PlaceLevel.COUNTRY)
    around = (index.home | places.home) & (places.level != country)
    owners = np.repeat(np.arange(snapshot.n), np.diff(columns.place_ptr))
    answering = np.zeros(snapshot.n, np.bool_)
    answering[owners[around[columns.place_ids]]] = True
    result: B1 = local | (answering & ~index.away & (columns.perimeter != Perimeter.PARTNER))
    return result


def _at_work(entries: Entries, house: I32, alive: B1, day: int) -> AtWork:
    """The entries live on a day, one per (house, entry): the surest, with the earliest start known."""
    count = len(house)
    kept = (entries.first <= day) & (day <= entries.last) & (house[entries.owner] >= 0)
    original = entries.owner[kept]
    own = alive[original]
    strength = entries.strength[kept] * np.where(own, 1.0, HEIR)
    columns = (house[original], entries.entry[kept], entries.since[kept], entries.confirmed[kept])
    owner, entry, since, confirmed = columns
    order = np.lexsort((original, -strength, entry, owner))
    owner, entry, since, confirmed = owner[order], entry[order], since[order], confirmed[order]
    via = np.where(own, -1, original).astype(np.int32)[order]
    if len(owner):
        first = np.flatnonzero(np.r_[True, (owner[1:] != owner[:-1]) | (entry[1:] != entry[:-1])])
        earliest = np.minimum.reduceat(since, first)
        own_earliest = np.minimum.reduceat(np.where(via < 0, since, DAY_MAX), first)
        since = np.where(via[first] < 0, own_earliest, earliest).astype(np.int32)
        confirmed = np.maximum.reduceat(confirmed, first)
        owner, entry, via, strength = owner[first], entry[first], via[first], strength[order][first]
    ptr = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=count), out=ptr[1:])
    return AtWork(ptr, entry, strength.astype(np.float32), since, confirmed, via)


def _circle(snapshot: Snapshot, house: I32, day: int) -> sparse.csr_array:
    ties = snapshot.ties(date.fromordinal(day))
    rows = np.repeat(np.arange(snapshot.n), np.diff(ties.ptr))
    a, b = house[rows], house[ties.ids]
    kept = (a >= 0) & (b >= 0) & (a != b)
    graph = sparse.csr_array(
        (np.ones(int(kept.sum()), np.int8), (a[kept], b[kept])), shape=(snapshot.n, snapshot.n)
    )
    graph.data[:] = 1
    graph.sort_indices()
    return graph


def known_since(day: int) -> int | None:
    """The year of a first day, None when it is not known."""
    return date.fromordinal(day).year if day < DAY_MAX else None


def known_on(day: int) -> int | None:
    """The year of a confirmation, None when there is none."""
    return date.fromordinal(day).year if DAY_MIN < day < DAY_MAX else None
