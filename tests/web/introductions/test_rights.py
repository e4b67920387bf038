"""Who may see an introduction and do what about it; what others never see."""

from html import unescape

import pytest

from people.roles import Role
from tests.web.introductions.conftest import WHY, Person, World

ASK = "/mises-en-relation/demander?avec=kayes"


def test_a_visitor_is_told_how_to_ask(world: World) -> None:
    page = world.visitor().page(f"{ASK}&acteur=amis")
    assert "Demandez une invitation à la coordination" in page
    assert "Votre message" not in page


def test_the_way_to_ask_stands_on_records_proposals_and_announcements(world: World, ana: Person) -> None:
    for path in ("/acteurs/kayes", "/partenaires?acteur=amis", "/annonces/besoin-1", "/acteurs/amis"):
        raw = ana.client.get(path).get_data(as_text=True)
        assert "/mises-en-relation/demander?avec=" in raw, path
    head = ana.client.get("/acteurs/amis").get_data(as_text=True).split("</header>")[1]
    assert "demander?avec=amis" not in head  # nobody asks to meet itself


def test_a_member_asks_for_its_own_actors_only(world: World, ana: Person, agent: Person) -> None:
    assert "Vous ne parlez pas au nom de" in ana.page(f"{ASK}&acteur=lycee")
    ana.post(f"{ASK}&acteur=lycee", 403, message=WHY, key="a" * 16)
    assert agent.ask("kayes", "lycee")  # staff ask for anybody
    assert "Club des ports" in agent.page(f"{ASK}&acteur=Club des ports")  # by name


def test_a_member_of_nobody_is_told_so(world: World) -> None:
    alone = world.enter("alone")
    assert "rattaché à aucun autre acteur" in alone.page(ASK)
    assert "rattaché à aucun acteur" in alone.page("/mises-en-relation")


def test_a_request_does_not_exist_for_whoever_has_no_part_in_it(
    world: World, ana: Person, bob: Person
) -> None:
    address = ana.ask()
    eve = world.enter("eve", Role.MEMBER, "club")
    eve.page(address, 404)
    for act in ("accepter", "decliner", "retirer", "presenter", "lien", "cacher", "n'importe"):
        eve.do(address, act, 404)
    assert "Les amis de Kayes" not in eve.page("/mises-en-relation")
    assert eve.client.get("/mises-en-relation/toutes").status_code == 403
    ana.do(address.rsplit("/", 1)[0] + "/intro-forged", "retirer", 404)
    assert "En attente de réponse" in bob.page(address)


@pytest.mark.parametrize(
    "act", ["accepter", "decliner", "presenter", "transmettre", "confier", "lien", "plus-tard"]
)
def test_the_asker_does_not_answer_in_the_place_of_the_other(world: World, ana: Person, act: str) -> None:
    address = ana.ask()
    assert "Ce n'est pas possible" in ana.do(address, act, 409, nature="partnership")
    assert "En attente de réponse" in ana.page(address)


def test_staff_never_accept_for_others_and_never_see_contacts(
    world: World, ana: Person, bob: Person, agent: Person
) -> None:
    address = ana.ask(contact="Ana, au bureau")
    agent.do(address, "accepter", 409)
    bob.do(address, "accepter", contact="Bob, le soir")
    page = agent.page(address)
    assert "Ana, au bureau" not in page
    assert "Bob, le soir" not in page
    assert "ville.example" not in page
    assert "Bob, le soir" in ana.page(address)


def test_no_page_of_the_site_shows_a_contact_or_a_message_but_that_of_the_two(
    world: World, ana: Person, bob: Person, agent: Person
) -> None:
    address = ana.ask(contact="canari-contact-ana")
    bob.do(address, "accepter", contact="canari-contact-bob")
    bob.do(address, "lien", nature="partnership")
    readers = [
        world.visitor(),
        world.enter("eve", Role.MEMBER, "club"),
        agent,
        world.enter("co", Role.COORDINATOR),
    ]
    paths = [
        "/",
        "/acteurs/amis",
        "/acteurs/kayes",
        "/annonces",
        "/carte",
        "/evolution",
        "/api/v1/actors/amis",
    ]
    paths += ["/carte/donnees.json", "/mises-en-relation", "/mises-en-relation/toutes"]
    for reader in readers:
        for path in paths:
            raw = reader.client.get(path).get_data(as_text=True)
            assert "canari" not in raw, path
            assert "maraîchage et cherchons" not in raw, path
    for stored in world.store.everything():
        assert "canari" not in repr(stored)


def test_a_form_without_its_token_is_refused(world: World, ana: Person) -> None:
    address = ana.ask()
    assert ana.client.post(address, data={"geste": "retirer"}).status_code == 400
    assert "En attente" in ana.page(address)


HOSTILE = (
    "<script>alert(1)</script> " * 2,
    "{{ 7 * 7 }} %(name)s {0} ' OR 1=1 --",
    "\u202eÀ l'envers, et puis 中文 et 🌍",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_words(world: World, ana: Person, bob: Person, words: str) -> None:
    address = ana.ask(message=words, contact="<b>ana</b>")
    bob.do(address, "accepter", contact="bob")
    for reader in (ana, bob):
        raw = reader.client.get(address).get_data(as_text=True)
        assert words.strip() in unescape(raw)
        assert "<script>alert" not in raw
        assert "<b>ana" not in raw


def test_what_no_database_can_keep_is_refused_in_one_sentence(world: World, ana: Person) -> None:
    page = ana.post(f"{ASK}&acteur=amis", 422, message="\x00 nul au milieu du message", key="n" * 16)
    assert "caractère interdit" in page
