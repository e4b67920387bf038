"""What changed between two days, and the figures year by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.analytics.health import Health, network_health
from graphsvc.analytics.structure import existing_actors
from graphsvc.domain.links import LinkClass
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX, DAY_MIN, I64, Ties

_COOPERATION = list(LinkClass).index(LinkClass.COOPERATION)


@dataclass(frozen=True, slots=True)
class TieChange:
    """A pair of actors that cooperates on one day and not on the other; `rows` of relations behind it.

    `day`: when it began (the earliest known start) or stopped (the day after its last live day); None when
    the sources do not say.
    """

    a: int
    b: int
    rows: tuple[int, ...]
    day: date | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Between two days: pairs and actors that appeared and that ended, and the figures of both days."""

    since: date
    until: date
    ties_appeared: tuple[TieChange, ...]
    ties_ended: tuple[TieChange, ...]
    actors_appeared: tuple[int, ...]
    actors_ended: tuple[int, ...]
    before: Health
    after: Health


def changes(snapshot: Snapshot, since: date, until: date) -> Changes:
    """What is there at the end of `until` and was not at the end of `since`, and the contrary.

    Pairs by (a, b); days given in the wrong order are put right. A link whose beginning nobody documented
    has always been there as far as one knows: it never appears.
    """
    since, until = min(since, until), max(since, until)
    before, after = snapshot.ties(since), snapshot.ties(until)
    was, now = _pairs(before), _pairs(after)
    here, there = existing_actors(snapshot, since), existing_actors(snapshot, until)
    return Changes(
        since=since,
        until=until,
        ties_appeared=tuple(_appeared(snapshot, p, until) for p in sorted(now - was)),
        ties_ended=tuple(_ended(snapshot, p, since) for p in sorted(was - now)),
        actors_appeared=tuple(np.flatnonzero(there & ~here).tolist()),
        actors_ended=tuple(np.flatnonzero(here & ~there).tolist()),
        before=network_health(snapshot, since),
        after=network_health(snapshot, until),
    )


def figures_by_year(snapshot: Snapshot, today: date, *, most: int = 12) -> list[tuple[date, Health]]:
    """The figures at the end of each of the last years, then today's; at most `most` days, oldest first.

    Years before the first documented beginning are left out: there the figures only repeat each other.
    """
    return [(day, network_health(snapshot, day)) for day in year_ends(snapshot, today, most)]


def year_ends(snapshot: Snapshot, today: date, most: int) -> Sequence[date]:
    """The last days of the years before today's, and today."""
    first = max(_first_year(snapshot, today), today.year - most + 1)
    return [*(date(year, 12, 31) for year in range(first, today.year)), today]


def _first_year(snapshot: Snapshot, today: date) -> int:
    start = snapshot.relations.start
    known = start[(start > DAY_MIN) & (start <= today.toordinal())]
    return date.fromordinal(int(known.min())).year if len(known) else today.year


def _pairs(ties: Ties) -> set[tuple[int, int]]:
    source = np.repeat(np.arange(len(ties.ptr) - 1), ties.degree)
    once = source < ties.ids
    return set(zip(source[once].tolist(), ties.ids[once].tolist(), strict=True))


def _appeared(snapshot: Snapshot, pair: tuple[int, int], day: date) -> TieChange:
    rows = _live_rows(snapshot, pair, day)
    first = snapshot.relations.first[rows]
    known = first[first > DAY_MIN]
    return _change(pair, rows, int(known.min()) if len(known) else None)


def _ended(snapshot: Snapshot, pair: tuple[int, int], day: date) -> TieChange:
    rows = _live_rows(snapshot, pair, day)
    last = snapshot.relations.last[rows]
    known = last[last < DAY_MAX]
    return _change(pair, rows, int(known.max()) + 1 if len(known) else None)


def _change(pair: tuple[int, int], rows: I64, day: int | None) -> TieChange:
    return TieChange(*pair, tuple(rows.tolist()), None if day is None else date.fromordinal(day))


def _live_rows(snapshot: Snapshot, pair: tuple[int, int], day: date) -> I64:
    relations, (a, b), at = snapshot.relations, pair, day.toordinal()
    rows = snapshot.relations_of(a)
    joins = (relations.a[rows] == b) | (relations.b[rows] == b)
    live = (relations.first[rows] <= at) & (relations.last[rows] >= at)
    found: I64 = rows[joins & live & (relations.link_class[rows] == _COOPERATION)]
    return found
