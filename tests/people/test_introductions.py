"""Introductions: one open request per pair, answered in time, contacts by consent, gone with the account."""

import pytest
from sqlalchemy import delete, func, select

from graphsvc.domain.errors import InvalidValue, UnknownRecord
from people.accounts import redeem, sign_in_link
from people.consents import Side, contacts_of, take_consent_back
from people.errors import IntroductionOpen, StaleIntroduction
from people.introduction_answers import (
    accept,
    came_to_nothing,
    decline,
    hand_to_coordination,
    introduced,
    linked,
    not_yet,
    pass_on,
    reconsider,
    withdraw,
)
from people.introduction_asking import MOST_A_DAY, ask
from people.introduction_tables import ConsentRow, IntroductionRow
from people.introductions import (
    IntroductionState,
    Relay,
    Request,
    find_introduction,
    introductions_of,
)
from people.membership import disable
from people.refusals import AskerKind, declined_by
from people.retention import purge
from people.roles import Role
from people.tables import AccountRow, AuditRow

S = IntroductionState
WHY = "Nous suivons un chantier de maraîchage à Kayes et cherchons conseil."


def enter(private, name, role=Role.MEMBER):
    return redeem(private, sign_in_link(private, f"{name}@ville.example", create_role=role)).account.id


@pytest.fixture
def ana(private):
    return enter(private, "ana")


@pytest.fixture
def bob(private):
    return enter(private, "bob")


def request(asker="amis", other="lycee", message=WHY, **more) -> Request:
    return Request(asker, other, message, **more)


def asked(private, by, form="f", **how) -> str:
    return ask(private, "g1", request(**how), by=by, form=form)


def state(private, id_) -> IntroductionState:
    return find_introduction(private, "g1", id_).state


def everybody(_account, _side) -> bool:
    return True


def test_a_request_comes_back_as_it_was_made_in_its_graph_only(private, ana, clock):
    id_ = asked(private, ana, about=("announcement", "besoin-1"))
    found = find_introduction(private, "g1", id_)
    assert (found.request, found.state, found.open) == (
        request(about=("announcement", "besoin-1")),
        S.ASKED,
        True,
    )
    assert [i.id for i in introductions_of(private, "g1", {"lycee"})] == [id_]
    assert introductions_of(private, "g1", {"kayes"}) == introductions_of(private, "g2") == []
    with pytest.raises(UnknownRecord):
        find_introduction(private, "g2", id_)


def test_the_same_form_sent_twice_is_one_request(private, ana, bob):
    assert asked(private, ana) == asked(private, ana)
    assert len(introductions_of(private, "g1")) == 1


@pytest.mark.parametrize("pair", [("amis", "lycee"), ("lycee", "amis"), ("amis-1990", "lycee")])
def test_a_pair_has_one_open_request_whoever_asks_and_under_whatever_key(private, ana, bob, pair):
    id_ = asked(private, ana)
    again = Request(*pair, WHY)
    with pytest.raises(IntroductionOpen) as refused:
        ask(private, "g1", again, by=bob, form="g", resolve=lambda k: {"amis-1990": "amis"}.get(k, k))
    assert refused.value.id == id_


@pytest.mark.parametrize(
    ("message", "other", "rule"),
    [
        ("bonjour", "lycee", "introduction_why"),
        ("x" * 1501, "lycee", "introduction_too_long"),
        (WHY + " ana@ville.example", "lycee", "contact_in_introduction"),
        (WHY + " Appelez le 06 12 34 56 78", "lycee", "contact_in_introduction"),
        (WHY, "amis", "introduction_to_itself"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_kept(private, ana, message, other, rule):
    with pytest.raises(InvalidValue) as refused:
        asked(private, ana, message=message, other=other)
    assert refused.value.rule == rule
    assert introductions_of(private, "g1") == []


def test_an_actor_asks_ten_times_a_day_and_again_the_day_after(private, ana, clock):
    for n in range(MOST_A_DAY):
        asked(private, ana, form=f"{n}", other=f"a{n}")
    with pytest.raises(InvalidValue) as refused:
        asked(private, ana, form="one more", other="z")
    assert refused.value.rule == "too_many_introductions"
    clock.advance(days=1, seconds=1)
    assert asked(private, ana, form="one more", other="z")


def test_what_nobody_answers_expires_and_may_be_asked_again(private, ana, bob, clock):
    id_ = asked(private, ana)
    clock.advance(days=30)
    assert state(private, id_) is S.EXPIRED
    with pytest.raises(StaleIntroduction) as refused:
        accept(private, "g1", id_, by=bob)
    assert refused.value.state == "expired"
    assert asked(private, ana, form="g") != id_


def test_contacts_are_those_of_people_who_agreed_and_still_speak_for_their_side(private, ana, bob):
    id_ = asked(private, ana)
    assert set(contacts_of(private, id_, everybody)) == {Side.ASKER}
    accept(private, "g1", id_, by=bob, contact="  Secrétariat, 01 60 00 00 00 ")
    found = contacts_of(private, id_, everybody)
    assert found[Side.ASKER].text == "ana@ville.example"
    assert found[Side.OTHER].text == "Secrétariat, 01 60 00 00 00"
    assert contacts_of(private, id_, lambda _, side: side is Side.OTHER).keys() == {Side.OTHER}
    assert take_consent_back(private, id_, bob)
    assert set(contacts_of(private, id_, everybody)) == {Side.ASKER}
    disable(private, ana, by="operator")
    assert contacts_of(private, id_, everybody) == {}


def test_a_contact_goes_with_the_account_and_the_request_stays(private, ana, bob):
    id_ = asked(private, ana)
    accept(private, "g1", id_, by=bob, contact="en bas de l'escalier")
    with private.writing() as session:
        session.execute(delete(AccountRow).where(AccountRow.id == bob))
    with private.reading() as session:
        assert session.scalars(select(ConsentRow.account_id)).all() == [ana]
    assert state(private, id_) is S.ACCEPTED


def test_accepting_twice_is_as_once_and_declining_then_is_refused(private, ana, bob):
    id_ = asked(private, ana)
    accept(private, "g1", id_, by=bob)
    accept(private, "g1", id_, by=bob)
    with pytest.raises(StaleIntroduction):
        decline(private, "g1", id_, by=bob, remembered=True)
    with pytest.raises(StaleIntroduction):
        withdraw(private, "g1", id_, by=ana)
    assert declined_by(private, "g1", AskerKind.ACTOR, "lycee") == frozenset()


@pytest.mark.parametrize("remembered", [True, False])
def test_a_no_is_remembered_by_the_matcher_if_one_wishes_and_keeps_the_asker_from_insisting(
    private, ana, bob, clock, remembered
):
    id_ = asked(private, ana)
    decline(private, "g1", id_, by=bob, remembered=remembered)
    assert declined_by(private, "g1", AskerKind.ACTOR, "lycee") == ({"amis"} if remembered else frozenset())
    with pytest.raises(InvalidValue) as refused:
        asked(private, ana, form="g")
    assert refused.value.rule == "introduction_declined"
    other_way = ask(private, "g1", request("lycee", "amis"), by=bob, form="h")  # who declined may ask
    withdraw(private, "g1", other_way, by=bob)
    clock.advance(days=181)
    assert asked(private, ana, form="i")


def test_a_relay_passes_on_hands_over_or_introduces(private, ana, clock):
    id_ = asked(private, ana, relay=Relay.NEIGHBOUR, relay_key="caece")
    assert [i.id for i in introductions_of(private, "g1", {"caece"})] == [id_]
    clock.advance(days=20)
    pass_on(private, "g1", id_, by="agent")
    clock.advance(days=20)
    found = find_introduction(private, "g1", id_)
    assert found.state is S.ASKED  # it lasts as long again
    assert found.passed_on_at is not None
    hand_to_coordination(private, "g1", id_, by="agent")
    assert find_introduction(private, "g1", id_).request.relay is Relay.COORDINATION
    introduced(private, "g1", id_, by="agent")
    introduced(private, "g1", id_, by="agent")
    assert state(private, id_) is S.INTRODUCED


def test_a_neighbour_that_is_not_named_is_the_coordination(private, ana):
    id_ = asked(private, ana, relay=Relay.NEIGHBOUR)
    assert find_introduction(private, "g1", id_).request.relay is Relay.COORDINATION


def test_what_came_of_it_is_asked_after_six_weeks_and_again(private, ana, bob, clock):
    id_ = asked(private, ana)
    accept(private, "g1", id_, by=bob)
    first = find_introduction(private, "g1", id_).ask_again_on
    assert first == (clock().date()).fromordinal(clock().date().toordinal() + 42)
    clock.advance(days=43)
    not_yet(private, "g1", id_, by=ana)
    assert find_introduction(private, "g1", id_).ask_again_on > first
    linked(private, "g1", id_, "partnership~amis~lycee~2026", by=ana)
    found = find_introduction(private, "g1", id_)
    assert (found.state, found.link_id, found.ask_again_on, found.open) == (
        S.LINKED,
        "partnership~amis~lycee~2026",
        None,
        False,
    )


def test_the_last_step_is_taken_back_unless_the_pair_asked_again_meanwhile(private, ana, bob):
    id_ = asked(private, ana)
    withdraw(private, "g1", id_, by=ana)
    reconsider(private, "g1", id_, by=ana)
    assert state(private, id_) is S.ASKED
    withdraw(private, "g1", id_, by=ana)
    other = asked(private, ana, form="g")
    with pytest.raises(IntroductionOpen):
        reconsider(private, "g1", id_, by=ana)
    accept(private, "g1", other, by=bob)
    came_to_nothing(private, "g1", other, "Calendriers trop différents.", by=bob)
    assert find_introduction(private, "g1", other).outcome == "Calendriers trop différents."
    reconsider(private, "g1", other, by=bob)
    assert (state(private, other), find_introduction(private, "g1", other).outcome) == (S.INTRODUCED, None)
    with pytest.raises(StaleIntroduction):
        reconsider(private, "g1", other, by=bob)


def test_two_years_later_nothing_of_it_is_left(private, ana, bob, clock):
    id_ = asked(private, ana)
    accept(private, "g1", id_, by=bob)
    clock.advance(days=729)
    purge(private)
    assert state(private, id_) is S.ACCEPTED
    clock.advance(days=2)
    purge(private)
    with private.reading() as session:
        counts = [session.scalar(select(func.count()).select_from(t)) for t in (IntroductionRow, ConsentRow)]
    assert counts == [0, 0]


def test_the_log_names_neither_the_message_nor_a_contact(private, ana, bob):
    id_ = asked(private, ana)
    accept(private, "g1", id_, by=bob, contact="secret")
    with private.reading() as session:
        lines = [f"{row.action} {row.subject} {row.details}" for row in session.query(AuditRow)]
    assert any(f"introduction_accepted {id_}" in line for line in lines)
    assert not any(word in line for line in lines for word in ("maraîchage", "secret", "lycee"))
