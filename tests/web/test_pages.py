"""The pages on the real data: they answer, say what they should, and are well made."""

import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from graphsvc.snapshot import Snapshot
from tests.web.conftest import text_of

PAGES = (
    "/",
    "/acteurs",
    "/acteurs?q=evry&type=commune",
    "/acteurs?theme=education&territoire=ML&liens=isolated&page=2",
    "/acteurs/ville-evry",
    "/acteurs/caece",
    "/acteurs/departement-essonne",
    "/acteurs-isoles",
    "/partenaires",
    "/partenaires?demande=pool&territoire=2455518",
    "/partenaires?acteur=caece&besoin=funding",
    "/annonces",
    "/annonces?sens=need",
    "/annonces/besoin-montage-projet",
    "/annonces?pres=Massy&km=10&etat=toutes&theme=associations&page=2",
    "/appels",
    "/appels?etat=passes&pour=association",
    "/appels/appels-departement-2016",
    "/acteurs/amis-de-kayes/financements",
    "/experiences",
    "/experiences?theme=global-education",
    "/experiences/experience-kayes",
    "/territoires",
    "/territoires/ML-kayes",
    "/territoires/FR-91",
    "/themes",
    "/themes/education",
    "/projets/services-urbains-kayes",
    "/accords/convention-multipartite",
    "/evenements",
    "/evenements?type=training",
    "/evenements/concertation-2016-07-04",
    "/a-propos",
)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Outline(HTMLParser):
    """Open and closed tags, ids, headings, attributes that a strict policy would block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._check(tag, given)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._check(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def _check(self, tag: str, given: dict[str, str | None]) -> None:
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(tag)
        for name, value in given.items():
            if name == "style" or name.startswith("on"):
                self.faults.append(f"{tag} {name}")
            outside = re.match(r"(https?:)?//", value or "")
            if (name in ("src", "action") and outside) or (tag == "link" and name == "href" and outside):
                self.faults.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_and_is_well_made(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 200
    html = answer.get_data(as_text=True)
    outline = Outline()
    outline.feed(html)
    assert outline.faults == []
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.headings.count("h1") == 1
    assert '<html lang="fr">' in html
    assert 'href="#contenu"' in html
    assert "None" not in text_of(html)
    assert "{" not in text_of(html)


@pytest.mark.parametrize("path", PAGES)
def test_every_own_address_a_page_links_to_opens(visitor: FlaskClient, path: str) -> None:
    html = visitor.get(path).get_data(as_text=True)
    addresses = sorted({a.replace("&amp;", "&") for a in re.findall(r'href="(/(?!langue/)[^"#]*)"', html)})
    step = max(1, len(addresses) // 12)
    for address in addresses[::step]:
        with visitor.get(address) as answer:
            assert answer.status_code == 200, address


def test_reading_sets_no_cookie(visitor: FlaskClient) -> None:
    for path in PAGES[:8]:
        assert "Set-Cookie" not in visitor.get(path).headers


def test_search_finds_despite_accents_and_typing_errors(visitor: FlaskClient) -> None:
    for question in ("evry centre essone", "CAECE", "Evry Agglo"):
        assert "/acteurs/caece" in visitor.get("/acteurs", query_string={"q": question}).get_data(
            as_text=True
        )


def test_filters_add_up_and_can_be_taken_away(visitor: FlaskClient) -> None:
    html = visitor.get("/acteurs?type=association&territoire=ML").get_data(as_text=True)
    everything = visitor.get("/acteurs?type=association").get_data(as_text=True)

    def total(page: str) -> int:
        found = re.search(r'id="found"[^>]*>(\d+)', page)
        assert found
        return int(found.group(1))

    assert 0 < total(html) < total(everything)
    assert 'aria-current="true"' in html
    assert 'href="/acteurs?type=association"' in html  # the territory turned off


def test_an_ended_actor_says_so_and_its_links_are_past(visitor: FlaskClient) -> None:
    said = text_of(visitor.get("/acteurs/ville-evry").get_data(as_text=True))
    assert "n'existe plus depuis 2018" in said.replace("&#39;", "'")
    assert "Évry-Courcouronnes" in said
    assert "passé" in said


def test_what_nobody_confirmed_for_ten_years_is_said(visitor: FlaskClient) -> None:
    said = text_of(visitor.get("/acteurs/departement-essonne").get_data(as_text=True))
    assert re.search(r"non confirmé depuis 201\d|jamais confirmé", said)


def test_a_five_party_convention_is_one_agreement_with_five_parties(visitor: FlaskClient) -> None:
    html = visitor.get("/accords/convention-multipartite").get_data(as_text=True)
    assert html.count('class="line"') == 5


def test_an_unknown_actor_gets_the_nearest_names(visitor: FlaskClient) -> None:
    answer = visitor.get("/acteurs/departement-essone")
    assert answer.status_code == 404
    assert "/acteurs/departement-essonne" in answer.get_data(as_text=True)


def test_another_key_of_an_actor_leads_to_its_record(visitor: FlaskClient) -> None:
    answer = visitor.get("/acteurs/249100348")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/acteurs/caece"


def test_the_surroundings_for_a_drawing_name_centre_and_neighbours(
    visitor: FlaskClient, snapshot: Snapshot
) -> None:
    drawn = visitor.get("/acteurs/caece/reseau.json").get_json()
    assert drawn["centre"] == "caece"
    assert drawn["nodes"][0]["id"] == "caece"
    ids = {n["id"] for n in drawn["nodes"]}
    assert {e["from"] for e in drawn["edges"]} | {e["to"] for e in drawn["edges"]} <= ids
    assert visitor.get("/acteurs/caece/reseau.json?pas=9").status_code == 400


def test_the_directory_pages_cover_every_actor_once(visitor: FlaskClient, snapshot: Snapshot) -> None:
    seen: list[str] = []
    for page in range(1, 20):
        html = visitor.get(f"/acteurs?page={page}").get_data(as_text=True)
        found = re.findall(r'<h2><svg.*?href="/acteurs/([^"]+)"', html, flags=re.S)
        if seen and found and found[0] in seen:
            break
        seen += found
    assert len(seen) == len(set(seen)) == snapshot.n
