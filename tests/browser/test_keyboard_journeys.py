"""The three journeys from start to end, with the keyboard alone: no pointer is ever moved."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from graphsvc.stores.sqlite import SqliteStore
from people.accounts import first_coordinator_link, redeem, sign_in_link
from people.membership import set_actors
from people.roles import Role
from tests.browser.by_keyboard import open_by, tab_to, write
from tests.browser.served_site import Site
from tests.browser.window import Windows, wait_until_drawn


@pytest.fixture
def own_site(serve_anew: Callable[..., Site], seeded_home: Path, tmp_path: Path) -> Site:
    """A site on a graph of its own, which the journey may change."""
    home = tmp_path / "own"
    home.mkdir()
    shutil.copy(seeded_home / "graph.db", home / "graph.db")
    return serve_anew(home)


def test_staff_find_an_actor_read_its_map_and_take_it_away(
    window: Windows, pictures: Path, tmp_path: Path
) -> None:
    opened = window(1440, 900)
    page = opened.go("/")
    write(page, "Chercher un acteur", "kayess")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.locator(".suggest [role=status]")).to_contain_text("suggestions")
    opened.picture(pictures / "parcours-agent-1-1440.png", whole=False)
    while page.locator(
        "[aria-selected=true]"
    ).count() == 0 or "Région de Kayes Territoire partenaire" not in (
        page.locator("[aria-selected=true]").inner_text().replace("\n", " ")
    ):
        page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Région de Kayes")
    open_by(page, "Voir son entourage sur la carte")
    wait_until_drawn(page)
    opened.picture(pictures / "parcours-agent-2-1440.png", whole=False)
    tab_to(page, r"^Thème\b")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("theme="))
    wait_until_drawn(page)
    tab_to(page, "Carte du réseau des acteurs|#map$")
    page.keyboard.press("n")
    expect(page.locator("#map-live")).not_to_be_empty()
    page.keyboard.press("Escape")
    tab_to(page, "^Exporter", back=True)
    page.keyboard.press("Enter")
    tab_to(page, "^PDF")
    opened.picture(pictures / "parcours-agent-3-1440.png", whole=False)
    with page.expect_download() as kept:
        page.keyboard.press("Enter")
    kept.value.save_as(tmp_path / "carte.pdf")
    assert (tmp_path / "carte.pdf").read_bytes()[:5] == b"%PDF-"
    assert re.search(r"theme=.*acteur=|acteur=.*theme=", kept.value.url)


def test_an_association_says_what_it_needs_reads_who_could_answer_and_closes(
    own_site: Site, seeded_home: Path, windows_on: Callable[[Site], Windows], pictures: Path
) -> None:
    private = own_site.private
    link = sign_in_link(private, "membre@amis.example", create_role=Role.MEMBER)
    account = redeem(private, link).account
    with SqliteStore(seeded_home / "graph.db") as store:
        set_actors(private, account.id, store.info().store_id, ["amis-de-kayes"], by="tests")
    opened = windows_on(own_site)(390, 844)
    page = opened.go(f"/connexion/{sign_in_link(private, 'membre@amis.example')}")
    open_by(page, "Me connecter")
    open_by(page, "^Annonces")
    open_by(page, "Publier une annonce")
    tab_to(page, "proposez|cherchez")
    page.keyboard.press("ArrowDown")  # the radio buttons of the direction: from offer to need
    expect(page.get_by_label("cherchez quelque chose")).to_be_checked()
    tab_to(page, "De quoi s'agit-il")
    page.keyboard.type("mission")
    write(page, "^Titre", "Qui part à Kayes au printemps ?")
    write(page, "^Description", "Suivre le chantier du maraîchage de nos partenaires.")
    write(page, "^Territoire 1", "Région de Kayes")
    page.keyboard.press("Escape")
    opened.picture(pictures / "parcours-association-1-390.png")
    open_by(page, "^Publier")
    expect(page.get_by_role("heading", level=1)).to_have_text("Qui part à Kayes au printemps ?")
    tab_to(page, "Voir qui, et pourquoi")
    page.keyboard.press("Enter")
    expect(page.locator(".proposals > li").first).to_be_visible()
    opened.picture(pictures / "parcours-association-2-390.png")
    tab_to(page, "^Clore")
    page.keyboard.press("Enter")
    tab_to(page, "Réponse trouvée|trouvé")
    page.keyboard.press("Space")
    open_by(page, "^Clore l'annonce")
    expect(page.locator("main").get_by_role("status").first).to_contain_text("L'annonce est close")


def test_a_coordinator_comes_in_follows_an_isolated_actor_and_plans_links(
    own_site: Site, windows_on: Callable[[Site], Windows], pictures: Path
) -> None:
    opened = windows_on(own_site)(1440, 900)
    page = opened.go(f"/connexion/{first_coordinator_link(own_site.private)}")
    write(page, "Votre adresse électronique", "coordination@essonne.example")
    open_by(page, "Créer le compte et me connecter")
    open_by(page, "^Coordination")
    opened.picture(pictures / "parcours-coordination-1-1440.png", whole=False)
    open_by(page, "^Suivre")
    write(page, "Ce qui s'est dit ou fait", "Échange utile ; souhaite rencontrer un lycée agricole.")
    open_by(page, "^Noter")
    expect(page.locator("ol.steps")).to_contain_text("Échange utile")
    opened.picture(pictures / "parcours-coordination-2-1440.png", whole=False)
    open_by(page, "^Meilleurs liens")
    opened.picture(pictures / "parcours-coordination-3-1440.png", whole=False)
    open_by(page, "^Et si")
    tab_to(page, r"^\S.* et \S.* #$")  # the first of the best links of the moment
    page.keyboard.press("Space")
    open_by(page, "^Voir les effets")
    opened.picture(pictures / "parcours-coordination-4-1440.png", whole=False)
    write(page, "^Garder cet ensemble comme plan", "Premier pas")
    open_by(page, "^Garder le plan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Premier pas")
    open_by(page, "^État du réseau")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
