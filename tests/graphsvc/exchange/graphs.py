"""Generated graphs with every kind of record and hostile text."""

from typing import Any

from hypothesis import strategies as st

from graphsvc.domain.actors import Actor, ActorKind, ActorRole, DatedName, DatedRole, Engagement, SchoolLevel
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature
from graphsvc.domain.calls import Call
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.events import Attendance, AttendanceRole, Event, EventKind
from graphsvc.domain.experiences import Experience
from graphsvc.domain.links import Link, LinkKind, State
from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.domain.records import Record
from graphsvc.domain.text import check_key
from graphsvc.domain.themes import Skill, Theme

HOSTILE = [
    "=1+1", "+33 1 69", "-2", "@SUM(A1)", "'déjà gardé", "''", "'", "\tonglet", "\rretour", "\r\n", "a\nb", 'dit "oui"',
    "|", "a|b", "\\", "\\|", "\\(", "(", "X (1983/2000)", "X (/)", "X (1983/)", "\\(1983/2000)", "x\\ ", " espace ",
    "\u00a0", "😀 été", "œuvre Évry", "\u202e", "＝1", "a;b,c\td", "#REF!", "null", "None", "NA", "0", "00123", "1e5",
    "é" * 300, "\u2028ligne", "\x0b", "\x85", "\ufeffmarque", "sep=;", "FR", "Mali", "home",
]  # fmt: skip
ANY = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12),
)
TEXT = st.none() | ANY
NAME = ANY.filter(lambda t: bool(t.strip()))
FILLED = ANY.filter(bool)


def _is_key(text: str) -> bool:
    try:
        check_key("x", "id", text)
    except ValueError:
        return False
    except Exception:
        return False
    return True


KEY = ANY.map(lambda t: t.strip()[:60]).filter(_is_key)
DATE = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1900, 2100), st.integers(1, 12)),
    st.dates().map(PartialDate.of),
)
PERIOD = st.tuples(st.none() | DATE, st.none() | DATE).map(
    lambda p: p if p[0] is None or p[1] is None or p[1].last_day >= p[0].first_day else (p[1], p[0])
)
POINT = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def _some(draw: Any, values: list[str], size: int = 3) -> tuple[str, ...]:
    return tuple(draw(st.lists(st.sampled_from(values), max_size=size, unique=True))) if values else ()


def _keys(draw: Any, low: int, high: int) -> list[str]:
    return draw(st.lists(KEY, min_size=low, max_size=high, unique=True))


@st.composite
def graphs(draw: Any) -> list[Record]:
    records: list[Record] = []
    places = _keys(draw, 1, 4)
    for n, id_ in enumerate(places):
        lat, lon = draw(POINT) or (None, None)
        records.append(
            Place(
                id_,
                draw(NAME),
                draw(st.sampled_from(PlaceLevel)),
                draw(st.none() | st.sampled_from(PlaceRole)),
                draw(st.none() | st.sampled_from(places[:n])) if n else None,
                lat,
                lon,
                draw(st.none() | st.integers(0, 10**9)),
                tuple(draw(st.lists(FILLED, max_size=3))),
                draw(TEXT),
            )
        )
    themes, skills = _keys(draw, 1, 3), _keys(draw, 1, 2)
    for cls, ids in ((Theme, themes), (Skill, skills)):
        for n, id_ in enumerate(ids):
            parent = draw(st.none() | st.sampled_from(ids[:n])) if n else None
            more = [tuple(draw(st.lists(FILLED, max_size=2))) for _ in range(2)]
            records.append(cls(id_, draw(NAME), parent, more[0], more[1], draw(TEXT)))
    actors = _keys(draw, 2, 5)
    for n, id_ in enumerate(actors):
        records.append(_actor(draw, n, id_, actors, places, themes))
    topics = lambda: {"themes": _some(draw, themes), "territories": _some(draw, places)}  # noqa: E731
    period = lambda: dict(zip(("start", "end"), draw(PERIOD), strict=True))  # noqa: E731
    told = lambda: {"description": draw(TEXT), "source": draw(TEXT)}  # noqa: E731
    state = st.none() | st.sampled_from(State)
    for id_ in _keys(draw, 0, 3):
        a, b = draw(st.permutations(actors))[:2]
        kind = draw(st.sampled_from(LinkKind))
        day = draw(st.none() | DATE)
        records.append(Link(id_, a, b, kind, draw(state), **topics(), **period(), **told(), confirmed_on=day))
    for id_ in _keys(draw, 0, 2):
        parties = tuple(Party(a, draw(ANY)) for a in _some(draw, actors))
        records.append(
            Agreement(
                id_, draw(NAME), draw(st.sampled_from(LinkKind)), draw(state), **topics(), **period(), **told(),
                confirmed_on=draw(st.none() | DATE), parties=parties,
            )
        )  # fmt: skip
    for id_ in _keys(draw, 0, 2):
        parts = tuple(
            Participation(a, draw(st.sampled_from(ParticipationRole)), *draw(PERIOD), source=draw(TEXT))
            for a in _some(draw, actors)
        )
        records.append(
            Project(id_, draw(NAME), draw(state), **topics(), **period(), **told(), participations=parts)
        )
    for id_ in _keys(draw, 0, 2):
        records.append(_announcement(draw, id_, actors, skills, topics()))
    for id_ in _keys(draw, 0, 2):
        texts = {name: draw(TEXT) for name in ("done", "successes", "failures", "advice", "source")}
        actor = draw(st.none() | st.sampled_from(actors))
        records.append(Experience(id_, draw(NAME), actor, **topics(), **period(), **texts))
    for id_ in _keys(draw, 0, 2):
        opens, closes = draw(PERIOD)
        kinds = tuple(draw(st.lists(st.sampled_from(ActorKind), max_size=2)))
        amount = draw(st.none() | st.floats(0, 1e12))
        url = draw(st.none() | st.just("https://exemple.fr/?a=|&b=(1)"))
        funder = draw(st.none() | st.sampled_from(actors))
        records.append(
            Call(id_, draw(NAME), funder, kinds, **topics(), opens_on=opens, closes_on=closes, max_amount=amount,
                 url=url, source=draw(TEXT))
        )  # fmt: skip
    for id_ in _keys(draw, 0, 2):
        guests = tuple(Attendance(a, draw(st.sampled_from(AttendanceRole))) for a in _some(draw, actors))
        place = draw(st.none() | st.sampled_from(places))
        kind = draw(st.sampled_from(EventKind))
        records.append(
            Event(id_, draw(NAME), kind, **topics(), place=place, **period(), **told(), attendances=guests)
        )
    return records


def _actor(draw: Any, n: int, id_: str, actors: list[str], places: list[str], themes: list[str]) -> Actor:
    kind = draw(st.sampled_from(ActorKind))
    lat, lon = draw(POINT) or (None, None)
    founded, ended = draw(PERIOD)
    return Actor(
        id_,
        draw(NAME),
        kind,
        acronym=draw(TEXT),
        other_names=tuple(DatedName(draw(NAME), *draw(PERIOD)) for _ in range(draw(st.integers(0, 2)))),
        roles=tuple(
            DatedRole(draw(st.sampled_from(ActorRole)), *draw(PERIOD)) for _ in range(draw(st.integers(0, 2)))
        ),
        succeeds=tuple(a for a in _some(draw, actors) if a != id_),
        part_of=draw(st.none() | st.sampled_from(actors[:n])) if n else None,
        founded=founded,
        ended=ended,
        level=draw(st.none() | st.sampled_from(SchoolLevel)) if kind is ActorKind.SCHOOL else None,
        engagement=draw(st.none() | st.sampled_from(Engagement)),
        seat=draw(st.none() | st.sampled_from(places)),
        country=draw(st.sampled_from(["FR", "ML", "CG"])),
        latitude=lat,
        longitude=lon,
        themes=_some(draw, themes),
        territories=_some(draw, places),
        purpose=draw(TEXT),
        website=draw(st.none() | st.sampled_from(["http://a.fr", "HTTPS://é.fr/|(x)"])),
        siren=f"{n:09d}" if draw(st.booleans()) else None,
        rna=f"W{n:09d}" if draw(st.booleans()) else None,
        source=draw(TEXT),
        confirmed_on=draw(st.none() | DATE),
    )


def _announcement(
    draw: Any, id_: str, actors: list[str], skills: list[str], topics: dict[str, Any]
) -> Announcement:
    actor = draw(st.none() | st.sampled_from(actors))
    state = AnnouncementState.RECORDED if actor is None else draw(st.sampled_from(AnnouncementState))
    published, expires = draw(PERIOD)
    return Announcement(
        id_,
        draw(NAME),
        draw(st.sampled_from(Direction)),
        draw(st.sampled_from(Nature)),
        actor,
        _some(draw, skills),
        **topics,
        description=draw(TEXT),
        published_on=published,
        expires_on=expires,
        state=state,
        outcome=draw(TEXT),
        source=draw(TEXT),
    )
