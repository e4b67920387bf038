"""The site as a reader of English sees it: how they come to it, and that no page keeps a French sentence."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.snapshot import Snapshot
from people.accounts import redeem, sign_in_link
from people.roles import Role
from tests.browser.page_list import PAGES
from web.language import Language, reader
from web.words.source_titles import SOURCE_TITLES

RECORDS = ("place", "theme", "skill", "agreement", "project", "announcement", "experience", "call", "event")
FRENCH = re.compile(
    r"[éèêàçùîôœ«»]|\b(?:le|la|les|des|du|un|une|est|sont|dans|pour|avec|qui|sur|aucune?|vous|acteurs?|liens?"
    r"|et|ou|thème|autres?|seul|plusieurs|territoires?|personne|par|pas|voir|partenaires?|coopérations?"
    r"|annonces?|fiche|sans|jours?|lieux?|besoins?|offres?|projets?|accord|appels?)\b",
    re.I,
)
# French words of English pages: names of institutions and licences, an example, the credit of the outlines.
FRENCH_IN_ENGLISH = (
    "Défenseur des droits", "Licence Ouverte", "département", "départements", "santé",
    "domaine public", "République t",
)  # fmt: skip


@pytest.fixture(scope="module")
def own_words(snapshot: Snapshot) -> re.Pattern[str]:
    """What the data say, the longest first: names and descriptions stay as their sources give them."""
    found: set[str] = {*SOURCE_TITLES.values(), *FRENCH_IN_ENGLISH}

    def gather(value: object) -> None:
        if isinstance(value, str):
            found.update((value.strip(), value.strip()[:33], value.strip()[:29]))
        elif is_dataclass(value):
            for field in fields(value):
                gather(getattr(value, field.name))
        elif isinstance(value, list | tuple | set | frozenset):
            for inner in value:
                gather(inner)

    for i in range(snapshot.n):
        gather(snapshot.actor(i))
    for kind in (*RECORDS, "link"):
        for k in range(len(getattr(snapshot, f"{kind}_ids"))):
            gather(getattr(snapshot, kind)(k))
    longest_first = sorted((text for text in found if len(text) > 3), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.I)


@pytest.fixture(scope="module")
def administrator(essonne_site: Flask) -> FlaskClient:
    """Somebody who may open every page, and reads English."""
    private = essonne_site.extensions["maillage-services"].private
    link = sign_in_link(private, "english@ville.example", create_role=Role.ADMIN)
    client = essonne_site.test_client()
    client.set_cookie("maillage", f"p.{redeem(private, link).session_token}")
    client.set_cookie("langue", "en")
    return client


def _addresses(site: Flask) -> set[str]:
    """The pages that are looked at, and every page whose address has no variable part."""
    rules = (rule for rule in site.url_map.iter_rules() if "GET" in (rule.methods or ()))
    plain = {rule.rule for rule in rules if not rule.arguments and not rule.rule.startswith("/api/")}
    return plain | {seen.path for seen in PAGES.values() if "{" not in seen.path}


def _shown(html: str) -> Iterator[str]:
    """What is read of a page: its texts and the attributes that speak; not what says it is in French."""
    bare = re.sub(r'<article class="letter" lang="fr">.*?</article>', " ", html, flags=re.S)
    bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*\blang=\"fr\"[^>]*>[^<]*", " ", bare, flags=re.S)
    read = re.findall(r'\s(?:aria-label|title|placeholder|alt|data-words|content)="([^"]*)"', bare)
    for text in (*read, *re.findall(r">([^<]+)<", bare)):
        if text.strip():
            yield unescape(text).strip()


def _in_french(text: str, own_words: re.Pattern[str]) -> bool:
    """Whether a French word is left; a name that was cut short is still a name."""
    rest = re.sub(r"\w[^,;:()]{15,}…", " ", own_words.sub(" ", text))
    return bool(FRENCH.search(rest))


def _read(client: FlaskClient, path: str, language: str) -> str:
    """The page in a language; nothing when it is a file."""
    client.set_cookie("langue", language)
    with client.get(path, follow_redirects=True) as answer:
        assert answer.status_code < 500, path
        return answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""


@pytest.mark.slow
def test_no_page_in_english_keeps_a_french_sentence(essonne_site, administrator, own_words) -> None:
    left = []
    for path in sorted(_addresses(essonne_site)):
        html = _read(administrator, path, "en")
        assert not html or '<html lang="en">' in html, path
        left += [f"{path}: {text[:100]}" for text in _shown(html) if _in_french(text, own_words)]
    assert left == [], "\n".join(left)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/acteurs/departement-essonne",
        "/partenaires",
        "/etat-du-reseau",
        "/rapport/2012",
        "/evolution",
    ],
)
def test_what_is_kept_for_a_reader_is_kept_by_language(administrator, own_words, path: str) -> None:
    french, said = (_read(administrator, path, language) for language in ("fr", "en"))
    assert any(_in_french(text, own_words) for text in _shown(french))
    assert not any(_in_french(text, own_words) for text in _shown(said))
    assert any(_in_french(text, own_words) for text in _shown(_read(administrator, path, "fr")))


@pytest.mark.parametrize("asked", ["en-GB,en;q=0.9", "fr-FR,fr;q=0.9,en;q=0.8", "ja", ""])
def test_who_has_chosen_nothing_is_answered_in_french(visitor: FlaskClient, asked: str) -> None:
    answer = visitor.get("/", headers={"Accept-Language": asked})
    assert '<html lang="fr">' in answer.get_data(as_text=True)
    assert answer.headers["Content-Language"] == "fr"
    assert "cookie" in {name.lower() for name in answer.vary}


def test_a_choice_is_kept_and_leads_back_to_the_same_page(visitor: FlaskClient) -> None:
    page = visitor.get("/acteurs?type=school").get_data(as_text=True)
    (address,) = re.findall(r'href="(/langue/en[^"]*)"', page)
    answer = visitor.get(unescape(address))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/acteurs?type=school")
    cookie = answer.headers["Set-Cookie"]
    assert "langue=en" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "The actors" in visitor.get("/acteurs").get_data(as_text=True)
    visitor.get("/langue/fr")
    assert "Les acteurs" in visitor.get("/acteurs").get_data(as_text=True)


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_choice_never_leads_to_another_site(visitor: FlaskClient, back: str) -> None:
    assert visitor.get("/langue/en", query_string={"retour": back}).headers["Location"] == "/"


def test_a_language_the_site_does_not_speak_is_not_found_and_a_forged_cookie_is_ignored(visitor) -> None:
    assert visitor.get("/langue/de").status_code == 404
    visitor.set_cookie("langue", "<script>")
    assert '<html lang="fr">' in visitor.get("/").get_data(as_text=True)


def test_a_choice_opens_no_session(visitor: FlaskClient) -> None:
    visitor.get("/langue/en")
    assert visitor.get_cookie("maillage") is None
    assert "no-store" not in visitor.get("/").headers["Cache-Control"]


def test_programs_are_answered_in_the_language_of_their_address_only(visitor: FlaskClient) -> None:
    visitor.set_cookie("langue", "en")
    path = "/api/v1/actors/nulle-part"
    french = visitor.get(path, headers={"Accept-Language": "en"}).get_json()["error"]["text"]
    english_ = visitor.get(f"{path}?lang=en").get_json()["error"]["text"]
    assert french != english_
    assert FRENCH.search(french)


def test_nothing_of_a_reader_is_left_for_the_next(visitor: FlaskClient) -> None:
    visitor.set_cookie("langue", "en")
    visitor.get("/")
    assert reader() is Language.FRENCH
