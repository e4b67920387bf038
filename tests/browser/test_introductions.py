"""The association's journey to its end, by keyboard alone: a need, proposals, a request, a yes, a link."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graphsvc.domain.links import LinkKind
from graphsvc.domain.records import RecordKind
from graphsvc.stores.sqlite import SqliteStore
from people.accounts import redeem, sign_in_link
from people.membership import set_actors
from people.roles import Role
from tests.browser.by_keyboard import open_by, tab_to, write
from tests.browser.served_site import Site
from tests.browser.window import Window, Windows


@pytest.fixture
def own_home(seeded_home: Path, tmp_path: Path) -> Path:
    """A graph of its own, which the journey may change."""
    home = tmp_path / "own"
    home.mkdir()
    shutil.copy(seeded_home / "graph.db", home / "graph.db")
    return home


def _enter(served: Site, opened: Window, home: Path, name: str, actor: str) -> Page:
    """A member of this actor, signed in by the keyboard."""
    address = f"{name}@asso.example"
    account = redeem(served.private, sign_in_link(served.private, address, create_role=Role.MEMBER)).account
    with SqliteStore(home / "graph.db") as store:
        set_actors(served.private, account.id, store.info().store_id, [actor], by="tests")
    page = opened.go(f"/connexion/{sign_in_link(served.private, address)}")
    open_by(page, "Me connecter")
    return page


def test_a_need_becomes_a_cooperation(
    serve_anew: Callable[..., Site],
    own_home: Path,
    windows_on: Callable[[Site], Windows],
    pictures: Path,
) -> None:
    served = serve_anew(own_home)
    windows = windows_on(served)
    asking, answering = windows(1440, 900), windows(390, 844)
    page = _enter(served, asking, own_home, "claire", "amis-de-kayes")
    other = _enter(served, answering, own_home, "moussa", "cdane")

    open_by(page, "^Annonces")
    open_by(page, "Publier une annonce")
    tab_to(page, "proposez|cherchez")
    page.keyboard.press("ArrowDown")
    tab_to(page, "De quoi s'agit-il")
    page.keyboard.type("comp")
    write(page, "^Titre", "Un conseil en assainissement à Kayes")
    write(page, "^Description", "Qui a déjà mené un chantier d'assainissement là-bas ?")
    write(page, "^Thème 1", "Assainissement et drainage")
    page.keyboard.press("Escape")
    write(page, "^Territoire 1", "Région de Kayes")
    page.keyboard.press("Escape")
    open_by(page, "^Publier")
    expect(page.locator(".proposals > li").first).to_be_visible()

    open_by(page, "Demander une mise en relation : Coopération-Développement")
    assert "Un conseil en assainissement" in page.get_by_label("Votre message").input_value()
    asking.picture(pictures / "mise-en-relation-1-1440.png")
    open_by(page, "^Envoyer la demande")
    expect(page.locator(".next-step.now")).to_contain_text("Réponse attendue avant le")
    request = page.url

    open_by(other, "^Partenaires")
    open_by(other, "vous attend")
    open_by(other, "Les Amis de Kayes")
    expect(other.locator("main")).not_to_contain_text("claire@asso.example")
    write(other, "^Comment vous joindre", "Moussa, le soir")
    answering.picture(pictures / "mise-en-relation-2-390.png")
    open_by(other, "^Accepter")
    expect(other.locator(".contacts")).to_contain_text("claire@asso.example")

    page.goto(request)
    expect(page.locator(".contacts")).to_contain_text("Moussa, le soir")
    tab_to(page, "^Nous coopérons désormais")
    page.keyboard.press("Enter")
    asking.picture(pictures / "mise-en-relation-3-1440.png")
    open_by(page, "^Enregistrer la coopération")
    expect(page.locator(".flashes")).to_contain_text("elle fait partie du réseau")
    with SqliteStore(own_home / "graph.db") as store:
        pairs = [
            {stored.record.actor_a, stored.record.actor_b}
            for stored in store.records(RecordKind.LINK)
            if stored.record.kind is LinkKind.PARTNERSHIP
        ]
    assert {"amis-de-kayes", "cdane"} in pairs
