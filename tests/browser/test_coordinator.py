"""The first coordinator comes in by the link of the terminal; only then are isolated actors named."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from people.accounts import first_coordinator_link
from tests.browser.served_site import Site
from tests.browser.window import Windows

NAMED = "ol.work > li"


def test_the_first_link_makes_the_account_that_sees_the_isolated_actors_by_name(
    serve_anew: Callable[[], Site], windows_on: Callable[[Site], Windows]
) -> None:
    site = serve_anew()
    window = windows_on(site)()
    link = f"/connexion/{first_coordinator_link(site.private)}"
    page = window.go(link)
    page.get_by_label("Votre adresse électronique").fill("coordination@essonne.example")
    page.get_by_role("button", name="Créer le compte et me connecter").click()
    expect(page.get_by_text("Vous êtes connecté.")).to_be_visible()
    first = page.locator(NAMED).first
    name = first.get_by_role("link").first.inner_text()
    expect(first.locator("p").nth(1)).not_to_be_empty()
    first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)

    page.get_by_role("link", name="Mon compte").click()
    page.get_by_role("button", name="Me déconnecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Connexion")
    window.go("/acteurs-isoles")
    expect(page.locator(NAMED)).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text(name)
    window.go("/mon-compte", 401)
    window.go(link, 410)  # it served once


def test_an_address_that_is_none_is_refused_beside_its_field_and_kept(
    serve_anew: Callable[[], Site], windows_on: Callable[[Site], Windows]
) -> None:
    site = serve_anew()
    window = windows_on(site)()
    page = window.go(f"/connexion/{first_coordinator_link(site.private)}")
    page.get_by_label("Votre adresse électronique").fill("a@b")
    window.expect_refusal(422)
    page.get_by_role("button", name="Créer le compte").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Votre adresse électronique")).to_have_value("a@b")
    expect(page.get_by_label("Votre adresse électronique")).to_have_attribute("aria-invalid", "true")


def test_the_public_sees_how_many_stand_apart_and_no_name(window: Windows) -> None:
    page = window().go("/acteurs-isoles")
    expect(page.locator("main")).to_contain_text("méritent attention")
    expect(page.locator("ul.states strong").first).to_have_text(re.compile(r"^[1-9]\d*$"))
    expect(page.locator(NAMED)).to_have_count(0)
    expect(page.locator("main a[href^='/acteurs/']")).to_have_count(0)
    expect(page.get_by_role("main").get_by_role("link", name="Se connecter")).to_be_visible()
