"""A site on the small world, and people who may publish on it, more or less."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graphsvc.domain.errors import StoreUnavailable
from graphsvc.ports import Put
from graphsvc.stores.memory import MemoryStore
from people.accounts import redeem, sign_in_link
from people.database import PrivateDatabase, open_private
from people.membership import set_actors
from people.roles import Role
from tests.graphsvc.usecases.small_world import TODAY, WORLD
from tests.web.conftest import config_at
from web import services as services_module
from web.app import create_app
from web.services import Services

ANNOUNCEMENT: dict[str, object] = {
    "direction": "need",
    "nature": "shared_mission",
    "title": "Qui part à Kayes ?",
    "description": "Suivre un chantier.",
    "themes": ["Eau potable"],
    "territories": ["Région de Kayes"],
    "expires_on": "2027-05-01",
}


class UnsteadyStore(MemoryStore):
    """Does not answer while `down`."""

    down = False

    def info(self):
        self._heard()
        return super().info()

    def apply(self, changes, **how):
        self._heard()
        return super().apply(changes, **how)

    def get_many(self, kind, ids):
        self._heard()
        return super().get_many(kind, ids)

    def _heard(self) -> None:
        if self.down:
            raise StoreUnavailable("graph", "down")


@dataclass
class Person:
    """A browser, and how it fills the forms it is shown."""

    client: FlaskClient
    last: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **how: object) -> str:
        return self.client.get(path, **how).get_data(as_text=True)

    def form(self, path: str) -> dict[str, str]:
        """The hidden fields of the first form that has the CSRF token."""
        html = self.get(path)
        found = re.findall(r'<input type="hidden" name="(csrf_token|key|version)" value="([^"]*)"', html)
        fields: dict[str, str] = {}
        for name, value in found:
            fields.setdefault(name, value)
        return fields

    def post(self, path: str, data: dict[str, object], at: str | None = None) -> TestResponse:
        """Send the form shown at `at` (default: the same path)."""
        self.last = {**self.form(at or path)}
        return self.client.post(path, data={**self.last, **data})

    def again(self, path: str, data: dict[str, object]) -> TestResponse:
        """Send the very same form once more: a double click, a reload."""
        return self.client.post(path, data={**self.last, **data})


@pytest.fixture
def store() -> UnsteadyStore:
    opened = UnsteadyStore()
    opened.apply([Put(record) for record in WORLD], by="tests")
    return opened


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A private database with nobody in it: copied, which is faster than migrating each time."""
    home = tmp_path_factory.mktemp("migrated")
    open_private(home).close()
    return home / "private.db"


@pytest.fixture
def private(tmp_path: Path, migrated: Path) -> Iterator[PrivateDatabase]:
    shutil.copy(migrated, tmp_path / "private.db")
    with open_private(tmp_path) as opened:
        yield opened


@pytest.fixture
def site(
    store: UnsteadyStore, private: PrivateDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    monkeypatch.setattr(services_module, "CHECK_SECONDS", 0.0)  # everybody sees what anybody wrote
    services = Services(lambda: store, private, tmp_path / "snapshot", lambda: TODAY)
    services.served()
    yield create_app(config_at(tmp_path), services)
    services.close()


@pytest.fixture
def person(site: Flask, private: PrivateDatabase, store: UnsteadyStore) -> Callable[..., Person]:
    """Somebody of this role, who speaks for these actors; without a role, nobody in particular."""

    def enter(role: Role | None, *actors: str) -> Person:
        client = site.test_client()
        if role is not None:
            name = "-".join((role.value, *actors))
            entered = redeem(private, sign_in_link(private, f"{name}@ville.example", create_role=role))
            set_actors(private, entered.account.id, store.info().store_id, actors, by="tests")
            client.set_cookie("maillage", f"p.{entered.session_token}")
        return Person(client)

    return enter


@pytest.fixture
def member(person: Callable[..., Person]) -> Person:
    return person(Role.MEMBER, "amis")


@pytest.fixture
def published(member: Person) -> str:
    """The address of an announcement of `amis`."""
    answer = member.post("/publier/annonce", ANNOUNCEMENT)
    assert answer.status_code == 303
    return str(answer.headers["Location"])
