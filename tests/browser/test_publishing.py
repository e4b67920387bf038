"""A member publishes on a telephone without script, is helped where it went wrong, and takes it back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graphsvc.stores.sqlite import SqliteStore
from people.accounts import redeem, sign_in_link
from people.membership import set_actors
from people.roles import Role
from tests.browser.served_site import Site
from tests.browser.window import Window, Windows

ADDRESS = "membre@amis.example"


@pytest.fixture
def amis(
    serve_anew: Callable[..., Site], seeded_home: Path, tmp_path: Path, windows_on: Callable[[Site], Windows]
) -> Callable[..., Window]:
    """A window in which a member who speaks for Les Amis de Kayes has signed in, on a graph of its own."""
    home = tmp_path / "own"
    home.mkdir()
    shutil.copy(seeded_home / "graph.db", home / "graph.db")
    site = serve_anew(home)
    entered = redeem(site.private, sign_in_link(site.private, ADDRESS, create_role=Role.MEMBER))
    with SqliteStore(home / "graph.db") as store:
        set_actors(site.private, entered.account.id, store.info().store_id, ["amis-de-kayes"], by="tests")

    def enter(width: int, height: int, *, script: bool) -> Window:
        opened = windows_on(site)(width, height, script=script)
        opened.go(f"/connexion/{sign_in_link(site.private, ADDRESS)}")
        opened.page.get_by_role("button", name="Me connecter").click()
        opened.page.get_by_role("link", name="Mon compte").first.wait_for()
        return opened

    return enter


def test_published_from_a_telephone_without_script_and_taken_back(amis: Callable[..., Window]) -> None:
    window = amis(390, 844, script=False)
    page = window.go("/annonces")
    page.get_by_role("link", name="Publier une annonce").click()
    page.get_by_label("cherchez quelque chose").check()
    page.get_by_label("De quoi s'agit-il").select_option("shared_mission")
    page.get_by_label("Titre").fill("Qui part à Kayes au printemps ?")
    page.get_by_label("Description").fill("Suivre un chantier. Appelez le 06 12 34 56 78.")
    page.get_by_label("Thème 1").fill("eau potabl")
    expect(page.get_by_label("Thème 2")).to_be_visible()  # the next box comes when the one before is filled
    expect(page.get_by_label("Thème 3")).to_be_hidden()
    page.get_by_label("Territoire 1").fill("Région de Kayes")
    window.expect_refusal(422)
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("alert")).to_contain_text("2 champs sont à corriger")
    expect(page.get_by_label("Titre")).to_have_value("Qui part à Kayes au printemps ?")
    page.get_by_label("Description").fill("Suivre un chantier.")
    page.get_by_label("Eau potable", exact=True).check()
    page.get_by_role("button", name="Publier").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Qui part à Kayes au printemps ?")
    expect(page.locator("main").get_by_role("status")).to_contain_text("L'annonce trouve déjà 10 acteurs")
    page.get_by_role("link", name="Voir qui, et pourquoi").click()
    expect(page.locator(".proposals > li")).to_have_count(10)
    assert window.width_beyond_the_window() == 0
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator("main").get_by_role("status").first).to_contain_text("C'est annulé")
    expect(page.get_by_role("link", name="Qui part à Kayes")).to_have_count(0)


def test_a_collective_need_is_taken_up_then_closed(amis: Callable[..., Window], pictures: Path) -> None:
    window = amis(1440, 900, script=True)
    page = window.go("/annonces/besoin-visas")
    page.get_by_role("button", name="C'est aussi notre besoin").click()
    expect(page.locator("main").get_by_role("status")).to_contain_text("Ce besoin est aussi le vôtre")
    window.picture(pictures / "annonce-reprise-1440.png")
    page.locator("summary", has_text="Clore").click()
    page.get_by_label("Réponse trouvée dans le réseau").check()
    page.get_by_role("button", name="Clore l'annonce").click()
    expect(page.locator("main").get_by_role("status")).to_contain_text("L'annonce est close")
    expect(page.locator("main")).to_contain_text("Réponse trouvée dans le réseau")
    assert window.findings_of_axe() == []


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.name"))


def _tab_to(page: Page, wanted: str, most: int = 60) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if _focused(page) == wanted:
            return
    raise AssertionError(f"{wanted} is not reached in {most} tabs")


def test_a_need_is_published_with_the_keyboard_alone(amis: Callable[..., Window]) -> None:
    page = amis(1440, 900, script=True).go("/publier/annonce?sens=need")
    _tab_to(page, "nature")
    page.keyboard.type("Transport")
    page.keyboard.press("Tab")
    assert _focused(page) == "title"
    page.keyboard.type("Une place dans un conteneur")
    page.keyboard.press("Enter")  # the first button of a form is what Enter presses
    expect(page.get_by_role("heading", level=1)).to_have_text("Une place dans un conteneur")
