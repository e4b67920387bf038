"""Every page, on a desk and in a hand, by day and by night: nothing hidden, nothing wrong or foreign."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.page_list import IN_THE_DARK, PAGES
from tests.browser.window import Window, Windows, wait_until_drawn

DESK, HAND = (1440, 900), (390, 844)
NARROWEST = (320, 640)  # also what a window 1280 wide becomes at a zoom of 400 %
ZOOMED_TWICE = (720, 450)  # what the desk becomes at 200 %
# What axe finds on a desk it finds in a hand, except what depends on how the page is laid out.
OF_LAYOUT = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
OF_COLOUR = ("color-contrast", "link-in-text-block")
MOVING = "document.getAnimations().filter((one) => one.playState === 'running').length"


@pytest.fixture
def show(sign_in: Callable[..., None], kept_things: dict[str, str]) -> Callable[[Window, str], None]:
    """Opens a page as whom it is for, and waits until it is whole."""

    def opened(window: Window, name: str) -> None:
        seen = PAGES[name]
        if seen.as_role is not None:
            sign_in(window, seen.as_role)
        page = window.go(seen.path.format_map(kept_things), seen.status)
        if seen.is_map:
            wait_until_drawn(page)
        assert seen.heading in page.locator("h1").inner_text()

    return opened


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_desks_and_hands_and_has_no_finding_by_day_or_night(
    window: Windows, show: Callable[[Window, str], None], pictures: Path, name: str
) -> None:
    opened = window(*DESK)
    show(opened, name)
    opened.picture(pictures / f"{name}-{DESK[0]}.png", whole=not PAGES[name].is_map)
    assert opened.width_beyond_the_window() == 0
    assert opened.page.evaluate(MOVING) == 0  # the reader asked for reduced motion
    opened.resize(*ZOOMED_TWICE)
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
    opened.page.emulate_media(color_scheme="dark")
    assert opened.findings_of_axe(*OF_COLOUR) == []
    opened.expect_nothing_wrong()


@pytest.mark.parametrize("name", IN_THE_DARK)
def test_a_page_by_night_is_kept_as_a_picture(
    window: Windows, show: Callable[[Window, str], None], pictures: Path, name: str
) -> None:
    for size in (DESK, HAND):
        opened = window(*size, dark=True)
        show(opened, name)
        opened.picture(pictures / f"{name}-nuit-{size[0]}.png", whole=False)
        opened.expect_nothing_wrong()


@pytest.mark.parametrize(
    "name", ["accueil", "acteur", "acteurs-recherche", "visite-imprimer", "fiche-territoire"]
)
def test_on_paper_only_what_is_read_remains(
    window: Windows, show: Callable[[Window, str], None], pictures: Path, name: str
) -> None:
    opened = window(*DESK)
    show(opened, name)
    opened.page.emulate_media(media="print")
    for gone in (".site-header nav", ".site-header .search", ".no-print"):
        assert not any(one.is_visible() for one in opened.page.locator(gone).all()), gone
    assert opened.page.locator("h1").is_visible()
    opened.page.pdf(path=pictures / f"{name}-papier.pdf", format="A4")


def test_the_traps_notice_what_comes_from_elsewhere(window: Windows) -> None:
    opened = window()
    page = opened.go("/a-propos")
    with page.expect_console_message(lambda message: message.text.startswith("CSP img-src")):
        page.evaluate("document.body.append(Object.assign(new Image(), { src: '//elsewhere.example/a' }))")
    assert opened.complaints
    opened.complaints.clear()
    opened.outside.clear()
