"""Who should come to a meeting, and who should sit with whom.

On the topic are the houses of the territory that work on one of the themes and act in one of the territories
(after them, those on one of the two), seated in the area if one is given. They are invited in this order,
until `size` (`matcher.meetings.guests`):
1. those who stand apart (the work list), up to half of the seats, so that there is somebody for them to meet;
2. brokers, up to a fifth: network heads, resource centres and relays, then those through whom most others
   reach one another;
3. the others on the topic, those that best suit somebody who stands apart first; then whoever stands apart
   and has found no seat yet;
4. those on the topic from elsewhere in the country (with `everyone`, also from abroad);
5. with `complete`, actors of the territory off the topic that suit one who stands apart and are new to it.

Tables (`seating`): two strangers are worth 1 + their match score in [0, 1] + 0.5 when one stands apart
and the other does not; two that know each other (`acquaintances`) are worth nothing; two of which one
declined the other are kept apart as far as can be.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.analytics.isolation import IsolationState
from graphsvc.domain.errors import InvalidValue
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64
from matcher.evidence.ties import actor_facts
from matcher.meetings.acquaintances import acquaintances, mutual_scores
from matcher.meetings.guests import (
    LEAST_SIZE,
    GuestRole,
    Invited,
    MeetingRequest,
    choose_guests,
    describe_guests,
)
from matcher.meetings.seating import Seating, seat_guests
from matcher.meetings.topic import Tier, Topic, read_topic
from matcher.reasons import Reason

AT_A_TABLE = 6  # guests, when the number of tables is not given
NAMED = 2
OPENING = 0.5
DECLINED_WORTH = -10.0


@dataclass(frozen=True, slots=True)
class Guest:
    """An actor to invite (`index` in the snapshot), at a table counted from 1, and why."""

    index: int
    role: GuestRole
    tier: Tier
    state: IsolationState | None
    table: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """The guests in the order of invitation. `meetings`: pairs of strangers that share a table.

    `notes` say what the reader should know of the whole; without guests they say why.
    """

    topic: Topic
    guests: tuple[Guest, ...]
    tables: int
    meetings: int
    notes: tuple[Reason, ...]


def plan_meeting(
    snapshot: Snapshot,
    request: MeetingRequest,
    today: date,
    *,
    declined: Collection[tuple[str, str]] = (),
) -> Meeting:
    """The guest list and the table plan. `declined`: pairs of public keys that are better kept apart.

    Raises UnknownRecord (with the nearest) or AmbiguousName for a theme or territory nobody knows.
    """
    topic = read_topic(snapshot, request.themes, request.territories, request.areas)
    invited = choose_guests(snapshot, request, topic, today)
    if len(invited) < LEAST_SIZE:
        alone = [actor_facts(snapshot, guest.index) for guest in invited]
        return Meeting(topic, (), 0, 0, (Reason("nobody_to_meet", {"found": alone}),))
    tables = min(request.tables or usual_tables(len(invited)), len(invited) // 2)
    guests, seating = _seated(snapshot, invited, tables, today, declined)
    notes = tuple(_notes(snapshot, request, topic, invited, tables, seating.alone))
    return Meeting(topic, guests, tables, seating.meetings, notes)


def plan_tables(
    snapshot: Snapshot,
    topic: Topic,
    indices: Sequence[int],
    today: date,
    *,
    tables: int | None = None,
    declined: Collection[tuple[str, str]] = (),
) -> Meeting:
    """The table plan of guests somebody chose. Raises InvalidValue (`meeting_tables`)."""
    invited = describe_guests(snapshot, topic, indices, today)
    if len(invited) < LEAST_SIZE:
        alone = [actor_facts(snapshot, guest.index) for guest in invited]
        return Meeting(topic, (), 0, 0, (Reason("nobody_to_meet", {"found": alone}),))
    if tables is not None and not 1 <= tables <= len(invited) // 2:
        raise InvalidValue("meeting", "tables", tables, "meeting_tables")
    tables = tables or usual_tables(len(invited))
    guests, seating = _seated(snapshot, invited, tables, today, declined)
    notes: list[Reason] = []
    if seating.alone:
        notes.append(_knows_its_table(snapshot, invited, seating.alone))
    return Meeting(topic, guests, tables, seating.meetings, tuple(notes))


def usual_tables(guests: int) -> int:
    """How many tables, when nobody says."""
    return max(1, min(round(guests / AT_A_TABLE), guests // 2))


def _seated(
    snapshot: Snapshot,
    invited: list[Invited],
    tables: int,
    today: date,
    declined: Collection[tuple[str, str]],
) -> tuple[tuple[Guest, ...], Seating]:
    houses = [guest.index for guest in invited]
    new = ~acquaintances(snapshot, houses, houses, today)
    scores = mutual_scores(snapshot, houses, today)
    seating = seat_guests(new, _worth(snapshot, invited, scores, declined), tables)
    together = seating.table[:, None] == seating.table[None, :]
    guests = tuple(
        Guest(
            guest.index,
            guest.role,
            guest.topic.tier,
            guest.item.state if guest.item else None,
            int(seating.table[k]) + 1,
            (*guest.reasons, _at_table(snapshot, houses, together[k] & new[k], scores[k])),
        )
        for k, guest in enumerate(invited)
    )
    return guests, seating


def _worth(
    snapshot: Snapshot, invited: list[Invited], scores: F64, declined: Collection[tuple[str, str]]
) -> F64:
    apart = np.array([guest.item is not None for guest in invited])
    worth: F64 = 1 + scores + OPENING * (apart[:, None] != apart[None, :])
    at = {snapshot.ids[guest.index]: k for k, guest in enumerate(invited)}
    for one, other in declined:
        if one in at and other in at:
            worth[at[one], at[other]] = worth[at[other], at[one]] = DECLINED_WORTH
    return worth


def _at_table(snapshot: Snapshot, houses: list[int], met: B1, scores: F64) -> Reason:
    """Whom a guest meets at its table, the best matches first."""
    rows = np.flatnonzero(met)
    best = rows[np.lexsort((rows, -scores[rows]))][:NAMED].tolist()
    actors = [actor_facts(snapshot, houses[r]) for r in best]
    return Reason("meets_at_table", {"actors": actors, "count": len(rows)})


def _notes(
    snapshot: Snapshot,
    request: MeetingRequest,
    topic: Topic,
    invited: list[Invited],
    tables: int,
    alone: tuple[int, ...],
) -> Iterator[Reason]:
    if topic.themes and topic.places:
        whole = sum(guest.topic.tier is Tier.WHOLE for guest in invited)
        partly = sum(guest.topic.tier in (Tier.PLACE, Tier.THEME) for guest in invited)
        yield Reason("on_both_topics", {"whole": whole, "partly": partly})
    off = sum(guest.role is GuestRole.MATCH for guest in invited)
    if off:
        yield Reason("completed_off_topic", {"on": len(invited) - off, "off": off})
    if len(invited) < request.size:
        yield Reason("fewer_guests", {"found": len(invited), "asked": request.size})
    if request.tables is not None and tables < request.tables:
        yield Reason("fewer_tables", {"tables": tables, "asked": request.tables})
    if not any(guest.item for guest in invited):
        yield Reason("nobody_apart", {})
    if alone:
        yield _knows_its_table(snapshot, invited, alone)


def _knows_its_table(snapshot: Snapshot, invited: list[Invited], alone: tuple[int, ...]) -> Reason:
    actors = [actor_facts(snapshot, invited[k].index) for k in alone]
    return Reason("knows_its_table", {"actors": actors})
