"""There is always an administrator, whoever does what at the same instant."""

from functools import partial

import pytest

from people.accounts import find_account, first_coordinator_link, list_accounts, redeem, sign_in_link
from people.errors import LastAdministrator, UnknownAccount, UnknownInvitation
from people.invitations import withdraw
from people.membership import actors_spoken_for, disable, enable, set_actors, set_role
from people.roles import Role
from tests.rig.at_once import at_once


@pytest.fixture
def admin(private):
    return redeem(private, first_coordinator_link(private), email="admin@ville.example").account


@pytest.fixture
def second(private, admin):
    return redeem(private, sign_in_link(private, "second@ville.example", create_role=Role.ADMIN)).account


def enabled_administrators(private):
    return [a for a in list_accounts(private) if a.role is Role.ADMIN and not a.disabled]


def test_the_last_administrator_is_neither_disabled_nor_lowered(private, admin):
    with pytest.raises(LastAdministrator):
        disable(private, admin.id, by=admin.id)
    with pytest.raises(LastAdministrator):
        set_role(private, admin.id, Role.COORDINATOR, by=admin.id)
    assert enabled_administrators(private) == [admin]


def test_a_disabled_administrator_does_not_count(private, admin, second):
    disable(private, second.id, by=admin.id)
    with pytest.raises(LastAdministrator):
        disable(private, admin.id, by=admin.id)
    enable(private, second.id, by=admin.id)
    disable(private, admin.id, by=second.id)


@pytest.mark.parametrize("how", ["disable", "lower"])
def test_of_two_administrators_who_remove_each_other_one_stays(private, admin, second, how):
    for _ in range(5):
        refused = []

        def remove(target, by, refused=refused):
            try:
                if how == "disable":
                    disable(private, target.id, by=by.id)
                else:
                    set_role(private, target.id, Role.AGENT, by=by.id)
            except LastAdministrator:
                refused.append(target)

        at_once([partial(remove, admin, second), partial(remove, second, admin)])
        assert len(refused) == 1
        assert len(enabled_administrators(private)) == 1
        for account in (admin, second):
            enable(private, account.id, by="operator")
            set_role(private, account.id, Role.ADMIN, by="operator")


@pytest.mark.parametrize("change", [disable, enable, lambda p, i, by: set_role(p, i, Role.AGENT, by=by)])
def test_an_account_that_is_not_there_is_said(private, change):
    with pytest.raises(UnknownAccount):
        change(private, "acc-none", by="operator")
    with pytest.raises(UnknownAccount):
        find_account(private, "acc-none")


def test_an_invitation_that_is_not_there_is_said(private):
    with pytest.raises(UnknownInvitation):
        withdraw(private, "inv-none", by="operator")


def test_nobody_is_given_the_public_role(private, admin, second):
    with pytest.raises(ValueError, match="public"):
        set_role(private, second.id, Role.PUBLIC, by=admin.id)


def test_an_actor_is_spoken_for_by_whoever_may_sign_in(private, admin, second):
    set_actors(private, admin.id, "g1", ["amis"], by="tests")
    set_actors(private, second.id, "g1", ["amis", "kayes"], by="tests")
    set_actors(private, second.id, "g2", ["lycee"], by="tests")
    assert actors_spoken_for(private, "g1") == {"amis", "kayes"}
    disable(private, second.id, by=admin.id)
    assert actors_spoken_for(private, "g1") == {"amis"}
