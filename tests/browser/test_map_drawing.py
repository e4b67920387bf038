"""The drawing itself, in a real browser: what is picked, folded, proposed and kept in the address."""

import re
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served_site import Site
from tests.browser.window import Window, Windows, wait_until_drawn
from tests.web.map_columns import read_columns

_PICTURE = "() => document.querySelector('#map canvas').toDataURL()"


def drawn(opened: Window, path: str = "/carte") -> Page:
    page = opened.go(path)
    wait_until_drawn(page)
    expect(page).to_have_url(re.compile("vue="))
    return page


def columns(site: Site, query: str = "") -> dict[str, Any]:
    with urllib.request.urlopen(f"{site.address}/carte/colonnes{query}", timeout=60) as answer:
        return read_columns(answer.read())


def on_screen(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a point of the map is in the window, by the view the address tells."""
    view = re.search(r"vue=([-\d.]+)(?:%2C|,)([-\d.]+)(?:%2C|,)([-\d.]+)", page.url)
    box = page.locator("#map").bounding_box()
    assert view is not None
    assert box is not None
    mx, my, scale = (float(part) for part in view.groups())
    return box["x"] + (x - mx) * scale + box["width"] / 2, box["y"] + (y - my) * scale + box["height"] / 2


def test_the_actor_under_the_pointer_is_picked_after_a_pan_and_a_zoom(window: Windows, site: Site) -> None:
    page = drawn(window())
    data = columns(site)
    best = max(range(len(data["ids"])), key=lambda i: data["partners"][i])
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 400, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 460, box["y"] + 330, steps=5)
    page.mouse.up()
    at = on_screen_settled(page, data["x"][best], data["y"][best])
    page.mouse.move(*at)
    page.mouse.wheel(0, -200)
    at = on_screen_settled(page, data["x"][best], data["y"][best])
    page.mouse.click(*at)
    expect(page.locator("#map-panel").get_by_role("heading", level=2)).to_have_text(data["names"][best])
    expect(page.locator("#map-live")).to_contain_text(data["names"][best])


def on_screen_settled(page: Page, x: float, y: float) -> tuple[float, float]:
    page.wait_for_timeout(400)  # the address follows the view a moment later
    return on_screen(page, x, y)


def test_groups_fold_into_bubbles_that_open_with_a_click_and_the_address_keeps_it(
    window: Windows, site: Site
) -> None:
    page = drawn(window(), "/carte?grouper=theme")
    before = page.evaluate(_PICTURE)
    page.get_by_role("button", name="Replier les groupes").click()
    expect(page.locator("#map-live")).to_contain_text("chacun en une bulle")
    expect(page).to_have_url(re.compile("groupes=replies"))
    page.wait_for_timeout(300)
    assert page.evaluate(_PICTURE) != before
    disc = max(columns(site, "?grouper=theme")["discs"], key=lambda d: d["count"])
    page.mouse.click(*on_screen(page, disc["x"], disc["y"]))
    expect(page.locator("#map-live")).to_contain_text("la bulle est ouverte")
    expect(page).to_have_url(re.compile("ouvert="))
    address = page.url
    page.reload()
    wait_until_drawn(page)
    page.wait_for_timeout(400)
    assert page.url == address


def test_the_drawing_finds_the_path_the_page_tells(window: Windows) -> None:
    page = drawn(window(), "/carte?de=departement-essonne&vers=region-kayes")
    names = page.locator(".map-steps a").all_inner_texts()
    assert len(names) >= 2
    told = page.locator("#map-live")
    expect(told).to_contain_text(names[0])
    for name in names[1:-1]:
        expect(told).to_contain_text(name)
    page.locator("#map").focus()
    for name in names:
        page.keyboard.press("n")
        expect(page.locator("#map-panel").get_by_role("heading", level=2)).to_have_text(name)


def test_proposed_links_are_drawn_on_demand(window: Windows) -> None:
    page = drawn(window(), "/carte#choix=departement-essonne")
    button = page.get_by_role("button", name="Tracer ces liens en tirets")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(page.get_by_role("button", name="Tracer ces liens en tirets")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page).to_have_url(re.compile("proposes=1"))


def test_the_slider_shows_the_network_of_a_year(window: Windows) -> None:
    page = drawn(window())
    everything = page.locator("#map-count").inner_text()
    slider = page.get_by_label("Le réseau en")
    slider.focus()
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile(r"annee=\d{4}"))
    expect(page.locator("#map-count")).not_to_have_text(everything)
    page.keyboard.press("End")
    expect(page).not_to_have_url(re.compile("annee="))
    expect(page.locator("#map-count")).to_have_text(everything)


@pytest.mark.parametrize(
    ("hash_", "sentence"),
    [
        ("vue=1,2", "voici toute la carte"),
        ("vue=a,b,c", "voici toute la carte"),
        ("vue=1e99,0,1", "voici toute la carte"),
        ("choix=%3Cimg src=x onerror=alert(1)%3E", "n'est pas sur cette carte"),
        ("replie=nulle-part", "n'est plus sur cette carte"),
        ("groupes=%F0%9F%92%A5", "n'est plus sur cette carte"),
    ],
)
def test_a_tampered_address_gives_the_whole_map_and_says_so(
    window: Windows, hash_: str, sentence: str
) -> None:
    page = drawn(window(), f"/carte#{hash_}")
    expect(page.locator("#map-notice")).to_contain_text(sentence)


def test_two_fingers_zoom(window: Windows) -> None:
    page = drawn(window(390, 844))
    scale = re.search(r"vue=.*?([\d.]+)(?:&|$)", page.url)
    assert scale is not None
    box = page.locator("#map").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    client = page.context.new_cdp_session(page)
    for spread, kind in ((40, "touchStart"), (60, "touchMove"), (90, "touchMove"), (120, "touchMove")):
        points = [{"x": x - spread, "y": y, "id": 0}, {"x": x + spread, "y": y, "id": 1}]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(400)
    after = re.search(r"vue=.*?([\d.]+)(?:&|$)", page.url)
    assert after is not None
    assert float(after.group(1)) > 1.5 * float(scale.group(1))


def test_changed_data_are_offered_and_nothing_is_lost(window: Windows) -> None:
    opened = window()
    opened.page.route("**/carte/revision.json", lambda route: route.fulfill(json={"revision": 10**9}))
    page = drawn(opened, "/carte?type=commune#choix=commune-91377")
    chosen = page.locator("#map-panel").get_by_role("heading", level=2)
    expect(chosen).to_have_text("Massy")
    page.evaluate("() => { document.dispatchEvent(new Event('visibilitychange')); }")
    notice = page.locator("#map-notice")
    expect(notice).to_contain_text("Les données ont changé")
    notice.get_by_role("button", name="Mettre la carte à jour").click()
    expect(notice).not_to_contain_text("Les données ont changé")
    wait_until_drawn(page)
    expect(chosen).to_have_text("Massy")
    expect(page).to_have_url(re.compile("type=commune.*choix=commune-91377"))


def test_a_map_of_nobody_says_so_on_the_stage(window: Windows) -> None:
    page = drawn(window(), "/carte?siege=91228&type=partner_territory")
    expect(page.locator("#map-nobody")).to_have_text("Aucun acteur ne répond à ces filtres.")
    expect(page.locator("#map-nobody")).to_be_visible()
    page.locator("#map-legend input[value=partner_territory]").uncheck()
    expect(page.locator("#map-nobody")).to_be_hidden()
