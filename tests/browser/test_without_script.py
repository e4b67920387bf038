"""Without JavaScript, the same content: lists, records, and the map as sentences and as a table."""

import re

from playwright.sync_api import expect

from tests.browser.window import Windows


def test_one_searches_filters_and_reads_a_record_without_script(window: Windows) -> None:
    page = window(script=False).go("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_label("Chercher un acteur").fill("kayess")
    page.get_by_role("button", name="Chercher").click()
    page.locator(".actor-list").get_by_role("link", name="Région de Kayes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Région de Kayes")
    expect(page.locator(".ego svg").first).to_be_visible()
    expect(page.locator("ul.lines li").first).to_be_visible()
    expect(page.get_by_role("heading", name="Qui rencontrer ?")).to_be_visible()


def test_the_map_is_told_tabled_and_filtered_without_script(window: Windows) -> None:
    page = window(script=False).go("/carte?type=association")
    expect(page.locator("#map-told")).to_contain_text("La carte montre")
    expect(page.locator("noscript p")).to_be_visible()
    drawn = page.locator("img.map-still")
    expect(drawn).to_be_visible()
    asked = page.request.get(drawn.evaluate("(one) => one.src"))
    assert asked.headers["content-type"].startswith("image/svg+xml")
    assert "associations." in asked.text()  # the filters, in words
    expect(page.locator("#map-find")).to_be_hidden()
    expect(page.locator("#map-wait")).to_be_hidden()
    before = page.locator("#map-table tbody tr").count()
    page.get_by_role("checkbox", name="Communes").check()
    page.get_by_role("button", name="Appliquer").click()
    expect(page).to_have_url(re.compile("type=association.*type=commune|type=commune.*type=association"))
    assert page.locator("#map-table tbody tr").count() > before > 0


def test_the_tour_and_the_exports_need_no_script(window: Windows) -> None:
    page = window(script=False).go("/visite")
    first = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Suivante").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(first)
    page.get_by_role("link", name="Précédente").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    page.get_by_role("link", name="Ouvrir cette carte").click()
    page.locator("#map-export summary").click()
    with page.expect_download() as kept:
        page.get_by_role("link", name="SVG").click()
    assert kept.value.suggested_filename == "carte.svg"
