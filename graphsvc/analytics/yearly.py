"""One year of the network: what changed, what began and ended, what was held, what somebody confirmed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from graphsvc.analytics.timeline import Changes, changes
from graphsvc.domain.agreements import Agreement
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import State
from graphsvc.domain.projects import Project
from graphsvc.snapshot import Snapshot

_NEVER = frozenset({State.PLANNED, State.ATTEMPTED, State.RETRACTED})


@dataclass(frozen=True, slots=True)
class YearReview:
    """A year up to `day` (its last day, or today). Positions of records, in the order of their days.

    `projects_begun`, `agreements_begun`: whose documented start is in the year; `…_ended`: whose end is.
    `events`: held in the year; `sheets`: experience told of the year; `closed`: announcements that met
    somebody. `confirmed`: actors whose record was confirmed in the year.
    """

    year: int
    day: date
    changes: Changes
    projects_begun: tuple[int, ...]
    projects_ended: tuple[int, ...]
    agreements_begun: tuple[int, ...]
    agreements_ended: tuple[int, ...]
    events: tuple[int, ...]
    sheets: tuple[int, ...]
    announcements: tuple[int, ...]
    confirmed: int


def review_year(snapshot: Snapshot, year: int, today: date) -> YearReview:
    """The year, compared with the end of the one before. Raises ValueError for a year not begun."""
    if year > today.year or year < 2:
        raise ValueError(year)
    day = min(date(year, 12, 31), today)
    projects = [(k, snapshot.project(k)) for k in range(len(snapshot.project_ids))]
    agreements = [(k, snapshot.agreement(k)) for k in range(len(snapshot.agreement_ids))]
    events = [(k, snapshot.event(k)) for k in range(len(snapshot.event_ids))]
    sheets = [(k, snapshot.experience(k)) for k in range(len(snapshot.experience_ids))]
    posted = [(k, snapshot.announcement(k)) for k in range(len(snapshot.announcement_ids))]
    return YearReview(
        year=year,
        day=day,
        changes=changes(snapshot, date(year - 1, 12, 31), day),
        projects_begun=_dated(_real(projects), year, day, lambda r: r.start),
        projects_ended=_dated(_real(projects), year, day, lambda r: r.end),
        agreements_begun=_dated(_real(agreements), year, day, lambda r: r.start),
        agreements_ended=_dated(_real(agreements), year, day, lambda r: r.end),
        events=_dated(events, year, day, lambda r: r.start or r.end),
        sheets=_dated(sheets, year, day, lambda r: r.end or r.start),
        announcements=_dated(posted, year, day, lambda r: r.published_on),
        confirmed=_confirmed(snapshot, year),
    )


def reviewed_years(snapshot: Snapshot, today: date) -> list[int]:
    """The years of which something is dated, the latest first: today's is always there."""
    relations = snapshot.relations
    days = np.concatenate([relations.start, relations.end, relations.confirmed, snapshot.actors.confirmed])
    ordinals = np.unique(days[(days > date(1900, 1, 1).toordinal()) & (days <= today.toordinal())])
    return sorted({date.fromordinal(int(d)).year for d in ordinals} | {today.year}, reverse=True)


def _real(records: list[tuple[int, Any]]) -> Iterator[tuple[int, Project | Agreement]]:
    yield from ((k, r) for k, r in records if r.state not in _NEVER)


def _dated(records: Any, year: int, day: date, when: Callable[[Any], PartialDate | None]) -> tuple[int, ...]:
    found = [(when(record), k) for k, record in records]
    inside = [(d.first_day, k) for d, k in found if d is not None and d.year == year and d.first_day <= day]
    return tuple(k for _, k in sorted(inside))


def _confirmed(snapshot: Snapshot, year: int) -> int:
    days = snapshot.actors.confirmed
    return int(((days >= date(year, 1, 1).toordinal()) & (days <= date(year, 12, 31).toordinal())).sum())
