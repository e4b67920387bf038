"""A small application with accounts and nothing else but two pages, and people to visit it."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import Babel
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader

import web
from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.ports import Merge, Put
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.stores.memory import MemoryStore
from people.accounts import Account, first_coordinator_link, redeem, sign_in_link
from people.database import PrivateDatabase, open_private
from people.membership import set_actors
from people.roles import Role
from tests.people.clock import Clock
from web.accounts import register
from web.config import Config
from web.permissions import Action, policy, require_policies

TEMPLATES = Path(web.__file__).with_name("templates")
BARE = "<title>{% block title %}{% endblock %}</title>{% block main %}{% endblock %}"


def network() -> Snapshot:
    """Three associations; `amis` also answers to `amis-1990`, which was merged into it."""
    store = MemoryStore()
    named = {"amis": "Les amis de Kayes", "kayes": "Kayes solidarité", "lycee": "Lycée de Corbeil"}
    actors = [Actor(key, name, ActorKind.ASSOCIATION) for key, name in {**named, "amis-1990": "AK"}.items()]
    store.apply([Put(actor) for actor in actors], by="tests")
    former, kept = (Ref(RecordKind.ACTOR, key) for key in ("amis-1990", "amis"))
    store.apply([Merge(former, kept)], by="tests")
    return build_snapshot(store)


@dataclass
class Visitor:
    """A browser, and how it fills the forms it is shown."""

    client: FlaskClient

    def get(self, path: str, **how):
        return self.client.get(path, **how)

    def post(self, path: str, data: dict[str, str] | None = None, *, form_at: str | None = None, **how):
        """Post with the CSRF token of the page `form_at` (default: the same path)."""
        shown = self.client.get(form_at or path).get_data(as_text=True)
        token = re.search(r'name="csrf_token" value="([^"]+)"', shown)
        sent = {**(data or {}), **({"csrf_token": token.group(1)} if token else {})}
        return self.client.post(path, data=sent, **how)

    def cookie(self):
        return self.client.get_cookie("maillage")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A private database with nobody in it: copied, which is faster than migrating each time."""
    home = tmp_path_factory.mktemp("migrated")
    open_private(home).close()
    return home / "private.db"


@pytest.fixture
def private(tmp_path: Path, clock: Clock, migrated_file: Path) -> Iterator[PrivateDatabase]:
    shutil.copy(migrated_file, tmp_path / "private.db")
    with open_private(tmp_path, clock=clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    return network()


@pytest.fixture
def make_app(private: PrivateDatabase, tmp_path: Path, snapshot: Snapshot):
    """The application under a configuration: demo unless the environment says otherwise."""

    def make(**env: str) -> Flask:
        config = Config.from_environment({"MAILLAGE_HOME": str(tmp_path), **env})
        app = Flask("web", root_path=str(TEMPLATES.parent))
        app.config.update(config.flask_settings())
        app.jinja_loader = ChoiceLoader([DictLoader({"base.html": BARE}), FileSystemLoader(TEMPLATES)])
        Babel(app, default_locale="fr")
        register(app, private, lambda: snapshot)
        _add_pages(app)
        require_policies(app)
        return app

    return make


def _add_pages(app: Flask) -> None:
    @app.get("/")
    @policy(Action.READ)
    def home() -> str:
        return "accueil"

    @app.get("/acteurs-isoles", endpoint="isolated.work_list")
    @policy(Action.READ)
    def work_list() -> str:
        return "liste"

    @app.get("/acteurs/<key>/modifier")
    @policy(Action.PUBLISH, subject="key")
    def edit(key: str) -> str:
        return key

    @app.get("/api/v1/imports")
    @policy(Action.CURATE)
    def api() -> str:
        return "imports"


@pytest.fixture
def app(make_app) -> Flask:
    return make_app()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app.test_client())


@pytest.fixture
def admin(private: PrivateDatabase) -> Account:
    return redeem(private, first_coordinator_link(private), email="admin@ville.example").account


@pytest.fixture
def signed_in(app: Flask, private: PrivateDatabase, admin: Account, snapshot: Snapshot):
    """A browser where somebody of this role has signed in (the administrator of `admin` for that role)."""

    def enter(role: Role, *actors: str, email: str | None = None) -> Visitor:
        address = email or (admin.email if role is Role.ADMIN else f"{role}@ville.example")
        token = sign_in_link(private, address, create_role=role)
        visitor = Visitor(app.test_client())
        assert visitor.post(f"/connexion/{token}").status_code == 303
        if actors:
            account = redeem(private, sign_in_link(private, address)).account
            set_actors(private, account.id, snapshot.store_id, actors, by=admin.id)
        return visitor

    return enter
