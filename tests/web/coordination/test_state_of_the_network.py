"""The figures' page, what changed, communities, and the same for programs: sensible whatever the network."""

import json
from html import unescape

import pytest

from graphsvc.domain.dates import PartialDate
from graphsvc.stores.memory import MemoryStore
from people.roles import Role
from tests.graphsvc.networks import association, store_of, tie
from tests.web.conftest import text_of
from tests.web.coordination.conftest import Desk

CLIQUE = [tie(a, b) for a, b in ("ab", "ac", "bc")]
NETWORKS = {
    "nothing at all": [],
    "one actor": [association("a")],
    "everybody isolated": [association(n) for n in "abc"],
    "one clique": [*(association(n) for n in "abc"), *CLIQUE],
    "two cliques and a bridge": [
        *(association(n) for n in "abcdef"),
        *CLIQUE,
        *(tie(a, b) for a, b in ("de", "df", "ef", "cd")),
    ],
    "parallel links, one over, one to come": [
        *(association(n) for n in "abcd"),
        *(tie("a", "b", start=PartialDate(year)) for year in (2019, 2020)),
        tie("b", "c", end=PartialDate(2014)),
        tie("c", "d", start=PartialDate(2031)),
    ],
}
PAGES = (
    "/acteurs-isoles",
    "/acteurs-isoles/a-recruter",
    "/etat-du-reseau",
    "/etat-du-reseau?date=1900",
    "/etat-du-reseau?date=2100",
    "/evolution",
    "/evolution?de=2020&a=1990",
    "/communautes",
    "/coordination/liens",
    "/coordination/et-si",
    "/coordination/plans",
    "/api/v1/isolated",
    "/api/v1/bridges",
    "/api/v1/what-if",
    "/api/v1/changes?from=2000",
    "/api/v1/health?at=2012",
)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_page_answers_and_no_figure_is_undefined(name: str, site_on, tmp_path) -> None:
    from people.accounts import redeem, sign_in_link

    store = store_of(NETWORKS[name]) if NETWORKS[name] else MemoryStore()
    app = site_on(store)
    private = app.extensions["maillage-services"].private
    entered = redeem(private, sign_in_link(private, "a@ville.example", create_role=Role.COORDINATOR))
    client = app.test_client()
    client.set_cookie("maillage", f"p.{entered.session_token}")
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 200, (name, path)
        text = answer.get_data(as_text=True)
        for wrong in ("nan", "NaN", "inf ", "Infinity", "None"):
            assert f" {wrong}" not in f" {text_of(text)} ", (name, path, wrong)
            assert f'"{wrong}' not in text, (name, path, wrong)


@pytest.mark.parametrize(
    ("name", "true", "false"),
    [
        ("everybody isolated", "0 paire d'acteurs travaille ensemble", "Une paire d'acteurs"),
        ("everybody isolated", "0 confirmé depuis dix ans", "Un seul confirmé"),
        ("one clique", "Aucun acteur n'est sans coopération connue", "Un acteur n'a aucune coopération"),
    ],
)
def test_a_figure_of_none_is_not_told_as_one(name: str, true: str, false: str, site_on) -> None:
    page = site_on(store_of(NETWORKS[name])).test_client().get("/etat-du-reseau").get_data(as_text=True)
    said = unescape(text_of(page)).replace("\u00a0", " ")
    assert true in said
    assert false not in said


def test_each_figure_has_a_sentence_a_trend_and_a_caution_and_the_chart_its_table(desk: Desk) -> None:
    page = desk.visit().get("/etat-du-reseau").get_data(as_text=True)
    assert page.count('class="caution"') == page.count('class="value"') >= 9
    assert page.count('class="trend') == page.count('class="value"')
    assert page.count('role="img"') <= page.count("<table")


def test_names_of_brokers_and_hubs_are_for_the_coordination(desk: Desk) -> None:
    assert "Les passeurs" not in desk.visit().get("/etat-du-reseau").get_data(as_text=True)
    page = desk.visit(Role.AGENT).get("/etat-du-reseau").get_data(as_text=True)
    assert "Les passeurs" in page
    assert 'href="/acteurs/hub"' in page


def test_a_date_nobody_can_read_is_refused_in_a_sentence(desk: Desk) -> None:
    answer = desk.visit().get("/etat-du-reseau?date=hier")
    assert answer.status_code == 400
    assert "la date n'est pas lisible" in answer.get_data(as_text=True).replace("&#39;", "'")
    assert desk.visit().get("/evolution?de=2012-13").status_code == 400
    assert desk.visit().get("/api/v1/changes").status_code == 400


def test_a_community_bears_the_name_it_was_given_until_another_or_none(desk: Desk) -> None:
    coordinator = desk.visit(Role.COORDINATOR)

    def give(name: str):
        token = desk.token(coordinator, "/communautes")
        form = {"csrf_token": token, "communaute": "hub", "nom": name}
        return coordinator.post("/communautes/nom", data=form)

    assert give("  Autour   de l'eau ").status_code == 303
    seen = desk.visit().get("/communautes").get_data(as_text=True).replace("&#39;", "'")
    assert "<h2>Autour de l'eau</h2>" in seen
    assert give("Kayes").status_code == 303
    assert "Autour de l'eau" not in desk.visit().get("/communautes").get_data(as_text=True)
    assert give("x" * 81).status_code == 422
    assert give("").status_code == 303
    assert "<h2>Kayes</h2>" not in desk.visit().get("/communautes").get_data(as_text=True)


def test_programs_read_counts_and_only_the_names_they_may(desk: Desk) -> None:
    public = json.loads(desk.visit().get("/api/v1/isolated").data)
    assert public["total"] == 5
    assert public["states"] == {"isolated": 2, "detached": 2, "fragile": 1}
    assert public["items"] == []
    own = json.loads(desk.visit(Role.MEMBER, "alone").get("/api/v1/isolated").data)
    assert [i["actor"]["id"] for i in own["items"]] == ["alone"]
    every = json.loads(desk.visit(Role.AGENT).get("/api/v1/isolated").data)["items"]
    assert {i["actor"]["id"] for i in every} == {"alone", "lone", "c", "d", "e"}
    bridge = next(i for i in every if i["actor"]["id"] == "alone")["bridges"][0]
    assert bridge["introducer"] is None or set(bridge["introducer"]) == {"id", "name", "kind", "by", "text"}


def test_programs_ask_for_the_best_links_and_imagine_some(desk: Desk) -> None:
    agent = desk.visit(Role.AGENT)
    best = json.loads(agent.get("/api/v1/bridges?budget=2").data)
    assert 1 <= len(best["links"]) <= 2
    gains = best["links"][0]["gain_parts"]
    assert best["links"][0]["gain"] == pytest.approx(sum(gains.values()), abs=1e-5)
    imagined = json.loads(agent.get("/api/v1/what-if?link=alone=hub&link=a=hub").data)
    assert [one["use"] for one in imagined["links"]] == ["new", "tied"]
    assert imagined["after"]["isolated"] == imagined["before"]["isolated"] - 1
    assert agent.get("/api/v1/what-if?link=alone=zzz").status_code == 404
    assert desk.visit().get("/api/v1/bridges").status_code == 401
