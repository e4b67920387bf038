"""On English pages, what the sources wrote in French is marked: a screen reader changes its voice."""

from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from graphsvc.snapshot import Snapshot

VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})
PAGES = (
    "/acteurs/departement-essonne",
    "/acteurs/amis-de-kayes",
    "/annonces",
    "/annonces/offre-cci-export",
    "/projets/pcpa-mali",
    "/accords/convention-kayes-1990",
    "/evenements",
    "/evenements/delegation-bamako-2017",
    "/experiences",
    "/experiences/experience-kayes",
    "/appels/appels-departement-2016",
    "/carte/acteur/departement-essonne",
)


class Spoken(HTMLParser):
    """The texts of a page, each with the language it stands in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = [("", "en")]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element speaks the language of the one around it, unless it says another."""
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("lang") or self._open[-1][1]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A shape of a drawing: it says nothing."""

    def handle_endtag(self, tag: str) -> None:
        """Back to the language around it."""
        while self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        if data.strip() and self._open[-1][0] not in ("script", "style"):
            self.texts.append((" ".join(data.split()), self._open[-1][1]))


@pytest.fixture(scope="module")
def written(snapshot: Snapshot) -> set[str]:
    """The beginnings of the sentences that the data hold."""
    texts = [snapshot.actor(i).purpose for i in range(snapshot.n)]
    for kind in ("link", "agreement", "project", "announcement", "event"):
        texts += [
            getattr(snapshot, kind)(k).description for k in range(len(getattr(snapshot, f"{kind}_ids")))
        ]
    for k in range(len(snapshot.experience_ids)):
        told = snapshot.experience(k)
        texts += [told.done, told.successes, told.failures, told.advice]
    return {" ".join(text.split())[:60] for text in texts if text and len(text) > 30}


@pytest.mark.parametrize("path", PAGES)
def test_what_sources_wrote_in_french_is_marked_for_a_reader_of_english(
    visitor: FlaskClient, written: set[str], path: str
) -> None:
    visitor.set_cookie("langue", "en")
    texts = Spoken(visitor.get(path).get_data(as_text=True)).texts
    theirs = [(text, language) for text, language in texts if text[:60] in written]
    assert theirs or path == "/appels/appels-departement-2016"
    assert [text for text, language in theirs if language != "fr"] == []
    assert any(language == "fr" for _, language in texts)
    assert any(language == "en" for _, language in texts)


@pytest.mark.parametrize("path", PAGES)
def test_a_french_page_marks_nothing(visitor: FlaskClient, path: str) -> None:
    html = visitor.get(path).get_data(as_text=True)
    assert html.count('lang="fr"') == html.count('<html lang="fr"')
