"""Generated graphs: a handful of actors, every way two of them may be joined, and dates around one day."""

from hypothesis import strategies as st

from graphsvc.domain.actors import Actor, ActorKind, Engagement
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.events import Attendance, AttendanceRole, Event, EventKind
from graphsvc.domain.links import Link, LinkKind, State
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.domain.records import Record
from graphsvc.domain.themes import Theme

NAMES = tuple("abcdefg")
# Made once: hypothesis spends more time on making a strategy than on drawing from it.
dates = st.one_of(st.none(), st.integers(2008, 2016).map(PartialDate))
states = st.one_of(st.none(), st.sampled_from(State))
_titles = {name: st.sampled_from([name, f"Été {name}", "Œuvre"]) for name in NAMES}
_actor_kinds = st.sampled_from([ActorKind.ASSOCIATION, ActorKind.COMMUNE, ActorKind.PARTNER_TERRITORY])
_seats = st.sampled_from([None, "91228", "ML"])
_engagements = st.sampled_from([None, None, *Engagement])
_themes = st.sets(st.sampled_from(["t1", "t2"]), max_size=2)
_territories = st.sets(st.sampled_from(["ML", "91"]), max_size=2)
_purposes = st.sampled_from([None, "eau potable à Kayes", "théâtre"])
_sirens = {name: st.sampled_from([None, f"{ord(name):09d}"]) for name in NAMES}
_few = st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True)
_joins = st.sampled_from(["link", "link", "agreement", "project", "event", "announcement"])
_link_kinds = st.sampled_from(LinkKind)
_agreement_kinds = st.sampled_from([LinkKind.TWINNING, LinkKind.FUNDING, LinkKind.DECENTRALISED_COOPERATION])
_participations, _attendances = st.sampled_from(ParticipationRole), st.sampled_from(AttendanceRole)
_begun = st.none() | st.just(PartialDate(2011))
_counts = st.integers(0, 14)


def _period(draw: st.DrawFn) -> tuple[PartialDate | None, PartialDate | None]:
    start, end = draw(dates), draw(dates)
    return (end, start) if start and end and end < start else (start, end)


@st.composite
def actors(draw: st.DrawFn, name: str) -> Actor:
    """An actor named by a letter; it may have ended."""
    founded, ended = _period(draw)
    return Actor(
        name,
        draw(_titles[name]),
        draw(_actor_kinds),
        founded=founded,
        ended=ended,
        seat=draw(_seats),
        engagement=draw(_engagements),
        themes=tuple(draw(_themes)),
        territories=tuple(draw(_territories)),
        purpose=draw(_purposes),
        siren=draw(_sirens[name]),
        confirmed_on=draw(dates),
    )


@st.composite
def joins(draw: st.DrawFn, number: int) -> Record:
    """A link, an agreement, a project, an event or an announcement among the actors."""
    start, end = _period(draw)
    few = draw(_few)
    what = draw(_joins)
    id_ = f"{what}-{number}"
    if what == "link":
        kind, state, confirmed = draw(_link_kinds), draw(states), draw(dates)
        return Link(id_, few[0], few[1], kind, state, start=start, end=end, confirmed_on=confirmed)
    if what == "agreement":
        kind = draw(_agreement_kinds)
        parties = tuple(Party(a) for a in few)
        return Agreement(
            id_, id_, kind, draw(states), start=start, end=end, confirmed_on=draw(dates), parties=parties
        )
    if what == "project":
        parts = tuple(Participation(a, draw(_participations), draw(_begun)) for a in few)
        return Project(
            id_, id_, draw(states), start=start, end=end, confirmed_on=draw(dates), participations=parts
        )
    if what == "event":
        came = tuple(Attendance(a, draw(_attendances)) for a in few)
        return Event(id_, id_, EventKind.MEETING, start=start, attendances=came)
    return Announcement(id_, id_, Direction.OFFER, Nature.SKILL, actor=few[0])


_every_actor = [actors(name) for name in NAMES]
_every_join = [joins(k) for k in range(15)]


@st.composite
def graphs(draw: st.DrawFn) -> list[Record]:
    """Two themes, seven actors, and up to fourteen joins."""
    count = draw(_counts)
    return [
        Theme("t1", "Eau"),
        Theme("t2", "Culture", "t1"),
        *(draw(one) for one in _every_actor),
        *(draw(_every_join[k]) for k in range(count)),
    ]
