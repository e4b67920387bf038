"""Letters: one page for each actor, whatever its record holds; who may read them."""

import io
import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.analytics.isolation import work_list
from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.links import Link, LinkKind
from graphsvc.ports import Put
from graphsvc.stores.memory import MemoryStore
from people.accounts import redeem, sign_in_link
from people.roles import Role
from tests.web import conftest
from tests.web.conftest import TODAY
from web.documents import set_in_pages

HOSTILE = '#panic("x") <b>$x$</b> \\ #import "@preview/x:1.0.0" 😀 عرب [*'


def said(html: str) -> str:
    return unescape(conftest.text_of(html))


def pages(pdf: bytes) -> int:
    """How many pages a PDF has, by the count of its page tree."""
    counts = [int(n) for n in re.findall(rb"/Count (\d+)", pdf)]
    return max(counts) if counts else len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_letter_has_partners_two_proposals_with_reasons_and_one_question(agent: FlaskClient) -> None:
    text = said(agent.get("/acteurs/cdane/lettre").get_data(as_text=True))
    assert "Commune de Kayes" in text
    assert "Deux acteurs que vous pourriez rencontrer" in text
    assert text.count("?") >= 1
    assert "Êtes-vous toujours en activité" in text
    assert "@" not in text


def test_the_letters_of_the_work_list_make_one_document_of_one_page_each(agent, snapshot) -> None:
    answer = agent.get("/lettres.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert pages(answer.data) == len(work_list(snapshot, TODAY))
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_letters_may_be_narrowed_and_nobody_to_write_to_is_said(agent) -> None:
    text = said(agent.get("/lettres?theme=eau").get_data(as_text=True))
    assert "Société des Eaux de l'Essonne" in text
    empty = agent.get("/lettres.pdf?theme=eau&territoire=Pologne")
    assert empty.status_code == 400
    assert "personne à qui écrire" in said(empty.get_data(as_text=True))


def test_a_visitor_writes_to_nobody(visitor) -> None:
    assert visitor.get("/acteurs/cdane/lettre").status_code == 401
    assert visitor.get("/lettres").status_code == 401


def test_an_actor_nobody_knows_gets_no_letter(agent) -> None:
    assert agent.get("/acteurs/personne/lettre").status_code == 404


def test_nobody_to_write_to_is_said_in_french(site_on: Callable[..., Flask], memory: MemoryStore) -> None:
    site = site_on(memory)
    private = site.extensions["maillage-services"].private
    link = sign_in_link(private, "agent@ville.example", create_role=Role.AGENT)
    client = site.test_client()
    client.set_cookie("maillage", f"p.{redeem(private, link).session_token}")
    answer = client.get("/lettres.pdf")
    text = said(answer.get_data(as_text=True))
    assert answer.status_code == 400
    assert "personne à qui écrire" in text
    assert "actors" not in text


@pytest.fixture
def strange(site_on: Callable[..., Flask], memory: MemoryStore) -> FlaskClient:
    """An actor whose texts try to be markup, with thirty partners."""
    actors = [Actor("x", HOSTILE, ActorKind.ASSOCIATION, purpose=HOSTILE * 5)]
    actors += [
        Actor(f"p{n:02d}", f"Partenaire au nom très long numéro {n} " * 3, ActorKind.ASSOCIATION)
        for n in range(30)
    ]
    links = [Link(f"k{n}", "x", f"p{n:02d}", LinkKind.PARTNERSHIP) for n in range(30)]
    memory.apply([Put(r) for r in (*actors, *links)], by="tests")
    site = site_on(memory)
    private = site.extensions["maillage-services"].private
    token = redeem(private, sign_in_link(private, "a@ville.example", create_role=Role.AGENT)).session_token
    client = site.test_client()
    client.set_cookie("maillage", f"p.{token}")
    return client


def test_texts_that_look_like_markup_are_set_as_they_are(strange) -> None:
    answer = strange.get("/acteurs/x/lettre.pdf")
    assert answer.status_code == 200
    assert pages(answer.data) == 1
    html = strange.get("/acteurs/x/lettre").get_data(as_text=True)
    assert "<b>$x$" not in html
    assert "et 24 autres partenaires." in said(html)


def test_a_document_is_the_same_on_the_same_day_and_names_its_language() -> None:
    words = {"neighbours": "Vos partenaires", "question": "Une question", "answer": "Votre réponse"}
    data = {"title": "T", "sender": "S", "date": "D", "footer": "F", "words": words, "letters": []}
    one, other = (set_in_pages("letters", data, date(2026, 11, 2)) for _ in range(2))
    assert one == other
    assert b"/Lang" in one
    assert io.BytesIO(one).read(5) == b"%PDF-"
