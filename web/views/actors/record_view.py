"""An actor's record, put together for reading: identity in time, links by class, what it takes part in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphsvc.domain.actors import Actor
from graphsvc.domain.agreements import Agreement
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import CLASS_OF, Link, LinkClass, State
from graphsvc.domain.liveness import live_interval
from graphsvc.domain.projects import Project
from graphsvc.snapshot import Snapshot
from matcher.index import build_index
from web.labels import gender, state_label
from web.named import place_name, topic_name
from web.spoken import gettext as _
from web.views.actors.link_words import relation_words
from web.views.actors.listing import seat_name

STALE_YEARS = 10


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a page links to."""

    id: str
    name: str
    kind: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the sources say of a link, agreement or project: state in words, live today or not, how old.

    `stale`: nothing has confirmed it for ten years; `confirmed`: the year; `over`: its state says so.
    """

    state: str | None
    live: bool
    stale: bool
    confirmed: int | None
    over: bool = False


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link as seen from the actor of the page."""

    link: Link
    words: str
    other: Named
    themes: tuple[Named, ...]
    vouched: Vouched


@dataclass(frozen=True, slots=True)
class PartLine:
    """An agreement, project or event the actor takes part in, with its role and the others'."""

    record: Any
    role: str
    others: tuple[Named, ...]
    vouched: Vouched | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """Everything the page of an actor shows."""

    actor: Actor
    place: str | None
    seat: Named | None
    themes: tuple[Named, ...]
    territories: tuple[Named, ...]
    parent: Named | None
    units: tuple[Named, ...]
    predecessors: tuple[Named, ...]
    successors: tuple[Named, ...]
    links: dict[str, list[LinkLine]]
    agreements: list[PartLine]
    projects: list[PartLine]
    events: list[PartLine]
    announcements: list[Any]
    experiences: list[Any]
    calls: list[Any]
    partners: int
    stale: bool
    ended: bool


def record_view(snapshot: Snapshot, i: int, today: date) -> RecordView:
    """The record of actor i, as of today."""
    actor = snapshot.actor(i)
    predecessors, successors, units = _family(snapshot, i, actor)
    seat = snapshot.place_index(actor.seat) if actor.seat else None
    return RecordView(
        actor=actor,
        place=seat_name(snapshot, i),
        seat=named_place(snapshot, seat) if seat is not None else None,
        themes=named_themes(snapshot, actor.themes),
        territories=named_places(snapshot, actor.territories),
        parent=named_actor(snapshot, actor.part_of) if actor.part_of else None,
        units=units,
        predecessors=predecessors,
        successors=successors,
        links=_links(snapshot, i, today),
        agreements=[_agreement(snapshot, i, int(k), today) for k in snapshot.agreements_of(i)],
        projects=[_project(snapshot, i, int(k), today) for k in snapshot.projects_of(i)],
        events=[_event(snapshot, i, int(k)) for k in snapshot.events_of(i)],
        announcements=[snapshot.announcement(int(k)) for k in snapshot.announcements_of(i)],
        experiences=[snapshot.experience(int(k)) for k in snapshot.experiences_of(i)],
        calls=[snapshot.call(int(k)) for k in snapshot.calls_of(i)],
        partners=int(snapshot.ties(today).degree[i]),
        stale=_stale(actor.confirmed_on, today),
        ended=int(snapshot.actors.ended[i]) < today.toordinal(),
    )


def vouched(
    record: Link | Agreement | Project, word_gender: str, today: date, *, alive: bool = True
) -> Vouched:
    """What is known of its state on a day. `alive`: those it joins still exist."""
    interval = live_interval(record.state, record.start, record.end, record.confirmed_on)
    live = alive and interval.covers(today)
    stale = live and _stale(record.confirmed_on, today)
    confirmed = record.confirmed_on.year if record.confirmed_on else None
    words = _state_words(record.state, word_gender, live, stale)
    return Vouched(words, live, stale, confirmed, over=record.state is State.ENDED)


def _state_words(state: State | None, word_gender: str, live: bool, stale: bool) -> str | None:
    """The state as documented; what was documented as going on and can be no more is past."""
    if state in (None, State.ACTIVE, State.UNKNOWN) and not live:
        return _("passée") if word_gender == "f" else _("passé")
    if state is None or (state is State.ACTIVE and stale):
        return None
    return state_label(state.value, word_gender)


def named_actor(snapshot: Snapshot, key: str) -> Named:
    """An actor as a page names it."""
    i = snapshot.index(key)
    return Named(key, key) if i is None else actor_at(snapshot, i)


def actor_at(snapshot: Snapshot, i: int) -> Named:
    """The actor at an index as a page names it."""
    actor = snapshot.actor(i)
    return Named(actor.id, actor.name, actor.kind.value)


def named_place(snapshot: Snapshot, p: int) -> Named:
    """A place as a page names it."""
    place = snapshot.place(p)
    return Named(place.id, place_name(place), level=place.level.value)


def named_places(snapshot: Snapshot, ids: tuple[str, ...]) -> tuple[Named, ...]:
    """Places as a page names them."""
    found = (snapshot.place_index(id_) for id_ in ids)
    return tuple(named_place(snapshot, p) for p in found if p is not None)


def named_themes(snapshot: Snapshot, ids: tuple[str, ...]) -> tuple[Named, ...]:
    """Themes as a page names them."""
    found = ((id_, snapshot.theme_index(id_)) for id_ in ids)
    return tuple(Named(id_, topic_name(snapshot.theme(t))) for id_, t in found if t is not None)


def _stale(confirmed: PartialDate | None, today: date) -> bool:
    return confirmed is None or confirmed.last_day.year <= today.year - STALE_YEARS


def _goes_on(snapshot: Snapshot, own: str, others: tuple[Named, ...], today: date) -> bool:
    """Whether what several share can still be alive: its actor exists, and one of the others."""
    partners = not others or any(_exist(snapshot, (other.id,), today) for other in others)
    return partners and _exist(snapshot, (own,), today)


def _exist(snapshot: Snapshot, ids: tuple[str, ...], today: date) -> bool:
    found = (snapshot.index(id_) for id_ in ids)
    return all(i is None or int(snapshot.actors.ended[i]) >= today.toordinal() for i in found)


def _family(
    snapshot: Snapshot, i: int, actor: Actor
) -> tuple[tuple[Named, ...], tuple[Named, ...], tuple[Named, ...]]:
    """Predecessors, successors, units."""
    index = build_index(snapshot)
    kin = [int(j) for j in index.lineage.row(i)[0]]
    before = {j for key in actor.succeeds if (j := snapshot.index(key)) is not None}
    units = index.units[index.unit_ptr[i] : index.unit_ptr[i + 1]].tolist()
    return (
        tuple(named_actor(snapshot, snapshot.ids[j]) for j in kin if j in before),
        tuple(named_actor(snapshot, snapshot.ids[j]) for j in kin if j not in before),
        tuple(named_actor(snapshot, snapshot.ids[j]) for j in units),
    )


def _links(snapshot: Snapshot, i: int, today: date) -> dict[str, list[LinkLine]]:
    own = snapshot.ids[i]
    groups: dict[str, list[LinkLine]] = {c.value: [] for c in LinkClass}
    for k in snapshot.links_of(i):
        link = snapshot.link(int(k))
        other_id = link.actor_b if link.actor_a == own else link.actor_a
        other = named_actor(snapshot, other_id)
        alive = _exist(snapshot, (own, other_id), today)
        line = LinkLine(
            link,
            relation_words(link.kind.value, giver=link.actor_a == own),
            other,
            named_themes(snapshot, link.themes),
            vouched(link, gender("link_kind", link.kind.value), today, alive=alive),
        )
        groups[CLASS_OF[link.kind].value].append(line)
    for lines in groups.values():
        lines.sort(key=lambda line: (not line.vouched.live, line.words, line.other.name))
    return {name: lines for name, lines in groups.items() if lines}


def _agreement(snapshot: Snapshot, i: int, k: int, today: date) -> PartLine:
    agreement = snapshot.agreement(k)
    own = snapshot.ids[i]
    role = next((p.role for p in agreement.parties if p.actor == own), "signatory")
    others = tuple(named_actor(snapshot, p.actor) for p in agreement.parties if p.actor != own)
    said = "signataire" if role == "signatory" else role
    return PartLine(
        agreement, said, others, vouched(agreement, "m", today, alive=_goes_on(snapshot, own, others, today))
    )


def _project(snapshot: Snapshot, i: int, k: int, today: date) -> PartLine:
    project = snapshot.project(k)
    own = snapshot.ids[i]
    role = next((p.role.value for p in project.participations if p.actor == own), "partner")
    others = tuple(
        named_actor(snapshot, a) for a in dict.fromkeys(p.actor for p in project.participations) if a != own
    )
    return PartLine(
        project, role, others, vouched(project, "m", today, alive=_goes_on(snapshot, own, others, today))
    )


def _event(snapshot: Snapshot, i: int, k: int) -> PartLine:
    event = snapshot.event(k)
    own = snapshot.ids[i]
    role = next((a.role.value for a in event.attendances if a.actor == own), "attended")
    return PartLine(event, role, (), None)
