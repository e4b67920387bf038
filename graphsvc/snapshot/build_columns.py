"""From places, themes and actors to their columns."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np

from graphsvc.domain.actors import ENGAGED_BY_KIND, PARTNER_SIDE, Actor, ActorKind, Engagement
from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from graphsvc.domain.text import fold
from graphsvc.domain.themes import Skill, Theme
from graphsvc.snapshot.columns import (
    B1,
    DAY_MAX,
    DAY_MIN,
    F64,
    I8,
    I32,
    I64,
    ActorColumns,
    Perimeter,
    PlaceColumns,
    TopicColumns,
)
from graphsvc.snapshot.days import first_days, last_days

Index = Callable[[str], int | None]
_LEVELS = {value: k for k, value in enumerate(PlaceLevel)}
_KINDS = {value: k for k, value in enumerate(ActorKind)}
_LONGEST_WORD = 40


def place_columns(places: Sequence[Place], index: Index) -> PlaceColumns:
    """Parents come from anywhere in the list; a chain is as long as its depth."""
    n = len(places)
    parent = np.full(n, -1, np.int32)
    for k, place in enumerate(places):
        if place.parent is not None:
            parent[k] = _or_none(index(place.parent))
    home = np.array([p.role is PlaceRole.HOME for p in places], np.bool_)
    partner = np.array([p.role is PlaceRole.PARTNER for p in places], np.bool_)
    depth, home, partner = _inherited(parent, home, partner)
    return PlaceColumns(
        parent=parent,
        level=np.array([_LEVELS[p.level] for p in places], np.int8),
        depth=depth,
        lat=_degrees([p.latitude for p in places]),
        lon=_degrees([p.longitude for p in places]),
        home=home,
        partner=partner,
    )


def topic_columns(topics: Sequence[Theme] | Sequence[Skill], index: Index) -> TopicColumns:
    """Parents of themes or skills."""
    return TopicColumns(np.array([_or_none(index(t.parent)) if t.parent else -1 for t in topics], np.int32))


def actor_columns(
    actors: Sequence[Actor],
    index: Index,
    place_index: Index,
    theme_index: Index,
    places: PlaceColumns,
    active: B1,
) -> tuple[ActorColumns, tuple[str, ...]]:
    """The columns and the vocabulary of their tokens. `active`: who has a link, project or announcement."""
    seat = np.array([_or_none(place_index(a.seat)) if a.seat else -1 for a in actors], np.int32)
    place_ptr, place_ids = _sets([a.territories for a in actors], place_index)
    theme_ptr, theme_ids = _sets([a.themes for a in actors], theme_index)
    perimeter = _perimeter(actors, seat, places)
    token_ptr, token_ids, token_counts, vocabulary = _tokens(actors)
    columns = ActorColumns(
        kind=np.array([_KINDS[a.kind] for a in actors], np.int8),
        seat=seat,
        lat=_own_or_seat([a.latitude for a in actors], seat, places.lat),
        lon=_own_or_seat([a.longitude for a in actors], seat, places.lon),
        perimeter=perimeter,
        engaged=_engaged(actors, active, place_ptr, place_ids, places),
        founded=first_days(a.founded for a in actors),
        ended=last_days((a.ended for a in actors), unknown=DAY_MAX),
        confirmed=last_days((a.confirmed_on for a in actors), unknown=DAY_MIN),
        part_of=np.array([_or_none(index(a.part_of)) if a.part_of else -1 for a in actors], np.int32),
        theme_ptr=theme_ptr,
        theme_ids=theme_ids,
        place_ptr=place_ptr,
        place_ids=place_ids,
        token_ptr=token_ptr,
        token_ids=token_ids,
        token_counts=token_counts,
    )
    return columns, vocabulary


def words(text: str) -> list[str]:
    """The folded words of a text, of two letters or more."""
    return [word for chunk in text.split() for word in _folded(chunk)]


@lru_cache(maxsize=65_536)
def _folded(chunk: str) -> tuple[str, ...]:
    """Folding looks at one character at a time, so that a chunk between spaces may be folded alone."""
    return tuple(w for w in fold(chunk).split() if 1 < len(w) <= _LONGEST_WORD)


def _inherited(parent: I32, home: B1, partner: B1) -> tuple[I8, B1, B1]:
    """Depth of each place, and roles handed down from parents; a damaged circle does not loop for ever."""
    depth = np.zeros(len(parent), np.int8)
    at = parent.copy()
    for _ in range(len(parent)):
        up = at >= 0
        if not up.any():
            break
        depth[up] += 1
        home, partner = home.copy(), partner.copy()
        home[up] |= home[at[up]]
        partner[up] |= partner[at[up]]
        at[up] = parent[at[up]]
        if depth.max(initial=0) > 100:
            break
    return depth, home, partner


def _perimeter(actors: Sequence[Actor], seat: I32, places: PlaceColumns) -> I8:
    has_home = bool(places.home.any())
    found = np.empty(len(actors), np.int8)
    for i, actor in enumerate(actors):
        s = seat[i]
        if has_home and s >= 0 and places.home[s]:
            found[i] = Perimeter.INSIDE
        elif actor.kind in PARTNER_SIDE or (s >= 0 and places.partner[s]):
            found[i] = Perimeter.PARTNER
        elif not has_home and actor.country == "FR":
            found[i] = Perimeter.INSIDE
        else:
            found[i] = Perimeter.OUTSIDE
    return found


def _engaged(actors: Sequence[Actor], active: B1, place_ptr: I64, place_ids: I32, places: PlaceColumns) -> B1:
    """Known if said; else from a link, project, announcement, theme, foreign territory, or by its kind."""
    abroad = np.zeros(len(actors), np.bool_)
    abroad[np.repeat(np.arange(len(actors)), np.diff(place_ptr))[~places.home[place_ids]]] = True
    shown = (active | abroad).tolist()
    return np.array(
        [
            actor.engagement is Engagement.KNOWN
            if actor.engagement is not None
            else shown[i] or bool(actor.themes) or actor.kind in ENGAGED_BY_KIND
            for i, actor in enumerate(actors)
        ],
        np.bool_,
    )


def _tokens(actors: Sequence[Actor]) -> tuple[I64, I32, I32, tuple[str, ...]]:
    """CSR of the words of each actor in the order of the vocabulary, how often each, and the vocabulary."""
    said = [_said(actor) for actor in actors]
    numbers: dict[str, int] = {}
    flat = np.array([numbers.setdefault(word, len(numbers)) for each in said for word in each], np.int64)
    vocabulary = tuple(sorted(numbers))
    rank = np.empty(len(numbers), np.int64)
    rank[[numbers[word] for word in vocabulary]] = np.arange(len(numbers))
    owner = np.repeat(np.arange(len(actors)), [len(each) for each in said])
    width = max(1, len(vocabulary))
    cells, counts = np.unique(owner * width + rank[flat], return_counts=True)
    ptr = np.zeros(len(actors) + 1, np.int64)
    np.cumsum(np.bincount(cells // width, minlength=len(actors)), out=ptr[1:])
    return ptr, (cells % width).astype(np.int32), counts.astype(np.int32), vocabulary


def _said(actor: Actor) -> list[str]:
    parts = [actor.name, *(n.text for n in actor.other_names)]
    parts += [part for part in (actor.acronym, actor.purpose) if part]
    return words(" ".join(parts))


def _sets(values: Iterable[tuple[str, ...]], index: Index) -> tuple[I64, I32]:
    rows = [sorted(k for v in vs if (k := index(v)) is not None) for vs in values]
    ptr = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(r) for r in rows], out=ptr[1:])
    return ptr, np.array([k for r in rows for k in r], np.int32)


def _degrees(values: Iterable[float | None]) -> F64:
    return np.array([np.nan if v is None else v for v in values], np.float64)


def _own_or_seat(own: Iterable[float | None], seat: I32, of_place: F64) -> F64:
    degrees = _degrees(own)
    missing = np.isnan(degrees) & (seat >= 0)
    degrees[missing] = of_place[seat[missing]]
    return degrees


def _or_none(position: int | None) -> int:
    return -1 if position is None else position
