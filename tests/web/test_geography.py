"""The geographic maps: who stands where, what is coloured, what is said, and what no address can break."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.domain.actors import Actor, ActorKind, Engagement
from graphsvc.domain.links import Link, LinkKind
from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from graphsvc.ports import Put
from graphsvc.snapshot import Snapshot
from graphsvc.stores.memory import MemoryStore
from tests.web.conftest import TODAY, text_of
from web.config import Config, SettingRefused
from web.maps.chosen import MapFilter, choose
from web.maps.geo_measures import Measure, measured, value_of
from web.maps.geo_places import places_of
from web.maps.geo_territory import territory_contours

HERE, GAPS = "/carte/territoire", "/carte/manques"
HOSTILE = "<script>alert(1)</script>\"'&\u202e\x08 العربية"


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def drawings(html: str) -> list[ET.Element]:
    """The drawings of a page, read by a strict reader of XML."""
    found = re.findall(r"<svg viewBox=[^>]*data-whole.*?</svg>(?=</div>)", html, flags=re.DOTALL)
    return [ET.fromstring(one) for one in found]


def titles(drawing: ET.Element) -> list[str]:
    return [t.text or "" for t in drawing.iter("title")]


def test_every_actor_of_the_map_is_somewhere_once(snapshot: Snapshot) -> None:
    contours, _why = territory_contours(snapshot, None)
    assert contours is not None
    for wanted in (MapFilter(), MapFilter(unknown=True), MapFilter(theme=3), MapFilter(year=2012)):
        shown = choose(snapshot, wanted, TODAY)
        places = places_of(snapshot, wanted, TODAY, contours.areas)
        inside = [i for t in places.towns.values() for i in t.actors] + list(places.unplaced)
        outside = [i for b in places.bonds for i in b.there] + list(places.elsewhere)
        assert len(inside) == len(set(inside))
        assert len(outside) == len(set(outside))
        context = {i for i in shown.context if snapshot.places.home[snapshot.actors.seat[i]]}
        assert set(inside) | set(outside) | context == set(shown.nodes)


def test_the_numbers_of_a_commune_are_those_of_the_map(snapshot: Snapshot) -> None:
    places = places_of(snapshot, MapFilter(), TODAY, ())
    evry = places.towns[snapshot.place_index("91228") or -1]
    shown = choose(snapshot, MapFilter(), TODAY)
    seated = [i for i in shown.nodes if snapshot.place_ids[snapshot.actors.seat[i]] == "91228"]
    joined = {end for e in shown.edges for end in (e.a, e.b)}
    assert list(evry.actors) == seated
    assert list(evry.alone) == [i for i in seated if i not in joined]
    assert value_of(evry, Measure.ACTORS) == len(seated)
    assert value_of(evry, Measure.ALONE) == round(100 * len(evry.alone) / len(seated))
    assert value_of(None, Measure.ACTORS) == 0
    assert value_of(None, Measure.ALONE) is None
    assert len(seated) <= evry.known <= evry.listed


def test_a_place_abroad_counts_who_is_tied_to_it_or_says_to_act_there(snapshot: Snapshot) -> None:
    places = places_of(snapshot, MapFilter(), TODAY, ())
    kayes = next(b for b in places.bonds if snapshot.place_ids[b.place] == "2455518")
    home = {i for t in places.towns.values() for i in t.actors} | set(places.unplaced)
    assert set(kayes.here) <= home
    tied = {
        one
        for e in choose(snapshot, MapFilter(), TODAY).edges
        for one, other in ((e.a, e.b), (e.b, e.a))
        if one in home and int(snapshot.actors.seat[other]) == kayes.place
    }
    assert tied <= set(kayes.here)
    assert kayes.link_class == "cooperation"


def test_both_drawings_are_sound_and_lead_to_records(visitor: FlaskClient) -> None:
    html = page(visitor, HERE)
    home, world = drawings(html)
    assert len([a for a in home.iter("a") if "area" in a.get("class", "")]) == 194
    assert all(a.get("href", "").startswith(("/territoires/", "/acteurs/")) for a in home.iter("a"))
    assert any("Évry-Courcouronnes" in t and "30 acteurs" in t for t in titles(home))
    assert any(t.startswith("Kayes (Mali)") for t in titles(world))
    for drawing in (home, world):
        ids = {e.get("id") for e in drawing.iter() if e.get("id")}
        used = {e.get("href", "")[1:] for e in drawing.iter("use")}
        assert used <= ids
        assert all(a.get("tabindex") == "-1" and a.find("title") is not None for a in drawing.iter("a"))
    assert "style=" not in html.partition("<main")[2]


def test_the_legend_counts_every_commune(visitor: FlaskClient) -> None:
    for measure in Measure:
        html = page(visitor, f"{HERE}?mesure={measure.value}")
        legend = re.search(r'<ul class="geo-classes">(.*?)</ul>', html, re.DOTALL)
        assert legend is not None
        counts = [int(n) for n in re.findall(r"(\d+)\scommunes?", text_of(legend[1].replace("\u202f", "")))]
        assert 0 < sum(counts) <= 194
        if measure in (Measure.ACTORS, Measure.THEMES, Measure.ABROAD):
            assert sum(counts) == 194


def test_the_table_says_what_the_drawing_says(visitor: FlaskClient, snapshot: Snapshot) -> None:
    html = page(visitor, f"{HERE}?tri=acteurs")
    rows = re.findall(r"<tr[^>]*><th scope=\"row\"><a href=\"/territoires/(\d+)\">", html)
    assert rows[0] == "91228"
    assert len(set(rows)) >= 194
    for actor in places_of(snapshot, MapFilter(), TODAY, ()).elsewhere:
        assert snapshot.ids[actor] in html


def test_the_state_goes_from_one_map_to_the_other(visitor: FlaskClient) -> None:
    asked = "theme=water-sanitation&annee=2012&lien=cooperation&grouper=theme"
    links = re.findall(
        r'href="(/carte(?:/manques)?\?[^"]*)" data-geo-state', page(visitor, f"{HERE}?{asked}")
    )
    assert len(links) == 2
    for link in links:
        assert all(part in link for part in asked.split("&"))
    network = page(visitor, f"/carte?{asked}").replace("&amp;", "&")
    assert f'href="/carte/territoire?{asked}" data-map-elsewhere' in network


def test_a_link_cannot_be_made_to_lead_elsewhere(visitor: FlaskClient) -> None:
    html = page(visitor, f"{HERE}?_external=1&_scheme=javascript&_anchor=x&endpoint=y")
    assert "javascript" not in html.partition("<main")[2].partition("<form")[0]


def test_the_chosen_actor_is_ringed_and_named(visitor: FlaskClient) -> None:
    html = page(visitor, f"{HERE}?acteur=amis-de-kayes")
    assert "Les Amis de Kayes" in html.partition("<h1>")[2].partition("</h1>")[0]
    assert sum("ring" in (c.get("class") or "") for c in drawings(html)[0].iter("circle")) == 1


@pytest.mark.parametrize(
    "query",
    [
        "type=licorne&lien=x&theme=nulle-part&annee=hier&acteur=personne&pas=9",
        "mesure=x&symboles=y&cadre=z&tri=w",
        "mesure=" + "a" * 5000,
        "cadre=%00%3Cscript%3E",
        "acteur=departement-essonne&annee=1900",
    ],
)
def test_a_wrong_address_is_said_and_answered(visitor: FlaskClient, query: str) -> None:
    for path in (HERE, GAPS):
        html = page(visitor, f"{path}?{query}")
        assert "<script>" not in html
        if "acteur=departement" not in query:
            assert "n'est pas compris" in html.replace("&#39;", "'").replace("’", "'")


def test_nobody_answers_and_the_page_says_so(visitor: FlaskClient) -> None:
    html = page(visitor, f"{HERE}?siege=91001&type=media")
    assert "Aucun acteur ne répond à ces filtres." in text_of(html)
    assert len(drawings(html)) == 2


def test_gaps_are_counted_for_everybody_and_named_for_staff(visitor: FlaskClient, agent: FlaskClient) -> None:
    public, staff = page(visitor, GAPS), page(agent, GAPS)
    assert "Région de Kayes" in public
    assert "manque" in text_of(public)
    assert '<ul class="geo-needs">' not in public
    assert '<ul class="geo-needs">' in staff
    assert "/acteurs/" not in public.partition("<main")[2].partition("</main>")[0]
    for address in ("/opportunites/territoires", "/opportunites/manques"):
        assert address in public
    assert "/carte/manques" in page(visitor, "/opportunites/manques")
    assert "/carte/manques" in page(visitor, "/opportunites/territoires")


def test_a_theme_narrows_the_matrix(visitor: FlaskClient) -> None:
    html = page(visitor, f"{GAPS}?theme=water-sanitation&territoire=ML")
    head = re.search(r'geo-grid">.*?</thead>', html, re.DOTALL)
    assert head is not None
    assert head[0].count("<th scope") == 4


def other_territory(store: MemoryStore, name: str = "Maison", *, point: bool = True) -> None:
    """A territory of our own: a département of two communes, a partner town without a point."""
    lat, lon = (45.1, 5.7) if point else (None, None)
    store.apply(
        [
            Put(Place("D", "Département", PlaceLevel.DEPARTMENT, PlaceRole.HOME)),
            Put(Place("C1", name, PlaceLevel.MUNICIPALITY, parent="D", latitude=lat, longitude=lon)),
            Put(Place("C2", "Seconde", PlaceLevel.MUNICIPALITY, parent="D", latitude=lat, longitude=lon)),
            Put(Place("ML", "Mali", PlaceLevel.COUNTRY, latitude=12.65, longitude=-8.0)),
            Put(Place("T", "Ville sans point", PlaceLevel.MUNICIPALITY, PlaceRole.PARTNER, parent="ML")),
            Put(
                Actor(
                    "A",
                    name,
                    ActorKind.ASSOCIATION,
                    seat="C1",
                    engagement=Engagement.KNOWN,
                    territories=("ML",),
                )
            ),
            Put(Actor("B", "Ville jumelle", ActorKind.PARTNER_TERRITORY, seat="T", country="ML")),
            Put(Link("L", "A", "B", LinkKind.TWINNING)),
        ],
        by="tests",
    )


@pytest.mark.parametrize("name", [HOSTILE, "x" * 300, "مدينة الشراكة", "🙂🙂", "'; DROP TABLE", "{{7*7}}"])
def test_any_name_is_drawn_as_a_name(site_on: Callable[..., Flask], memory: MemoryStore, name: str) -> None:
    other_territory(memory, name)
    client = site_on(memory).test_client()
    for path in (HERE, f"{HERE}?symboles=cercles", f"{HERE}?acteur=A", GAPS):
        html = page(client, path)
        assert "<script>alert" not in html
        assert drawings(html)


def test_a_territory_without_contours_is_points_and_says_so(
    site_on: Callable[..., Flask], memory: MemoryStore
) -> None:
    other_territory(memory)
    html = page(site_on(memory).test_client(), HERE)
    assert "des points sur un fond uni" in text_of(html)
    home, _world = drawings(html)
    assert any("point" in (a.get("class") or "") for a in home.iter("a"))


def test_places_without_a_point_are_named(site_on: Callable[..., Flask], memory: MemoryStore) -> None:
    other_territory(memory, point=False)
    html = page(site_on(memory).test_client(), HERE)
    assert "Ville jumelle" in html.partition("Non dessinés")[2]
    assert "Maison" in titles(drawings(html)[0])[0] + text_of(html)


def test_an_empty_store_has_its_maps(site_on: Callable[..., Flask], memory: MemoryStore) -> None:
    client = site_on(memory).test_client()
    assert "Aucun acteur ne répond" in text_of(page(client, HERE))
    assert "Aucun territoire partenaire" in text_of(page(client, GAPS))


def test_another_territory_brings_its_contours(
    site_on: Callable[..., Flask], memory: MemoryStore, tmp_path: Path
) -> None:
    other_territory(memory)
    shape = {"type": "Polygon", "id": "C1", "arcs": [[0]]}
    arcs = [[[5.6, 45.0], [5.8, 45.0], [5.8, 45.2], [5.6, 45.0]]]
    path = tmp_path / "own.topojson"
    areas = {"type": "GeometryCollection", "geometries": [shape]}
    path.write_text(
        json.dumps({"type": "Topology", "attribution": "Nous", "objects": {"areas": areas}, "arcs": arcs})
    )
    site = site_on(memory)
    site.config["MAILLAGE_CONTOURS"] = path
    html = page(site.test_client(), HERE)
    assert "fond uni" not in html
    assert "Nous ;" in text_of(html)
    path.write_text("{}")
    assert "n'a pas pu être lu" in text_of(page(site.test_client(), HERE)).replace("’", "'")


def test_a_missing_file_of_contours_is_refused_at_the_start(tmp_path: Path) -> None:
    env = {"MAILLAGE_HOME": str(tmp_path), "MAILLAGE_CONTOURS": str(tmp_path / "nowhere")}
    with pytest.raises(SettingRefused) as told:
        Config.from_environment(env)
    assert told.value.setting == "MAILLAGE_CONTOURS"


def test_a_map_is_light_and_kept(visitor: FlaskClient) -> None:
    html = page(visitor, HERE)
    found = re.findall(r"<svg viewBox=[^>]*data-whole.*?</svg>(?=</div>)", html, flags=re.DOTALL)
    for drawing in found:
        assert len(drawing) <= 150_000
        assert len(gzip.compress(drawing.encode())) <= 50_000
    assert page(visitor, HERE) == html


def test_a_measure_of_nothing_has_no_class() -> None:
    assert measured({}, [], Measure.ACTORS).classes == ()
    assert measured({}, [1, 2], Measure.ALONE).shade_at(1) is None
