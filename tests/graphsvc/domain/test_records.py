"""Invariants of the records, what they refer to, and their plain data."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.domain.actors import Actor, ActorKind, ActorRole, DatedName, DatedRole, Engagement
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature
from graphsvc.domain.calls import Call
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.events import Attendance, AttendanceRole, Event, EventKind
from graphsvc.domain.experiences import Experience
from graphsvc.domain.links import CLASS_OF, Link, LinkKind, State, natural_link_id
from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.domain.records import RecordKind, Ref, alternate_keys, kind_of, references
from graphsvc.domain.serial import from_data, to_data
from graphsvc.domain.themes import Skill, Theme

ONE_OF_EACH = [
    Place(
        "91228",
        "Évry-Courcouronnes",
        PlaceLevel.MUNICIPALITY,
        PlaceRole.HOME,
        "91",
        48.63,
        2.44,
        66_000,
        ("Évry",),
        "cog",
    ),
    Theme("water", "Eau", None, ("assainissement",), ("sdg:6",), "doc"),
    Skill("visas", "Visas"),
    Actor(
        "caece",
        "CA Évry Centre Essonne",
        ActorKind.INTERCOMMUNALITY,
        acronym="CAECE",
        other_names=(DatedName("SAN d'Évry", PartialDate(1983), PartialDate(2000)),),
        roles=(DatedRole(ActorRole.FUNDER, PartialDate(1990)),),
        succeeds=("san-evry",),
        part_of="x",
        founded=PartialDate(2001),
        engagement=Engagement.KNOWN,
        seat="91228",
        themes=("water",),
        territories=("ML-1",),
        purpose="Agglomération",
        siren="249100157",
    ),
    Link("l", "b", "a", LinkKind.TWINNING, State.DORMANT, start=PartialDate(1990)),
    Agreement(
        "g", "Convention", LinkKind.DECENTRALISED_COOPERATION, parties=(Party("b"), Party("a", "lead"))
    ),
    Project(
        "p",
        "SIG",
        participations=(Participation("b"), Participation("a", ParticipationRole.LEAD, PartialDate(2010))),
    ),
    Announcement(
        "n", "Besoin", Direction.NEED, Nature.TRAINING, state=AnnouncementState.RECORDED, skills=("visas",)
    ),
    Experience("e", "Kotéba côté école", "caece", start=PartialDate(2012)),
    Call("c", "Appel", "caece", (ActorKind.DIASPORA, ActorKind.ASSOCIATION), max_amount=5000.0),
    Event(
        "v",
        "Réunion",
        EventKind.MEETING,
        place="91228",
        attendances=(Attendance("b"), Attendance("a", AttendanceRole.ORGANISER)),
    ),
]


@pytest.mark.parametrize("record", ONE_OF_EACH, ids=lambda r: kind_of(r).value)
def test_plain_data_give_the_same_record_back(record: Any) -> None:
    data = json.loads(json.dumps(to_data(record), allow_nan=False))
    assert from_data(kind_of(record), data) == record


def test_every_kind_of_record_is_covered_above() -> None:
    assert {kind_of(r) for r in ONE_OF_EACH} == set(RecordKind)


def test_a_record_names_all_it_refers_to() -> None:
    refs = {ref for _, ref in references(ONE_OF_EACH[3])}
    assert refs == {
        Ref(RecordKind.ACTOR, "san-evry"),
        Ref(RecordKind.ACTOR, "x"),
        Ref(RecordKind.PLACE, "91228"),
        Ref(RecordKind.PLACE, "ML-1"),
        Ref(RecordKind.THEME, "water"),
    }
    assert {ref.id for _, ref in references(ONE_OF_EACH[6])} == {"a", "b"}
    assert alternate_keys(ONE_OF_EACH[3]) == ("siren:249100157",)


def test_the_pair_of_a_cooperation_is_unordered_and_that_of_a_grant_is_not() -> None:
    assert Link("x", "b", "a", LinkKind.TWINNING).actor_a == "a"
    assert Link("x", "b", "a", LinkKind.FUNDING).actor_a == "b"
    assert natural_link_id(LinkKind.TWINNING, "b", "a", None) == natural_link_id(
        LinkKind.TWINNING, "a", "b", None
    )
    assert natural_link_id(LinkKind.FUNDING, "b", "a", None) != natural_link_id(
        LinkKind.FUNDING, "a", "b", None
    )


def test_every_link_kind_has_a_class() -> None:
    assert set(CLASS_OF) == set(LinkKind)


@given(st.lists(st.sampled_from("abcde"), max_size=6), st.randoms())
def test_sets_of_codes_have_one_form_whatever_their_order(codes: list[str], random: Any) -> None:
    shuffled = list(codes)
    random.shuffle(shuffled)
    first = Actor("i", "n", ActorKind.MEDIA, themes=tuple(codes))
    assert first == Actor("i", "n", ActorKind.MEDIA, themes=tuple(shuffled))
    assert list(first.themes) == sorted(set(codes))


@pytest.mark.parametrize(
    ("rule", "build"),
    [
        ("latitude_range", lambda: Place("p", "P", PlaceLevel.COUNTRY, latitude=91.0, longitude=0.0)),
        ("latitude_range", lambda: Place("p", "P", PlaceLevel.COUNTRY, latitude=float("nan"), longitude=0.0)),
        ("point_incomplete", lambda: Place("p", "P", PlaceLevel.COUNTRY, latitude=1.0)),
        ("required", lambda: Actor("a", "  ", ActorKind.MEDIA)),
        ("siren_form", lambda: Actor("a", "A", ActorKind.MEDIA, siren="12345678")),
        ("website_scheme", lambda: Actor("a", "A", ActorKind.MEDIA, website="javascript:alert(1)")),
        ("link_to_itself", lambda: Link("l", "a", "a", LinkKind.MET)),
        (
            "end_before_start",
            lambda: Link("l", "a", "b", LinkKind.MET, start=PartialDate(2012), end=PartialDate(2011)),
        ),
        (
            "party_twice",
            lambda: Agreement("g", "G", LinkKind.TWINNING, parties=(Party("a"), Party("a", "lead"))),
        ),
        ("owner_required_unless_recorded", lambda: Announcement("n", "N", Direction.NEED, Nature.SKILL)),
        ("negative", lambda: Call("c", "C", max_amount=-1.0)),
    ],
)
def test_an_impossible_value_is_refused_with_its_rule(rule: str, build: Any) -> None:
    with pytest.raises(InvalidValue) as refusal:
        build()
    assert refusal.value.rule == rule
