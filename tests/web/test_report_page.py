"""The yearly report, for everybody: figures, changes, map and curves; never the name of who stands apart."""

import re
from html import unescape

from tests.web.conftest import TODAY, text_of
from web.shown import served
from web.views.papers.report import report_of
from web.views.papers.report_document import report_data


def page(visitor, path):
    answer = visitor.get(path)
    return answer.status_code, answer.get_data(as_text=True)


def test_the_report_of_a_year_tells_figures_changes_and_draws_them(visitor):
    status, html = page(visitor, "/rapport/2012")
    said = unescape(text_of(html))
    assert status == 200
    for part in (
        "Le réseau en 2012",
        "Ont commencé à coopérer",
        "Projets commencés",
        "Par thème",
        "31 décembre 2012",
    ):
        assert part in said
    assert html.count("<polyline") == 3
    assert 'role="img"' in html
    assert "nan" not in said.lower().split()
    assert "inf" not in said.lower().split()


def test_the_address_without_a_year_shows_this_year(visitor):
    status, html = page(visitor, "/rapport")
    assert status == 200
    assert f"Le réseau en {TODAY.year}" in unescape(text_of(html))


def test_a_year_without_a_report_is_refused_with_a_sentence(visitor):
    for year in (TODAY.year + 1, 1700, "deux-mille"):
        status, html = page(visitor, f"/rapport/{year}")
        assert status == 400
        assert "pas de rapport pour cette année" in unescape(text_of(html))
        assert "year" not in unescape(text_of(html))  # the field is named in French


def test_the_report_is_one_pdf_in_the_language_of_its_reader(visitor):
    answer = visitor.get("/rapport/2012.pdf")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert "rapport-2012.pdf" in answer.headers["Content-Disposition"]
    french = answer.get_data()
    assert french.startswith(b"%PDF-")
    assert b"/Lang(fr)" in french
    assert "/rapport/2012.pdf" in visitor.get("/rapport/2012").get_data(as_text=True)
    visitor.get("/langue/en")
    assert b"/Lang(en)" in visitor.get("/rapport/2012.pdf").get_data()


def test_the_pdf_tells_what_the_page_tells(visitor):
    html = " ".join(unescape(text_of(page(visitor, "/rapport/2012")[1])).split())
    with visitor.application.test_request_context("/rapport/2012.pdf"):
        snapshot = served().snapshot
        told = report_of(snapshot, 2012, TODAY)
        data = report_data(snapshot, told, TODAY)
    assert told.drawn is not None
    for text in (data["lead"], data["known"], data["caption"], data["what_counts"]):
        assert " ".join(text.split()) in html
    for figure in data["figures"]:
        assert " ".join(figure["value"].split()) in html
        assert " ".join(figure["moved"].split()) in html
    lines = [line for found in data["lists"] for line in found["lines"]]
    assert lines
    assert all(" ".join(part.split()) in html for name, _ in lines for part in name.split(" et "))
    assert len(data["years"]["rows"]) == len(told.history)


def test_the_pdf_of_a_year_without_a_report_is_refused_with_the_same_sentence(visitor):
    for year in (TODAY.year + 1, 1700, "deux-mille"):
        status, html = page(visitor, f"/rapport/{year}.pdf")
        assert status == 400
        assert "pas de rapport pour cette année" in unescape(text_of(html))


def test_an_empty_network_has_a_pdf(site_on, memory):
    answer = site_on(memory).test_client().get("/rapport.pdf")
    assert answer.status_code == 200
    assert answer.get_data().startswith(b"%PDF-")


def test_an_empty_network_has_a_report(site_on, memory):
    status, html = page(site_on(memory).test_client(), f"/rapport/{TODAY.year}")
    assert status == 200
    assert not re.search(r"\b(?:NaN|Infinity)\b", html)
