"""The map to keep: what the files say is what the map of the same address shows."""

import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.links import Link, LinkKind
from graphsvc.ports import Put
from graphsvc.stores.memory import MemoryStore
from tests.web.map_columns import read_columns

SVG = "{http://www.w3.org/2000/svg}"
FILTERS = ("", "?type=commune", "?theme=humanitarian", "?acteur=departement-essonne&pas=2", "?annee=1900")


def sheet_of(visitor: FlaskClient, query: str = "") -> ET.Element:
    answer = visitor.get(f"/carte.svg{query}")
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    return ET.fromstring(answer.get_data())


def symbols(sheet: ET.Element) -> list[str]:
    """The names behind the symbols drawn in the framed part."""
    return [t.text or "" for t in sheet.iterfind(f".//{SVG}path/{SVG}title")]


def lines(sheet: ET.Element) -> list[str]:
    return [t.text or "" for t in sheet.iter(f"{SVG}text")]


@pytest.mark.parametrize("query", FILTERS)
def test_the_sheet_draws_each_actor_of_the_map_once(visitor: FlaskClient, query: str) -> None:
    drawing = visitor.get(f"/carte.json{query}").get_json()
    assert sorted(symbols(sheet_of(visitor, query))) == sorted(n["name"] for n in drawing["nodes"])


def test_the_sheet_says_its_filters_its_date_its_legend_and_is_described(visitor: FlaskClient) -> None:
    sheet = sheet_of(visitor, "?type=commune&type=association&etat=vivants")
    said = " ".join(lines(sheet))
    assert "Filtres : types d'acteurs : associations et communes ; en cours seulement." in said.replace(
        "\N{NO-BREAK SPACE}", " "
    ).replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "2 novembre 2026" in said
    assert {"Relations", "Types d'acteurs", "Communes"} <= set(lines(sheet))
    assert "La carte montre" in (sheet.findtext(f"{SVG}desc") or "")


def test_a_sheet_without_filter_says_so(visitor: FlaskClient) -> None:
    assert any("Sans filtre" in line for line in lines(sheet_of(visitor)))


def test_the_frame_keeps_what_stands_in_it(visitor: FlaskClient) -> None:
    nodes = visitor.get("/carte.json").get_json()["nodes"]
    middle = nodes[0]
    box = [middle["x"] - 150, middle["y"] - 115, middle["x"] + 150, middle["y"] + 115]
    seen = symbols(sheet_of(visitor, "?cadre=" + ",".join(f"{side:.1f}" for side in box)))
    inside = [n["name"] for n in nodes if box[0] <= n["x"] <= box[2] and box[1] <= n["y"] <= box[3]]
    assert set(inside) <= set(seen)
    assert len(seen) < len(nodes) / 2


def test_names_do_not_overlap_and_stay_on_the_sheet(visitor: FlaskClient) -> None:
    from web.maps.sheet.labels import SIZE
    from web.maps.sheet.lettering import text_width

    sheet = sheet_of(visitor)
    boxes = []
    for text in sheet.iter(f"{SVG}text"):
        if text.get("paint-order") == "stroke":
            left, base = float(text.get("x", "")), float(text.get("y", ""))
            width = text_width(text.text or "", SIZE, bold=text.get("font-weight") == "700")
            boxes.append((left, base - SIZE * 0.86, left + width, base + 2))
    assert len(boxes) > 60
    assert all(b[0] >= 40 and b[2] <= 1274 for b in boxes)
    clashes = [
        (a, b)
        for k, a in enumerate(boxes)
        for b in boxes[k + 1 :]
        if a[0] < b[2] and a[2] > b[0] and a[1] < b[3] - 1 and a[3] - 1 > b[1]
    ]
    assert clashes == []


def test_a_chosen_actor_is_named_in_full_and_only_its_neighbours_beside(visitor: FlaskClient) -> None:
    drawing = visitor.get("/carte.json").get_json()
    name = {n["id"]: n["name"] for n in drawing["nodes"]}
    around = {
        e["to"] if e["from"] == "caece" else e["from"]
        for e in drawing["edges"]
        if "caece" in (e["from"], e["to"])
    }
    sheet = sheet_of(visitor, "?choix=caece")
    written = {t.text for t in sheet.iter(f"{SVG}text") if t.get("paint-order") == "stroke"}
    assert name["caece"] in written
    shorts = {n["short"] for n in drawing["nodes"] if n["id"] in around}
    assert written - {name["caece"]} <= shorts


@pytest.mark.parametrize(
    "query",
    [
        "cadre=1,2",
        "cadre=a,b,c,d",
        "cadre=nan,0,1,1",
        "cadre=0,0,1,1",
        "cadre=9,0,-9,50",
        "cadre=9,9,9,9",
    ],
)
def test_a_wrong_address_is_refused_in_one_sentence(visitor: FlaskClient, query: str) -> None:
    for form in ("svg", "png", "pdf"):
        answer = visitor.get(f"/carte.{form}?{query}")
        assert answer.status_code == 400
        assert "refusé" in answer.get_data(as_text=True)


def test_an_unknown_choice_changes_nothing(visitor: FlaskClient) -> None:
    assert visitor.get("/carte.svg?choix=personne").get_data() == visitor.get("/carte.svg").get_data()


def test_the_picture_is_a_wide_png_and_the_pages_a_tagged_pdf(visitor: FlaskClient) -> None:
    picture = visitor.get("/carte.png?type=commune").get_data()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
    assert width > 2400
    assert width / height == pytest.approx(297 / 210, rel=0.01)
    pages = visitor.get("/carte.pdf?type=commune")
    assert pages.mimetype == "application/pdf"
    assert pages.get_data()[:5] == b"%PDF-"
    assert b"pdfuaid" in pages.get_data()
    assert "carte.pdf" in pages.headers["Content-Disposition"]


@pytest.mark.parametrize("query", FILTERS)
def test_the_table_files_hold_the_actors_of_the_map(visitor: FlaskClient, query: str) -> None:
    ids = sorted(n["id"] for n in visitor.get(f"/carte.json{query}").get_json()["nodes"])
    text = visitor.get(f"/carte.csv{query}").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert sorted(row[0] for row in rows[1:]) == ids
    book = openpyxl.load_workbook(io.BytesIO(visitor.get(f"/carte.xlsx{query}").get_data()))
    sheet = book.worksheets[0]
    assert sorted(str(row[0]) for row in sheet.iter_rows(min_row=2, values_only=True)) == ids


def test_no_name_runs_as_a_formula_nor_breaks_the_sheet(site_on, memory: MemoryStore) -> None:
    nasty = '=HYPERLINK("x")<script>alert(1)</script>&"\x0b\N{RIGHT-TO-LEFT OVERRIDE}🐟' + "é" * 300
    memory.apply(
        [
            Put(Actor("a", nasty, ActorKind.ASSOCIATION)),
            Put(Actor("b", "جمعية التضامن", ActorKind.ASSOCIATION)),
            Put(Link("l", "a", "b", LinkKind.PARTNERSHIP)),
        ],
        by="tests",
    )
    site: Flask = site_on(memory)
    visitor = site.test_client()
    assert len(symbols(sheet_of(visitor, "?choix=a"))) == 2
    assert "<script" not in visitor.get("/carte.svg").get_data(as_text=True)
    assert visitor.get("/carte.png").status_code == visitor.get("/carte.pdf").status_code == 200
    text = visitor.get("/carte.csv").get_data().decode("utf-8-sig")
    assert not re.search(r'(^|;|")=', text, re.M)
    cells = openpyxl.load_workbook(io.BytesIO(visitor.get("/carte.xlsx").get_data())).worksheets[0]
    assert {c.data_type for row in cells.iter_rows() for c in row} <= {"s", "n"}


def test_an_empty_graph_still_makes_a_sheet(site_on, memory: MemoryStore) -> None:
    visitor = site_on(memory).test_client()
    assert symbols(sheet_of(visitor)) == []
    assert visitor.get("/carte.pdf").status_code == 200
    assert visitor.get("/carte.csv").get_data().decode("utf-8-sig").count("\n") == 1


def test_the_whole_network_is_given_to_other_programs(visitor: FlaskClient, snapshot) -> None:
    positions = {n["id"]: (n["x"], n["y"]) for n in visitor.get("/carte.json").get_json()["nodes"]}
    gexf = ET.fromstring(visitor.get("/reseau.gexf").get_data())
    nodes = gexf.findall(".//{*}node")
    assert len(nodes) == snapshot.n
    one = next(n for n in nodes if n.get("id") == "caece")
    at = one.find("{*}position")
    assert at is not None
    assert abs(float(at.get("x", ""))) == pytest.approx(abs(positions["caece"][0]))
    assert len(ET.fromstring(visitor.get("/reseau.graphml").get_data()).findall(".//{*}node")) == snapshot.n
    assert json.loads(visitor.get("/reseau.geojson").get_data())["type"] == "FeatureCollection"
    offline = visitor.get("/reseau.html").get_data(as_text=True)
    assert "Content-Security-Policy" in offline
    assert visitor.get("/reseau.zip").status_code == 404


def test_the_menu_leads_to_every_form_with_the_filters_of_the_page(visitor: FlaskClient) -> None:
    page = visitor.get("/carte?type=commune").get_data(as_text=True)
    for form in ("svg", "png", "pdf", "csv", "xlsx"):
        assert f'href="/carte.{form}?type=commune"' in page
    for form in ("gexf", "graphml", "geojson", "html"):
        assert f'href="/reseau.{form}"' in page


def test_what_the_page_cannot_read_the_sheet_leaves_out_too(visitor: FlaskClient) -> None:
    assert visitor.get("/carte.svg?type=licorne").get_data() == visitor.get("/carte.svg").get_data()


def test_a_comparison_a_path_and_an_imagined_link_are_drawn_and_said(visitor: FlaskClient) -> None:
    compared = sheet_of(visitor, "?annee=2016&comparer=2005")
    assert {"relation apparue", "relation terminée"} <= set(lines(compared))
    assert any("comparé à 2005" in line for line in lines(compared))
    assert compared.find(f".//{SVG}path[@stroke='#00795a']") is not None
    looked = sheet_of(visitor, "?de=caece&vers=commune-91377&imaginer=caece+%3D+amis-de-kayes")
    said = " ".join(lines(looked))
    assert "un lien imaginé" in said
    assert "chemin de" in said
    drawn = [p.get("stroke-dasharray") for p in looked.iterfind(f".//{SVG}path[@stroke='#b0004b']")]
    assert "12 5" in drawn


@pytest.mark.parametrize("grouping", ["theme", "territoire", "type"])
def test_a_map_grouped_otherwise_is_drawn_so_and_its_discs_are_named(
    visitor: FlaskClient, grouping: str
) -> None:
    plain, grouped = sheet_of(visitor), sheet_of(visitor, f"?grouper={grouping}")
    assert sorted(symbols(plain)) == sorted(symbols(grouped))
    assert len(set(lines(grouped)) - set(lines(plain))) > 3


def test_a_folded_group_is_a_bubble_with_its_number_and_hides_its_actors(visitor: FlaskClient) -> None:
    whole = sheet_of(visitor, "?grouper=theme")
    folded = sheet_of(visitor, "?grouper=theme&groupes=replies")
    data = read_columns(visitor.get("/carte/colonnes?grouper=theme").data)
    assert data["discs"]
    inside = sorted(data["names"][i] for i, k in enumerate(data["disc"]) if k >= 0)
    outside = sorted(data["names"][i] for i, k in enumerate(data["disc"]) if k < 0)
    assert sorted(symbols(whole)) == sorted(inside + outside)
    assert sorted(symbols(folded)) == outside
    said = lines(folded)
    assert {str(d["count"]) for d in data["discs"]} <= set(said)
    assert any("groupe replié" in line for line in said)
    assert not any("groupe replié" in line for line in lines(whole))


def test_a_group_is_folded_or_left_open_by_its_name(visitor: FlaskClient) -> None:
    data = read_columns(visitor.get("/carte/colonnes?grouper=theme").data)
    key = max(data["discs"], key=lambda d: d["count"])["key"]
    k = [d["key"] for d in data["discs"]].index(key)
    inside = {data["names"][i] for i, disc in enumerate(data["disc"]) if disc == k}
    alone = set(symbols(sheet_of(visitor, f"?grouper=theme&replie={key}")))
    others = set(symbols(sheet_of(visitor, f"?grouper=theme&groupes=replies&ouvert={key}")))
    assert alone.isdisjoint(inside)
    assert inside <= others
    assert sorted(symbols(sheet_of(visitor, "?grouper=theme&replie=nobody"))) == sorted(data["names"])


def test_links_proposed_to_the_chosen_actor_are_drawn_as_its_panel_lists_them(visitor: FlaskClient) -> None:
    panel = visitor.get("/carte/acteur/departement-essonne").get_data(as_text=True)
    listed = re.findall(r'data-go="([^"]+)"', panel.partition("data-suggested")[2])
    names = re.findall(r'data-go="[^"]+">([^<]+)<', panel.partition("data-suggested")[2])
    assert len(listed) == len(names) == 3
    plain = visitor.get("/carte.svg?choix=departement-essonne").get_data(as_text=True)
    drawn = visitor.get("/carte.svg?choix=departement-essonne&proposes=1").get_data(as_text=True)
    here = set(read_columns(visitor.get("/carte/colonnes").data)["ids"])
    dashed = 'stroke="#7a3d9c"'
    assert plain.count(dashed) == 0
    assert drawn.count(dashed) == len(here & set(listed)) + 1  # and the legend
    assert "lien proposé" in drawn


def test_each_isolated_actor_shown_is_proposed_one_link_on_demand_and_the_page_says_how_many(
    visitor: FlaskClient,
) -> None:
    assert read_columns(visitor.get("/carte/colonnes").data)["proposed"] == []
    data = read_columns(visitor.get("/carte/colonnes?proposer=1").data)
    tied = {data["a"][k] for k in range(len(data["a"])) if data["style"][k] & 4 and not data["style"][k] & 3}
    tied |= {data["b"][k] for k in range(len(data["a"])) if data["style"][k] & 4 and not data["style"][k] & 3}
    starts = [pair[0] for pair in data["proposed"]]
    assert 0 < len(starts) == len(set(starts)) <= 40
    assert tied.isdisjoint(starts)
    page = visitor.get("/carte?proposer=1").get_data(as_text=True)
    assert f"{len(starts)} liens proposés" in page
    drawn = visitor.get("/carte.svg?proposer=1").get_data(as_text=True)
    assert drawn.count('stroke="#7a3d9c"') == len(starts) + 1
    assert "liens proposés aux acteurs isolés" in drawn
