"""Cooperations that sleep and are worth reviving, and who could help.

A pair of houses, one of the territory at least, that cooperated and does not today (no live cooperation;
both, or the successor of the one that ended, exist). Score, in [0, 1]:
    (0.35 kind + 0.25 length + 0.2 common ground + 0.2 loneliness) x 2^(-years since / 15)
- kind: twinning, decentralised cooperation 1, agreement or project 0.8, other 0.6, an expert's mission 0.2;
  half of it for a pair without a partner-side actor nor two of the territory;
- length: years it lasted over 20, at most 1; 0.3 when not known;
- common ground: 1 when they still share a theme and one still acts where the other is, 0.5 for either;
- loneliness: 1 when one of the two has no live cooperation at all, 0.5 when one has a single one.
Helpers: partners of both today, then actors of the territory at work where the partner is, then network heads
and resource centres on a common theme.
"""

from bisect import insort
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.domain.links import LinkKind
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, DAY_MAX, DAY_MIN, I64, RelationSource
from matcher.between import Bridge, bridges_between
from matcher.groups.dormant_reasons import helpers_of, reasons_of
from matcher.groups.groups import Group, GroupRole, Member
from matcher.places.standing import Standing, standing_on
from matcher.profiles import documented

KIND, LENGTH, GROUND, LONELY = 0.35, 0.25, 0.2, 0.2
HALF_LIFE_YEARS = 15.0
FULL_YEARS = 20.0
UNKNOWN_LENGTH = 0.3
TOP = 50
_GREAT = [list(LinkKind).index(k) for k in (LinkKind.TWINNING, LinkKind.DECENTRALISED_COOPERATION)]
_EXPERT = list(LinkKind).index(LinkKind.EXPERTISE)
_RECORDS = (RelationSource.AGREEMENT, RelationSource.PROJECT)


@dataclass(frozen=True, slots=True)
class Dormant(Group):
    """Two ends, then helpers. `last`: last day it was live, None when not known; `heir`: an end stands for an
    actor that has ended.
    """

    last: date | None
    heir: bool


def dormant_links(
    snapshot: Snapshot, today: date, *, around: int | None = None, top: int = TOP
) -> list[Dormant]:
    """The `top` cooperations most worth reviving. `around`: an actor that must be an end of them."""
    standing = standing_on(snapshot, today)
    pairs = _sleeping(snapshot, standing)
    if around is not None:
        house = int(standing.house[around])
        pairs = {pair: rows for pair, rows in pairs.items() if house in pair}
    return [_dormant(snapshot, standing, *found) for found in _best(snapshot, standing, pairs, top)]


def _best(
    snapshot: Snapshot, standing: Standing, pairs: dict[tuple[int, int], I64], top: int
) -> list[tuple[float, tuple[int, int], I64]]:
    """The best pairs, exactly; those that can no longer be among them are not looked at closely."""
    bounds = [(_past(snapshot, standing, pair, rows), pair, rows) for pair, rows in pairs.items()]
    bounds.sort(key=lambda found: (-found[0].bound, found[1]))
    best: list[tuple[float, tuple[int, int], I64]] = []
    for past, pair, rows in bounds:
        if len(best) >= top and past.bound < best[top - 1][0]:
            break
        worth = past.worth + GROUND * _ground(snapshot, standing, pair) + LONELY * _lonely(standing, pair)
        insort(best, (worth * past.left, pair, rows), key=lambda found: (-found[0], found[1]))
        del best[top:]
    return best


def _sleeping(snapshot: Snapshot, standing: Standing) -> dict[tuple[int, int], I64]:
    """Rows of documented cooperation by pair of houses that have no live one."""
    relations = snapshot.relations
    a, b = standing.house[relations.a], standing.house[relations.b]
    begun = relations.start <= standing.day
    kept: B1 = documented(snapshot) & begun & (a >= 0) & (b >= 0) & (a != b)
    kept &= standing.local[a] | standing.local[b]
    rows = np.flatnonzero(kept)
    low, high = np.minimum(a[rows], b[rows]), np.maximum(a[rows], b[rows])
    found: dict[tuple[int, int], list[int]] = {}
    for one, other, row in zip(low.tolist(), high.tolist(), rows.tolist(), strict=True):
        found.setdefault((one, other), []).append(row)
    live = {(int(i), int(j)) for i, j in zip(*standing.circle.nonzero(), strict=True)}
    return {pair: np.array(rows_, np.int64) for pair, rows_ in found.items() if pair not in live}


def _dormant(
    snapshot: Snapshot, standing: Standing, score: float, pair: tuple[int, int], rows: I64
) -> Dormant:
    here, there = pair if standing.local[pair[0]] else (pair[1], pair[0])
    last = last_day(snapshot, standing, rows)
    bridges: list[Bridge] = bridges_between(snapshot, standing, here, there)
    ends = (
        Member(here, GroupRole.HOME),
        Member(there, GroupRole.PARTNER if standing.index.away[there] else GroupRole.HOME),
    )
    themes = np.intersect1d(
        standing.themes.entry[standing.themes.span(here)], standing.themes.entry[standing.themes.span(there)]
    )
    seat = int(snapshot.actors.seat[there]) if standing.index.away[there] else -1
    former = [i for end in pair for i in _formers(snapshot, standing, end, rows)]
    return Dormant(
        score=score,
        members=(*ends, *helpers_of(snapshot, standing, here, there)),
        themes=tuple(int(t) for t in themes[:3]),
        places=(seat,) if seat >= 0 else (),
        reasons=reasons_of(snapshot, standing, (here, there), last, former, bridges),
        last=date.fromordinal(last) if last is not None else None,
        heir=bool(former),
    )


def _formers(snapshot: Snapshot, standing: Standing, house: int, rows: I64) -> list[int]:
    """Ended actors the house stands for in these rows."""
    ends = np.unique(np.r_[snapshot.relations.a[rows], snapshot.relations.b[rows]])
    found = [int(i) for i in ends if standing.house[i] == house and i != house and not standing.alive[i]]
    heads = [i for i in found if snapshot.actors.part_of[i] < 0] or found
    latest = max((int(snapshot.actors.ended[i]) for i in heads), default=0)  # a predecessor's own is not told
    return [i for i in heads if snapshot.actors.ended[i] == latest][:1]


def last_day(snapshot: Snapshot, standing: Standing, rows: I64) -> int | None:
    """The last day any of these was live, before the day asked for; None when no source says."""
    relations = snapshot.relations
    lived = rows[relations.first[rows] <= relations.last[rows]]
    days = np.minimum(relations.last[lived], standing.day)
    if len(days):
        return int(days.max())
    confirmed = relations.confirmed[rows]
    known = confirmed[confirmed > DAY_MIN]
    return int(known.max()) if len(known) else None


@dataclass(frozen=True, slots=True)
class _Past:
    """What a cooperation was worth by itself, and how much of it is left after the years."""

    worth: float
    left: float

    @property
    def bound(self) -> float:
        """Its score cannot exceed this."""
        return (self.worth + GROUND + LONELY) * self.left


def _past(snapshot: Snapshot, standing: Standing, pair: tuple[int, int], rows: I64) -> _Past:
    last = last_day(snapshot, standing, rows)
    years = (standing.day - last) / 365.25 if last is not None else HALF_LIFE_YEARS
    kind = KIND * _kind(snapshot, rows) * (1.0 if _of_ours(standing, pair) else 0.5)
    length = LENGTH * _length(snapshot, rows, last)
    return _Past(kind + length, float(2 ** (-max(years, 0.0) / HALF_LIFE_YEARS)))


def _kind(snapshot: Snapshot, rows: I64) -> float:
    if np.isin(snapshot.relations.kind[rows], _GREAT).any():
        return 1.0
    if np.isin(snapshot.relations.source[rows], _RECORDS).any():
        return 0.8
    return 0.2 if (snapshot.relations.kind[rows] == _EXPERT).all() else 0.6


def _of_ours(standing: Standing, pair: tuple[int, int]) -> bool:
    ours = standing.local | standing.index.away
    return bool(ours[pair[0]] and ours[pair[1]])


def _length(snapshot: Snapshot, rows: I64, last: int | None) -> float:
    starts = snapshot.relations.start[rows]
    known = starts[(starts > DAY_MIN) & (starts < DAY_MAX)]
    if last is None or not len(known):
        return UNKNOWN_LENGTH
    return min(1.0, max(0.0, (last - int(known.min())) / 365.25 / FULL_YEARS))


def _ground(snapshot: Snapshot, standing: Standing, pair: tuple[int, int]) -> float:
    one, other = pair
    themes = bool(set(standing.themes.of(one)) & set(standing.themes.of(other)))
    return 0.5 * themes + 0.5 * (
        _acts(snapshot, standing, one, other) or _acts(snapshot, standing, other, one)
    )


def _acts(snapshot: Snapshot, standing: Standing, one: int, other: int) -> bool:
    seat = int(snapshot.actors.seat[other])
    around = set(snapshot.ancestors(seat)[:-1]) if seat >= 0 and standing.index.away[other] else set()
    return bool(around & set(standing.places.of(one)))


def _lonely(standing: Standing, pair: tuple[int, int]) -> float:
    fewest = min(len(standing.partners(end)) for end in pair)
    return {0: 1.0, 1: 0.5}.get(fewest, 0.0)
