"""The map's page and data: they say the same, hold together when the address is wrong, and stay small."""

import gzip
import re
from datetime import date
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from graphsvc.analytics.projection import class_edges, edge_columns
from graphsvc.snapshot import Snapshot
from tests.web.map_columns import read_columns
from web.maps.chosen import MapFilter, choose
from web.maps.packed import packed
from web.maps.wanted import Grouping, read_what_is_sound
from web.views.maps.notes import shortest_path

DAY = date(2026, 11, 2)


def columns(visitor: FlaskClient, query: str = "") -> dict[str, Any]:
    answer = visitor.get(f"/carte/colonnes{query}")
    assert answer.status_code == 200
    return read_columns(answer.data)


def page(visitor: FlaskClient, query: str = "") -> str:
    answer = visitor.get(f"/carte{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("query", ["", "?type=commune", "?theme=education", "?annee=2012", "?territoire=ML"])
def test_columns_hold_the_actors_and_relations_of_the_former_document(
    visitor: FlaskClient, query: str
) -> None:
    found, former = columns(visitor, query), visitor.get(f"/carte.json{query}").get_json()
    assert found["ids"] == [node["id"] for node in former["nodes"]]
    assert found["partners"] == [node["partners"] for node in former["nodes"]]
    ids, classes = found["ids"], [c["code"] for c in found["classes"]]
    ends = zip(found["a"], found["b"], found["style"], strict=True)
    assert [(ids[a], ids[b], classes[s & 3], bool(s & 4), bool(s & 8)) for a, b, s in ends] == [
        (e["from"], e["to"], e["class"], e["live"], e["fresh"]) for e in former["edges"]
    ]


def test_edges_in_columns_are_those_made_one_by_one(snapshot: Snapshot) -> None:
    table, made = edge_columns(snapshot, DAY), class_edges(snapshot, DAY)
    assert list(table) == made
    kept = np.arange(len(table)) % 3 == 0
    assert list(table.where(kept)) == [made[k] for k in np.flatnonzero(kept).tolist()]
    assert table[-1] == made[-1]
    with pytest.raises(IndexError):
        table[len(made)]


@pytest.mark.parametrize("grouping", list(Grouping))
def test_every_actor_shown_is_in_one_group_or_in_a_tray(visitor: FlaskClient, grouping: Grouping) -> None:
    found = columns(visitor, f"?grouper={grouping.value}")
    sizes = np.bincount([d for d in found["disc"] if d >= 0], minlength=len(found["discs"])).tolist()
    assert sizes == [d["count"] for d in found["discs"]]
    assert all(d["title"] and d["key"] is not None for d in found["discs"])
    for i, k in enumerate(found["disc"]):
        if k >= 0 and not found["discs"][k].get("cell"):
            disc = found["discs"][k]
            assert np.hypot(found["x"][i] - disc["x"], found["y"][i] - disc["y"]) <= disc["r"] + 1


def test_a_group_by_kind_holds_one_kind(visitor: FlaskClient) -> None:
    found = columns(visitor, "?grouper=type")
    assert found["band"] is None
    for k in range(len(found["discs"])):
        assert len({found["kind"][i] for i, d in enumerate(found["disc"]) if d == k}) == 1


def test_the_shortest_path_is_as_short_as_networkx_finds(snapshot: Snapshot) -> None:
    shown = choose(snapshot, MapFilter(), DAY)
    graph = nx.Graph(zip(shown.edges.a.tolist(), shown.edges.b.tolist(), strict=True))
    start = snapshot.index("departement-essonne")
    assert start is not None
    lengths = nx.single_source_shortest_path_length(graph, start)
    for goal in shown.nodes:
        path = shortest_path(shown.around, start, goal)
        assert len(path) == lengths.get(goal, -1) + 1
        assert all(graph.has_edge(a, b) for a, b in pairwise(path))


def test_a_path_is_told_step_by_step(visitor: FlaskClient) -> None:
    said = page(visitor, "?de=massy&vers=Région de Kayes")
    assert "le plus court chemin compte" in said or "une relation suffit" in said or "ne mène" in said
    assert columns(visitor, "?de=departement-essonne&vers=region-kayes")["path"]


def test_two_years_compared_agree_with_each_year_alone(visitor: FlaskClient) -> None:
    def pairs(query: str, mask: int = 0) -> set[tuple[str, str, int]]:
        found = columns(visitor, query)
        ends = zip(found["a"], found["b"], found["style"], strict=True)
        return {(found["ids"][a], found["ids"][b], s & 3) for a, b, s in ends if not mask or s & mask}

    before, after = pairs("?annee=2003"), pairs("?annee=2012")
    assert pairs("?annee=2012&comparer=2003", mask=16) == after - before
    assert pairs("?annee=2012&comparer=2003", mask=32) == before - after
    assert pairs("?annee=2012&comparer=2003") == before | after
    assert pairs("?annee=2003&comparer=2012", mask=16) == after - before
    said = page(visitor, "?annee=2012&comparer=2003")
    assert "De 2003 à 2012" in said
    assert "Apparue" in said


def test_imagined_links_are_drawn_told_and_kept_by_the_form(visitor: FlaskClient) -> None:
    query = "?imaginer=cdane+%3D+gret&type=commune"
    found, said = columns(visitor, query), page(visitor, query)
    (pair,) = found["imagined"]
    assert {found["ids"][i] for i in pair} == {"cdane", "gret"}
    assert "tirets épais" in said
    assert 'name="imaginer" value="cdane = gret"' in said


@pytest.mark.parametrize(
    "wrong",
    ["type=licorne", "annee=hier", "pas=9", "theme=zz", "grouper=taille", "imaginer=a", "de=zzzz", "acteur=x",
     "etat=morts", "comparer=1", "lien=amour", "siege=%3Cscript%3E", "annee=99999999999"],
)  # fmt: skip
def test_a_wrong_value_is_left_out_and_said(visitor: FlaskClient, wrong: str) -> None:
    said = page(visitor, f"?{wrong}")
    assert "pas compris" in re.sub(r"\s", " ", said)
    assert "<script>" not in said
    assert columns(visitor, f"?{wrong}")["ids"] == columns(visitor)["ids"]


def test_what_is_sound_beside_a_wrong_value_is_kept(snapshot: Snapshot) -> None:
    wanted, faults = read_what_is_sound(
        snapshot, MultiDict([("type", "commune"), ("type", "zz"), ("annee", "2012")])
    )
    assert [kind.value for kind in wanted.kinds] == ["commune"]
    assert wanted.year == 2012
    assert [f.value for f in faults] == ["zz"]


def test_nobody_shown_is_a_map_all_the_same(visitor: FlaskClient) -> None:
    found = columns(visitor, "?siege=91228&type=partner_territory")
    assert found["ids"] == []
    assert "Aucun acteur ne répond" in page(visitor, "?siege=91228&type=partner_territory")


def test_the_revision_is_that_of_the_data(visitor: FlaskClient) -> None:
    assert visitor.get("/carte/revision.json").get_json() == {"revision": columns(visitor)["revision"]}


def test_data_that_a_browser_has_are_not_sent_again(visitor: FlaskClient) -> None:
    first = visitor.get("/carte/colonnes")
    again = visitor.get("/carte/colonnes", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_data_travel_compressed_to_who_reads_them_so_and_are_the_same(visitor: FlaskClient) -> None:
    whole = visitor.get("/carte/colonnes")
    short = visitor.get("/carte/colonnes", headers={"Accept-Encoding": "gzip"})
    assert (whole.content_encoding, short.content_encoding) == (None, "gzip")
    assert gzip.decompress(short.data) == whole.data
    assert len(short.data) < len(whole.data) / 2
    assert whole.headers["ETag"] != short.headers["ETag"]
    assert "Accept-Encoding" in short.headers["Vary"]


@pytest.mark.parametrize("query", ["", "?acteur=departement-essonne"])
def test_the_scripts_are_one_file_kept_for_a_year_while_they_do_not_change(
    visitor: FlaskClient, query: str
) -> None:
    (address,) = set(re.findall(r'src="(/carte/dessin-[^"]+)"', page(visitor, query)))
    answer = visitor.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000"
    assert (answer.mimetype, answer.data.count(b'"use strict"') > 10) == ("text/javascript", True)
    former = visitor.get(re.sub("v=.*", "v=0123456789ab", address))
    assert former.headers["Cache-Control"] == "public, max-age=3600"


@given(
    columns=st.dictionaries(
        st.sampled_from("xyab"), st.lists(st.integers(-(2**31), 2**31 - 1), max_size=9), min_size=1
    ),
    names=st.lists(
        st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\n")), min_size=1
    ),
)
def test_what_is_packed_is_read_again(columns: dict[str, list[int]], names: list[str]) -> None:
    found = read_columns(packed({"x": [0], "title": "é"}, columns, {"names": names}))
    assert {name: found[name] for name in columns} == columns
    assert (found["names"], found["title"]) == (names if found["x"] else [], "é")


def test_a_number_beyond_32_bits_is_refused_and_a_line_break_in_a_name_is_a_space() -> None:
    with pytest.raises(ValueError, match="4294967296"):
        packed({}, {"x": [2**32]}, {})
    assert read_columns(packed({"x": [0]}, {}, {"names": ["a\nb"]}))["names"] == ["a b"]


def test_the_page_without_data_weighs_less_than_promised(visitor: FlaskClient) -> None:
    text = page(visitor)
    addresses = re.findall(r'(?:src|href)="(/(?:static|carte/dessin)[^"]+)"', text)
    assert len(addresses) > 3
    weight = len(text.encode())
    for address in set(addresses):
        with visitor.get(address) as answer:
            weight += len(answer.data)
    assert weight < 350_000
