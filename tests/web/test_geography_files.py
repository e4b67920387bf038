"""The geographic map to keep: the sheet shows what the page shows, alone, in three forms."""

import re
import struct
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from web.maps.geo_measures import Measure
from web.maps.sheet.geo_still import still

SVG = "{http://www.w3.org/2000/svg}"
LOOKS = (
    "",
    "?mesure=themes&symboles=cercles",
    "?mesure=documentes&symboles=aucun&cadre=monde",
    "?theme=health",
)


def sheet_of(visitor: FlaskClient, query: str = "") -> ET.Element:
    answer = visitor.get(f"/carte/territoire.svg{query}")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    return ET.fromstring(answer.get_data())


def page(visitor: FlaskClient, query: str = "") -> str:
    return visitor.get(f"/carte/territoire{query}").get_data(as_text=True)


@pytest.mark.parametrize("query", LOOKS)
def test_the_sheet_draws_what_the_page_draws(visitor: FlaskClient, query: str) -> None:
    drawn = sorted(t.text or "" for t in sheet_of(visitor, query).iterfind(f".//{SVG}g/{SVG}title"))
    html = page(visitor, query)
    told = re.findall(r"<a [^>]*><title>(.*?)</title>", html)
    assert drawn == sorted(ET.fromstring(f"<t>{one}</t>").text or "" for one in told)


@pytest.mark.parametrize("query", LOOKS)
def test_the_sheet_stands_alone(visitor: FlaskClient, query: str) -> None:
    sheet = sheet_of(visitor, query)
    text = ET.tostring(sheet, encoding="unicode")
    assert "var(" not in text  # the file has no other style sheet
    assert not [e for e in sheet.iter() if e.tag.endswith("}a")]
    ids = [e.get("id") for e in sheet.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    used = {e.get("href", "").removeprefix("#") for e in sheet.iter(f"{SVG}use")}
    assert used <= set(ids)


def test_it_says_its_filters_its_date_its_legend_and_whose_contours_they_are(visitor: FlaskClient) -> None:
    said = " ".join(t.text or "" for t in sheet_of(visitor, "?type=commune").iter(f"{SVG}text"))
    for words in ("Filtres", "2 novembre 2026", "Communes (", "Contours", "par commune"):
        assert words in said
    assert "Associations (" not in said
    whole = " ".join(t.text or "" for t in sheet_of(visitor).iter(f"{SVG}text"))
    assert "Coopération (" in whole
    assert "Associations (" in whole


@pytest.mark.parametrize("measure", list(Measure))
def test_every_measure_has_its_classes_on_the_sheet(visitor: FlaskClient, measure: Measure) -> None:
    said = [t.text or "" for t in sheet_of(visitor, f"?mesure={measure.value}").iter(f"{SVG}text")]
    counts = [int(n) for n in re.findall(r"\((\d+)\scommunes?\)", " ".join(said))]
    assert 0 < sum(counts) <= 194


def test_it_is_a_wide_picture_and_a_page(visitor: FlaskClient) -> None:
    picture = visitor.get("/carte/territoire.png").data
    width, height = struct.unpack(">II", picture[16:24])
    assert width > height > 1500
    assert len(picture) > 200_000  # a blank sheet would be a tenth of it
    assert visitor.get("/carte/territoire.pdf").data.startswith(b"%PDF")


def test_a_wrong_address_is_left_aside_and_another_ending_is_not_found(visitor: FlaskClient) -> None:
    whole = visitor.get("/carte/territoire.svg").data
    assert visitor.get("/carte/territoire.svg?theme=none&mesure=none&cadre=none").data == whole
    assert visitor.get("/carte/territoire.gif").status_code == 404


def test_another_drawing_is_refused() -> None:
    with pytest.raises(ValueError, match="<svg/>"):
        still("<svg/>", "home", (0, 0, 10, 10))


def test_the_page_leads_to_its_files_with_its_filters(visitor: FlaskClient) -> None:
    html = page(visitor, "?theme=health&mesure=themes")
    for ending in ("svg", "png", "pdf"):
        assert f'href="/carte/territoire.{ending}?theme=health&amp;mesure=themes"' in html
