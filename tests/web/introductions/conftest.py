"""A site on a small network, members of its actors, an agent, and what they send."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import Link, LinkKind, State
from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.themes import Theme
from graphsvc.ports import GraphStore, Put
from graphsvc.stores.memory import MemoryStore
from people.accounts import redeem, sign_in_link
from people.database import PrivateDatabase, open_private
from people.membership import set_actors
from people.roles import Role
from tests.people.clock import Clock
from tests.web.conftest import config_at, text_of
from web.app import create_app
from web.services import Services

WHY = "Nous suivons un chantier de maraîchage et cherchons conseil."


def network(store: GraphStore) -> None:
    """Four associations that work on water; `kayes` is tied to two of them."""
    names = {
        "amis": "Les amis de Kayes",
        "kayes": "Kayes solidarité",
        "lycee": "Lycée de Corbeil",
        "club": "Club des ports",
    }
    actors = [
        Actor(key, name, ActorKind.ASSOCIATION, themes=("water",), territories=("ml",))
        for key, name in names.items()
    ]
    ties = [
        Link(f"l{n}", "kayes", key, LinkKind.PARTNERSHIP, State.ACTIVE, start=PartialDate(2020))
        for n, key in enumerate(("amis", "lycee"))
    ]
    need = Announcement(
        "besoin-1",
        "Un conseil en maraîchage",
        Direction.NEED,
        Nature.SKILL,
        "amis",
        themes=("water",),
        territories=("ml",),
        expires_on=PartialDate(2027),
    )
    records = [Theme("water", "Eau"), Place("ml", "Mali", PlaceLevel.COUNTRY), *actors, *ties, need]
    store.apply([Put(record) for record in records], by="tests")


def read(page: str) -> str:
    """What a reader sees of a page, with ordinary spaces."""
    return re.sub("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", unescape(text_of(page)))


@dataclass
class Person:
    """Somebody in front of the site."""

    client: FlaskClient
    account: str = ""
    email: str = ""

    def page(self, path: str, status: int = 200) -> str:
        """What they read there."""
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return read(answer.get_data(as_text=True))

    def post(self, path: str, status: int = 303, **data: str) -> str:
        """Send a form; the address of the page that follows, or the page itself."""
        token = re.search(
            r'name="csrf_token" value="([^"]+)"', self.client.get("/mon-compte").get_data(as_text=True)
        )
        assert token is not None
        answer = self.client.post(path, data={"csrf_token": token.group(1), **data})
        assert answer.status_code == status, (
            path,
            answer.status_code,
            text_of(answer.get_data(as_text=True)),
        )
        return str(answer.headers.get("Location") or read(answer.get_data(as_text=True)))

    def ask(self, other: str = "kayes", asker: str = "amis", **data: str) -> str:
        """Ask to meet; the address of the request."""
        sent = {"message": WHY, "key": "k" * 16 + other + asker, **data}
        return self.post(f"/mises-en-relation/demander?avec={other}&acteur={asker}", **sent)

    def do(self, address: str, act: str, status: int = 303, **data: str) -> str:
        """One act on a request."""
        return self.post(address, status, geste=act, **data)


@dataclass
class World:
    """The site, what it stands on, and who visits it."""

    app: Flask
    store: GraphStore
    private: PrivateDatabase
    clock: Clock
    day: list[date]
    people: list[Person] = field(default_factory=list)

    def enter(self, name: str, role: Role = Role.MEMBER, *actors: str) -> Person:
        """Somebody who speaks for these actors, signed in."""
        link = sign_in_link(self.private, f"{name}@ville.example", create_role=role)
        entered = redeem(self.private, link)
        store_id = self.store.info().store_id
        if actors:
            set_actors(self.private, entered.account.id, store_id, actors, by="tests")
            entered = redeem(self.private, sign_in_link(self.private, f"{name}@ville.example"))
        client = self.app.test_client()
        client.set_cookie("maillage", f"p.{entered.session_token}")
        self.people.append(Person(client, entered.account.id, entered.account.email))
        return self.people[-1]

    def visitor(self) -> Person:
        """Somebody without an account."""
        return Person(self.app.test_client())

    def advance(self, days: int) -> None:
        """So many days later; everybody signs in again."""
        self.clock.advance(days=days)
        self.day[0] = date.fromordinal(self.day[0].toordinal() + days)
        for person in self.people:
            token = redeem(self.private, sign_in_link(self.private, person.email)).session_token
            person.client.set_cookie("maillage", f"p.{token}")

    def seen(self) -> None:
        """What was written to the store itself is what the site now shows."""
        self.app.extensions["maillage-services"].served(at_least=self.store.info().revision)


def _wait_until_read(services: Services) -> None:
    """A store that was just started takes its time over the first questions."""
    until = time.monotonic() + 60
    while services.current() is None and time.monotonic() < until:
        time.sleep(0.2)


@pytest.fixture
def world_on(tmp_path: Path) -> Iterator[Callable[[GraphStore], World]]:
    """Make a world on a store."""
    clock = Clock()
    day = [clock().date()]
    with open_private(tmp_path, clock=clock) as private:

        def make(store: GraphStore) -> World:
            network(store)
            services = Services(lambda: store, private, tmp_path / "snapshot", lambda: day[0])
            _wait_until_read(services)
            return World(create_app(config_at(tmp_path), services), store, private, clock, day)

        yield make


@pytest.fixture
def world(world_on: Callable[[GraphStore], World]) -> World:
    """A world on a store in memory."""
    return world_on(MemoryStore())


@pytest.fixture
def ana(world: World) -> Person:
    """A member of the asker."""
    return world.enter("ana", Role.MEMBER, "amis")


@pytest.fixture
def bob(world: World) -> Person:
    """A member of the actor that is asked."""
    return world.enter("bob", Role.MEMBER, "kayes")


@pytest.fixture
def agent(world: World) -> Person:
    """A member of staff."""
    return world.enter("agent", Role.AGENT)
