"""The geographic maps in a real browser: zoom, walk, tell, choose a part of the world, without script too."""

import re

from playwright.sync_api import Page, expect

from tests.browser.window import Windows

HERE = "/carte/territoire"


def seen(page: Page, stage: str) -> list[float]:
    """Left, top, width, height of what is seen of a drawing."""
    return [
        float(n)
        for n in (page.locator(f".geo-{stage} svg[data-whole]").get_attribute("viewBox") or "").split()
    ]


def test_the_keyboard_zooms_walks_and_opens(window: Windows) -> None:
    opened = window()
    page = opened.go(HERE)
    stage = page.locator(".geo-home .geo-drawing")
    stage.focus()
    whole = seen(page, "home")
    page.keyboard.press("+")
    near = seen(page, "home")
    assert near[2] < whole[2]
    page.keyboard.press("ArrowRight")
    assert seen(page, "home")[0] > near[0]
    page.keyboard.press("Escape")
    assert seen(page, "home") == whole
    page.keyboard.press("n")
    first = page.locator("#geo-live").inner_text()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == first
    page.keyboard.press("n")
    assert page.locator("#geo-live").inner_text() != first
    page.keyboard.press("p")
    assert page.locator("#geo-live").inner_text() == first
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(territoires|acteurs)/"))
    opened.expect_nothing_wrong()


def test_what_the_mouse_is_on_is_told_and_its_arc_lit(window: Windows) -> None:
    page = window().go(f"{HERE}?cadre=afrique&symboles=aucun")
    kayes = page.locator('.geo-world a.marker[aria-label^="Kayes"]')
    kayes.dispatch_event("pointerover")
    expect(page.locator(".geo-world .geo-tip")).to_contain_text("Kayes (Mali)")
    expect(page.locator(".geo-world .arc.lit")).to_have_count(1)


def test_buttons_and_parts_of_the_world(window: Windows) -> None:
    page = window().go(HERE)
    whole = seen(page, "world")
    page.get_by_role("link", name=re.compile("^Europe")).click()
    assert seen(page, "world")[2] < whole[2]
    assert "cadre=europe" in page.url
    page.reload()
    europe = seen(page, "world")
    assert europe[2] < whole[2]
    page.locator(".geo-world [data-zoom=in]").click()
    assert seen(page, "world")[2] < europe[2]
    page.locator(".geo-world [data-zoom=fit]").click()
    assert seen(page, "world") == europe


def test_dragging_moves_and_does_not_open(window: Windows) -> None:
    page = window().go(HERE)
    box = page.locator(".geo-home .geo-drawing").bounding_box()
    assert box is not None
    before = seen(page, "home")
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 80, middle[1] + 40, steps=4)
    page.mouse.up()
    assert seen(page, "home")[0] < before[0]
    assert page.url.endswith(HERE)


def test_the_page_scrolls_over_a_map_nobody_entered(window: Windows) -> None:
    page = window().go(HERE)
    before = seen(page, "home")
    page.locator(".geo-home .geo-drawing").hover()
    page.mouse.wheel(0, 300)
    page.wait_for_function("scrollY > 0")
    assert seen(page, "home") == before


def test_more_names_are_written_from_nearer_and_symbols_keep_their_size(window: Windows) -> None:
    page = window().go(HERE)
    names = page.locator(".geo-home .names > g:visible")
    symbol = page.locator(".geo-home a.actor use").first
    few, size = names.count(), symbol.bounding_box()
    for _ in range(4):
        page.locator(".geo-home [data-zoom=in]").click()
    assert names.count() > few
    nearer = symbol.bounding_box()
    assert size is not None
    assert nearer is not None
    assert abs(nearer["width"] - size["width"]) < 1.5


def test_without_script_the_maps_are_whole_and_filters_work(window: Windows) -> None:
    page = window(script=False).go(f"{HERE}?mesure=themes")
    expect(page.locator(".geo-home svg[data-whole] a.area")).to_have_count(194)
    expect(page.locator(".geo-home .geo-zoom")).to_be_hidden()
    page.get_by_role("link", name=re.compile("^Afrique")).click()
    assert "cadre=afrique" in page.url
    assert "mesure=themes" in page.url
    page.locator("select[name=theme]").select_option("water-sanitation")
    page.get_by_role("button", name="Appliquer").click()
    assert "theme=water-sanitation" in page.url


def test_the_actor_chosen_on_one_map_is_the_one_of_the_other(window: Windows) -> None:
    page = window().go("/carte?acteur=amis-de-kayes")
    page.get_by_role("link", name="Les mêmes acteurs sur la carte du territoire").click()
    expect(page.locator("h1")).to_contain_text("Les Amis de Kayes")
    page.get_by_role("link", name="carte du réseau").click()
    expect(page.locator("h1")).to_contain_text("Les Amis de Kayes")


def test_printed_the_maps_are_there_and_the_controls_are_not(window: Windows) -> None:
    page = window(794, 1100).go(HERE)
    page.emulate_media(media="print")
    expect(page.locator(".geo-home svg[data-whole]")).to_be_visible()
    expect(page.locator(".geo-filters")).to_be_hidden()
    expect(page.locator(".geo-home .geo-zoom")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")
