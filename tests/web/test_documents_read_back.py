"""What a person who opens the PDFs reads: the text of each page, taken back out of the file."""

import io
import re

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from graphsvc.analytics.isolation import work_list
from graphsvc.snapshot import Snapshot
from tests.web.conftest import TODAY
from web.shown import served
from web.views.papers.report import report_of
from web.views.papers.report_document import report_data


def opened(client: FlaskClient, address: str) -> PdfReader:
    """The document of an address; warnings of its reader are errors, as everywhere here."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.data), strict=True)


def plain(text: str) -> str:
    """One space between words, and words that a line end cut made whole again."""
    return " ".join(re.sub(r"-\n(?=[a-zà-ÿ])", "", text).split())


def told(document: PdfReader) -> str:
    return plain("\n".join(page.extract_text() for page in document.pages))


def bare(text: str) -> str:
    """Letters and figures alone: a line may end at a hyphen of the name itself."""
    return re.sub(r"[\W_]+", "", text)


def test_the_report_reads_as_its_page_with_figures_names_and_accents(visitor: FlaskClient) -> None:
    document = opened(visitor, "/rapport/2012.pdf")
    with visitor.application.test_request_context("/rapport/2012.pdf"):
        data = report_data(served().snapshot, report_of(served().snapshot, 2012, TODAY), TODAY)
    text = told(document)
    assert document.metadata is not None
    assert document.metadata.title == "Rapport annuel 2012"
    assert "Le réseau en 2012" in text
    assert "2 novembre 2026" in text
    for figure in data["figures"]:
        assert f"{plain(figure['value'])} {figure['name']}" in text
    letters = bare(text)
    names = [name for found in data["lists"] for name, _ in found["lines"]]
    assert any("É" in name for name in names)
    assert not [name for name in names if bare(name) not in letters]
    for row in data["years"]["rows"]:
        assert plain(" ".join(row)) in text
    for bar in (*data["kinds"], *data["themes"]):
        assert f"{bar['name']} {bar['text']}" in text


def test_the_report_draws_the_territory_with_its_legend_and_where_its_contours_come_from(
    visitor: FlaskClient,
) -> None:
    text = told(opened(visitor, "/rapport/2012.pdf"))
    assert "Où sont les acteurs" in text
    assert "Évry-Courcouronnes" in text
    assert "Nombre d'acteurs par commune" in text
    assert re.search(r"\d+ \(1 commune\)", text)
    assert "Contours : IGN" in text
    assert "tableaux" not in text  # what only the page has under its map


def test_a_year_in_which_nothing_changed_says_so_in_one_place_and_leaves_no_page_for_it(
    visitor: FlaskClient,
) -> None:
    document = opened(visitor, "/rapport.pdf")
    text = told(document)
    assert len(document.pages) == 2
    assert "Aucun acteur n'est apparu cette année. Aucun acteur n'a disparu cette année." in text
    assert "(0)" not in text.split("Ce qui est apparu, ce qui a pris fin")[1]


def test_the_report_for_a_reader_of_english_holds_no_french_sentence(visitor: FlaskClient) -> None:
    visitor.get("/langue/en")
    document = opened(visitor, "/rapport/2012.pdf")
    text = told(document)
    assert document.trailer["/Root"]["/Lang"] == "en"
    for french in (" cette année", "Aucun", "acteurs dans", "Où sont", "Carte"):
        assert french not in text


def test_each_letter_is_a_page_that_names_its_actor_and_asks_it_a_question(
    agent: FlaskClient, snapshot: Snapshot
) -> None:
    document = opened(agent, "/lettres.pdf")
    pages = [plain(page.extract_text()) for page in document.pages]
    items = work_list(snapshot, TODAY)
    assert len(pages) == len(items)
    for page, item in zip(pages, items, strict=True):
        assert bare(snapshot.name(item.index)) in bare(page)
        assert "Madame, Monsieur," in page
        assert "Une question pour mettre votre fiche à jour" in page
        assert "?" in page
        assert "@" not in page


@pytest.mark.parametrize(
    ("address", "title", "legend"),
    [
        ("/carte.pdf", "Carte du réseau", "Territoires partenaires (105)"),
        ("/carte/territoire.pdf", "Carte du territoire", "Nombre d'acteurs par commune"),
    ],
)
def test_a_map_in_pdf_has_its_title_its_legend_its_filters_and_its_date(
    visitor: FlaskClient, address: str, title: str, legend: str
) -> None:
    document = opened(visitor, address)
    text = told(document)
    assert len(document.pages) == 1
    assert text.startswith(title)
    assert legend in text
    assert "Sans filtre" in text
    assert "2 novembre 2026" in text
