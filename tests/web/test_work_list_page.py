"""Isolated actors: counts for everybody, names for those whose role allows it."""

from flask.testing import FlaskClient

from graphsvc.analytics.isolation import work_list
from graphsvc.snapshot import Snapshot
from tests.web.conftest import TODAY, text_of


def test_a_visitor_sees_counts_and_no_name(visitor: FlaskClient, snapshot: Snapshot) -> None:
    html = visitor.get("/acteurs-isoles").get_data(as_text=True)
    items = work_list(snapshot, TODAY)
    assert items
    for item in items:
        assert f"/acteurs/{snapshot.ids[item.index]}" not in html
        assert f">{snapshot.name(item.index)}<" not in html
    assert f"{len(items)} acteurs engagés" in text_of(html)


def test_a_visitor_never_learns_the_state_of_one_actor(visitor: FlaskClient, snapshot: Snapshot) -> None:
    item = work_list(snapshot, TODAY)[0]
    assert "chip warn" not in visitor.get(f"/acteurs/{snapshot.ids[item.index]}").get_data(as_text=True)


def test_an_agent_sees_every_name_with_its_reason(agent: FlaskClient, snapshot: Snapshot) -> None:
    agent.application.extensions["maillage-services"].work_lists.of(snapshot, TODAY)  # the order stays
    pages = "".join(agent.get(f"/acteurs-isoles?page={n}").get_data(as_text=True) for n in range(1, 8))
    for item in work_list(snapshot, TODAY):
        assert f'href="/acteurs/{snapshot.ids[item.index]}"' in pages


def test_an_agent_may_narrow_the_list(agent: FlaskClient, snapshot: Snapshot) -> None:
    items = work_list(snapshot, TODAY)
    state = items[-1].state.value
    count = sum(item.state.value == state for item in items)
    said = text_of(agent.get(f"/acteurs-isoles?etat={state}").get_data(as_text=True))
    assert f" {count} acteur" in said
    assert agent.get("/acteurs-isoles?etat=lonely").status_code == 400


def test_what_an_agent_sees_stays_in_no_cache(agent: FlaskClient) -> None:
    assert agent.get("/acteurs-isoles").headers["Cache-Control"] == "private, no-store"
