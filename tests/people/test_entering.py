"""How a person enters: one-time links, used once, by one person, in time."""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, text

from graphsvc.domain.errors import InvalidValue
from people.accounts import (
    find_account,
    first_coordinator_link,
    list_accounts,
    look_at,
    redeem,
    sign_in_link,
)
from people.errors import AccountDisabled, AccountExists, LinkRefused, UnknownAccount
from people.invitations import invite, open_invitations, withdraw
from people.links import LIFETIMES, Purpose
from people.membership import disable, set_role
from people.roles import Role
from people.sessions import live_session
from people.tables import AuditRow, Base, LinkRow, SessionRow
from tests.rig.at_once import at_once


def reason(refused: pytest.ExceptionInfo[LinkRefused]) -> str:
    return refused.value.reason


@pytest.fixture
def admin(private):
    return redeem(private, first_coordinator_link(private), email="Admin@Ville.example").account


def test_the_first_link_makes_an_administrator_and_signs_in(private):
    entered = redeem(private, first_coordinator_link(private), email=" Chef@Ville.example ")
    assert entered.account.email == "Chef@Ville.example"
    assert entered.account.role is Role.ADMIN
    assert live_session(private, entered.session_token).account_id == entered.account.id


def test_there_is_no_first_link_once_there_is_an_account(private, admin):
    assert first_coordinator_link(private) is None


def test_only_the_last_first_link_opens(private):
    old, new = first_coordinator_link(private), first_coordinator_link(private)
    with pytest.raises(LinkRefused) as refused:
        redeem(private, old, email="a@ville.example")
    assert reason(refused) == "superseded"
    redeem(private, new, email="a@ville.example")


def test_an_unused_first_link_dies_when_an_account_is_made_by_the_operator(private):
    token = first_coordinator_link(private)
    sign_in_link(private, "a@ville.example", create_role=Role.ADMIN)
    with pytest.raises(LinkRefused):
        redeem(private, token, email="b@ville.example")
    assert len(list_accounts(private)) == 1


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b", "a b@ville.example", "a@ville.example\r\nBcc: x@y.fr", "@x.fr"]
)
def test_a_wrong_address_does_not_use_the_link(private, address):
    token = first_coordinator_link(private)
    with pytest.raises(InvalidValue):
        redeem(private, token, email=address)
    assert not list_accounts(private)
    redeem(private, token, email="a@ville.example")


def test_looking_at_a_link_does_not_use_it(private):
    token = first_coordinator_link(private)
    for _ in range(3):
        assert look_at(private, token).purpose is Purpose.FIRST_COORDINATOR
    redeem(private, token, email="a@ville.example")


def test_a_link_opens_once(private, admin):
    token = sign_in_link(private, "admin@ville.example")
    redeem(private, token)
    for again in (redeem, look_at):
        with pytest.raises(LinkRefused) as refused:
            again(private, token)
        assert reason(refused) == "used"


def test_of_twenty_who_use_a_link_at_the_same_instant_one_enters(private, admin):
    token, outcomes = sign_in_link(private, admin.email), []

    def enter():
        try:
            redeem(private, token)
            outcomes.append("in")
        except LinkRefused as refusal:
            outcomes.append(refusal.reason)

    at_once([enter] * 20)
    assert sorted(outcomes) == ["in"] + ["used"] * 19


def test_of_two_first_links_used_at_the_same_instant_one_account_comes(private, clock):
    """Even if two were valid at once, which `first_coordinator_link` prevents."""
    tokens = [first_coordinator_link(private) for _ in range(4)]
    with private.writing() as session:
        session.execute(text("UPDATE one_time_links SET revoked_at = NULL"))

    def enter(n):
        with suppress(LinkRefused):
            redeem(private, tokens[n], email=f"a{n}@ville.example")

    at_once([partial(enter, n) for n in range(4)])
    assert len(list_accounts(private)) == 1


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_link_opens_until_its_time_has_passed(private, clock, purpose):
    if purpose is not Purpose.FIRST_COORDINATOR:
        redeem(private, first_coordinator_link(private), email="admin@ville.example")
    make = {
        Purpose.FIRST_COORDINATOR: lambda: first_coordinator_link(private),
        Purpose.SIGN_IN: lambda: sign_in_link(private, "admin@ville.example"),
        Purpose.INVITATION: lambda: invite(private, "m@ville.example", Role.AGENT, by="acc-1"),
    }[purpose]
    token = make()
    clock.instant += LIFETIMES[purpose] - timedelta(seconds=1)
    look_at(private, token)
    clock.advance(seconds=1)
    with pytest.raises(LinkRefused) as refused:
        redeem(private, token, email="x@ville.example")
    assert reason(refused) == "expired"


@pytest.mark.parametrize("token", ["", "x", "é" * 43, "A" * 43, "' OR 1=1 --", "\udcff", "\x00"])
def test_a_token_that_was_never_given_is_unknown(private, token):
    for door in (look_at, redeem):
        with pytest.raises(LinkRefused) as refused:
            door(private, token)
        assert reason(refused) == "unknown"


def test_a_sign_in_link_is_for_existing_accounts(private):
    with pytest.raises(UnknownAccount):
        sign_in_link(private, "nobody@ville.example")
    assert not list_accounts(private)


def test_the_operator_may_make_the_account_with_its_link(private):
    entered = redeem(private, sign_in_link(private, "chef@ville.example", create_role=Role.COORDINATOR))
    assert entered.account.role is Role.COORDINATOR


def test_making_an_account_that_is_there_leaves_its_role(private, admin):
    redeem(private, sign_in_link(private, "ADMIN@ville.EXAMPLE", create_role=Role.MEMBER))
    assert [a.role for a in list_accounts(private)] == [Role.ADMIN]


def test_nobody_gets_the_public_role(private):
    with pytest.raises(ValueError, match="public"):
        sign_in_link(private, "a@ville.example", create_role=Role.PUBLIC)


def test_a_disabled_account_gets_no_link_and_opens_none(private, admin):
    agent = redeem(private, sign_in_link(private, "agent@ville.example", create_role=Role.AGENT)).account
    waiting = sign_in_link(private, agent.email)
    disable(private, agent.id, by=admin.id)
    with pytest.raises(AccountDisabled):
        sign_in_link(private, agent.email)
    with pytest.raises(LinkRefused) as refused:
        redeem(private, waiting)
    assert reason(refused) == "superseded"


def test_a_waiting_link_dies_with_a_change_of_role(private, admin):
    agent = redeem(private, sign_in_link(private, "agent@ville.example", create_role=Role.AGENT)).account
    waiting = sign_in_link(private, agent.email)
    set_role(private, agent.id, Role.MEMBER, by=admin.id)
    with pytest.raises(LinkRefused):
        redeem(private, waiting)


def test_an_invitation_gives_its_role_and_its_actors(private, admin):
    token = invite(private, "m@asso.example", Role.MEMBER, by=admin.id, store_id="g1", actors=["b", "a", "b"])
    offer = look_at(private, token)
    assert (offer.email, offer.role, offer.actors) == (
        "m@asso.example",
        Role.MEMBER,
        (("g1", "a"), ("g1", "b")),
    )
    account = redeem(private, token).account
    assert (account.role, account.actors) == (Role.MEMBER, (("g1", "a"), ("g1", "b")))
    assert find_account(private, account.id) == account
    assert open_invitations(private) == []


def test_who_has_an_account_is_not_invited(private, admin):
    with pytest.raises(AccountExists):
        invite(private, "ADMIN@ville.example", Role.MEMBER, by=admin.id)


def test_an_invitation_never_enters_an_account_that_came_meanwhile(private, admin):
    """Whoever invites knows the link: it must not open the account of somebody with more rights."""
    token = invite(
        private, "chef@ville.example", Role.MEMBER, by="acc-coordinator", store_id="g1", actors=["a"]
    )
    chef = redeem(private, sign_in_link(private, "chef@ville.example", create_role=Role.ADMIN)).account
    with pytest.raises(AccountExists):
        redeem(private, token)
    assert find_account(private, chef.id).actors == ()


def test_a_withdrawn_invitation_no_longer_opens(private, admin):
    token = invite(private, "m@asso.example", Role.AGENT, by=admin.id)
    withdraw(private, open_invitations(private)[0].id, by=admin.id)
    with pytest.raises(LinkRefused) as refused:
        redeem(private, token)
    assert reason(refused) == "superseded"


def test_no_token_is_kept_anywhere_in_clear(private, admin):
    given = [sign_in_link(private, admin.email), invite(private, "m@asso.example", Role.AGENT, by=admin.id)]
    given.append(redeem(private, sign_in_link(private, admin.email)).session_token)
    with private.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                assert not any(token in str(value) for value in row for token in given), table.name
        assert session.scalars(select(LinkRow)).first() is not None
        assert session.scalars(select(SessionRow)).first() is not None


def test_the_log_tells_who_did_what_without_addresses(private, admin):
    invite(private, "m@asso.example", Role.AGENT, by=admin.id)
    sign_in_link(private, admin.email)
    with private.reading() as session:
        lines = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
    assert [(line.by, line.action) for line in lines] == [
        (admin.id, "account_created"),
        (admin.id, "sign_in"),
        (admin.id, "invited"),
        ("operator", "sign_in_link"),
    ]
    assert not any("@" in f"{line.subject}{line.details}{line.by}" for line in lines)
