"""The coordinator's work list: who stands apart, why, since when, and whether the data suffice to say so."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from graphsvc.analytics.components import Components, Hold, components, held_sides
from graphsvc.analytics.facts import Fact
from graphsvc.analytics.records import completeness, is_thin, record_age_days
from graphsvc.domain.actors import INSTITUTIONS, ActorKind
from graphsvc.domain.links import LinkClass, State
from graphsvc.domain.text import sort_key
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, DAY_MIN, I64, Perimeter, Ties

DETACHED_SIZE = 4  # a group of at most four apart from a larger whole
HELD_SIZE = 3  # at most three actors cut off when one leaves
RECENTLY_ALIVE_DAYS = 10 * 365
_NAMES = 3
_CLASSES = {c: k for k, c in enumerate(LinkClass)}
_NEVER = [list(State).index(s) for s in (State.PLANNED, State.ATTEMPTED, State.RETRACTED)]


class IsolationState(StrEnum):
    """In the order of urgency."""

    ISOLATED = "isolated"
    FINANCED_ONLY = "financed_only"
    DORMANT = "dormant"
    DETACHED = "detached"
    FRAGILE = "fragile"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """An actor that needs attention. `completeness` in [0, 1]; `since` = first day of the state, if known.

    `in_our_data_only`: the record is too old or too thin to conclude; `question` is the code of the one
    question that would settle it.
    """

    index: int
    state: IsolationState
    because: tuple[Fact, ...]
    since: date | None
    record_age_days: int | None
    completeness: float
    in_our_data_only: bool
    question: str


def work_list(
    snapshot: Snapshot,
    today: date,
    *,
    all_perimeters: bool = False,
    institutions: bool = False,
    ties: Ties | None = None,
) -> list[WorkItem]:
    """Engaged actors of the territory in one state each, the most urgent state first, then by name.

    By default neither institutions and internal units (`institutions`) nor actors outside the territory
    and partner side (`all_perimeters`). Actors of no known international activity are never there: nothing
    being known of them is no alarm. `ties`: another neighbour graph than that of the day, for a what-if.
    """
    view = _View(snapshot, today, snapshot.ties(today) if ties is None else ties)
    chosen = _chosen(snapshot, today, all_perimeters=all_perimeters, institutions=institutions)
    found = [item for i in np.flatnonzero(chosen).tolist() if (item := view.item(i)) is not None]
    order = list(IsolationState)
    return sorted(
        found, key=lambda item: (order.index(item.state), sort_key(snapshot.name(item.index)), item.index)
    )


def _chosen(snapshot: Snapshot, today: date, *, all_perimeters: bool, institutions: bool) -> B1:
    actors, day = snapshot.actors, today.toordinal()
    chosen: B1 = actors.engaged & (actors.ended >= day) & (actors.founded <= day)
    if not all_perimeters:
        chosen &= actors.perimeter == Perimeter.INSIDE
    if not institutions:
        kinds = [k for k, kind in enumerate(ActorKind) if kind in INSTITUTIONS]
        chosen &= ~np.isin(actors.kind, kinds) & (actors.part_of < 0)
    return chosen


class _View:
    """What the states are read from, computed once for a day."""

    def __init__(self, snapshot: Snapshot, today: date, ties: Ties) -> None:
        self.snapshot, self.today, self.ties = snapshot, today, ties
        self.degree: I64 = self.ties.degree
        self.parts: Components = components(self.ties)
        self.holds: dict[int, Hold] = held_sides(self.ties, HELD_SIZE)
        self.largest = int(self.parts.size.max(initial=0))

    def item(self, i: int) -> WorkItem | None:
        """The actor's place on the list; None when it needs none."""
        told = self._without_tie(i) if self.degree[i] == 0 else self._with_ties(i)
        if told is None:
            return None
        state, because, since = told
        alone = state in (IsolationState.ISOLATED, IsolationState.FINANCED_ONLY, IsolationState.DORMANT)
        return WorkItem(
            index=i,
            state=state,
            because=because,
            since=since,
            record_age_days=record_age_days(self.snapshot, i, self.today),
            completeness=completeness(self.snapshot, i),
            in_our_data_only=alone and is_thin(self.snapshot, i, self.today),
            question=self._question(i, state),
        )

    def _without_tie(self, i: int) -> tuple[IsolationState, tuple[Fact, ...], date | None]:
        relations = self.snapshot.relations
        rows = self.snapshot.relations_of(i)
        classes, day = relations.link_class[rows], self.today.toordinal()
        documented = rows[
            (classes == _CLASSES[LinkClass.COOPERATION]) & ~np.isin(relations.state[rows], _NEVER)
        ]
        past = documented[relations.start[documented] <= day]
        if len(past):
            return self._dormant(i, past)
        live = (relations.first[rows] <= day) & (relations.last[rows] >= day)
        money = rows[live & (classes == _CLASSES[LinkClass.RESOURCE])]
        if len(money):
            fact = Fact(
                "money_only", {"actors": self._others(i, money), "count": len(set(self._other(i, money)))}
            )
            return IsolationState.FINANCED_ONLY, (fact,), None
        contacts = rows[classes == _CLASSES[LinkClass.CONTACT]]
        because = [Fact("no_tie")]
        if len(contacts):
            because.append(Fact("only_met", {"actors": self._others(i, contacts)}))
        return IsolationState.ISOLATED, tuple(because), None

    def _dormant(self, i: int, past: I64) -> tuple[IsolationState, tuple[Fact, ...], date | None]:
        relations, day = self.snapshot.relations, self.today.toordinal()
        last = relations.last[past]
        known = last[(last < day) & (last > DAY_MIN)]
        since = date.fromordinal(int(known.max()) + 1) if len(known) == len(past) else None
        facts: dict[str, object] = {"actors": self._others(i, past), "count": len(set(self._other(i, past)))}
        if since:
            facts["year"] = date.fromordinal(since.toordinal() - 1).year
        return IsolationState.DORMANT, (Fact("ties_over" if since else "ties_dormant", facts),), since

    def _with_ties(self, i: int) -> tuple[IsolationState, tuple[Fact, ...], date | None] | None:
        size = int(self.parts.size[self.parts.label[i]])
        if size <= DETACHED_SIZE and size < self.largest:
            members = [j for j in np.flatnonzero(self.parts.label == self.parts.label[i]).tolist() if j != i]
            fact = Fact("small_group", {"size": size, "actors": self._named(members)})
            return IsolationState.DETACHED, (fact,), None
        if self.degree[i] == 1:
            fact = Fact("one_tie", {"actors": self._named(self.ties.neighbours(i).tolist())})
            return IsolationState.FRAGILE, (fact,), None
        if i in self.holds:
            hold = self.holds[i]
            fact = Fact("held_by", {"actors": self._named([hold.actor]), "side": hold.side})
            return IsolationState.FRAGILE, (fact,), None
        return None

    def _question(self, i: int, state: IsolationState) -> str:
        actor = self.snapshot.actor(i)
        age = record_age_days(self.snapshot, i, self.today)
        if age is None or age > RECENTLY_ALIVE_DAYS:
            return "still_active"
        if not actor.themes and not actor.purpose:
            return "what_do_you_do"
        if state is IsolationState.DORMANT:
            return "resumed"
        return "who_with"

    def _other(self, i: int, rows: I64) -> list[int]:
        relations = self.snapshot.relations
        return [int(relations.b[r]) if relations.a[r] == i else int(relations.a[r]) for r in rows.tolist()]

    def _others(self, i: int, rows: I64) -> list[dict[str, str]]:
        return self._named(list(dict.fromkeys(self._other(i, rows))))

    def _named(self, indices: list[int]) -> list[dict[str, str]]:
        return [{"id": self.snapshot.ids[j], "name": self.snapshot.name(j)} for j in indices[:_NAMES]]
