"""Who may see and do what about an introduction, and what is said when it is too late."""

import pytest
from sqlalchemy import select

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import StoreUnavailable
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.records import RecordKind
from graphsvc.ports import Put
from graphsvc.usecases.merge_actors import merge_actors
from people.introduction_tables import ConsentRow
from people.membership import disable, set_actors
from people.refusals import AskerKind, declined_by
from people.roles import Role
from tests.web.introductions.conftest import WHY, Person, World

ASK = "/mises-en-relation/demander?avec=kayes"


def links(world: World) -> list[State | None]:
    """The states of the partnerships of `amis` and `lycee` in the graph."""
    ends = {"amis", "lycee"}
    records = [stored.record for stored in world.store.records(RecordKind.LINK)]
    return [r.state for r in records if {r.actor_a, r.actor_b} == ends and r.kind is LinkKind.PARTNERSHIP]


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


def test_an_answer_that_comes_too_late_is_told_and_changes_nothing(
    world: World, ana: Person, bob: Person
) -> None:
    address = ana.ask()
    ana.do(address, "retirer")
    assert "Ce n'est pas possible : la demande est retirée" in bob.do(address, "accepter", 409)
    ana.do(address, "se-raviser")
    world.advance(31)
    assert "restée sans réponse" in bob.do(address, "accepter", 409)
    assert ana.ask(key="c" * 16) != address


def test_a_member_who_leaves_no_longer_sees_nor_is_seen(world: World, ana: Person, bob: Person) -> None:
    address, store_id = ana.ask(), world.store.info().store_id
    bob.do(address, "accepter", contact="Bob, le soir")
    set_actors(world.private, bob.account, store_id, ["club"], by="tests")
    bob.page(address, 404)
    page = ana.page(address)
    assert "Bob, le soir" not in page
    assert "n'est plus, montré" in page
    set_actors(world.private, bob.account, store_id, ["kayes"], by="tests")
    disable(world.private, ana.account, by="tests")
    assert ana.client.get(address).status_code == 401
    assert "ana@ville.example" not in bob.page(address)


def test_a_contact_is_taken_back_in_one_click(world: World, ana: Person, bob: Person) -> None:
    address = ana.ask()
    bob.do(address, "accepter", contact="Bob, le soir")
    bob.do(address, "cacher")
    assert "Bob, le soir" not in ana.page(address)
    with world.private.reading() as session:
        assert session.scalars(select(ConsentRow.account_id)).all() == [ana.account]


def test_a_request_follows_an_actor_that_was_merged(world: World, ana: Person, bob: Person) -> None:
    address = ana.ask()
    merge_actors(world.store, "kayes", "club", by="tests")
    world.seen()
    assert "Club des ports" in ana.page(address)
    bob.do(address, "accepter")
    assert "bob@ville.example" in ana.page(address)
    assert ana.ask("club", key="d" * 16) == address  # still the same pair
    bob.do(address, "lien", nature="partnership")
    assert "fait partie du réseau" in ana.page(address)


def test_nothing_goes_on_with_an_actor_that_ended(
    world: World, ana: Person, bob: Person, agent: Person
) -> None:
    address = ana.ask()
    ended = Actor("kayes", "Kayes solidarité", ActorKind.ASSOCIATION, ended=PartialDate(2025))
    world.store.apply([Put(ended)], by="tests")
    world.seen()
    for reader in (ana, bob, agent):
        assert "Cet acteur n'existe plus : Kayes solidarité" in reader.page(address)
    assert "n'existe plus" in bob.do(address, "accepter", 409)
    ana.do(address, "retirer")
    assert "n'existe plus" in ana.page(f"{ASK}&acteur=amis")
    assert "n'existe plus" in ana.post(f"{ASK}&acteur=amis", 422, message=WHY, key="e" * 16)


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


def test_accepting_needs_no_graph_and_a_link_waits_for_it(
    world: World, ana: Person, bob: Person, monkeypatch
) -> None:
    address = ana.ask()
    bob.page(address)

    def down(*_: object, **__: object) -> None:
        raise StoreUnavailable("graph", "refused")

    with monkeypatch.context() as broken:
        for name in ("info", "apply", "get", "get_many", "changes_since"):
            broken.setattr(world.store, name, down)
        bob.do(address, "accepter")
        assert "bob@ville.example" in ana.page(address)
        bob.do(address, "lien", nature="joint_action")
        assert "dès que la base du réseau répondra" in bob.page(address)


def test_while_the_private_database_is_down_one_sentence_says_so(
    world: World, ana: Person, bob: Person, monkeypatch
) -> None:
    address = ana.ask()

    def down(*_: object, **__: object) -> None:
        raise StoreUnavailable("private", "refused")

    monkeypatch.setattr("people.introduction_answers.accept", down)
    assert "rien n'est enregistré" in bob.do(address, "accepter", 503, contact="gardé")
    monkeypatch.undo()
    assert "En attente" in bob.page(address)


def test_a_form_without_its_token_is_refused(world: World, ana: Person) -> None:
    address = ana.ask()
    assert ana.client.post(address, data={"geste": "retirer"}).status_code == 400
    assert "En attente" in ana.page(address)


def test_in_english_the_pages_speak_english(world: World, ana: Person, bob: Person) -> None:
    address = ana.ask()
    bob.client.set_cookie("langue", "en")
    page = bob.page(address)
    assert "It is for you to answer" in page
    assert "Awaiting an answer" in page
