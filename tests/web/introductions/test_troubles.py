"""What is said when it is too late, when somebody left, when an actor is gone, when a database is down."""

from sqlalchemy import select

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import StoreUnavailable
from graphsvc.ports import Put
from graphsvc.usecases.merge_actors import merge_actors
from people.introduction_tables import ConsentRow
from people.membership import disable, set_actors
from people.roles import Role
from tests.web.introductions.conftest import WHY, Person, World

ASK = "/mises-en-relation/demander?avec=kayes"


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
    assert "L'un des deux contacts manque" in page
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
    assert "160 caractères" in bob.do(address, "montrer", 422, contact="x" * 161)
    bob.do(address, "montrer", contact="Bob, le matin")
    assert "Bob, le matin" in ana.page(address)


def test_a_colleague_takes_the_place_of_whoever_left(world: World, ana: Person, bob: Person) -> None:
    address = ana.ask()
    bob.do(address, "accepter", contact="Bob, le soir")
    zoe = world.enter("zoe", Role.MEMBER, "kayes")
    disable(world.private, bob.account, by="tests")
    assert "Bob, le soir" not in ana.page(address)
    zoe.do(address, "montrer", contact="Zoé, au bureau")
    assert "Zoé, au bureau" in ana.page(address)
    assert "ana@ville.example" in zoe.page(address)


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


def test_a_request_taken_up_again_never_makes_a_second_open_one(
    world: World, ana: Person, bob: Person
) -> None:
    address = ana.ask()
    ana.do(address, "retirer")
    merge_actors(world.store, "kayes", "club", by="tests")
    world.seen()
    since = ana.ask("club", key="e" * 16)
    assert since != address
    assert "Une autre demande entre vous deux est ouverte" in ana.do(address, "se-raviser", 409)
    assert "En attente de réponse" not in ana.page(address)
    ana.do(since, "retirer")
    ana.do(address, "se-raviser")
    assert "En attente de réponse" in bob.page(address)


def test_a_link_stays_when_its_request_cannot_be_reopened(world: World, ana: Person, bob: Person) -> None:
    address = ana.ask()
    bob.do(address, "accepter")
    ana.do(address, "lien", nature="partnership")
    ana.ask(key="f" * 16)
    before = world.store.info().revision
    assert "Une autre demande entre vous deux est ouverte" in ana.do(address, "annuler-lien", 409)
    assert world.store.info().revision == before
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
    monkeypatch.setattr("web.views.introductions.asking.ask", down)
    for name in ("actors_reached", "find_account", "open_request"):
        monkeypatch.setattr(f"web.views.introductions.asking.{name}", down)
    page = ana.post(
        "/mises-en-relation/demander?avec=club&acteur=amis", 503, message=f"{WHY} gardé", key="p" * 16
    )
    assert "rien n'est envoyé" in page
    assert f"{WHY} gardé" in page
    monkeypatch.undo()
    assert "En attente" in bob.page(address)
