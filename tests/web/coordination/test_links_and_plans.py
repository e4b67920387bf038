"""Best links, what-if and plans, from the first look to the link that came true."""

from graphsvc.ports import Put
from graphsvc.usecases.merge_actors import merge_actors
from people.plans import plans
from people.roles import Role
from tests.graphsvc.networks import tie
from tests.web.conftest import text_of
from tests.web.coordination.conftest import Desk


def said(page: str) -> str:
    return text_of(page).replace("&#39;", "'").replace("\u202f", " ").replace("\u00a0", " ")


def keep(desk: Desk, client, name: str, lines: str):
    token = (
        desk.token(client, "/communautes")
        if False
        else desk.token(client, "/coordination/et-si?liens=alone = hub")
    )
    return client.post("/coordination/plans/garder", data={"csrf_token": token, "nom": name, "liens": lines})


def test_the_best_links_say_their_gain_and_lead_to_the_what_if(desk: Desk) -> None:
    agent = desk.visit(Role.AGENT)
    page = agent.get("/coordination/liens?budget=3").get_data(as_text=True)
    assert "apport" in said(page)
    assert "Voir ce que cet ensemble changerait" in said(page)
    for wrong in ("0", "51", "dix", "-1"):
        assert agent.get(f"/coordination/liens?budget={wrong}").status_code == 400


def test_a_what_if_shows_figures_before_and_after_and_who_leaves_the_list(desk: Desk) -> None:
    agent = desk.visit(Role.AGENT)
    page = agent.get(
        "/coordination/et-si", query_string={"liens": "alone = hub\nalone = a", "liens2": "lone → hub"}
    )
    text = said(page.get_data(as_text=True))
    assert "Ensemble 1 (2 liens)" in text
    assert "Ensemble 2 (1 lien)" in text
    assert "Un acteur quitterait la liste de travail : ALONE" in text
    assert '<line class="new"' in page.get_data(as_text=True)
    assert plans(desk.private, desk.services.served().snapshot.store_id) == []


def test_lines_that_name_nobody_are_said_beside_those_that_count(desk: Desk) -> None:
    page = desk.visit(Role.AGENT).get(
        "/coordination/et-si", query_string={"liens": "alone = hub\nnimporte quoi\nalone = zzz\na = hub"}
    )
    text = said(page.get_data(as_text=True))
    assert page.status_code == 200
    assert "deux acteurs séparés par un signe égal" in text
    assert "Acteur inconnu : « zzz »" in text
    assert "sans effet : ils coopèrent déjà" in text


def test_a_plan_is_kept_followed_and_nothing_of_it_is_lost(desk: Desk) -> None:
    coordinator = desk.visit(Role.COORDINATOR)
    kept = keep(desk, coordinator, "Rejoindre les isolés", "alone = hub\nlone = hub\nd = lone")
    assert kept.status_code == 303
    address = kept.headers["Location"]
    assert "0 lien réalisé sur 3" in said(coordinator.get(address).get_data(as_text=True))
    desk.store.apply([Put(tie("alone", "hub"))], by="tests")
    merge_actors(desk.store, "lone", "b", by="tests")
    desk.services.served(at_least=10_000)
    text = said(coordinator.get(address).get_data(as_text=True))
    assert "2 liens réalisés sur 3" in text  # the second by the merge: B works with Hub
    assert "La fiche « LONE » a été réunie à « B »." in text
    assert "2 liens réalisés sur 3" in said(coordinator.get("/coordination/plans").get_data(as_text=True))
    token = desk.token(coordinator, address)
    aside = coordinator.post(f"{address}/mise-de-cote", data={"csrf_token": token, "geste": "mettre-de-cote"})
    assert aside.status_code == 303
    assert "Mis de côté" in said(coordinator.get(address).get_data(as_text=True))


def test_a_plan_that_cannot_be_kept_says_why_and_gives_back_what_was_typed(desk: Desk) -> None:
    coordinator = desk.visit(Role.COORDINATOR)
    for name, lines, reason in (
        ("", "alone = hub", "valeur est obligatoire"),
        ("Vide", "", "au moins un lien"),
        ("Faux", "alone = zzz", "Acteur inconnu"),
        ("Seul", "alone = alone", "au moins un lien"),
    ):
        refused = keep(desk, coordinator, name, lines)
        assert refused.status_code == 422
        assert reason in said(refused.get_data(as_text=True))
    assert plans(desk.private, desk.services.served().snapshot.store_id) == []
    assert coordinator.get("/coordination/plans/plan-none").status_code == 404
