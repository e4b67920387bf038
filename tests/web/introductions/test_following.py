"""From the request to what came of it: sent once, answered, relayed, listed, followed, taken back."""

import pytest

from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.records import RecordKind
from people.refusals import AskerKind, declined_by
from tests.web.introductions.conftest import WHY, Person, World, read

ASK = "/mises-en-relation/demander?avec=kayes"


def links(world: World) -> list[State | None]:
    """The states of the partnerships of `amis` and `lycee` in the graph."""
    ends = {"amis", "lycee"}
    records = [stored.record for stored in world.store.records(RecordKind.LINK)]
    return [r.state for r in records if {r.actor_a, r.actor_b} == ends and r.kind is LinkKind.PARTNERSHIP]


def test_the_same_form_sent_twice_is_one_request_and_a_second_form_leads_to_it(
    world: World, ana: Person
) -> None:
    first = ana.ask()
    assert ana.ask() == first
    assert ana.ask(key="z" * 16) == first
    assert "déjà ouverte" in ana.page(first)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"message": "Bonjour"}, "dites en une phrase ou deux"),
        ({"message": WHY + " ana@ville.example"}, "n'écrivez ici ni adresse ni numéro"),
        ({"message": WHY + " 06 12 34 56 78"}, "n'écrivez ici ni adresse ni numéro"),
        ({"message": "x" * 1501}, "1 500 caractères"),
        ({"contact": "x" * 161}, "160 caractères"),
        ({"sujet": "announcement:autre"}, "l'une de vos annonces"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(world: World, ana: Person, sent, told) -> None:
    data = {"message": WHY, "key": "a" * 16, **sent}
    page = ana.post(f"{ASK}&acteur=amis", 422, **data)
    assert told in page
    assert data["message"][:40] in page
    assert ana.page("/mises-en-relation").count("→") == 0


def test_a_no_is_remembered_when_one_wishes_and_may_be_taken_back(
    world: World, ana: Person, bob: Person
) -> None:
    address, store_id = ana.ask(), world.store.info().store_id
    bob.do(address, "decliner", retenir="1")
    bob.do(address, "decliner", retenir="1")  # twice is as once
    assert declined_by(world.private, store_id, AskerKind.ACTOR, "kayes") == {"amis"}
    assert "ne souhaite pas donner suite" in ana.page(address)
    assert "il y a moins de six mois" in ana.post(f"{ASK}&acteur=amis", 422, message=WHY, key="b" * 16)
    ana.do(address, "se-raviser", 409)
    bob.do(address, "se-raviser")
    assert "À vous de répondre" in bob.page(address)


def test_the_team_relays_what_nobody_on_the_site_can_answer(world: World, ana: Person, agent: Person) -> None:
    address = ana.ask("lycee", relais="coordination")
    listed = agent.page("/mises-en-relation/toutes?etat=a-relayer")
    assert "1 demande attend que vous fassiez le lien" in listed
    assert "Lycée de Corbeil" in listed
    page = agent.page(address)
    assert "Un acteur du réseau souhaite rencontrer votre structure : Les amis de Kayes" in page
    assert WHY in page
    agent.do(address, "transmettre")
    assert "Transmise le" in ana.page(address)
    agent.do(address, "presenter")
    assert "Contact pris" in ana.page(address)
    ana.do(address, "lien", nature="partnership")
    assert links(world) == [State.ACTIVE]


def test_the_neighbour_that_knows_both_may_be_asked_and_may_hand_over(
    world: World, ana: Person, bob: Person, agent: Person
) -> None:
    assert "Kayes solidarité" in ana.page("/mises-en-relation/demander?avec=lycee&acteur=amis")
    address = ana.ask("lycee", relais="neighbour")
    assert "À relayer" in bob.page("/mises-en-relation")
    assert "Lycée de Corbeil" in bob.page(address)
    assert bob.do(address, "confier").endswith("/mises-en-relation")
    bob.page(address, 404)
    assert "prenez contact" in agent.page(address)


def test_all_requests_are_listed_waiting_longest_first_and_by_state(
    world: World, ana: Person, bob: Person, agent: Person
) -> None:
    older = ana.ask("club")
    world.advance(1)
    newer = ana.ask("kayes")
    raw = agent.client.get("/mises-en-relation/toutes").get_data(as_text=True)
    assert raw.index(older) < raw.index(newer)
    bob.do(newer, "accepter")
    assert newer not in agent.client.get("/mises-en-relation/toutes?etat=a-relayer").get_data(as_text=True)
    assert newer in agent.client.get("/mises-en-relation/toutes?etat=en-cours").get_data(as_text=True)
    ana.do(older, "retirer")
    assert older in agent.client.get("/mises-en-relation/toutes?etat=closes").get_data(as_text=True)
    assert older not in agent.client.get("/mises-en-relation/toutes?etat=licorne").get_data(as_text=True)


def test_six_weeks_later_the_page_asks_what_came_of_it(world: World, ana: Person, bob: Person) -> None:
    address = ana.ask()
    bob.do(address, "accepter")
    assert "vous attend" not in ana.page("/")
    world.advance(43)
    assert "1 mise en relation vous attend" in ana.page("/")  # beside one's account, on every page
    assert "qu'en est-il" in ana.page(address)
    ana.do(address, "plus-tard")
    assert "qu'en est-il" not in ana.page(address)
    world.advance(43)
    assert "ni adresse ni numéro" in ana.do(address, "sans-suite", 422, suite="écrire à x@ville.example")
    ana.do(address, "sans-suite", suite="Calendriers trop différents.")
    assert "Calendriers trop différents." in bob.page(address)


def test_a_link_is_recorded_once_and_taken_back(world: World, ana: Person, agent: Person) -> None:
    address = ana.ask("lycee")
    agent.do(address, "presenter")
    assert "refusé" in ana.do(address, "lien", 422, nature="funding")  # no cooperation
    ana.do(address, "lien", nature="partnership")
    ana.do(address, "lien", nature="partnership")
    assert links(world) == [State.ACTIVE]
    ana.do(address, "annuler-lien")
    assert links(world) == [State.RETRACTED]
    assert "Contact pris" in ana.page(address)
    ana.do(address, "lien", nature="partnership")
    assert links(world) == [State.ACTIVE]


def test_in_english_the_pages_speak_english(world: World, ana: Person, bob: Person) -> None:
    address = ana.ask()
    bob.client.set_cookie("langue", "en")
    page = bob.page(address)
    assert "It is for you to answer" in page
    assert "Awaiting an answer" in page


def test_a_pair_with_an_open_request_is_led_to_it(world: World, ana: Person, bob: Person) -> None:
    address = ana.ask()
    for reader, asker, other in ((ana, "amis", "kayes"), (bob, "kayes", "amis")):
        page = reader.client.get(f"/mises-en-relation/demander?avec={other}&acteur={asker}")
        assert address in page.get_data(as_text=True)
        assert "déjà ouverte" in read(page.get_data(as_text=True))
