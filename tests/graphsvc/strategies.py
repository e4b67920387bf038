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
dates = st.one_of(st.none(), st.integers(2008, 2016).map(PartialDate))
states = st.one_of(st.none(), st.sampled_from(State))


def _period(draw: st.DrawFn) -> tuple[PartialDate | None, PartialDate | None]:
    start, end = draw(dates), draw(dates)
    return (end, start) if start and end and end < start else (start, end)


@st.composite
def actors(draw: st.DrawFn, name: str) -> Actor:
    """An actor named by a letter; it may have ended."""
    founded, ended = _period(draw)
    return Actor(
        name,
        draw(st.sampled_from([name, f"Été {name}", "Œuvre"])),
        draw(st.sampled_from([ActorKind.ASSOCIATION, ActorKind.COMMUNE, ActorKind.PARTNER_TERRITORY])),
        founded=founded,
        ended=ended,
        seat=draw(st.sampled_from([None, "91228", "ML"])),
        engagement=draw(st.sampled_from([None, None, *Engagement])),
        themes=tuple(draw(st.sets(st.sampled_from(["t1", "t2"]), max_size=2))),
        territories=tuple(draw(st.sets(st.sampled_from(["ML", "91"]), max_size=2))),
        purpose=draw(st.sampled_from([None, "eau potable à Kayes", "théâtre"])),
        siren=draw(st.sampled_from([None, f"{ord(name):09d}"])),
        confirmed_on=draw(dates),
    )


@st.composite
def joins(draw: st.DrawFn, number: int) -> Record:
    """A link, an agreement, a project, an event or an announcement among the actors."""
    start, end = _period(draw)
    few = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    what = draw(st.sampled_from(["link", "link", "agreement", "project", "event", "announcement"]))
    id_ = f"{what}-{number}"
    if what == "link":
        kind, state, confirmed = draw(st.sampled_from(LinkKind)), draw(states), draw(dates)
        return Link(id_, few[0], few[1], kind, state, start=start, end=end, confirmed_on=confirmed)
    if what == "agreement":
        kind = draw(
            st.sampled_from([LinkKind.TWINNING, LinkKind.FUNDING, LinkKind.DECENTRALISED_COOPERATION])
        )
        parties = tuple(Party(a) for a in few)
        return Agreement(
            id_, id_, kind, draw(states), start=start, end=end, confirmed_on=draw(dates), parties=parties
        )
    if what == "project":
        parts = tuple(
            Participation(
                a, draw(st.sampled_from(ParticipationRole)), draw(st.none() | st.just(PartialDate(2011)))
            )
            for a in few
        )
        return Project(
            id_, id_, draw(states), start=start, end=end, confirmed_on=draw(dates), participations=parts
        )
    if what == "event":
        came = tuple(Attendance(a, draw(st.sampled_from(AttendanceRole))) for a in few)
        return Event(id_, id_, EventKind.MEETING, start=start, attendances=came)
    return Announcement(id_, id_, Direction.OFFER, Nature.SKILL, actor=few[0])


@st.composite
def graphs(draw: st.DrawFn) -> list[Record]:
    """Two themes, seven actors, and up to fourteen joins."""
    count = draw(st.integers(0, 14))
    return [
        Theme("t1", "Eau"),
        Theme("t2", "Culture", "t1"),
        *(draw(actors(name)) for name in NAMES),
        *(draw(joins(k)) for k in range(count)),
    ]
