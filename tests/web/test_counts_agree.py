"""A network of one actor, one project, one need: each page counts them in the singular, in both languages."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature
from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from graphsvc.domain.projects import Participation, Project
from graphsvc.domain.themes import Theme
from graphsvc.ports import Put
from graphsvc.stores.memory import MemoryStore
from tests.web.conftest import text_of

PAGES = (
    "/", "/acteurs", "/acteurs/a", "/territoires", "/territoires/ML-1", "/territoires/ML-1/fiche", "/themes",
    "/themes/water", "/etat-du-reseau", "/annonces", "/partenaires?acteur=a", "/rapport", "/rapport.pdf",
    "/acteurs-isoles", "/carte", "/carte/territoire", "/communautes", "/mutualiser?nature=equipment",
)  # fmt: skip
# A number after a label (« Association 1 »), then the next label, begins with a capital: no count of it.
_NOUNS = (
    "acteurs liens engagés partenaires communes territoires thèmes annonces besoins fiches projets accords "
    "relations groupes actors ties partners territories themes announcements needs records projects "
    "agreements groups"
)
MANY = re.compile(rf"(?<![\d.,/])1[ \u00a0\u202f](?:active |live )?(?:{_NOUNS.replace(' ', '|')})\b")

RECORDS = (
    Place("91", "Essonne", PlaceLevel.DEPARTMENT, role=PlaceRole.HOME),
    Place("91228", "Évry", PlaceLevel.MUNICIPALITY, parent="91", latitude=48.6, longitude=2.4),
    Place("ML-1", "Kayes", PlaceLevel.REGION, role=PlaceRole.PARTNER, latitude=14.4, longitude=-11.4),
    Theme("water", "Eau"),
    Actor("a", "Les Amis", ActorKind.ASSOCIATION, themes=("water",), territories=("ML-1",), seat="91228"),
    Project("p", "Un puits", themes=("water",), territories=("ML-1",), participations=(Participation("a"),)),
    Announcement(
        "n", "Une pompe", Direction.NEED, Nature.EQUIPMENT, themes=("water",), territories=("ML-1",),
        state=AnnouncementState.RECORDED,
    ),
)  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
def test_one_is_counted_in_the_singular(
    site_on: Callable[..., Flask], memory: MemoryStore, language: str
) -> None:
    memory.apply([Put(record) for record in RECORDS], by="tests")
    visitor = site_on(memory).test_client()
    visitor.get(f"/langue/{language}")
    wrong = []
    for path in PAGES:
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        if answer.mimetype == "text/html":
            html = answer.get_data(as_text=True)
            told = " ; ".join((text_of(html), *re.findall(r'(?:aria-label|title)="([^"]*)"', html)))
            wrong += [(path, found.group()) for found in MANY.finditer(unescape(told))]
    assert wrong == []


def test_an_average_below_two_is_singular_in_french_alone(
    site_on: Callable[..., Flask], memory: MemoryStore
) -> None:
    memory.apply([Put(record) for record in RECORDS], by="tests")
    visitor = site_on(memory).test_client()
    assert "partenaire par acteur, en moyenne" in text_of(visitor.get("/").get_data(as_text=True))
    visitor.get("/langue/en")
    assert "partners per actor, on average" in text_of(visitor.get("/").get_data(as_text=True))
