"""From a half-remembered name to the map of its surroundings, as a member of staff goes."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.window import Windows, wait_until_drawn

FIRST_COLUMN = "els => els.map(e => new URL(e.href).pathname.split('/').at(-1))"


def actors_in_the_table(page: Page) -> list[str]:
    found: list[str] = page.locator("#map-table tbody th a").evaluate_all(FIRST_COLUMN)
    return found


def actors_in_the_drawing(page: Page) -> list[str]:
    """Those of the document that the map asks for, under the filters of the present address."""
    ask = "async () => (await fetch('/carte.json' + location.search)).json()"
    document: dict[str, Any] = page.evaluate(ask)
    return [node["id"] for node in document["nodes"]]


def chosen(page: Page) -> str:
    return str(page.get_by_label("Thème").locator("option:checked").inner_text())


def test_from_a_mistyped_name_to_a_filtered_map_that_a_reload_gives_again(window: Windows) -> None:
    page = window().go("/")
    page.get_by_label("Chercher un acteur").fill("kayess")
    page.keyboard.press("Enter")
    page.locator(".actor-list").get_by_role("link", name="Région de Kayes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Région de Kayes")
    page.get_by_role("link", name="Voir son entourage sur la carte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Entourage : Région de Kayes")
    wait_until_drawn(page)
    around = actors_in_the_table(page)
    assert "region-kayes" in around
    assert sorted(around) == sorted(actors_in_the_drawing(page))

    theme = page.get_by_label("Thème")
    with page.expect_response(re.compile(r"/carte\.json\?.*theme=")):
        theme.select_option(index=theme.locator("option").count() - 1)
    expect(page).to_have_url(re.compile(r"/carte\?.*theme=[^&#]+.*acteur=region-kayes|acteur=.*theme="))
    wait_until_drawn(page)
    expect(page.locator("#map-table tbody tr")).not_to_have_count(len(around))
    kept, address = actors_in_the_table(page), page.url
    assert sorted(kept) == sorted(actors_in_the_drawing(page))

    named = chosen(page)
    page.reload()
    wait_until_drawn(page)
    assert page.url.split("#")[0] == address.split("#")[0]
    assert chosen(page) == named
    assert actors_in_the_table(page) == kept
    assert sorted(kept) == sorted(actors_in_the_drawing(page))


def test_the_table_holds_every_actor_of_the_drawing_and_is_sorted_by_its_headings(window: Windows) -> None:
    page = window().go("/carte")
    wait_until_drawn(page)
    assert sorted(actors_in_the_table(page)) == sorted(actors_in_the_drawing(page))
    page.locator("#map-table").get_by_role("link", name="Coopérations en cours").click()
    expect(page).to_have_url(re.compile("tri=liens"))
    ties = [int(text) for text in page.locator("#map-table td.num").all_inner_texts()]
    assert ties == sorted(ties, reverse=True)
    assert ties[0] > 0


def test_an_entry_of_the_legend_filters_the_drawing_the_table_and_the_address(window: Windows) -> None:
    page = window().go("/carte")
    wait_until_drawn(page)
    everyone = page.locator("#map-count").inner_text()
    page.locator("#map-legend").get_by_role("checkbox", name="Communes").check()
    expect(page).to_have_url(re.compile("type=commune"))
    expect(page.locator("#map-count")).not_to_have_text(everyone)
    wait_until_drawn(page)
    assert sorted(actors_in_the_table(page)) == sorted(actors_in_the_drawing(page))
    page.go_back()
    expect(page.locator("#map-count")).to_have_text(everyone)


def test_a_name_looked_for_on_the_map_opens_beside_it_and_stays_after_a_reload(window: Windows) -> None:
    page = window().go("/carte")
    wait_until_drawn(page)
    page.locator("#map-find").fill("palaiseau")
    page.keyboard.press("Enter")
    panel = page.locator("#map-panel").get_by_role("heading", level=2)
    expect(panel).to_have_text("Palaiseau")
    expect(page).to_have_url(re.compile("choix="))
    page.reload()
    wait_until_drawn(page)
    expect(panel).to_have_text("Palaiseau")
