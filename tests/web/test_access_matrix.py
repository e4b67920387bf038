"""Every route, every method, every identity: what happens is what the hand-written table says."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, Rule

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.ports import Put
from people.accounts import redeem, sign_in_link
from people.database import PrivateDatabase
from people.membership import disable, set_actors
from people.roles import Role
from people.sessions import end_session
from tests.web.access_table import ACCESS, EVERYBODY, IDENTITIES, IN, SIGNED_IN
from web import permissions
from web.config import Config
from web.permissions import Action, Policy, policy_of

OWN, OTHER = "amis", "kayes"
# What to put in addresses; the default is a key that exists nowhere. A subject is always the actor `amis`.
ARGUMENTS: dict[str, object] = {"filename": "style.css", "id_": OWN, "number": 1}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole application, on a graph of two actors."""
    from web.app import create_app
    from web.services import open_services
    from web.wiring import open_store

    config = Config.from_environment({"MAILLAGE_HOME": str(tmp_path_factory.mktemp("site") / "home")})
    with open_store(config) as store:
        named = {OWN: "Les amis de Kayes", OTHER: "Kayes solidarité"}
        store.apply([Put(Actor(k, n, ActorKind.ASSOCIATION)) for k, n in named.items()], by="tests")
    services = open_services(config)
    yield create_app(config, services)
    services.close()
    services.private.close()


@pytest.fixture(scope="module")
def visitors(site: Flask) -> dict[str, FlaskClient]:
    """A browser for each identity."""
    own = site.extensions["maillage-accounts"]
    private: PrivateDatabase = own.private
    store_id = own.directory.store_id()

    def browser(token: str | None) -> FlaskClient:
        client = site.test_client()
        if token:
            client.set_cookie("maillage", f"p.{token}")
        return client

    def enter(name: str, role: Role, *actors: str) -> str:
        entered = redeem(private, sign_in_link(private, f"{name}@ville.example", create_role=role))
        set_actors(private, entered.account.id, store_id, actors, by="tests")
        if name == "disabled":
            disable(private, entered.account.id, by="tests")
        if name == "revoked":
            end_session(private, entered.session_token)
        return entered.session_token

    tokens = {
        "anonymous": None,
        "member_own": enter("member_own", Role.MEMBER, OWN),
        "member_other": enter("member_other", Role.MEMBER, OTHER),
        "agent": enter("agent", Role.AGENT),
        "coordinator": enter("coordinator", Role.COORDINATOR),
        "admin": enter("admin", Role.ADMIN),
        "disabled": enter("disabled", Role.ADMIN),
        "revoked": enter("revoked", Role.ADMIN),
    }
    return {name: browser(token) for name, token in tokens.items()}


def rules_of(site: Flask, endpoint: str | None = None) -> list[Rule]:
    return [rule for rule in site.url_map.iter_rules() if endpoint in (None, rule.endpoint)]


def address(site: Flask, rule: Rule) -> str:
    """An address of this rule, on the actor `amis` where the policy names a subject."""
    found = policy_of(site, rule.endpoint)
    subject = found.subject if found is not None else None
    values = {name: ARGUMENTS.get(name, "absent") for name in rule.arguments}
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            values[name] = min(converter.items)  # one of those the rule takes
    values.update({subject: OWN} if subject else {})
    built = rule.build(values)
    assert built is not None, f"ARGUMENTS lacks a value for {rule}"
    return built[1]


def surprises(site: Flask, visitors: dict[str, FlaskClient], endpoint: str) -> list[tuple[str, ...]]:
    """Where what happens is not what the table says: (method, address, identity, expected, got)."""
    found = []
    for rule in rules_of(site, endpoint):
        path = address(site, rule)
        for method in sorted(rule.methods or ()):
            for name in IDENTITIES:
                with visitors[name].open(path, method=method) as answer:
                    status = answer.status_code
                assert status < 500, (method, path, name, status)
                got = status if status in (401, 403) else IN
                if got != ACCESS[endpoint][name]:
                    found.append((method, path, name, str(ACCESS[endpoint][name]), str(status)))
    return found


def test_every_route_has_a_line_in_the_table_and_every_line_a_route(site):
    assert sorted(ACCESS) == sorted({rule.endpoint for rule in rules_of(site)})


@pytest.mark.parametrize("endpoint", sorted(ACCESS))
def test_who_gets_in_is_who_the_table_says(site, visitors, endpoint):
    assert surprises(site, visitors, endpoint) == []


WEAKER = [(e, Action.READ) for e, row in ACCESS.items() if row != EVERYBODY]
WEAKER += [(e, Action.OWN_ACCOUNT) for e, row in ACCESS.items() if row not in (EVERYBODY, SIGNED_IN)]


@pytest.mark.parametrize(("endpoint", "instead"), sorted(WEAKER))
def test_each_check_that_is_removed_or_lowered_is_noticed(site, visitors, monkeypatch, endpoint, instead):
    real = permissions.policy_of

    def weakened(app: Flask, asked: str) -> Policy | None:
        return Policy(instead) if asked == endpoint else real(app, asked)

    monkeypatch.setattr(permissions, "policy_of", weakened)
    assert surprises(site, visitors, endpoint) != []


@pytest.mark.parametrize("name", [n for n in IDENTITIES if n != "admin"])
def test_nobody_but_administrators_reads_the_address_of_somebody_else(site, visitors, name):
    for rule in rules_of(site):
        if "GET" in (rule.methods or ()):
            with visitors[name].get(address(site, rule)) as answer:
                page = answer.get_data().decode(errors="replace")  # some are documents
            assert set(re.findall(r"\w+@ville\.example", page)) <= {f"{name}@ville.example"}, rule
