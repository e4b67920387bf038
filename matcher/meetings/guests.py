"""Who is invited to a meeting, in what order, and why: see matcher/meetings/meeting.py for the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from graphsvc.analytics.brokerage import betweenness
from graphsvc.analytics.isolation import IsolationState, WorkItem, work_list
from graphsvc.domain.actors import ActorRole
from graphsvc.domain.errors import InvalidValue
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64
from matcher.evidence.territories import place_facts
from matcher.evidence.ties import actor_facts
from matcher.meetings.acquaintances import acquaintances, match_scores
from matcher.meetings.topic import OFF_TOPIC, OnTopic, Tier, Topic, houses_on_topic, on_topic, sits_in
from matcher.places.standing import standing_on
from matcher.reasons import Reason

DEFAULT_SIZE, LEAST_SIZE, MOST_SIZE = 24, 2, 300
APART_SHARE, BROKER_SHARE = 0.5, 0.2
WEAVERS = (ActorRole.NETWORK_HEAD, ActorRole.RESOURCE_CENTRE, ActorRole.RELAY)
SUITS = 0.15  # an actor off the topic suits a guest from this match score on
NAMED = 3
_BIT = {role: 1 << bit for bit, role in enumerate(ActorRole)}
_WEAVER_BITS = sum(_BIT[role] for role in WEAVERS)
_URGENCY = {state: k for k, state in enumerate(IsolationState)}


class GuestRole(StrEnum):
    """Why one is invited."""

    APART = "apart"  # stands apart in the network
    BROKER = "broker"  # knows many, can introduce
    ON_TOPIC = "on_topic"
    ELSEWHERE = "elsewhere"  # on the topic, from outside the territory
    MATCH = "match"  # off the topic; suits somebody who stands apart


@dataclass(frozen=True, slots=True)
class MeetingRequest:
    """What is asked: keys of themes, territories and areas (of each, one is enough), seats and tables.

    `everyone` also invites those who sit abroad; `complete` fills free seats with actors of the territory
    that are off the topic. Raises InvalidValue (`meeting_size`, `meeting_tables`).
    """

    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    size: int = DEFAULT_SIZE
    tables: int | None = None
    everyone: bool = False
    complete: bool = True

    def __post_init__(self) -> None:
        if not LEAST_SIZE <= self.size <= MOST_SIZE:
            raise InvalidValue("meeting", "size", self.size, "meeting_size")
        if self.tables is not None and not 1 <= self.tables <= self.size // 2:
            raise InvalidValue("meeting", "tables", self.tables, "meeting_tables")


@dataclass(frozen=True, slots=True)
class Invited:
    """A house to invite and why; `item` is its line of the work list, if it has one."""

    index: int
    role: GuestRole
    topic: OnTopic
    item: WorkItem | None
    reasons: tuple[Reason, ...]


def choose_guests(snapshot: Snapshot, request: MeetingRequest, topic: Topic, today: date) -> list[Invited]:
    """The guests, in the order of invitation, at most `size`; empty when nobody is on the topic."""
    return _Choice(snapshot, request, topic, today).invited()


def describe_guests(snapshot: Snapshot, topic: Topic, indices: Sequence[int], today: date) -> list[Invited]:
    """The same of guests somebody chose: what each is to the topic, and why, in the order of roles."""
    return _Choice(snapshot, MeetingRequest(), topic, today).described(indices)


class _Choice:
    """One request on one day."""

    def __init__(self, snapshot: Snapshot, request: MeetingRequest, topic: Topic, today: date) -> None:
        self.snapshot, self.request, self.topic, self.today = snapshot, request, topic, today
        self.standing = standing_on(snapshot, today)
        self.between: F64 = betweenness(snapshot.ties(today))
        self.apart = {item.index: item for item in work_list(snapshot, today)}
        own = self.standing.house == np.arange(snapshot.n)
        self.abroad = _abroad(snapshot)
        self.may_come: B1 = self.standing.alive & own & (request.everyone | ~self.abroad)

    def invited(self) -> list[Invited]:
        """The guests, in the order of invitation."""
        size, here = self.request.size, self._on_topic()
        local = [i for i in here if self.standing.local[i]]
        apart = sorted((i for i in local if i in self.apart), key=lambda i: self._apart_order(i, here))
        first = apart[: max(1, round(APART_SHARE * size))]
        brokers = self._brokers([i for i in local if i not in self.apart], here)
        brokers = brokers[: max(1, round(BROKER_SHARE * size))]
        rest = [i for i in local if i not in self.apart and i not in brokers]
        away = [] if self.topic.open else [i for i in here if not self.standing.local[i]]
        groups = (
            (GuestRole.APART, first),
            (GuestRole.BROKER, brokers),
            (GuestRole.ON_TOPIC, self._best_first(rest, first, here)),
            (GuestRole.APART, apart[len(first) :]),
            (GuestRole.ELSEWHERE, self._best_first(away, first, here)),
        )
        order = [(role, i) for role, found in groups for i in found]
        invited = [self._invited(role, i, here[i]) for role, i in order[:size]]
        free = size - len(invited)
        if free > 0 and first and self.request.complete and not self.topic.open:
            invited += self._matches(first, {guest.index for guest in invited}, free)
        return invited

    def described(self, indices: Sequence[int]) -> list[Invited]:
        """Each of these as it would be invited, in the order of roles; a unit is what its house is."""
        found = []
        for i in indices:
            house = int(self.standing.house[i])
            told = OFF_TOPIC if house < 0 else on_topic(self.snapshot, self.standing, self.topic, house)
            found.append(self._invited(self._role(i, house, told), i, told))
        roles = list(GuestRole)
        return sorted(found, key=lambda g: (roles.index(g.role), g.topic.tier, self.snapshot.name(g.index)))

    def _role(self, i: int, house: int, told: OnTopic) -> GuestRole:
        if i in self.apart:
            return GuestRole.APART
        if house < 0 or not self.standing.local[house]:
            return GuestRole.ELSEWHERE
        if told.tier is Tier.OFF:
            return GuestRole.MATCH
        return GuestRole.BROKER if self._brokers([i], {i: told}) else GuestRole.ON_TOPIC

    def _on_topic(self) -> dict[int, OnTopic]:
        """The houses on the topic; of an open topic, those whose activity is known."""
        found = {}
        may = self.may_come & houses_on_topic(self.snapshot, self.standing, self.topic)
        for i in np.flatnonzero(may).tolist():
            if sits_in(self.snapshot, i, self.topic.areas):
                told = on_topic(self.snapshot, self.standing, self.topic, i)
                if told.tier is not Tier.OFF and (not self.topic.open or self.snapshot.actors.engaged[i]):
                    found[i] = told
        return found

    def _apart_order(self, i: int, here: dict[int, OnTopic]) -> tuple[int, int, bool, float, int]:
        item = self.apart[i]
        return here[i].tier, _URGENCY[item.state], item.in_our_data_only, -here[i].strength, i

    def _brokers(self, others: Sequence[int], here: dict[int, OnTopic]) -> list[int]:
        roles = self.standing.index.roles
        found = [i for i in others if roles[i] & _WEAVER_BITS or self.between[i] > 0]
        return sorted(
            found, key=lambda i: (here[i].tier, not roles[i] & _WEAVER_BITS, -float(self.between[i]), i)
        )

    def _best_first(self, rest: Sequence[int], apart: Sequence[int], here: dict[int, OnTopic]) -> list[int]:
        """The wholly on topic first, then those that best suit somebody who stands apart."""
        fit = np.zeros(self.snapshot.n)
        for i in apart if rest else ():
            fit = np.maximum(fit, match_scores(self.snapshot, i, self.today))
        return sorted(rest, key=lambda i: (here[i].tier, -float(fit[i]), -here[i].strength, i))

    def _invited(self, role: GuestRole, i: int, told: OnTopic) -> Invited:
        item = self.apart.get(i)
        reasons = [Reason(fact.code, dict(fact.facts)) for fact in item.because] if item else []
        if item is not None and item.in_our_data_only:
            reasons.append(Reason("perhaps_apart", {"question": item.question}))
        reasons += told.reasons
        if role is GuestRole.BROKER:
            reasons.append(self._can_introduce(i))
        if role is GuestRole.ELSEWHERE:
            seat = int(self.snapshot.actors.seat[i])
            facts: dict[str, object] = {"abroad": bool(self.abroad[i])}
            facts["place"] = place_facts(self.snapshot, seat) if seat >= 0 else None
            reasons.append(Reason("sits_elsewhere", facts))
        return Invited(i, role, told, item, tuple(reasons))

    def _can_introduce(self, i: int) -> Reason:
        roles, partners = int(self.standing.index.roles[i]), self.standing.partners(i).tolist()
        facts: dict[str, object] = {
            "roles": [role.value for role in WEAVERS if roles & _BIT[role]],
            "partners": [actor_facts(self.snapshot, j) for j in partners[:NAMED]],
            "count": len(partners),
        }
        return Reason("can_introduce", facts)

    def _matches(self, apart: list[int], taken: set[int], free: int) -> list[Invited]:
        """Actors of the territory off the topic that suit somebody who stands apart and are new to them."""
        may = np.flatnonzero(self.standing.local & self.may_come & self.snapshot.actors.engaged).tolist()
        others = [i for i in may if i not in taken and sits_in(self.snapshot, i, self.topic.areas)]
        scores = np.array([match_scores(self.snapshot, i, self.today)[others] for i in apart])
        scores[acquaintances(self.snapshot, apart, others, self.today) | (scores < SUITS)] = 0.0
        best = scores.max(axis=0, initial=0.0)
        order = [k for k in np.lexsort((np.array(others), -best)).tolist() if best[k] > 0]
        return [self._match(others[k], apart, scores[:, k]) for k in order[:free]]

    def _match(self, i: int, apart: list[int], scores: F64) -> Invited:
        rows = [r for r in np.lexsort((np.array(apart), -scores)).tolist() if scores[r] > 0][:NAMED]
        told = self._invited(GuestRole.MATCH, i, OFF_TOPIC)
        suits = Reason("suits_guests", {"actors": [actor_facts(self.snapshot, apart[r]) for r in rows]})
        return Invited(i, told.role, OFF_TOPIC, told.item, (suits, *told.reasons))


def _abroad(snapshot: Snapshot) -> B1:
    """Actors seated in a country that holds no home place; those of unknown seat are not."""
    roots = np.array([snapshot.ancestors(p)[-1] for p in range(len(snapshot.place_ids))], np.int64)
    home = np.unique(roots[snapshot.places.home])
    seat = snapshot.actors.seat
    found: B1 = np.zeros(snapshot.n, np.bool_)
    seated = seat >= 0
    found[seated] = ~np.isin(roots[seat[seated]], home)
    return found
