"""The rights of each role, cell by cell, and a policy on every route."""

import itertools

import pytest
from flask import Flask

from people.roles import Role
from web import permissions
from web.permissions import (
    ANONYMOUS,
    Action,
    Identity,
    Policy,
    RouteWithoutPolicyError,
    allowed,
    declare_policy,
    enforce,
    policy,
    require_policies,
)

OWN, OTHER = "amis", "kayes"
# Written by hand from the promise made to people, not from the code: who may, in the order
# public, member for its own actor, member for another or for none, agent, coordinator, admin.
PROMISED = {
    "enter": "yes yes yes yes yes yes",
    "read": "yes yes yes yes yes yes",
    "see_work_list": "no  yes no  yes yes yes",
    "own_account": "no  yes yes yes yes yes",
    "publish": "no  yes no  yes yes yes",
    "steer": "no  no  no  no  yes yes",
    "curate": "no  no  no  yes yes yes",
    "administer": "no  no  no  no  no  yes",
}
MEMBER = Identity(Role.MEMBER, "acc-1", frozenset({OWN}))


def ask(action: str) -> list[bool]:
    others = (
        (MEMBER, OTHER),
        *((Identity(r, "acc-2"), OTHER) for r in (Role.AGENT, Role.COORDINATOR, Role.ADMIN)),
    )
    return [allowed(who, action, subject) for who, subject in ((ANONYMOUS, OWN), (MEMBER, OWN), *others)]


@pytest.mark.parametrize("action", PROMISED)
def test_each_role_may_what_was_promised_and_no_more(action):
    assert ask(action) == [word == "yes" for word in PROMISED[action].split()]


def test_every_action_is_promised_to_somebody():
    assert {*PROMISED, "invite"} == set(Action)


def test_coordinators_invite_members_and_administrators_anybody():
    may = {
        (by, offered)
        for by, offered in itertools.product(Role, Role)
        if allowed(Identity(by, "acc-1"), Action.INVITE, offered)
    }
    assert may == {(Role.COORDINATOR, Role.MEMBER), *((Role.ADMIN, role) for role in Role)}


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.SEE_WORK_LIST])
def test_a_right_on_own_actors_needs_an_actor_to_be_named(action):
    assert not allowed(MEMBER, action)
    assert not allowed(Identity(Role.MEMBER, "acc-1"), action, OWN)
    assert not allowed(Identity(Role.PUBLIC, None, frozenset({OWN})), action, OWN)


def test_what_is_no_action_is_an_error_and_not_a_right():
    with pytest.raises(ValueError, match="fly"):
        allowed(Identity(Role.ADMIN, "acc-1"), "fly")


def test_changing_any_cell_of_the_table_is_seen_by_the_promise():
    """The promise above would not notice a change it does not ask about: each cell is turned in turn."""
    for action, role in itertools.product(PROMISED, Role):
        before = permissions.RIGHTS[Action(action)][role]
        for other in {permissions.Scope.NO, permissions.Scope.YES} - {before}:
            permissions.RIGHTS[Action(action)][role] = other
            try:
                assert ask(action) != [w == "yes" for w in PROMISED[action].split()], (action, role, other)
            finally:
                permissions.RIGHTS[Action(action)][role] = before


@pytest.fixture
def bare_app() -> Flask:
    app = Flask("bare", static_folder=None)
    app.before_request(enforce)
    return app


def test_an_application_with_a_route_without_policy_does_not_start(bare_app):
    bare_app.add_url_rule("/a", "a", policy(Action.READ)(lambda: "a"))
    require_policies(bare_app)
    bare_app.add_url_rule("/b", "b", lambda: "b")
    with pytest.raises(RouteWithoutPolicyError, match="/b"):
        require_policies(bare_app)


def test_static_files_need_a_policy_too():
    app = Flask("with_static")
    with pytest.raises(RouteWithoutPolicyError, match="static"):
        require_policies(app)
    declare_policy(app, "static", Policy(Action.READ, asset=True))
    require_policies(app)


def test_a_policy_on_an_argument_that_the_route_lacks_does_not_start(bare_app):
    bare_app.add_url_rule("/a/<key>", "a", policy(Action.PUBLISH, subject="actor")(lambda key: key))
    with pytest.raises(RouteWithoutPolicyError, match="actor"):
        require_policies(bare_app)


def test_a_route_without_policy_is_refused_even_if_nobody_checked_at_start(bare_app):
    bare_app.add_url_rule("/b", "b", lambda: "b")
    assert bare_app.test_client().get("/b").status_code == 403


def test_a_policy_holds_for_every_method(bare_app):
    bare_app.add_url_rule("/a", "a", policy(Action.CURATE)(lambda: "a"), methods=["GET", "POST", "DELETE"])
    client = bare_app.test_client()
    assert {
        client.open("/a", method=m).status_code for m in ("GET", "HEAD", "POST", "DELETE", "OPTIONS")
    } == {401}
