"""Everything with the keyboard alone, and what is said to those who do not see the drawing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.window import Windows, wait_until_drawn

HERE = "() => document.activeElement.id || document.activeElement.name || document.activeElement.tagName"


def focus_by_tabs(page: Page, wanted: str, most: int = 60) -> list[str]:
    """Press Tab until the element of this id has the focus: what was met on the way."""
    met: list[str] = []
    while len(met) < most:
        page.keyboard.press("Tab")
        met.append(page.evaluate(HERE))
        if met[-1] == wanted:
            return met
    raise AssertionError(f"{wanted} is not reached in {most} tabs: {met}")


@pytest.mark.parametrize("path", ["/", "/acteurs", "/carte"])
def test_the_first_tab_offers_to_skip_to_the_content(window: Windows, path: str) -> None:
    page = window().go(path)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Aller au contenu")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_tabs_meet_the_filters_then_the_map_then_its_zoom(window: Windows) -> None:
    page = window().go("/carte")
    wait_until_drawn(page)
    met = focus_by_tabs(page, "map")
    in_order = [met.index(name) for name in ("map-find", "theme", "siege", "annee", "map")]
    assert in_order == sorted(in_order)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Zoomer", exact=True)).to_be_focused()


def test_the_map_is_walked_from_neighbour_to_neighbour_and_opens_a_record(window: Windows) -> None:
    page = window().go("/carte")
    wait_until_drawn(page)
    page.locator("#map-find").fill("departement de l'essonne")
    page.keyboard.press("Enter")
    told = page.locator("#map-live")
    expect(told).to_contain_text("Département de l'Essonne")
    page.locator("#map").focus()
    page.keyboard.press("n")
    expect(told).to_have_text(re.compile(r", (une relation|\d+ relations) sur cette carte\. 1 sur \d+\."))
    first = told.inner_text()
    page.keyboard.press("n")
    expect(told).to_contain_text(re.compile(r"2 sur \d+"))
    page.keyboard.press("p")
    expect(told).to_have_text(first)
    heading = page.locator("#map-panel").get_by_role("heading", level=2)
    expect(heading).to_have_text(first.split(",")[0])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(first.split(",")[0])


def test_arrows_and_signs_move_the_map_and_escape_lets_go(window: Windows) -> None:
    page = window().go("/carte")
    wait_until_drawn(page)
    page.locator("#map").focus()
    page.keyboard.press("n")
    panel = page.locator("#map-panel")
    expect(panel).to_be_visible()
    for key in ("ArrowLeft", "ArrowUp", "+"):
        view = re.search(r"vue=([^&]*)", page.url)
        page.keyboard.press(key)
        page.wait_for_function(
            "(old) => !location.hash.includes(old)", arg=(view and view.group(1)) or "none"
        )
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page).not_to_have_url(re.compile("choix="))
    expect(page.locator("#map")).to_be_focused()


def test_a_new_filter_is_said(window: Windows) -> None:
    page = window().go("/carte")
    wait_until_drawn(page)
    page.get_by_label("Confirmés depuis moins de dix ans").focus()
    page.keyboard.press("Space")
    expect(page.locator("#map-live")).to_have_text(re.compile(r"\d+ acteurs? · \d+ relations?|Aucun"))
