"""The search of the whole site: what comes as one types, and the page that answers without script."""

import pytest
from flask.testing import FlaskClient

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.ports import Put
from graphsvc.stores.memory import MemoryStore
from tests.web.conftest import text_of


def names(visitor: FlaskClient, text: str) -> list[str]:
    answer = visitor.get("/recherche/suggestions.json", query_string={"q": text})
    assert answer.status_code == 200
    return [found["name"] for found in answer.get_json()]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("kay", "Région de Kayes"),
        ("kayess", "Région de Kayes"),  # a typing error
        ("evry", "Évry-Courcouronnes"),  # no accent
        ("caece", "Centre artisanal"),  # an acronym
        ("mali", "Mali"),
        ("maraich", "Maraîchage"),
        ("rapport", "Rapport annuel"),
        ("acces", "À propos"),
    ],
)
def test_a_few_letters_are_enough(visitor: FlaskClient, typed: str, wanted: str) -> None:
    found = names(visitor, typed)
    if typed == "caece":
        assert any("Centre" in name or "CAECE" in name for name in found), found
    else:
        assert any(wanted.casefold() in name.casefold() for name in found), found
    assert len(found) <= 15


def test_every_suggestion_leads_to_a_page(visitor: FlaskClient) -> None:
    for typed in ("kay", "sante", "mal", "carte"):
        for found in visitor.get(f"/recherche/suggestions.json?q={typed}").get_json():
            assert visitor.get(found["address"]).status_code == 200, found


def test_sure_answers_come_before_likely_errors(visitor: FlaskClient) -> None:
    found = names(visitor, "sant")
    assert "Santé" in found
    saints = [k for k, name in enumerate(found) if name.startswith("Saint")]
    assert all(found.index("Santé") < k for k in saints)


@pytest.mark.parametrize("typed", ["", " ", "k", "%", "zzzzzzzzzz", "<script>", "\N{FISH}", "é" * 5000])
def test_nothing_is_suggested_for_nothing(visitor: FlaskClient, typed: str) -> None:
    assert names(visitor, typed) == []
    page = visitor.get("/recherche", query_string={"q": typed[:1000]})
    assert page.status_code == 200
    assert b"<script>" not in page.get_data()


def test_what_a_visitor_may_not_open_is_not_suggested(visitor: FlaskClient, agent: FlaskClient) -> None:
    assert "Lettres" not in names(visitor, "lettres")
    assert "Lettres" in names(agent, "lettres")


def test_the_page_answers_by_sort_without_script(visitor: FlaskClient) -> None:
    page = text_of(visitor.get("/recherche?q=kayes").get_data(as_text=True))
    assert "Région de Kayes" in page
    assert "Cercle de Kayes" in page
    assert "Territoires" in page


def test_a_page_that_finds_nothing_says_what_to_do(visitor: FlaskClient) -> None:
    page = text_of(visitor.get("/recherche?q=zzzzzzzzzz").get_data(as_text=True))
    assert "Rien ne répond" in page
    assert "Décrire ce que vous cherchez" in page


def test_the_box_is_on_every_page(visitor: FlaskClient) -> None:
    for path in ("/", "/acteurs", "/carte", "/a-propos", "/nulle-part", "/connexion"):
        page = visitor.get(path).get_data(as_text=True)
        assert page.count("data-suggest=") == 1, path


def test_names_are_given_as_they_are_and_an_empty_graph_answers(site_on, memory: MemoryStore) -> None:
    nasty = '<img src=x onerror=alert(1)> "Kayes" & Cie'
    memory.apply([Put(Actor("a", nasty, ActorKind.ASSOCIATION))], by="tests")
    visitor = site_on(memory).test_client()
    assert names(visitor, "kayes") == [nasty]  # JSON: the script writes it as text
    assert "<img src=x" not in visitor.get("/recherche?q=kayes").get_data(as_text=True)
