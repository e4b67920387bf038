"""The map on a small screen, or at 200 %: it comes first, its filters wait behind their title."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.window import Windows, wait_until_drawn


@pytest.mark.parametrize(("width", "height"), [(390, 844), (720, 450)])
def test_filters_are_folded_and_open_with_a_key(window: Windows, width: int, height: int) -> None:
    opened = window()
    opened.resize(width, height)
    page = opened.go("/carte")
    wait_until_drawn(page)
    theme = page.locator('select[name="theme"]')
    expect(theme).to_be_hidden()
    expect(page.locator("#map-find")).to_be_visible()
    title = page.locator(".map-fold > summary")
    title.focus()
    page.keyboard.press("Enter")
    expect(theme).to_be_visible()
    theme.select_option("education")
    expect(page).to_have_url(re.compile("theme=education"))
    assert opened.width_beyond_the_window() == 0


def test_a_filter_in_use_is_not_hidden(window: Windows) -> None:
    opened = window()
    opened.resize(390, 844)
    page = opened.go("/carte?theme=education")
    expect(page.locator('select[name="theme"]')).to_be_visible()
    expect(page.get_by_role("link", name="Tout afficher")).to_be_visible()


def test_on_a_large_screen_nothing_is_folded(window: Windows) -> None:
    page = window().go("/carte")
    expect(page.locator('select[name="theme"]')).to_be_visible()
    expect(page.locator(".map-fold > summary")).to_be_hidden()


def test_a_year_says_how_undated_relations_are_counted(window: Windows) -> None:
    page = window().go("/carte?annee=2012")
    told = page.locator("#map-year")
    expect(told).to_contain_text(re.compile(r"En 2012, \d+ des relations montrées n'ont pas de début connu"))
    page.goto(page.url.replace("?annee=2012", ""))
    expect(told).to_contain_text("dont le début n'est pas connu")


@pytest.mark.parametrize("path", ["/", "/carte", "/acteurs", "/acteurs/amis-de-kayes", "/acteurs-isoles"])
@pytest.mark.parametrize("width", [320, 720])
def test_nothing_is_wider_than_a_narrow_window(window: Windows, path: str, width: int) -> None:
    opened = window()
    opened.resize(width, 800)
    opened.go(path)
    assert opened.width_beyond_the_window() == 0
