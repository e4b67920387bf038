"""Every page, on a desk and in a hand, by day and by night: nothing hidden, nothing wrong or foreign."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.page_list import IN_THE_DARK, PAGES
from tests.browser.window import Window, Windows, wait_until_drawn

DESK, HAND, NARROWEST = (1440, 900), (390, 844), (320, 640)
# What axe finds on a desk it finds in a hand, except what depends on how the page is laid out.
OF_LAYOUT = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")


def show(opened: Window, name: str, sign_in: Callable[[Window], None]) -> None:
    """Open the page and wait until it is whole."""
    seen = PAGES[name]
    if seen.signed_in:
        sign_in(opened)
    page = opened.go(seen.path, seen.status)
    if seen.is_map:
        wait_until_drawn(page)
    assert seen.heading in page.locator("h1").inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_desks_and_hands_and_has_no_finding(
    window: Windows, sign_in: Callable[[Window], None], pictures: Path, name: str
) -> None:
    opened = window(*DESK)
    show(opened, name, sign_in)
    opened.picture(pictures / f"{name}-{DESK[0]}.png", whole=not PAGES[name].is_map)
    assert opened.width_beyond_the_window() == 0
    opened.resize(*HAND)
    if PAGES[name].is_map:  # it is drawn to the size it finds
        opened.page.goto("about:blank")
        wait_until_drawn(opened.go(PAGES[name].path))
    opened.picture(pictures / f"{name}-{HAND[0]}.png", whole=not PAGES[name].is_map)
    assert opened.width_beyond_the_window() == 0
    opened.resize(*NARROWEST)
    assert opened.width_beyond_the_window() == 0
    opened.resize(*HAND)
    assert opened.findings_of_axe(*OF_LAYOUT) == []
    opened.resize(*DESK)
    assert opened.findings_of_axe() == []
    opened.expect_nothing_wrong()


@pytest.mark.parametrize("name", IN_THE_DARK)
def test_a_page_keeps_its_contrast_in_the_dark(
    window: Windows, sign_in: Callable[[Window], None], pictures: Path, name: str
) -> None:
    opened = window(*DESK, dark=True)
    show(opened, name, sign_in)
    opened.picture(pictures / f"{name}-nuit.png", whole=False)
    assert opened.findings_of_axe("color-contrast") == []
    opened.expect_nothing_wrong()


def test_the_traps_notice_what_comes_from_elsewhere(window: Windows) -> None:
    opened = window()
    page = opened.go("/a-propos")
    with page.expect_console_message(lambda message: message.text.startswith("CSP img-src")):
        page.evaluate("document.body.append(Object.assign(new Image(), { src: '//elsewhere.example/a' }))")
    assert opened.complaints
    opened.complaints.clear()
    opened.outside.clear()
