"""Experience sheets and calls: published like announcements, and told to those they fit."""

from dataclasses import replace

import pytest

from graphsvc.domain.actors import Actor, ActorKind, ActorRole, DatedRole
from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature
from graphsvc.domain.calls import Call
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import Link, LinkKind, State
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.domain.records import Record, RecordKind, Ref
from graphsvc.ports import GraphStore, Put
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.stores.memory import MemoryStore
from graphsvc.usecases.faults import DraftRefused
from graphsvc.usecases.fitting_calls import Window, calls_for, window_of
from graphsvc.usecases.fitting_funders import funders_for
from graphsvc.usecases.publish_call import CallDraft, edit_call, publish_call
from graphsvc.usecases.share_experience import ExperienceDraft, edit_experience, share
from tests.graphsvc.usecases.small_world import TODAY, WORLD

SHEET = ExperienceDraft("Un puits", ("Eau potable",), ("ML",), "2019", "", "Creusé.", "", "La pompe a lâché.")
CALL = CallDraft("Appel eau", "Massy solidaire", ("association",), ("water",), ("Mali",), "", "2027-03-01",
                 "15 000 €", "www.exemple.fr/appel")  # fmt: skip


def test_a_sheet_is_published_and_edited(store: GraphStore) -> None:
    snapshot = build_snapshot(store)
    record, planned = share(snapshot, SHEET, actor="amis", seed="s", today=TODAY)
    planned.apply(store, by="acc-1")
    before = store.get(Ref(RecordKind.EXPERIENCE, record.id))
    assert before.record == record
    assert (record.actor, record.themes, record.failures) == ("amis", ("drinking",), "La pompe a lâché.")
    after, planned = edit_experience(
        snapshot, before, replace(SHEET, advice="Former."), today=TODAY, version=1
    )
    planned.apply(store, by="acc-1")
    assert store.get(Ref(RecordKind.EXPERIENCE, record.id)).record == after


def test_a_call_is_published_and_edited(store: GraphStore) -> None:
    snapshot = build_snapshot(store)
    record, planned = publish_call(snapshot, CALL, seed="s", today=TODAY)
    planned.apply(store, by="acc-1")
    before = store.get(Ref(RecordKind.CALL, record.id))
    assert before.record == record
    assert record.open_to == (ActorKind.ASSOCIATION,)
    assert (record.funder, record.max_amount, record.url) == ("massy", 15000, "https://www.exemple.fr/appel")
    after, planned = edit_call(snapshot, before, replace(CALL, max_amount=""), today=TODAY)
    planned.apply(store, by="acc-1")
    assert store.get(Ref(RecordKind.CALL, record.id)).record == after


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": ""}, ("title", "required")),
        ({"done": ""}, ("done", "required")),
        ({"failures": ""}, ("successes", "nothing_learnt")),
        ({"start": "2027"}, ("start", "not_begun")),
        ({"end": "2018"}, ("end", "end_before_start")),
        ({"advice": "Écrire à a@b.fr"}, ("advice", "holds_email")),
        ({"territories": ("Malii",)}, ("territories", "unknown_entry")),
    ],
)
def test_a_sheet_that_teaches_nothing_or_cannot_be_is_refused(
    snapshot: Snapshot, changes: dict[str, object], expected: tuple[str, str]
) -> None:
    with pytest.raises(DraftRefused) as refused:
        share(snapshot, replace(SHEET, **changes), actor="amis", seed="s", today=TODAY)  # type: ignore[arg-type]
    assert [(f.field, f.code) for f in refused.value.faults] == [expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"closes_on": ""}, ("closes_on", "without_deadline")),
        ({"closes_on": "2026-11-01"}, ("closes_on", "deadline_passed")),
        ({"opens_on": "2027-04-01"}, ("closes_on", "end_before_start")),
        ({"funder": ""}, ("funder", "required")),
        ({"funder": "Massi solidère"}, ("funder", "unknown_entry")),
        ({"open_to": ("associations",)}, ("open_to", "unknown_code")),
        ({"max_amount": "beaucoup"}, ("max_amount", "amount_form")),
        ({"url": "javascript:alert(1)"}, ("url", "address_form")),
        ({"url": "https://moi:secret@exemple.fr"}, ("url", "address_form")),
        ({"url": "https://[exemple"}, ("url", "address_form")),
    ],
)
def test_a_call_that_nobody_could_answer_is_refused(
    snapshot: Snapshot, changes: dict[str, object], expected: tuple[str, str]
) -> None:
    with pytest.raises(DraftRefused) as refused:
        publish_call(snapshot, replace(CALL, **changes), seed="s", today=TODAY)  # type: ignore[arg-type]
    assert [(f.field, f.code) for f in refused.value.faults] == [expected]


FUNDER = Actor("bailleur", "Le bailleur", ActorKind.FOUNDATION, roles=(DatedRole(ActorRole.FUNDER),))
NEXT, LATER, PAST = PartialDate(2026, 12, 1), PartialDate(2027, 5, 1), PartialDate(2020)
KINDS = (ActorKind.ASSOCIATION,)


def world(*more: Record) -> Snapshot:
    store = MemoryStore()
    store.apply([Put(r) for r in (*WORLD, FUNDER, *more)], by="t")
    return build_snapshot(store)


def fitting(snapshot: Snapshot, key: str) -> list[str]:
    i = snapshot.index(key)
    assert i is not None
    return [snapshot.call(fit.position).id for fit in calls_for(snapshot, i, TODAY)]


def test_calls_come_by_deadline_and_those_for_others_do_not_come() -> None:
    snapshot = world(
        Call("later", "L", "bailleur", KINDS, ("water",), ("ML",), None, LATER),
        Call("next", "N", "bailleur", KINDS, ("water",), ("ML",), None, NEXT),
        Call("to-come", "C", "bailleur", KINDS, (), (), NEXT, LATER),
        Call("past", "P", "bailleur", KINDS, (), (), None, PAST),
        Call("schools", "S", "bailleur", (ActorKind.SCHOOL,), (), (), None, NEXT),
        Call("visas", "V", "bailleur", KINDS, ("associations",), (), None, NEXT),
        Call("congo", "G", "bailleur", KINDS, (), ("CG-kayes",), None, NEXT),
        Call("own", "O", "amis", (), (), (), None, NEXT),
        Call("unsaid", "U"),
    )
    assert fitting(snapshot, "amis") == ["next", "later", "unsaid", "to-come", "past"]
    assert fitting(snapshot, "ecole") == ["schools", "own", "unsaid"]
    # One that says nothing of its themes is told of the call, and that this has to be checked.
    assert "visas" in fitting(snapshot, "massy")


def test_a_call_says_why_it_fits_and_what_is_not_known() -> None:
    snapshot = world(Call("c", "C", "bailleur", KINDS, ("drinking", "associations"), (), None, NEXT))
    i = snapshot.index("amis")
    assert i is not None
    (fit,) = calls_for(snapshot, i, TODAY)
    assert [(f.code, dict(f.facts)) for f in fit.because] == [
        ("open_to_kind", {"kind": "association"}),
        ("common_themes", {"themes": ["drinking"]}),
        ("deadline_open", {"closes_on": "2026-12-01", "days": 29}),
    ]
    assert [f.code for f in fit.unknown] == ["territories_not_said"]


ANNOUNCED = Announcement("puits", "Un puits", Direction.NEED, Nature.FUNDING, "massy", themes=("drinking",),
                         territories=("ML-1",), expires_on=LATER)  # fmt: skip


def told(snapshot: Snapshot, key: str) -> list[tuple[str, object, object]]:
    """(code, keys, id of the source) of what the calls have in common with an actor."""
    i = snapshot.index(key)
    assert i is not None
    facts = [f for fit in calls_for(snapshot, i, TODAY) for f in fit.because if f.code.startswith("common_")]
    return [
        (
            f.code,
            f.facts.get("themes") or f.facts.get("territories"),
            dict(f.facts.get("source", {})).get("id"),
        )
        for f in facts
    ]


def test_an_open_announcement_or_a_project_at_work_speaks_for_its_actor(store: GraphStore) -> None:
    """Massy's record names no theme: its calls and funders are those of what it announces and does."""
    school = Participation("massy", ParticipationRole.LEAD)
    store.apply(
        [Put(record) for record in (
            FUNDER,
            ANNOUNCED,
            Project("ecole-kayes", "Une école", State.PLANNED, ("associations",), participations=(school,)),
            Project("over", "Finie", State.ENDED, ("water",), participations=(school,)),
            Link("f", "bailleur", "amis", LinkKind.FUNDING, themes=("drinking",), territories=("ML-kayes",)),
            Call("c", "C", "bailleur", KINDS, ("water", "associations"), ("ML-kayes", "91"), None, NEXT),
        )], by="t",
    )  # fmt: skip
    snapshot = build_snapshot(store)
    assert told(snapshot, "massy") == [
        ("common_themes", ["water"], "puits"),
        ("common_themes", ["associations"], "ecole-kayes"),
        ("common_territories", ["91"], None),
        ("common_territories", ["ML-kayes"], "puits"),
    ]
    i = snapshot.index("massy")
    assert i is not None
    (funder,) = funders_for(snapshot, i, TODAY)
    said = [(f.code, dict(f.facts.get("source", {})).get("kind")) for f in funder.because]
    assert said == [
        ("open_call", None),
        ("funds_alike", None),
        ("funds_themes", "announcement"),
        ("funds_places", "announcement"),
    ]


@pytest.mark.parametrize(
    "gone",
    [
        replace(ANNOUNCED, state=AnnouncementState.CLOSED),
        replace(ANNOUNCED, expires_on=PartialDate(2026, 10)),
        replace(ANNOUNCED, published_on=PartialDate(2027), expires_on=PartialDate(2028)),
        replace(ANNOUNCED, actor="ecole"),
    ],
)
def test_an_announcement_closed_past_to_come_or_of_another_says_nothing(gone: Announcement) -> None:
    snapshot = world(gone, Call("c", "C", "bailleur", KINDS, ("water",), (), None, NEXT))
    i = snapshot.index("massy")
    assert i is not None
    (fit,) = calls_for(snapshot, i, TODAY)
    assert "own_themes_not_said" in [f.code for f in fit.unknown]


def test_what_one_only_pays_for_is_not_what_one_seeks_money_for() -> None:
    payer = Participation("massy", ParticipationRole.FUNDER)
    snapshot = world(
        Project("p", "P", State.ACTIVE, ("water",), participations=(payer,)),
        Call("c", "C", "bailleur", KINDS, ("water",), (), None, NEXT),
    )
    assert told(snapshot, "massy") == []


def test_the_window_of_a_call_has_its_first_and_its_last_day() -> None:
    call = Call("c", "C", opens_on=PartialDate.of(TODAY), closes_on=PartialDate.of(TODAY))
    assert window_of(call, TODAY) is Window.OPEN
    assert window_of(call, TODAY.replace(day=1)) is Window.UPCOMING
    assert window_of(call, TODAY.replace(day=3)) is Window.PAST


def funders(snapshot: Snapshot, key: str) -> list[tuple[str, list[str]]]:
    i = snapshot.index(key)
    assert i is not None
    return [(snapshot.ids[f.index], [b.code for b in f.because]) for f in funders_for(snapshot, i, TODAY)]


def test_funders_are_told_by_whom_and_what_they_paid_for() -> None:
    snapshot = world(
        Actor("soeurs", "Sœurs", ActorKind.ASSOCIATION),
        Actor("mort", "Le défunt", ActorKind.FOUNDATION, roles=(DatedRole(ActorRole.FUNDER),),
              ended=PartialDate(2010), themes=("drinking",)),
        Link("f", "bailleur", "soeurs", LinkKind.FUNDING, start=PartialDate(2012)),
        Link("never", "ecole", "soeurs", LinkKind.FUNDING, State.PLANNED),
        Project("p", "P", themes=("water",), territories=("ML-kayes",), participations=(
            Participation("massy", ParticipationRole.FUNDER), Participation("ecole"))),
    )  # fmt: skip
    assert funders(snapshot, "amis") == [
        ("massy", ["funds_themes", "funds_places"]),
        ("bailleur", ["funds_alike"]),
    ]
    assert funders(snapshot, "bailleur") == []


def test_a_funder_that_pays_already_is_said_so_and_comes_last() -> None:
    snapshot = world(
        Actor(
            "autre", "Autre", ActorKind.FOUNDATION, roles=(DatedRole(ActorRole.FUNDER),), themes=("water",)
        ),
        Link("f1", "bailleur", "amis", LinkKind.FUNDING),
        Link("f2", "bailleur", "massy", LinkKind.FUNDING),
        Call("c", "C", "bailleur", KINDS, (), (), None, NEXT),
    )
    i = snapshot.index("amis")
    assert i is not None
    found = funders_for(snapshot, i, TODAY)
    assert [(snapshot.ids[f.index], f.already) for f in found] == [("autre", False), ("bailleur", True)]
    assert [b.code for b in found[1].because] == ["open_call", "funds_alike"]


def test_an_actor_that_is_no_more_is_told_of_nothing() -> None:
    snapshot = world(
        Actor("fini", "Fini", ActorKind.ASSOCIATION, ended=PartialDate(2015)),
        Call("c", "C", "bailleur", (), (), (), None, NEXT),
    )
    assert fitting(snapshot, "fini") == []
