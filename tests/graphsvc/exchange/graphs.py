"""Generated graphs with every kind of record and hostile text."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from graphsvc.domain.actors import Actor, ActorKind, ActorRole, DatedName, DatedRole, Engagement, SchoolLevel
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature, Result
from graphsvc.domain.calls import Call
from graphsvc.domain.contact_details import contact_details
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.events import Attendance, AttendanceRole, Event, EventKind
from graphsvc.domain.experiences import Experience
from graphsvc.domain.links import Link, LinkKind, State
from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.domain.records import Record
from graphsvc.domain.text import check_key, key_as_meant
from graphsvc.domain.themes import Skill, Theme

HOSTILE = [
    *("=1+1", "+33 1 69", "-2", "@SUM(A1)", "'déjà gardé", "''", "'", "\tonglet", "\rretour", "\r\n", "a\nb"),
    *(
        'dit "oui"',
        "|",
        "a|b",
        "\\",
        "\\|",
        "\\(",
        "(",
        "X (1983/2000)",
        "X (/)",
        "X (1983/)",
        "\\(1983/2000)",
    ),
    *(
        "x\\ ",
        " espace ",
        "\u00a0",
        "😀 été",
        "œuvre Évry",
        "\u202e",
        "＝1",
        "a;b,c\td",
        "#REF!",
        "null",
        "None",
    ),
    *(
        "NA",
        "0",
        "00123",
        "1e5",
        "é" * 300,
        "\u2028ligne",
        "\x0b",
        "\ufffe non\uffff",
        "\x85",
        "\ufeffmarque",
        "sep=;",
        "FR",
        "home",
    ),
]
ANY = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12),
).filter(lambda text: not contact_details(text))  # such a text is refused: test_row_faults
TEXT = st.none() | ANY
NAME = ANY.filter(lambda t: bool(t.strip()))


def _is_key(text: str) -> bool:
    try:
        check_key("x", "id", text)
    except InvalidValue:
        return False
    return True


# A file gives each record the key it means: see test_keys_as_meant for those a store has from elsewhere.
KEY = ANY.map(lambda t: key_as_meant(t.strip()[:60])).filter(_is_key)
DATE = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1900, 2100), st.integers(1, 12)),
    st.dates().map(PartialDate.of),
)
PERIOD = st.tuples(st.none() | DATE, st.none() | DATE).map(
    lambda p: p if p[0] is None or p[1] is None or p[1].last_day >= p[0].first_day else (p[1], p[0])
)
POINT = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))


STATE = st.none() | st.sampled_from(State)
_SOME_DAY = st.none() | DATE
_NAMES = {most: st.lists(NAME, max_size=most) for most in (2, 3)}
_POPULATION, _AMOUNT = st.none() | st.integers(0, 10**9), st.none() | st.floats(0, 1e12)
_PARTICIPATIONS = st.lists(st.sampled_from(ParticipationRole), max_size=2, unique=True)
_FUNDED = st.lists(st.sampled_from(ActorKind), max_size=2)
_URL = st.none() | st.just("https://exemple.fr/?a=|&b=(1)")
_KINDS, _ROLES, _UP_TO_TWO = st.sampled_from(ActorKind), st.sampled_from(ActorRole), st.integers(0, 2)
_LEVELS, _ENGAGEMENTS = st.none() | st.sampled_from(SchoolLevel), st.none() | st.sampled_from(Engagement)
_COUNTRIES = st.sampled_from(["FR", "ML", "CG"])
_WEBSITES = st.none() | st.sampled_from(["http://a.fr", "HTTPS://é.fr/|(x)"])


# Kept: hypothesis spends more time on making a strategy than on drawing from it.
@lru_cache(256)
def _among(values: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


@lru_cache(256)
def _perhaps_among(values: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(values)


@lru_cache(256)
def _some_among(values: tuple[str, ...], size: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=size, unique=True)


@lru_cache(256)
def _keys(low: int, high: int) -> st.SearchStrategy[list[str]]:
    return st.lists(KEY, min_size=low, max_size=high, unique=True)


@st.composite
def graphs(draw: Any) -> list[Record]:
    """Records of every kind; what a record names is among them."""
    return _Drawn(draw).records()


class _Drawn:
    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.places, self.themes, self.skills = self.keys(1, 4), self.keys(1, 3), self.keys(1, 2)
        self.actors = self.keys(2, 5)

    def records(self) -> list[Record]:
        made: list[Record] = [self.place(n, id_) for n, id_ in enumerate(self.places)]
        made += [self.word(Theme, self.themes, n) for n in range(len(self.themes))]
        made += [self.word(Skill, self.skills, n) for n in range(len(self.skills))]
        made += [self.actor(n, id_) for n, id_ in enumerate(self.actors)]
        makers = (
            self.link,
            self.agreement,
            self.project,
            self.announcement,
            self.experience,
            self.call,
            self.event,
        )
        for make in makers:
            made += [make(id_) for id_ in self.keys(0, 2)]
        return [self.adopting(r, made) if isinstance(r, Announcement) else r for r in made]

    def adopting(self, record: Announcement, made: list[Record]) -> Announcement:
        """It may take up another announcement, before or after it."""
        others = [r.id for r in made if isinstance(r, Announcement) and r.id != record.id]
        return replace(record, adopts=self.maybe(others))

    def keys(self, low: int, high: int) -> list[str]:
        keys: list[str] = self.draw(_keys(low, high))
        return keys

    def some(self, values: list[str], size: int = 3) -> tuple[str, ...]:
        return tuple(self.draw(_some_among(tuple(values), size)))

    def one_of(self, values: Any) -> Any:
        return self.draw(_among(tuple(values)))

    def maybe(self, values: Any) -> Any:
        return self.draw(_perhaps_among(tuple(values))) if values else None

    def topics(self) -> dict[str, Any]:
        return {"themes": self.some(self.themes), "territories": self.some(self.places)}

    def period(self) -> dict[str, Any]:
        return dict(zip(("start", "end"), self.draw(PERIOD), strict=True))

    def told(self) -> dict[str, Any]:
        return {"description": self.draw(TEXT), "source": self.draw(TEXT)}

    def place(self, n: int, id_: str) -> Place:
        level, role, parent = (
            self.one_of(PlaceLevel),
            self.maybe(list(PlaceRole)),
            self.maybe(self.places[:n]),
        )
        point = self.draw(POINT) or (None, None)
        population = self.draw(_POPULATION)
        aliases = tuple(self.draw(_NAMES[3]))
        return Place(id_, self.draw(NAME), level, role, parent, *point, population, aliases, self.draw(TEXT))

    def word(self, cls: type[Theme] | type[Skill], ids: list[str], n: int) -> Theme | Skill:
        more = [tuple(self.draw(_NAMES[2])) for _ in range(2)]
        return cls(ids[n], self.draw(NAME), self.maybe(ids[:n]), more[0], more[1], self.draw(TEXT))

    def actor(self, n: int, id_: str) -> Actor:
        return _actor(self.draw, n, id_, self.actors, self.places, self.themes)

    def link(self, id_: str) -> Link:
        a, b = self.draw(st.permutations(self.actors))[:2]
        more = {**self.topics(), **self.period(), **self.told(), "confirmed_on": self.draw(_SOME_DAY)}
        return Link(id_, a, b, self.one_of(LinkKind), self.draw(STATE), **more)

    def agreement(self, id_: str) -> Agreement:
        parties = tuple(Party(a, self.draw(ANY)) for a in self.some(self.actors))
        more = {**self.topics(), **self.period(), **self.told(), "confirmed_on": self.draw(_SOME_DAY)}
        return Agreement(
            id_, self.draw(NAME), self.one_of(LinkKind), self.draw(STATE), **more, parties=parties
        )

    def project(self, id_: str) -> Project:
        parts = tuple(
            Participation(a, role, *self.draw(PERIOD), source=self.draw(TEXT))
            for a in self.some(self.actors)
            for role in self.draw(_PARTICIPATIONS)
        )
        more = {**self.topics(), **self.period(), **self.told(), "confirmed_on": self.draw(_SOME_DAY)}
        return Project(id_, self.draw(NAME), self.draw(STATE), **more, participations=parts)

    def announcement(self, id_: str) -> Announcement:
        actor = self.maybe(self.actors)
        state = AnnouncementState.RECORDED if actor is None else self.one_of(AnnouncementState)
        published, expires = self.draw(PERIOD)
        return Announcement(
            id_,
            self.draw(NAME),
            self.one_of(Direction),
            self.one_of(Nature),
            actor,
            self.some(self.skills),
            **self.topics(),
            **self.told(),
            published_on=published,
            expires_on=expires,
            state=state,
            outcome=self.draw(TEXT),
            result=self.maybe(list(Result)),
        )

    def experience(self, id_: str) -> Experience:
        texts = {n: self.draw(TEXT) for n in ("done", "successes", "failures", "advice", "source")}
        actor = self.maybe(self.actors)
        return Experience(id_, self.draw(NAME), actor, **self.topics(), **self.period(), **texts)

    def call(self, id_: str) -> Call:
        opens, closes = self.draw(PERIOD)
        return Call(
            id_,
            self.draw(NAME),
            self.maybe(self.actors),
            tuple(self.draw(_FUNDED)),
            **self.topics(),
            opens_on=opens,
            closes_on=closes,
            max_amount=self.draw(_AMOUNT),
            url=self.draw(_URL),
            source=self.draw(TEXT),
        )

    def event(self, id_: str) -> Event:
        guests = tuple(Attendance(a, self.one_of(AttendanceRole)) for a in self.some(self.actors))
        more = {"place": self.maybe(self.places), **self.topics(), **self.period(), **self.told()}
        return Event(id_, self.draw(NAME), self.one_of(EventKind), **more, attendances=guests)


def _some(draw: Any, values: list[str], size: int = 3) -> tuple[str, ...]:
    return tuple(draw(_some_among(tuple(values), size)))


def _actor(draw: Any, n: int, id_: str, actors: list[str], places: list[str], themes: list[str]) -> Actor:
    kind = draw(_KINDS)
    lat, lon = draw(POINT) or (None, None)
    founded, ended = draw(PERIOD)
    return Actor(
        id_,
        draw(NAME),
        kind,
        acronym=draw(TEXT),
        other_names=tuple(DatedName(draw(NAME), *draw(PERIOD)) for _ in range(draw(_UP_TO_TWO))),
        roles=tuple(DatedRole(draw(_ROLES), *draw(PERIOD)) for _ in range(draw(_UP_TO_TWO))),
        succeeds=tuple(a for a in _some(draw, actors) if a != id_),
        part_of=draw(_perhaps_among(tuple(actors[:n]))) if n else None,
        founded=founded,
        ended=ended,
        level=draw(_LEVELS) if kind is ActorKind.SCHOOL else None,
        engagement=draw(_ENGAGEMENTS),
        seat=draw(_perhaps_among(tuple(places))),
        country=draw(_COUNTRIES),
        latitude=lat,
        longitude=lon,
        themes=_some(draw, themes),
        territories=_some(draw, places),
        purpose=draw(TEXT),
        website=draw(_WEBSITES),
        siren=f"{n:09d}" if draw(st.booleans()) else None,
        rna=f"W{n:09d}" if draw(st.booleans()) else None,
        source=draw(TEXT),
        confirmed_on=draw(_SOME_DAY),
    )
