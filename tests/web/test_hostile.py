"""Whatever a query string or a record holds, pages answer, escape it, and never fail."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.domain.actors import Actor, ActorKind, DatedName
from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.domain.calls import Call
from graphsvc.domain.experiences import Experience
from graphsvc.domain.links import Link, LinkKind
from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.projects import Participation, Project
from graphsvc.domain.themes import Theme
from graphsvc.ports import Put
from graphsvc.stores.memory import MemoryStore

PARAMETERS = (
    "q",
    "type",
    "theme",
    "siege",
    "territoire",
    "role",
    "perimetre",
    "liens",
    "page",
    "etat",
    "tous",
    "sens",
    "nature",
    "pres",
    "km",
    "acteur",
    "pour",
)
NASTY = (
    "", "0", "-1", "999999", "99999999999999999999", "1e3", "٣", "\x00", "'", '"', "<script>x</script>",
    "%00", "../../etc/passwd", "{{7*7}}", "' OR 1=1 --", "a" * 5000, "\ud7ff", "é\u0301", "\u202e", "🙂",
    "(((((", "*", "~", "AND",
)  # fmt: skip
LISTS = ("/acteurs", "/acteurs-isoles", "/annonces", "/appels", "/experiences")


@pytest.mark.parametrize("path", LISTS)
def test_nasty_values_are_answered_or_refused(visitor: FlaskClient, path: str) -> None:
    for n, name in enumerate(PARAMETERS):
        for value in NASTY if name == "q" else NASTY[n % 3 :: 4]:
            status = visitor.get(path, query_string={name: value}).status_code
            assert status in (200, 400, 404), (path, name, value, status)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=30), max_size=4))
def test_any_text_in_any_parameter(visitor: FlaskClient, asked: dict[str, str]) -> None:
    query = {name: value.encode("utf-8", "replace").decode() for name, value in asked.items()}
    for path in LISTS:
        assert visitor.get(path, query_string=query).status_code in (200, 400, 404)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/?#"), min_size=1, max_size=40))
def test_any_key_in_an_address(visitor: FlaskClient, key: str) -> None:
    folders = ("acteurs", "territoires", "themes", "projets", "accords", "evenements", "annonces")
    for folder in (*folders, "appels", "experiences"):
        from urllib.parse import quote

        assert visitor.get(f"/{folder}/{quote(key, safe='')}").status_code in (200, 302, 308, 404)


HOSTILE = (
    '<script>trap()</script><img src=x onerror="trap()">',
    "\"'><svg onload=trap()>",
    "{{ 7 * 7 }} ${7*7} {% raw %}",
    "javascript:trap()",
    "\u202eesrever\u2066",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_records_are_shown_as_words(
    site_on: Callable[..., Flask], memory: MemoryStore, text: str
) -> None:
    memory.apply(
        [
            Put(Place("P", text, PlaceLevel.COUNTRY)),
            Put(Theme("T", text)),
            Put(Actor("A", text, ActorKind.ASSOCIATION, acronym=text, other_names=(DatedName(text),),
                      seat="P", purpose=text, source=text, themes=("T",), territories=("P",))),
            Put(Actor("B", text + "b", ActorKind.SCHOOL, themes=("T",))),
            Put(Link("L", "A", "B", LinkKind.PARTNERSHIP, description=text, source=text)),
            Put(Project("J", text, description=text, participations=(Participation("A"),))),
            Put(Announcement("N", text, Direction.OFFER, Nature.SKILL, actor="A", description=text)),
            Put(Experience("E", text, "A", ("T",), ("P",), done=text, failures=text, advice=text)),
            Put(Call("C", text, "B", themes=("T",), territories=("P",), url=f"https://exemple.fr/{text}")),
        ],
        by="tests",
    )  # fmt: skip
    client = site_on(memory).test_client()
    pages = (
        "/",
        "/acteurs",
        "/acteurs/A",
        "/annonces",
        "/annonces/N",
        "/experiences",
        "/experiences/E",
        "/appels",
        "/appels/C",
        "/acteurs/A/financements",
        "/territoires/P",
        "/themes/T",
        "/projets/J",
    )
    for path in pages:
        answer = client.get(path)
        html = answer.get_data(as_text=True)
        assert answer.status_code == 200, path
        assert not re.search(r"<script>trap|<img src=x|<svg onload", html), path
        assert not re.search(r'href="javascript:', html), path
        assert "49" not in re.sub(r"\?v=\w+|\d{4}", "", html) or "{{ 7 * 7 }}" in html or "7*7" in html


def test_an_empty_store_has_pages_too(site_on: Callable[..., Flask], memory: MemoryStore) -> None:
    client = site_on(memory).test_client()
    for path in (
        "/",
        "/acteurs",
        "/acteurs-isoles",
        "/annonces",
        "/appels",
        "/experiences",
        "/territoires",
        "/themes",
        "/a-propos",
        "/sante",
    ):
        assert client.get(path).status_code == 200, path
