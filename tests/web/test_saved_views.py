"""Saved views and the guided tour, as people use them."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.stores.memory import MemoryStore
from people.accounts import redeem, sign_in_link
from people.roles import Role
from tests.web.conftest import text_of
from web.kept_pages import map_query

MAP = "/carte?type=commune#vue=10,20,0.5&choix=caece"


@pytest.fixture
def enter(essonne_site: Flask) -> Callable[[str, Role], FlaskClient]:
    private = essonne_site.extensions["maillage-services"].private

    def make(name: str, role: Role) -> FlaskClient:
        entered = redeem(private, sign_in_link(private, f"{name}@ville.example", create_role=role))
        client = essonne_site.test_client()
        client.set_cookie("maillage", f"p.{entered.session_token}")
        return client

    return make


def post(client: FlaskClient, path: str, **data: str) -> object:
    page = client.get("/vues").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page) or re.search(
        r'name="csrf_token" value="([^"]+)"', client.get("/carte").get_data(as_text=True)
    )
    assert token is not None
    return client.post(path, data={"csrf_token": token.group(1), **data})


def keep(client: FlaskClient, name: str, address: str = MAP) -> str:
    answer = post(client, "/vues/garder", nom=name, adresse=address)
    assert answer.status_code == 303
    return str(answer.headers["Location"]).split("#")[1]


def test_a_view_is_kept_listed_opened_renamed_deleted_and_taken_back(enter, visitor: FlaskClient) -> None:
    ana = enter("vues-ana", Role.MEMBER)
    id_ = keep(ana, "Les communes")
    assert "Les communes" in ana.get("/vues").get_data(as_text=True)
    assert "Les communes" not in visitor.get("/vues").get_data(as_text=True)
    assert visitor.get(f"/vues/{id_}").headers["Location"] == MAP  # by its link, for whoever has it
    post(ana, f"/vues/{id_}/nom", nom="Toutes les communes")
    post(ana, f"/vues/{id_}/supprimer")
    assert ana.get(f"/vues/{id_}").status_code == 404
    assert "La vue « Toutes les communes » est supprimée" in text_of(
        ana.get("/vues").get_data(as_text=True)
    ).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    post(ana, "/vues/retablir")
    post(ana, "/vues/retablir")  # twice is as once
    page = ana.get("/vues").get_data(as_text=True)
    assert page.count("<strong>Toutes les communes</strong>") == 1
    assert "supprimée" not in page


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/carte",
        "/mon-compte",
        "/connexion/x",
        "/carte.pdf",
        "",
        "/nulle-part",
        "javascript:alert(1)",
    ],
)
def test_only_maps_and_lists_of_the_site_are_kept(enter, address: str) -> None:
    ana = enter("vues-b", Role.MEMBER)
    answer = post(ana, "/vues/garder", nom="x", adresse=address)
    assert answer.status_code == 422
    assert "Garder cette vue" in answer.get_data(as_text=True)


def test_a_view_without_a_name_keeps_its_address_in_the_form(enter) -> None:
    answer = post(enter("vues-c", Role.MEMBER), "/vues/garder", nom=" ", adresse="/carte?type=commune")
    assert answer.status_code == 422
    assert 'value="/carte?type=commune"' in answer.get_data(as_text=True)


def test_the_view_of_another_does_not_exist(enter) -> None:
    ana, bob = enter("vues-d", Role.AGENT), enter("vues-e", Role.AGENT)
    id_ = keep(ana, "À Ana")
    for act in ("nom", "supprimer", "partage"):
        assert post(bob, f"/vues/{id_}/{act}", nom="à moi").status_code == 404


def test_pages_that_can_be_kept_offer_it_to_those_who_are_signed_in(enter, visitor: FlaskClient) -> None:
    ana = enter("vues-f", Role.MEMBER)
    for path in ("/carte", "/acteurs?q=kayes", "/annonces", "/partenaires"):
        page = ana.get(path).get_data(as_text=True)
        assert page.count("data-keep-view") == 1, path
        assert f'name="adresse" value="{path}"' in page
        assert "data-keep-view" not in visitor.get(path).get_data(as_text=True)
    assert "data-keep-view" not in ana.get("/a-propos").get_data(as_text=True)


def test_the_tour_of_the_seed_is_made_from_its_data(visitor: FlaskClient) -> None:
    first = visitor.get("/visite").get_data(as_text=True)
    steps = int(re.search(r"étape 1 sur (\d+)", first).group(1))  # type: ignore[union-attr]
    assert steps == 5
    for number in range(1, steps + 1):
        page = visitor.get(f"/visite/{number}", follow_redirects=True).get_data(as_text=True)
        picture = re.search(r'<img src="([^"]+)" alt="([^"]+)"', page)
        assert picture is not None
        assert visitor.get(picture.group(1).replace("&amp;", "&")).status_code == 200
        assert "La carte montre" in picture.group(2)
        assert ('rel="prev"' in page, 'rel="next"' in page) == (number > 1, number < steps)
    assert visitor.get("/visite/0").status_code == visitor.get("/visite/99").status_code == 404
    paper = visitor.get("/visite/imprimer").get_data(as_text=True)
    assert paper.count("<img ") == steps


def test_a_published_tour_takes_the_place_of_the_one_made_from_the_data(enter, visitor: FlaskClient) -> None:
    agent = enter("vues-g", Role.AGENT)
    first, second = keep(agent, "Nos communes"), keep(agent, "Les associations", "/carte?type=association")
    stale = keep(agent, "Perdue", "/carte?theme=plus-de-theme")
    table = keep(agent, "Une liste", "/acteurs")
    for id_ in (first, second, stale, table):
        post(agent, f"/vues/{id_}/partage", geste="montrer")
    assert "Nos communes" in visitor.get("/vues").get_data(as_text=True)
    assert f"place-{table}" not in agent.get("/vues").get_data(as_text=True)  # no map
    wrong = post(agent, "/vues/visite", **{f"place-{first}": "un"})
    assert wrong.status_code == 422
    answer = post(
        agent,
        "/vues/visite",
        **{
            f"place-{second}": "1",
            f"texte-{second}": "Elles portent le réseau.",
            f"place-{first}": "2",
            f"place-{stale}": "3",
        },
    )
    assert answer.status_code == 303
    page = visitor.get("/visite").get_data(as_text=True)
    assert "étape 1 sur 2" in page  # the stale one is left out
    assert "Elles portent le réseau." in page
    assert "type=commune" in visitor.get("/visite/2").get_data(as_text=True)
    for id_ in (first, second, stale, table):
        post(agent, f"/vues/{id_}/supprimer")
    assert "étape 1 sur 5" in visitor.get("/visite").get_data(as_text=True)


def test_an_empty_network_has_an_empty_tour(site_on, memory: MemoryStore) -> None:
    visitor = site_on(memory).test_client()
    assert "aucun acteur" in visitor.get("/visite").get_data(as_text=True)
    assert visitor.get("/visite/imprimer").status_code == 200


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        ("/carte#vue=10,20,0.5", "-1090.0,-600.0,1110.0,640.0"),
        ("/carte#vue=a,b,c", None),
        ("/carte#vue=1,2,0", None),
        ("/carte", None),
    ],
)
def test_the_part_seen_of_a_kept_map_is_the_frame_of_its_picture(address: str, frame: str | None) -> None:
    assert map_query(address).get("cadre") == frame
