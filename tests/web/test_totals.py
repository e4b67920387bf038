"""Each page says what it counts: the numbers that differ add up, and a number leads to as many lines."""

import re

from flask.testing import FlaskClient

from graphsvc.snapshot import Snapshot
from tests.web.conftest import TODAY, text_of
from web.views.tally import tally


def shown(visitor: FlaskClient, path: str) -> str:
    return text_of(visitor.get(path).get_data(as_text=True)).replace("&#39;", "'")


def found(visitor: FlaskClient, path: str) -> int:
    match = re.search(r'id="found"[^>]*>([\d\u202f]+)', visitor.get(path).get_data(as_text=True))
    assert match
    return int(match[1].replace("\u202f", ""))


def test_the_counts_fit_into_each_other(snapshot: Snapshot) -> None:
    t = tally(snapshot, TODAY)
    assert t.directory == snapshot.n == t.existing + t.ended
    assert t.counted <= t.on_map - t.ended_on_map <= t.existing
    assert t.alone_here <= min(t.alone, t.watched)
    assert t.silent == t.directory - t.on_map


def test_each_page_says_the_count_of_the_others(visitor: FlaskClient, snapshot: Snapshot) -> None:
    t = tally(snapshot, TODAY)
    home = shown(visitor, "/")
    for number in (t.directory, t.existing, t.ended, t.counted, t.on_map, t.alone, t.alone_here, t.watched):
        assert str(number) in home
    assert found(visitor, "/acteurs") == t.directory
    assert f"La carte en montre {t.on_map}" in shown(visitor, "/acteurs")
    assert f"L'annuaire en compte {t.directory}" in shown(visitor, "/carte")
    assert f"{t.on_map} acteurs" in shown(visitor, "/carte")
    assert f"{t.alone} sur {t.counted}" in shown(visitor, "/acteurs-isoles")


def test_a_bar_of_the_home_page_leads_to_as_many_actors(visitor: FlaskClient) -> None:
    html = visitor.get("/").get_data(as_text=True)
    bars = re.findall(r'<a href="(/acteurs\?type=[^"]+)">.*?</a><span class="n">([\d\u202f]+)</span>', html)
    assert len(bars) == 8
    for address, count in bars:
        assert found(visitor, address.replace("&amp;", "&")) == int(count)


def test_what_is_kept_from_the_public_is_the_diagnosis_not_the_names(visitor: FlaskClient) -> None:
    said = shown(visitor, "/acteurs-isoles")
    assert "figurent par leur nom dans l'annuaire et sur la carte" in said
    assert "le diagnostic" in said


def test_the_years_are_those_of_what_is_said_of_relations(visitor: FlaskClient) -> None:
    assert "documenté de 2010 à 2017" in shown(visitor, "/themes")
    assert "documents publics de 2010 à 2017" in shown(visitor, "/")


def test_a_wrong_address_is_not_repeated_to_the_reader(visitor: FlaskClient) -> None:
    answer = visitor.get("/acteurs/departement-essone")
    assert answer.status_code == 404
    said = text_of(answer.get_data(as_text=True).replace("&#39;", "'"))
    assert "departement-essone" not in said
    assert "Département de l'Essonne" in said
    assert "(departement-essonne" not in said
