"""Which links of a plan came true? Whatever happened to their actors since, each link is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from graphsvc.domain.links import LinkClass, State
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MIN

_CLASSES = list(LinkClass)
_MEANS = [_CLASSES.index(c) for c in (LinkClass.RESOURCE, LinkClass.STRUCTURAL)]
_RETRACTED = list(State).index(State.RETRACTED)


class Outcome(StrEnum):
    """Where a planned link stands, the best first."""

    COOPERATING = "cooperating"  # a live cooperation joins them
    RELATED = "related"  # money, membership or structure: not a cooperation
    MET = "met"  # they met or were introduced
    OVER = "over"  # they cooperated, and no longer do
    WAITING = "waiting"
    ENDED = "ended"  # one of the two has ended
    ONE_ACTOR = "one_actor"  # the two records were merged into one
    LOST = "lost"  # a record is no longer there


@dataclass(frozen=True, slots=True)
class Progress:
    """A planned link today. `first`, `second`: the actors, None when a record is no longer there.

    `merged`: the keys that now lead to another record. `since`: first day of the cooperation, if documented.
    """

    first: int | None
    second: int | None
    outcome: Outcome
    merged: tuple[str, ...] = ()
    since: date | None = None


def progress_of(snapshot: Snapshot, day: date, links: Iterable[tuple[str, str]]) -> list[Progress]:
    """Where each link (two public keys) stands, in the order given."""
    return [_progress(snapshot, day, first, second) for first, second in links]


def _progress(snapshot: Snapshot, day: date, first: str, second: str) -> Progress:
    i, j = snapshot.index(first), snapshot.index(second)
    merged = tuple(key for key, at in ((first, i), (second, j)) if at is not None and snapshot.ids[at] != key)
    if i is None or j is None:
        return Progress(i, j, Outcome.LOST, merged)
    if i == j:
        return Progress(i, j, Outcome.ONE_ACTOR, merged)
    outcome, since = _between(snapshot, day, i, j)
    return Progress(i, j, outcome, merged, since)


def _between(snapshot: Snapshot, day: date, i: int, j: int) -> tuple[Outcome, date | None]:
    relations, at = snapshot.relations, day.toordinal()
    rows = snapshot.relations_of(i)
    rows = rows[((relations.a[rows] == j) | (relations.b[rows] == j)) & (relations.state[rows] != _RETRACTED)]
    live = (relations.first[rows] <= at) & (relations.last[rows] >= at)
    classes = relations.link_class[rows]
    cooperating = rows[live & (classes == _CLASSES.index(LinkClass.COOPERATION))]
    if len(cooperating):
        starts = relations.start[cooperating]
        known = starts[starts > DAY_MIN]
        return Outcome.COOPERATING, date.fromordinal(int(known.min())) if len(known) else None
    if any(int(snapshot.actors.ended[k]) < at for k in (i, j)):
        return Outcome.ENDED, None
    if (live & np.isin(classes, _MEANS)).any():
        return Outcome.RELATED, None
    if j in snapshot.documented_ties().neighbours(i):
        return Outcome.OVER, None
    if (classes == _CLASSES.index(LinkClass.CONTACT)).any():
        return Outcome.MET, None
    return Outcome.WAITING, None
