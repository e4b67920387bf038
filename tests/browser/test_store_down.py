"""The store stops while people read: pages go on, with a dated banner, and recover by themselves."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.served_site import Site
from tests.browser.window import Window, Windows, wait_until_drawn

ENTRY = "performance.getEntriesByType('navigation')[0]"
WAITED = f"{ENTRY}.responseStart - {ENTRY}.requestStart"
BANNER = "La base du réseau ne répond pas"
READ = {"/": "Voir le réseau", "/acteurs?q=kayess": "Les acteurs", "/acteurs/region-kayes": "Région de Kayes"}


def reload_until(opened: Window, *, told: bool, seconds: float) -> None:
    """Reload the home page until it says, or no longer says, that the store is down."""
    ends = time.monotonic() + seconds
    while opened.go("/").locator(".banner").count() != int(told):
        assert time.monotonic() < ends
        opened.page.wait_for_timeout(200)


def test_pages_are_served_with_a_banner_while_the_store_is_down_and_without_it_afterwards(
    serve_anew: Callable[[], Site], windows_on: Callable[[Site], Windows], pictures: Path
) -> None:
    site = serve_anew()
    opened = windows_on(site)()
    expect(opened.go("/").locator(".banner")).to_have_count(0)
    site.line.cut = True
    reload_until(opened, told=True, seconds=60)
    for path, heading in READ.items():
        page = opened.go(path)
        expect(page.locator(".banner")).to_contain_text(BANNER)
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    page = opened.go("/carte?acteur=region-kayes")
    wait_until_drawn(page)
    expect(page.locator(".banner")).to_contain_text(BANNER)
    assert opened.findings_of_axe() == []
    opened.picture(pictures / "base-arretee-1440.png", whole=False)
    site.line.cut = False
    reload_until(opened, told=False, seconds=60)


@pytest.mark.parametrize("seen_before", [True, False])
def test_a_site_started_while_the_store_is_down_shows_what_was_kept_or_says_it_has_nothing(
    serve_anew: Callable[..., Site],
    windows_on: Callable[[Site], Windows],
    site: Site,
    window: Windows,
    tmp_path: Path,
    seen_before: bool,
) -> None:
    window().go("/")  # the snapshot of the seeded home is kept from here on
    started = serve_anew(cut=True) if seen_before else serve_anew(tmp_path, cut=True)
    page = windows_on(started)().go("/", 200 if seen_before else 503)
    assert page.evaluate(WAITED) < 15_000  # milliseconds; 3,000 on a machine that does nothing else
    if seen_before:
        expect(page.locator(".banner")).to_contain_text(BANNER)
    else:
        expect(page.get_by_role("heading", level=1)).to_have_text("Données momentanément indisponibles")
        expect(page.locator("main")).to_contain_text("La base du réseau ne répond pas")
