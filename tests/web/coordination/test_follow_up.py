"""The work list remembers what was done, shows it to those it concerns, and comes back when it must."""

from people.follow_ups import follow_ups
from people.roles import Role
from tests.web.conftest import text_of
from tests.web.coordination.conftest import Desk

ALONE = "/acteurs-isoles/suivi/alone"


def act(desk: Desk, client, path: str = ALONE, **form: str):
    return client.post(
        path.replace("/suivi/", "/geste/"), data={"csrf_token": desk.token(client, path), **form}
    )


def test_a_coordinator_notes_assigns_snoozes_and_closes(desk: Desk) -> None:
    coordinator = desk.visit(Role.COORDINATOR)
    assert act(desk, coordinator, geste="note", note="Appelés, très intéressés.").status_code == 303
    assert act(desk, coordinator, geste="assign", a_qui="moi").status_code == 303
    said = text_of(coordinator.get(ALONE).get_data(as_text=True))
    assert "Appelés, très intéressés." in said
    assert "Pris en charge par" in said
    assert "vous" in said
    assert "alone" in coordinator.get("/acteurs-isoles?suivi=moi").get_data(as_text=True)
    assert act(desk, coordinator, geste="snooze", jusqu_au="2027-01-15").status_code == 303
    page = coordinator.get("/acteurs-isoles").get_data(as_text=True)
    assert "/acteurs-isoles/suivi/lone" in page
    assert ALONE not in page
    assert ALONE in coordinator.get("/acteurs-isoles?suivi=mis-de-cote").get_data(as_text=True)
    assert act(desk, coordinator, geste="close", resultat="joined", note="Avec Hub").status_code == 303
    assert "Clos" in text_of(coordinator.get("/acteurs-isoles?suivi=tout").get_data(as_text=True))
    assert act(desk, coordinator, geste="reopen").status_code == 303
    assert ALONE in coordinator.get("/acteurs-isoles").get_data(as_text=True)


def test_what_is_wrong_is_said_and_what_was_typed_comes_back(desk: Desk) -> None:
    coordinator = desk.visit(Role.COORDINATOR)
    refused = act(desk, coordinator, geste="note", note="écrire à jeanne@asso.example")
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "ni adresse électronique" in page
    assert "écrire à jeanne@asso.example</textarea>" in page
    for form in (
        {"geste": "snooze", "jusqu_au": ""},
        {"geste": "snooze", "jusqu_au": "2001"},
        {"geste": "close"},
        {"geste": "dance"},
        {"geste": "assign", "a_qui": "adresse", "adresse": "personne@ailleurs.example"},
    ):
        assert act(desk, coordinator, **form).status_code == 422
    assert follow_ups(desk.private, desk.services.served().snapshot.store_id) == {}


def test_a_colleague_is_assigned_by_address_and_the_address_is_shown_to_nobody(desk: Desk) -> None:
    desk.visit(Role.AGENT)
    coordinator = desk.visit(Role.COORDINATOR)
    assert (
        act(desk, coordinator, geste="assign", a_qui="adresse", adresse="agent@ville.example").status_code
        == 303
    )
    page = coordinator.get(ALONE).get_data(as_text=True)
    assert "agent@ville.example" not in page
    assert "quelqu'un d'autre de l'équipe" in text_of(page).replace("&#39;", "'")
    assert "agent@ville.example" in desk.visit(Role.ADMIN).get(ALONE).get_data(as_text=True)


def test_a_member_follows_its_own_actor_only_and_an_agent_changes_nothing(desk: Desk) -> None:
    member = desk.visit(Role.MEMBER, "alone")
    assert member.get(ALONE).status_code == 200
    assert "<textarea" not in member.get(ALONE).get_data(as_text=True)
    assert member.get("/acteurs-isoles/suivi/lone").status_code == 403
    agent = desk.visit(Role.AGENT)
    assert agent.get(ALONE).status_code == 200
    assert agent.post("/acteurs-isoles/geste/alone", data={"geste": "note", "note": "x"}).status_code in (
        400,
        403,
    )
    assert follow_ups(desk.private, desk.services.served().snapshot.store_id) == {}


def test_the_list_shows_whom_to_meet_to_what_effect_and_who_introduces(desk: Desk) -> None:
    page = text_of(desk.visit(Role.AGENT).get("/acteurs-isoles").get_data(as_text=True))
    assert "HUB" in page
    assert "de plus, de proche en proche" in page
    assert "A, que l'un connaît et partenaire de l'autre, peut les présenter." in page.replace("&#39;", "'")


def test_the_list_is_narrowed_by_theme_kind_and_territory(desk: Desk) -> None:
    agent = desk.visit(Role.AGENT)
    assert ALONE in agent.get("/acteurs-isoles?territoire=ML&theme=water&type=association").get_data(
        as_text=True
    )
    assert ALONE not in agent.get("/acteurs-isoles?territoire=FR-29").get_data(as_text=True)
    assert agent.get("/acteurs-isoles?suivi=un-jour").status_code == 400
