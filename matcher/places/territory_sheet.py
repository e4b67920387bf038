"""The sheet of a territory: everyone acting there on a day, since when, on what, with whom, who pays.

Who acts there is what `matcher.places.standing` says (houses: an actor with its units; of an ended one, its
successor, named as such). The rest is read from the records that concern the place: those that name it or
something inside it, those of which a party sits there, and funding that names no place at all.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from graphsvc.domain.agreements import Agreement
from graphsvc.domain.links import CLASS_OF, Link, LinkClass
from graphsvc.domain.liveness import live_interval
from graphsvc.domain.projects import ParticipationRole, Project
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot import Snapshot
from matcher.index import build_index
from matcher.places.presence import MEANS
from matcher.places.standing import Standing, known_on, known_since, standing_on

_PAYING = frozenset({"funder", "financeur", "bailleur"})
Record = Link | Agreement | Project


class Side(StrEnum):
    """From where one acts."""

    HOME = "home"  # an actor of the territory of the network
    ELSEWHERE = "elsewhere"
    THERE = "there"  # seated at the place


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One actor at the place. Positions and indices; years are None when nothing says.

    `places`: what of the place it names; `via`: the ended actor it stands for, if only through it;
    `means_only`: it pays, and does not cooperate there; `partners`, `payers`: live ones; `records`: what
    shows it, (kind, position), the live ones first, `live` of them. With `via` all this is what is known of
    that actor: nobody has said that its successor went on.
    """

    index: int
    side: Side
    places: tuple[int, ...]
    since: int | None
    confirmed: int | None
    via: int | None
    means_only: bool
    themes: tuple[int, ...]
    partners: tuple[int, ...]
    payers: tuple[int, ...]
    records: tuple[tuple[RecordKind, int], ...]
    live: int


@dataclass(frozen=True, slots=True)
class TerritorySheet:
    """A place on a day. `past`: houses that acted there once, with the last year known (None: unknown).

    `themes`, `payers`: with how many of the rows; `tied`: pairs of home actors that cooperate with each
    other, of `pairs`; `first`, `last`: years of the confirmations, None without any.
    """

    place: int
    rows: tuple[SheetRow, ...]
    past: tuple[tuple[int, int | None], ...]
    themes: tuple[tuple[int, int], ...]
    payers: tuple[tuple[int, int], ...]
    tied: int
    pairs: int
    first: int | None
    last: int | None


@dataclass(slots=True)
class _Found:
    """What the records of one house say of the place."""

    themes: Counter[int] = field(default_factory=Counter)
    partners: dict[int, None] = field(default_factory=dict)
    payers: dict[int, None] = field(default_factory=dict)
    live: list[tuple[RecordKind, int]] = field(default_factory=list)
    past: list[tuple[RecordKind, int]] = field(default_factory=list)
    last: int | None = None


def territory_sheet(snapshot: Snapshot, place: int, today: date) -> TerritorySheet:
    """The sheet of a place (position) on a day: home actors first, then by since when, then by name."""
    reader = _Reader(snapshot, place, today)
    rows = sorted((reader.row(i) for i in reader.present()), key=reader.order)
    years = [row.confirmed for row in rows if row.confirmed is not None]
    home = [row.index for row in rows if row.side is Side.HOME and not row.means_only]
    circle = reader.standing.circle
    tied = int(circle[home][:, home].sum()) // 2 if home else 0
    themes = Counter(t for row in rows if row.side is not Side.THERE for t in reader.top_themes(row.themes))
    payers = Counter(p for row in rows for p in row.payers)
    return TerritorySheet(
        place=place,
        rows=tuple(rows),
        past=tuple(reader.past({row.index for row in rows})),
        themes=tuple(sorted(themes.items(), key=lambda e: (-e[1], e[0]))),
        payers=tuple(sorted(payers.items(), key=lambda e: (-e[1], e[0]))),
        tied=tied,
        pairs=len(home) * (len(home) - 1) // 2,
        first=min(years, default=None),
        last=max(years, default=None),
    )


class _Reader:
    """One place on one day."""

    def __init__(self, snapshot: Snapshot, place: int, today: date) -> None:
        self.snapshot, self.place, self.today = snapshot, place, today
        self.standing: Standing = standing_on(snapshot, today)
        count = len(snapshot.place_ids)
        self.inside = frozenset(p for p in range(count) if place in snapshot.ancestors(p))
        self.seated = frozenset(i for i in range(snapshot.n) if int(snapshot.actors.seat[i]) in self.inside)

    def present(self) -> list[int]:
        """Houses at work at the place or inside it."""
        places = self.standing.places
        owners = places.owners()
        return sorted({int(owners[k]) for k, e in enumerate(places.entry.tolist()) if e in self.inside})

    def order(self, row: SheetRow) -> tuple[int, bool, int, str]:
        """Home, elsewhere, there; the oldest known first."""
        side = list(Side).index(row.side)
        return side, row.means_only, row.since or 9999, self.snapshot.name(row.index)

    def row(self, i: int) -> SheetRow:
        """The row of house i."""
        places = self.standing.places
        span = places.span(i)
        rows = [k for k in range(span.start, span.stop) if int(places.entry[k]) in self.inside]
        since = known_since(min(int(places.since[k]) for k in rows))
        vias = {int(places.via[k]) for k in rows}
        found = self._found(i, inherited=-1 not in vias)
        own = tuple(t for t in self.standing.themes.of(i) if t not in found.themes)
        return SheetRow(
            index=i,
            side=self._side(i),
            places=tuple(int(places.entry[k]) for k in rows),
            since=since,
            confirmed=known_on(max(int(places.confirmed[k]) for k in rows)),
            via=min(vias) if -1 not in vias else None,
            means_only=max(float(places.strength[k]) for k in rows) < MEANS + 1e-6 and i not in self.seated,
            themes=tuple(t for t, _ in found.themes.most_common()) or own,
            partners=tuple(found.partners),
            payers=tuple(found.payers),
            records=tuple(found.live + found.past),
            live=len(found.live),
        )

    def top_themes(self, themes: tuple[int, ...]) -> set[int]:
        """The first-level themes of these."""
        return {self.snapshot.theme_ancestors(t)[-1] for t in themes}

    def past(self, present: set[int]) -> Iterator[tuple[int, int | None]]:
        """Houses documented at the place that are not at work there any more."""
        rows = build_index(self.snapshot).acts_in.rows
        owners = rows.owners()
        found: dict[int, int | None] = {}
        for k, entry in enumerate(rows.ids.tolist()):
            house = int(self.standing.house[int(owners[k])])
            if entry in self.inside and house not in present and house not in self.seated:
                i = house if house >= 0 else int(owners[k])
                found[i] = self._found(i, inherited=True).last
        yield from sorted(found.items(), key=lambda e: (-(e[1] or 0), self.snapshot.name(e[0])))

    def _side(self, i: int) -> Side:
        if self.standing.local[i]:
            return Side.HOME
        return Side.THERE if i in self.seated else Side.ELSEWHERE

    def _found(self, i: int, *, inherited: bool) -> _Found:
        """What the records say of house i; those of the actors it follows count only when `inherited`."""
        alive = self.standing.alive
        units = {i, *self.standing.units_of(i).tolist()}
        heard = units if inherited else {u for u in units if alive[u]}
        found = _Found()
        for kind, position, record in self._records(heard):
            self._read(found, heard, kind, position, record)
        for known in (found.partners, found.payers):
            known.pop(i, None)
        return found

    def _records(self, units: set[int]) -> Iterator[tuple[RecordKind, int, Record]]:
        snapshot = self.snapshot
        seen: set[tuple[RecordKind, int]] = set()
        for unit in sorted(units):
            for kind, positions, get in (
                (RecordKind.LINK, snapshot.links_of(unit), snapshot.link),
                (RecordKind.AGREEMENT, snapshot.agreements_of(unit), snapshot.agreement),
                (RecordKind.PROJECT, snapshot.projects_of(unit), snapshot.project),
            ):
                for position in positions.tolist():
                    if (kind, position) not in seen:
                        seen.add((kind, position))
                        yield kind, position, get(position)

    def _read(self, found: _Found, units: set[int], kind: RecordKind, position: int, record: Record) -> None:
        """Add what one record says, if it concerns the place."""
        cooperating, paying = self._parties(record)
        mine = units & (cooperating.keys() | paying.keys())
        here = self._names_place(record) or bool((cooperating.keys() | paying.keys()) & (self.seated - units))
        funding = isinstance(record, Link) and bool(paying) and not record.territories
        if not mine or not (here or funding):
            return
        alive = self._live(record)
        if not here and not alive:
            return
        (found.live if alive else found.past).append((kind, position))
        found.last = max((y for y in (found.last, self._last_year(record)) if y is not None), default=None)
        if here:
            found.themes.update(self._themes(record))
        if alive:
            if mine & cooperating.keys():
                found.partners.update(dict.fromkeys(self._houses(set(cooperating) - units)))
            found.payers.update(dict.fromkeys(self._houses(set(paying) - units)))

    def _parties(self, record: Record) -> tuple[dict[int, None], dict[int, None]]:
        """Who cooperates in a record, and who pays (a funder of a link is its giver)."""
        cooperating: list[str] = []
        paying: list[str] = []
        if isinstance(record, Project):
            for part in record.participations:
                (paying if part.role is ParticipationRole.FUNDER else cooperating).append(part.actor)
        elif isinstance(record, Agreement):
            for party in record.parties:
                pays = party.role.casefold() in _PAYING or CLASS_OF[record.kind] is LinkClass.RESOURCE
                (paying if pays else cooperating).append(party.actor)
        elif record.link_class is LinkClass.COOPERATION:
            cooperating = [record.actor_a, record.actor_b]
        elif record.link_class is LinkClass.RESOURCE and record.kind.value == "funding":
            paying, cooperating = [record.actor_a], []
            receiver = self.snapshot.index(record.actor_b)
            return {} if receiver is None else {receiver: None}, self._indices(paying)
        return self._indices(cooperating), self._indices(paying)

    def _indices(self, keys: list[str]) -> dict[int, None]:
        found = (self.snapshot.index(key) for key in keys)
        return {i: None for i in found if i is not None}

    def _houses(self, indices: set[int]) -> list[int]:
        """The houses of those of them that still exist: of an ended one nobody knows who went on."""
        houses = {int(self.standing.house[i]) for i in indices if self.standing.alive[i]}
        return sorted((h for h in houses if h >= 0), key=self.snapshot.name)

    def _names_place(self, record: Record) -> bool:
        found = (self.snapshot.place_index(key) for key in record.territories)
        return any(p in self.inside for p in found)

    def _themes(self, record: Record) -> list[int]:
        found = (self.snapshot.theme_index(key) for key in record.themes)
        return [t for t in found if t is not None]

    def _live(self, record: Record) -> bool:
        interval = live_interval(record.state, record.start, record.end, record.confirmed_on)
        return interval.covers(self.today)

    def _last_year(self, record: Record) -> int | None:
        for when in (record.end, record.confirmed_on, record.start):
            if when is not None:
                return when.year
        return None
