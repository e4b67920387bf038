"""A site of its own on a small network, with a coordinator, an agent and a member: these tests write."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graphsvc.domain.links import LinkKind
from graphsvc.domain.themes import Theme
from graphsvc.stores.memory import MemoryStore
from people.accounts import redeem, sign_in_link
from people.database import PrivateDatabase, open_private
from people.membership import set_actors
from people.roles import Role
from tests.graphsvc.networks import association, store_of, tie
from tests.web.conftest import TODAY, config_at
from web.app import create_app
from web.services import Services

ABOUT = {"themes": ("water",), "territories": ("ML",)}


@dataclass
class Desk:
    """The site, its databases, and a browser for each."""

    store: MemoryStore
    private: PrivateDatabase
    services: Services
    visit: Callable[..., FlaskClient]

    def token(self, client: FlaskClient, path: str) -> str:
        """The token of the forms of a page."""
        page = client.get(path).get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, path
        return found[1]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Alone and lone are isolated; hub works with a, b and c; d and e are a pair apart."""
    records = [Theme("water", "Eau et assainissement"), association("hub", **ABOUT)]
    records += [association(n, **ABOUT) for n in ("alone", "lone")] + [association(n) for n in "abcde"]
    records += [tie("a", "hub"), tie("b", "hub"), tie("c", "hub"), tie("a", "b"), tie("d", "e")]
    records += [tie("a", "alone", kind=LinkKind.MET)]
    store = store_of(records)
    with open_private(tmp_path) as private:
        services = Services(lambda: store, private, tmp_path / "snapshot", lambda: TODAY)
        app = create_app(config_at(tmp_path), services)

        def visit(role: Role | None = None, *actors: str) -> FlaskClient:
            client = app.test_client()
            if role is not None:
                email = f"{role.value}@ville.example"
                entered = redeem(private, sign_in_link(private, email, create_role=role))
                set_actors(private, entered.account.id, store.info().store_id, actors, by="tests")
                again = redeem(private, sign_in_link(private, email))
                client.set_cookie("maillage", f"p.{again.session_token}")
            return client

        yield Desk(store, private, services, visit)
        services.close()
