"""Sessions on the server hold for a while, and end at once when they are revoked."""

import pytest

from people.accounts import first_coordinator_link, redeem, sign_in_link
from people.membership import disable, enable, set_actors, set_role
from people.roles import Role
from people.sessions import end_other_sessions, end_session, keep_session, live_session


@pytest.fixture
def admin(private):
    return redeem(private, first_coordinator_link(private), email="admin@ville.example")


@pytest.fixture
def agent(private, admin):
    return redeem(private, sign_in_link(private, "agent@ville.example", create_role=Role.AGENT))


def use(private, token):
    found = live_session(private, token)
    if found is not None:
        keep_session(private, token, seen=found.last_seen_at, data=None)
    return found


def test_a_session_that_is_used_lives_seven_days_and_no_longer(private, clock, agent):
    for _ in range(7 * 24 - 1):
        clock.advance(hours=1)
        assert use(private, agent.session_token) is not None
    clock.advance(hours=1)
    assert use(private, agent.session_token) is None


def test_an_idle_session_ends_after_eight_hours(private, clock, agent):
    clock.advance(hours=7, minutes=59)
    assert use(private, agent.session_token) is not None
    clock.advance(hours=8)
    assert use(private, agent.session_token) is None


def test_signing_out_ends_the_session_on_the_server(private, agent):
    end_session(private, agent.session_token)
    assert live_session(private, agent.session_token) is None


def test_signing_out_elsewhere_keeps_this_one(private, agent):
    elsewhere = redeem(private, sign_in_link(private, agent.account.email)).session_token
    assert end_other_sessions(private, agent.account.id, agent.session_token) == 1
    assert live_session(private, elsewhere) is None
    assert live_session(private, agent.session_token) is not None


def test_disabling_ends_sessions_at_once_and_enabling_does_not_bring_them_back(private, admin, agent):
    disable(private, agent.account.id, by=admin.account.id)
    assert live_session(private, agent.session_token) is None
    enable(private, agent.account.id, by=admin.account.id)
    assert live_session(private, agent.session_token) is None
    again = redeem(private, sign_in_link(private, agent.account.email))
    assert live_session(private, again.session_token) is not None


def test_a_session_that_outlived_its_account_opens_nothing(private, agent):
    """Even if a session row survived by some other way, the account is looked at on each request."""
    from sqlalchemy import text

    with private.writing() as session:
        session.execute(text("UPDATE accounts SET disabled_at = '2026-01-01 00:00:00'"))
    assert live_session(private, agent.session_token) is None


def test_another_role_ends_sessions_at_once(private, admin, agent):
    set_role(private, agent.account.id, Role.MEMBER, by=admin.account.id)
    assert live_session(private, agent.session_token) is None


def test_the_same_role_again_changes_nothing(private, admin, agent):
    set_role(private, agent.account.id, Role.AGENT, by=admin.account.id)
    assert live_session(private, agent.session_token) is not None


def test_the_actors_of_an_account_follow_at_once(private, admin, agent):
    set_actors(private, agent.account.id, "g1", ["b", "a"], by=admin.account.id)
    set_actors(private, agent.account.id, "g2", ["z"], by=admin.account.id)
    set_actors(private, agent.account.id, "g1", ["c"], by=admin.account.id)
    assert set(live_session(private, agent.session_token).actors) == {("g1", "c"), ("g2", "z")}


def test_a_session_remembers_what_it_is_given(private, agent):
    keep_session(private, agent.session_token, seen=None, data={"csrf_token": "é"})
    assert live_session(private, agent.session_token).data == {"csrf_token": "é"}


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "\udcff"])
def test_an_unknown_token_opens_nothing(private, agent, token):
    assert live_session(private, token) is None
