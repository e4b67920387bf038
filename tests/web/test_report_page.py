"""The yearly report, for everybody: figures, changes, map and curves; never the name of who stands apart."""

import re
from html import unescape

from tests.web.conftest import TODAY, text_of


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


def test_an_empty_network_has_a_report(site_on, memory):
    status, html = page(site_on(memory).test_client(), f"/rapport/{TODAY.year}")
    assert status == 200
    assert not re.search(r"\b(?:NaN|Infinity)\b", html)
