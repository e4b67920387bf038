"""A page kept for visitors is the one they would get afresh, and nobody else ever gets it."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.ports import Put
from graphsvc.stores.memory import MemoryStore
from web.same_for_visitors import same_for_visitors
from web.services import Services

PAGES = (
    "/",
    "/acteurs",
    "/acteurs?q=eau",
    "/acteurs?type=commune",
    "/acteurs-isoles",
    "/acteurs-isoles?tous=1",
)


def _html(client: FlaskClient, path: str, **asked: object) -> str:
    answer = client.get(path, **asked)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def _written(store: MemoryStore, name: str) -> None:
    store.apply([Put(Actor(name.lower(), name, ActorKind.ASSOCIATION))], by="test")


@pytest.mark.parametrize("path", PAGES)
def test_a_second_visit_reads_the_same_page(visitor: FlaskClient, path: str) -> None:
    assert _html(visitor, path) == _html(visitor, path)


@pytest.mark.parametrize("path", PAGES)
def test_each_reader_gets_their_own_page_whoever_came_before(
    visitor: FlaskClient, agent: FlaskClient, path: str
) -> None:
    before = _html(visitor, path)
    assert "Se connecter" in before
    signed_in = _html(agent, path)
    assert "Mon compte" in signed_in
    assert "Se connecter" not in signed_in
    assert _html(visitor, path) == before


@pytest.mark.parametrize("path", PAGES)
def test_each_language_has_its_page(visitor: FlaskClient, path: str) -> None:
    french = _html(visitor, path)
    visitor.set_cookie("langue", "en")
    assert '<html lang="en">' in _html(visitor, path)
    visitor.set_cookie("langue", "fr")
    assert _html(visitor, path) == french


def test_each_address_has_its_page(visitor: FlaskClient) -> None:
    assert _html(visitor, "/acteurs?page=2") != _html(visitor, "/acteurs")
    moved = _html(visitor, "/acteurs", environ_overrides={"SCRIPT_NAME": "/maillage"})
    assert 'href="/maillage/acteurs"' in moved
    assert 'href="/maillage/acteurs"' not in _html(visitor, "/acteurs")


def test_what_is_written_is_read_at_once(site_on: Callable[..., Flask], memory: MemoryStore) -> None:
    memory.apply([Put(Place("FR-91", "Essonne", PlaceLevel.DEPARTMENT))], by="test")
    _written(memory, "Passerelle")
    site = site_on(memory)
    services: Services = site.extensions["maillage-services"]
    visitor = site.test_client()
    assert "Escale" not in _html(visitor, "/acteurs")
    _written(memory, "Escale")
    services.served(at_least=memory.info().revision)
    assert "Escale" in _html(visitor, "/acteurs")


def test_a_page_is_of_its_day(
    essonne_site: Flask, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = _html(visitor, "/")
    services: Services = essonne_site.extensions["maillage-services"]
    monkeypatch.setattr(services, "today", lambda: date(2031, 1, 1))
    assert _html(visitor, "/") != today


def test_a_message_is_shown_once_and_to_its_reader_only(essonne_site: Flask, visitor: FlaskClient) -> None:
    told = essonne_site.test_client()
    with told.session_transaction() as session:
        session["_flashes"] = [("message", "Votre choix est enregistré.")]
    assert "Votre choix est enregistré." in _html(told, "/")
    assert "Votre choix est enregistré." not in _html(visitor, "/")


def test_a_page_with_a_form_is_kept_for_nobody(essonne_site: Flask) -> None:
    written: list[str] = []

    @same_for_visitors
    def page() -> str:
        token = essonne_site.jinja_env.globals["csrf_token"]()  # type: ignore[operator]
        written.append(token)
        return token

    for _visit in range(2):
        with essonne_site.test_request_context("/acteurs-isoles?jeton=1"):
            assert page() == written[-1]
    assert len(written) == 2
