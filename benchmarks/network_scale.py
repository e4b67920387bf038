"""A made-up network of 2,000 to 1,500,000 actors, straight into a snapshot: no store, no file, memory in
proportion to what there is.

Who is where, works on what, says what and knows whom is drawn with the skew of a real network: towns by
population, partner countries and themes by Zipf's law, texts half of the words of the actor's themes, ties
by a power law with three in four within a neighbourhood of place and theme. Ids follow the département of
the seat, as those of the national register do. The same arguments give the same snapshot.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from benchmarks.network_records import MadeTable
from benchmarks.network_world import World, make_world
from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import CLASS_OF, LinkClass, LinkKind, State
from graphsvc.domain.places import PlaceLevel
from graphsvc.domain.records import RecordKind
from graphsvc.domain.themes import Skill
from graphsvc.snapshot import Columns, Snapshot
from graphsvc.snapshot.build_columns import place_columns, topic_columns
from graphsvc.snapshot.build_involvements import involvement_columns
from graphsvc.snapshot.columns import (
    DAY_MAX,
    DAY_MIN,
    F64,
    I8,
    I32,
    I64,
    ActorColumns,
    Perimeter,
    RelationColumns,
)
from graphsvc.snapshot.tables import MemoryTable, RecordTable

KINDS = {
    ActorKind.ASSOCIATION: 0.62,
    ActorKind.SCHOOL: 0.09,
    ActorKind.DIASPORA: 0.08,
    ActorKind.COMMUNE: 0.04,
    ActorKind.CULTURAL_ACTOR: 0.04,
    ActorKind.BUSINESS: 0.04,
    ActorKind.TWINNING_COMMITTEE: 0.03,
    ActorKind.PARTNER_ORGANISATION: 0.05,
    ActorKind.PARTNER_TERRITORY: 0.01,
}
LINK_KINDS = {
    LinkKind.PARTNERSHIP: 0.55,
    LinkKind.JOINT_ACTION: 0.2,
    LinkKind.FUNDING: 0.15,
    LinkKind.MEMBERSHIP: 0.1,
}
STATES = {State.ACTIVE: 0.6, State.ENDED: 0.25, State.DORMANT: 0.1, State.PLANNED: 0.05}
TIES_AN_ACTOR = 3.0
WORDS_AN_ACTOR = 18
AT_HOME = 0.4
"""Share of the actors that name their own commune, or else département, among their territories."""
LOCAL_SHARE, NEIGHBOURHOOD = 0.75, 40.0
DEGREE_EXPONENT = 0.75
ANNOUNCING = 0.01
PREFIX = "bench-"
_FIRST_YEAR, _LAST_YEAR = date(2000, 1, 1).toordinal(), date(2025, 12, 31).toordinal()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn of the actors: CSR of sorted ids, counts beside the words."""

    themes: tuple[I64, I32]
    places: tuple[I64, I32]
    words: tuple[I64, I32]
    word_counts: I32


def made_snapshot(actors: int, seed: int = 1) -> Snapshot:
    """The snapshot of a network of so many actors."""
    rng = np.random.default_rng(seed)
    world = make_world(actors, rng)
    kind = _kinds(rng, actors)
    seat = _seats(rng, world, kind)
    drawn = _profiles(rng, world, seat)
    columns = _actor_columns(rng, world, kind, seat, drawn)
    relations = _relations(rng, columns, drawn)
    return _snapshot(world, columns, relations, seed)


def _kinds(rng: np.random.Generator, actors: int) -> I8:
    order = list(ActorKind)
    drawn = rng.choice([order.index(k) for k in KINDS], p=list(KINDS.values()), size=actors)
    return np.asarray(drawn, np.int8)


def _seats(rng: np.random.Generator, world: World, kind: I8) -> I32:
    """A commune, or a district for the partner side; ascending, since ids follow the seat's département."""
    order = list(ActorKind)
    there = np.isin(
        kind, [order.index(ActorKind.PARTNER_ORGANISATION), order.index(ActorKind.PARTNER_TERRITORY)]
    )
    seat = world.communes[_weighted(rng, world.commune_share, len(kind))]
    department = np.array([p.id[:6] for p in world.places])
    seat = seat[np.argsort(np.unique(department, return_inverse=True)[1][seat], kind="stable")]
    share = world.weight[world.districts] / world.weight[world.districts].sum()
    seat[there] = world.districts[_weighted(rng, share, int(there.sum()))]
    return seat.astype(np.int32)


def _profiles(rng: np.random.Generator, world: World, seat: I32) -> Drawn:
    actors = len(seat)
    themes = _sets(
        rng, world.theme_share, np.minimum(rng.geometric(0.5, actors), 5) * (rng.random(actors) > 0.15)
    )
    abroad = np.minimum(rng.geometric(0.65, actors), 4) * (rng.random(actors) < 0.6)
    places = _sets(rng, world.weight, abroad, _own_territory(rng, world, seat))
    lengths = np.clip(rng.lognormal(np.log(WORDS_AN_ACTOR), 0.6, actors), 3, 60).astype(np.int64)
    owners = np.repeat(np.arange(actors), lengths)
    drawn = _weighted(rng, world.word_share, len(owners))
    own = (rng.random(len(owners)) < 0.45) & (np.diff(themes[0])[owners] > 0)
    mine = themes[1][themes[0][owners[own]]]
    rank = np.minimum(rng.geometric(0.08, int(own.sum())) - 1, world.theme_words.shape[1] - 1)
    drawn[own] = world.theme_words[mine, rank]
    key, counts = np.unique(owners * len(world.words) + drawn, return_counts=True)
    words = _csr(actors, key // len(world.words), key % len(world.words))
    return Drawn(themes, places, words, counts.astype(np.int32))


def _actor_columns(rng: np.random.Generator, world: World, kind: I8, seat: I32, drawn: Drawn) -> ActorColumns:
    actors = len(kind)
    lat = np.array([p.latitude for p in world.places], np.float64)
    lon = np.array([p.longitude for p in world.places], np.float64)
    founded = rng.integers(date(1950, 1, 1).toordinal(), _LAST_YEAR, actors).astype(np.int32)
    ended = np.where(rng.random(actors) < 0.05, rng.integers(_FIRST_YEAR, _LAST_YEAR, actors), DAY_MAX)
    confirmed = np.where(rng.random(actors) < 0.8, rng.integers(_FIRST_YEAR, _LAST_YEAR, actors), DAY_MIN)
    home = np.zeros(len(world.places), np.bool_)
    home[: int(world.districts[0])] = [p.id.startswith("FR") for p in world.places[: int(world.districts[0])]]
    return ActorColumns(
        kind=kind,
        seat=seat,
        lat=lat[seat],
        lon=lon[seat],
        perimeter=np.where(home[seat], Perimeter.INSIDE, Perimeter.PARTNER).astype(np.int8),
        engaged=np.ones(actors, np.bool_),
        founded=np.minimum(founded, ended - 1).astype(np.int32),
        ended=ended.astype(np.int32),
        confirmed=confirmed.astype(np.int32),
        part_of=np.full(actors, -1, np.int32),
        theme_ptr=drawn.themes[0],
        theme_ids=drawn.themes[1],
        place_ptr=drawn.places[0],
        place_ids=drawn.places[1],
        token_ptr=drawn.words[0],
        token_ids=drawn.words[1],
        token_counts=drawn.word_counts,
    )


def _relations(rng: np.random.Generator, columns: ActorColumns, drawn: Drawn) -> RelationColumns:
    """Each pair at most once, a < b; ends by a power law, three in four within a neighbourhood."""
    actors, wanted = len(columns.kind), int(TIES_AN_ACTOR * len(columns.kind))
    order = np.lexsort((rng.random(actors), _first(drawn.places), _first(drawn.themes)))
    rank = np.empty(actors, np.int64)
    rank[order] = np.arange(actors)
    popularity = rng.permutation(np.arange(1, actors + 1, dtype=np.float64) ** -DEGREE_EXPONENT)
    one = _weighted(rng, popularity / popularity.sum(), int(wanted * 1.2))
    far = _weighted(rng, popularity / popularity.sum(), len(one))
    step = (1 + rng.exponential(NEIGHBOURHOOD, len(one))).astype(np.int64) * rng.choice([-1, 1], len(one))
    near = order[(rank[one] + step) % actors]
    other = np.where(rng.random(len(one)) < LOCAL_SHARE, near, far)
    key = np.unique(np.minimum(one, other) * actors + np.maximum(one, other))
    key = np.sort(rng.permutation(key[key // actors != key % actors])[:wanted])
    return _dated(rng, (key // actors).astype(np.int32), (key % actors).astype(np.int32))


def _dated(rng: np.random.Generator, a: I32, b: I32) -> RelationColumns:
    count, kinds, states, classes = len(a), list(LinkKind), list(State), list(LinkClass)
    kind = np.asarray(
        rng.choice([kinds.index(k) for k in LINK_KINDS], p=list(LINK_KINDS.values()), size=count)
    )
    state = np.asarray(rng.choice([states.index(s) for s in STATES], p=list(STATES.values()), size=count))
    class_of = np.array([classes.index(CLASS_OF[k]) for k in kinds])
    start = rng.integers(_FIRST_YEAR, _LAST_YEAR, count)
    over = np.isin(state, [states.index(State.ENDED), states.index(State.DORMANT)])
    end = np.where(over, np.minimum(start + rng.integers(200, 4000, count), _LAST_YEAR), DAY_MAX)
    never = state == states.index(State.PLANNED)
    return RelationColumns(
        a=a,
        b=b,
        link_class=class_of[kind].astype(np.int8),
        kind=kind.astype(np.int8),
        state=state.astype(np.int8),
        source=np.zeros(count, np.int8),
        record=np.arange(count, dtype=np.int32),
        weight=np.ones(count, np.float32),
        first=np.where(never, DAY_MAX, start).astype(np.int32),
        last=np.where(never, DAY_MIN, end).astype(np.int32),
        start=start.astype(np.int32),
        end=end.astype(np.int32),
        confirmed=np.where(over, start, _LAST_YEAR).astype(np.int32),
    )


def _snapshot(world: World, columns: ActorColumns, relations: RelationColumns, seed: int) -> Snapshot:
    actors = len(columns.kind)
    tables: dict[RecordKind, RecordTable] = {kind: MemoryTable(()) for kind in RecordKind}
    tables[RecordKind.PLACE] = MemoryTable(world.places)
    tables[RecordKind.THEME] = MemoryTable(world.themes)
    tables[RecordKind.SKILL] = MemoryTable(
        [Skill(f"skill-{s:02d}", f"Compétence {s:02d}") for s in range(30)]
    )
    tables[RecordKind.ACTOR] = MadeTable(actors, PREFIX, partial(_actor, world, columns))
    announcements = _announcements(np.random.default_rng(seed), actors, world)
    tables[RecordKind.ANNOUNCEMENT] = MemoryTable(announcements)
    position = {
        kind: {id_: k for k, id_ in enumerate(tables[kind].ids)}
        for kind in (RecordKind.PLACE, RecordKind.THEME)
    }
    records: dict[RecordKind, list[Announcement]] = {kind: [] for kind in RecordKind} | {
        RecordKind.ANNOUNCEMENT: announcements
    }
    return Snapshot(
        store_id=f"{PREFIX}{actors}-{seed}",
        revision=1,
        tables=tables,
        columns=Columns(
            actors=columns,
            places=place_columns(world.places, position[RecordKind.PLACE].get),
            themes=topic_columns(world.themes, position[RecordKind.THEME].get),
            skills=topic_columns(list(tables[RecordKind.SKILL]), lambda _: None),
            relations=relations,
            involvements=involvement_columns(actors, tables[RecordKind.ACTOR].position, records),
        ),
        vocabulary=world.words,
        aliases={},
    )


def _actor(world: World, columns: ActorColumns, i: int) -> Actor:
    """The record behind the columns of an actor."""

    def ids(ptr: I64, values: I32) -> list[int]:
        found: list[int] = values[ptr[i] : ptr[i + 1]].tolist()
        return found

    counts = columns.token_counts[columns.token_ptr[i] : columns.token_ptr[i + 1]].tolist()
    said = [
        w for w, n in zip(ids(columns.token_ptr, columns.token_ids), counts, strict=True) for _ in range(n)
    ]
    abroad = world.places[columns.seat[i]].level is PlaceLevel.DISTRICT
    return Actor(
        id=f"{PREFIX}{i:07d}",
        name=f"Organisme {i:07d}",
        kind=list(ActorKind)[columns.kind[i]],
        founded=_day(int(columns.founded[i])),
        ended=_day(int(columns.ended[i])),
        seat=world.places[columns.seat[i]].id,
        country="ML" if abroad else "FR",
        themes=tuple(world.themes[t].id for t in ids(columns.theme_ptr, columns.theme_ids)),
        territories=tuple(world.places[p].id for p in ids(columns.place_ptr, columns.place_ids)),
        purpose=" ".join(world.words[w] for w in said) or None,
        confirmed_on=_day(int(columns.confirmed[i])),
    )


def _announcements(rng: np.random.Generator, actors: int, world: World) -> list[Announcement]:
    owners = np.sort(rng.choice(actors, size=int(actors * ANNOUNCING), replace=False)).tolist()
    natures = list(Nature)
    drawn = rng.integers(0, len(natures), len(owners)).tolist()
    themes = _weighted(rng, world.theme_share, len(owners)).tolist()
    skills = rng.integers(0, 30, len(owners)).tolist()
    return [
        Announcement(
            id=f"ann-{number:06d}",
            title=f"Annonce {number:06d}",
            direction=Direction.OFFER if number % 3 else Direction.NEED,
            nature=natures[drawn[number]],
            actor=f"{PREFIX}{owner:07d}",
            skills=(f"skill-{skills[number]:02d}",),
            themes=(world.themes[themes[number]].id,),
            published_on=PartialDate(2026),
        )
        for number, owner in enumerate(owners)
    ]


def _weighted(rng: np.random.Generator, share: F64, size: int) -> I64:
    cumulated = np.cumsum(share)
    found = np.searchsorted(cumulated, rng.random(size) * cumulated[-1], side="right")
    position: I64 = np.minimum(found, len(share) - 1).astype(np.int64)
    return position


def _own_territory(rng: np.random.Generator, world: World, seat: I32) -> I64:
    """The territory at home that each actor names, -1 for none."""
    first_partner = int(world.districts[0])
    above = np.searchsorted([p.id for p in world.places], [p.id[:6] for p in world.places])
    named = np.where(rng.random(len(seat)) < 0.3, seat, above[seat])
    return np.where((seat < first_partner) & (rng.random(len(seat)) < AT_HOME), named, -1)


def _sets(rng: np.random.Generator, share: F64, sizes: I64, more: I64 | None = None) -> tuple[I64, I32]:
    """Sets of the sizes given (less what is drawn twice), each with one more id if that is not -1."""
    owners = np.repeat(np.arange(len(sizes)), sizes)
    key = owners * len(share) + _weighted(rng, share, len(owners))
    if more is not None:
        has = np.flatnonzero(more >= 0)
        key = np.r_[key, has * len(share) + more[has]]
    key = np.unique(key)
    return _csr(len(sizes), key // len(share), key % len(share))


def _csr(count: int, owners: I64, ids: I64) -> tuple[I64, I32]:
    ptr = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(owners, minlength=count), out=ptr[1:])
    return ptr, ids.astype(np.int32)


def _first(rows: tuple[I64, I32]) -> I64:
    """The first id of each row, -1 where there is none."""
    ptr, ids = rows
    found = np.full(len(ptr) - 1, -1, np.int64)
    filled = np.diff(ptr) > 0
    found[filled] = ids[ptr[:-1][filled]]
    return found


def _day(ordinal: int) -> PartialDate | None:
    return PartialDate.of(date.fromordinal(ordinal)) if DAY_MIN < ordinal < DAY_MAX else None
