"""A meeting as an event of the graph: kept with those invited, then with those who came and were introduced.

Attendance is a contact, never a tie; an introduction is a contact too (`introduced`), until its two actors
cooperate: `followed` says which ones do. Organisations only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graphsvc.domain.dates import PartialDate
from graphsvc.domain.events import Attendance, AttendanceRole, Event, EventKind
from graphsvc.domain.links import Link, LinkClass, LinkKind, natural_link_id
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.ports import Put, Stored
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MIN
from graphsvc.usecases.announce import new_id
from graphsvc.usecases.draft_reading import DraftReader
from graphsvc.usecases.planned import Planned, creation, replacement

LEAST_GUESTS, MOST_GUESTS, MOST_INTRODUCED = 2, 300, 200
_COOPERATION = list(LinkClass).index(LinkClass.COOPERATION)


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """The fields as typed; `guests` are keys of actors, `also` names or keys of others to invite."""

    title: str = ""
    start: str = ""
    place: str = ""
    description: str = ""
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Followed:
    """An introduction: its two actors (indices), its day, and since when they cooperate (None: not yet).

    `since`: documented start of the cooperation, or the day it was first confirmed.
    """

    one: int
    other: int
    on: PartialDate | None
    tied: bool
    since: date | None


def read_meeting(snapshot: Snapshot, draft: MeetingDraft, *, id_: str) -> Event:
    """The event that the draft means. Raises DraftRefused with every fault."""
    reader = DraftReader(snapshot)
    title, start = reader.line("title", draft.title), reader.day("start", draft.start)
    place = reader.territories("place", [draft.place])
    description = reader.prose("description", draft.description)
    themes = reader.themes("themes", draft.themes)
    territories = reader.territories("territories", draft.territories)
    guests = [snapshot.ids[i] for key in draft.guests if (i := snapshot.index(key)) is not None]
    for position, text in enumerate(draft.also):
        found = reader.actor("also", text)
        if found is None and text.strip():
            fault = reader.faults.pop()
            reader.fault("also", fault.code, **{**fault.facts, "position": position})
        guests += [found] if found is not None else []
    guests = list(dict.fromkeys(guests))
    if len(guests) < LEAST_GUESTS:
        reader.fault("guests", "too_few_guests", least=LEAST_GUESTS, count=len(guests))
    if len(guests) > MOST_GUESTS:
        reader.fault("guests", "too_many_guests", most=MOST_GUESTS, count=len(guests))
    reader.finish("event")
    return Event(
        id_,
        title,
        EventKind.MEETING,
        themes,
        territories,
        place=place[0] if place else None,
        start=start,
        description=description,
        attendances=tuple(Attendance(key, AttendanceRole.INVITED) for key in guests),
    )


def keep_meeting(snapshot: Snapshot, draft: MeetingDraft, *, seed: str) -> tuple[Event, Planned]:
    """A new meeting; the same seed gives the same one. Raises DraftRefused."""
    event = read_meeting(snapshot, draft, id_=new_id("rencontre", draft.title, seed))
    return event, creation(event)


def record_attendance(
    before: Stored[Event], came: Iterable[str], version: int | None = None
) -> tuple[Event, Planned]:
    """Who came, among the actors of the event; whoever is not named did not. Invitations stay."""
    event = before.record
    known = {a.actor for a in event.attendances}
    kept = [a for a in event.attendances if a.role is not AttendanceRole.ATTENDED]
    attended = [Attendance(key, AttendanceRole.ATTENDED) for key in sorted(known & set(came))]
    after = replace(event, attendances=tuple(kept + attended))
    return after, replacement(before, after, version)


def record_introductions(
    snapshot: Snapshot, event: Event, pairs: Sequence[tuple[str, str]], today: date
) -> tuple[Event, Planned]:
    """A contact `introduced` for each pair of actors of the event; those recorded before stay as they are."""
    known = {a.actor for a in event.attendances}
    start = event.start or PartialDate(today.year, today.month, today.day)
    links: dict[str, Link] = {}
    for one, other in pairs[:MOST_INTRODUCED]:
        if one != other and {one, other} <= known:
            first, second = sorted((one, other))
            id_ = natural_link_id(LinkKind.INTRODUCED, first, second, start)
            links[id_] = Link(
                id_, first, second, LinkKind.INTRODUCED, themes=event.themes, territories=event.territories,
                start=start, description=event.title, confirmed_on=start,
            )  # fmt: skip
    new = [link for id_, link in links.items() if snapshot.position(RecordKind.LINK, id_) is None]
    return event, Planned(tuple(Put(link) for link in new), {Ref(RecordKind.LINK, k.id): 0 for k in new})


def followed(snapshot: Snapshot, event: Event, today: date) -> list[Followed]:
    """The introductions made at an event and what became of them, in the order of names."""
    members = {snapshot.index(a.actor) for a in event.attendances}
    found: dict[tuple[int, int], Link] = {}
    for i in sorted(m for m in members if m is not None):
        for k in snapshot.links_of(i).tolist():
            link = snapshot.link(k)
            if link.kind is LinkKind.INTRODUCED and _of_event(link, event):
                one, other = snapshot.index(link.actor_a), snapshot.index(link.actor_b)
                if one in members and other in members and one is not None and other is not None:
                    found[min(one, other), max(one, other)] = link
    told = [_followed(snapshot, pair, link, today) for pair, link in found.items()]
    return sorted(told, key=lambda f: (snapshot.name(f.one), snapshot.name(f.other)))


def _of_event(link: Link, event: Event) -> bool:
    """Whether an introduction was recorded for this event: its title, and its day when it has one."""
    return link.description == event.title and event.start in (None, link.start)


def _followed(snapshot: Snapshot, pair: tuple[int, int], link: Link, today: date) -> Followed:
    one, other = pair
    tied = other in snapshot.ties(today).neighbours(one).tolist()
    return Followed(one, other, link.start, tied, _since(snapshot, one, other, today) if tied else None)


def _since(snapshot: Snapshot, one: int, other: int, today: date) -> date | None:
    """The first day known of the live cooperation of two actors."""
    relations, day = snapshot.relations, today.toordinal()
    days: list[int] = []
    for row in snapshot.relations_of(one).tolist():
        ends = {int(relations.a[row]), int(relations.b[row])}
        live = int(relations.first[row]) <= day <= int(relations.last[row])
        if ends == {one, other} and live and int(relations.link_class[row]) == _COOPERATION:
            days += [d for d in (int(relations.start[row]), int(relations.confirmed[row])) if d > DAY_MIN][:1]
    return date.fromordinal(min(days)) if days else None


def invited_to(event: Event) -> list[str]:
    """The keys of all actors of an event, each once, in the order kept."""
    return list(dict.fromkeys(a.actor for a in event.attendances))


def came_to(event: Event) -> frozenset[str]:
    """The keys of the actors that came."""
    return frozenset(a.actor for a in event.attendances if a.role is not AttendanceRole.INVITED)
