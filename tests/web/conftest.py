"""The whole site on the real Essonne data, seeded once for the session, and visitors of each role."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.ports import GraphStore
from graphsvc.snapshot import Snapshot
from graphsvc.stores.memory import MemoryStore
from graphsvc.stores.sqlite import SqliteStore
from people.accounts import redeem, sign_in_link
from people.database import open_private
from people.roles import Role
from seed.load import load_seed
from web import services as services_module
from web import work_lists
from web.app import create_app
from web.config import Config
from web.services import Services

TODAY = date(2026, 11, 2)
PATIENCE = {name: getattr(services_module, name) for name in ("FIRST_WAIT", "WAIT", "ANSWER_WAIT")}
_PATIENT = 60.0


def config_at(home: Path) -> Config:
    """The demo configuration on a folder of its own."""
    return Config.from_environment({"MAILLAGE_HOME": str(home)})


@pytest.fixture(scope="session", autouse=True)
def patient_site() -> Iterator[None]:
    """A busy machine is no store that is down: the sites of the tests wait for theirs, and for lists."""
    with pytest.MonkeyPatch.context() as patch:
        for name in PATIENCE:
            patch.setattr(services_module, name, _PATIENT)
        patch.setattr(work_lists, "PATIENCE", _PATIENT)
        yield


@pytest.fixture
def own_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of a store that hangs: the site waits for it as long as it does for people."""
    for name, seconds in PATIENCE.items():
        monkeypatch.setattr(services_module, name, seconds)


@pytest.fixture(scope="session")
def essonne(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The seed in a SQLite store. Tests only read it."""
    with SqliteStore(tmp_path_factory.mktemp("essonne") / "graph.db") as store:
        load_seed(store, today=TODAY)
        yield store


@pytest.fixture(scope="session")
def essonne_site(essonne: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The site on it."""
    home = tmp_path_factory.mktemp("site")
    with open_private(home) as private:
        services = Services(lambda: essonne, private, home / "snapshot", lambda: TODAY)
        yield create_app(config_at(home), services)


@pytest.fixture(scope="session")
def snapshot(essonne_site: Flask) -> Snapshot:
    """What the site serves."""
    services: Services = essonne_site.extensions["maillage-services"]
    return services.served().snapshot


@pytest.fixture
def visitor(essonne_site: Flask) -> FlaskClient:
    """Somebody without an account."""
    return essonne_site.test_client()


@pytest.fixture(scope="session")
def _agent_token(essonne_site: Flask) -> str:
    private = essonne_site.extensions["maillage-services"].private
    return redeem(private, sign_in_link(private, "agent@ville.example", create_role=Role.AGENT)).session_token


@pytest.fixture
def agent(essonne_site: Flask, _agent_token: str) -> FlaskClient:
    """A member of staff, signed in."""
    client = essonne_site.test_client()
    client.set_cookie("maillage", f"p.{_agent_token}")
    return client


@pytest.fixture
def site_on(tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Make a site on a store (or on whatever opens one)."""
    with open_private(tmp_path) as private:

        def make(store: GraphStore | Callable[[], GraphStore]) -> Flask:
            opener = (lambda: store) if isinstance(store, GraphStore) else store
            services = Services(opener, private, tmp_path / "snapshot", lambda: TODAY)
            return create_app(config_at(tmp_path), services)

        yield make


@pytest.fixture
def memory() -> MemoryStore:
    """An empty store."""
    return MemoryStore()


def text_of(html: str) -> str:
    """What a reader sees of a page, roughly: no scripts, no tags, one space between words."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())
