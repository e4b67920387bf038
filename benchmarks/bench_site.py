"""How heavy are the pages without a map, and how soon is something seen of home, directory and record?

In a headless Chromium without GPU, each time with an empty cache, on the seed as gunicorn serves it: nothing
is compressed on the way, so that the weights are those of a site with no reverse proxy.
"""

import os
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Request, sync_playwright

from benchmarks.bench_pages import serving
from benchmarks.measure import Budget, Figure
from benchmarks.programs import own_home

MOST_KB, SOONEST_S = 100.0, 0.5
REPEATS = 5
PAGES = {
    "home": "/",
    "directory": "/acteurs",
    "search in the directory": "/acteurs?q=kayes",
    "record": "/acteurs/departement-essonne",
    "partners": "/partenaires?demande=pool&territoire=2455518",
    "announcements": "/annonces",
    "work list": "/acteurs-isoles",
    "territory": "/territoires/ML",
    "themes": "/themes",
    "search": "/recherche?q=kayes",
    "opportunities": "/opportunites",
    "health": "/etat-du-reseau",
}
PAINTED = ("home", "directory", "record")
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def run(budget: Budget) -> list[Figure]:
    """Kilobytes of each page with all it asks for, and first contentful paint of the three most read."""
    with own_home() as env, serving(env) as address, _browser() as browser:
        for path in PAGES.values():  # the server's own caches are warm, as they are for all visitors but one
            _visit(browser, address + path)
        weights = {name: _visit(browser, address + path)[0] for name, path in PAGES.items()}
        paints = {
            name: [_visit(browser, address + PAGES[name])[1] for _ in range(budget.repeats(REPEATS))]
            for name in PAINTED
        }
    heaviest = max(weights, key=lambda name: weights[name])
    told = ", ".join(f"{name} {kb:.0f}" for name, kb in sorted(weights.items(), key=lambda w: -w[1]))
    return [
        Figure("heaviest page without a map", weights[heaviest], "kB", MOST_KB, note=told),
        *(
            Figure(
                f"first paint of {name}",
                statistics.median(taken),
                "s",
                SOONEST_S,
                note=f"median of {len(taken)}, empty cache, {weights[name]:.0f} kB",
            )
            for name, taken in paints.items()
        ),
    ]


def _visit(browser: Browser, address: str) -> tuple[float, float]:
    """(kilobytes transferred with headers, seconds to the first contentful paint) of a first visit."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
    try:
        page = context.new_page()
        asked: list[Request] = []

        def note(request: Request) -> None:  # Playwright takes no built-in method
            asked.append(request)

        page.on("requestfinished", note)
        answer = page.goto(address, wait_until="networkidle")
        if answer is None or answer.status != 200:
            raise RuntimeError(f"{address} did not answer")
        sizes = [request.sizes() for request in asked]
        weight = sum(s["responseBodySize"] + s["responseHeadersSize"] for s in sizes) / 1000
        painted = page.evaluate(_PAINT)
        if painted is None:
            raise RuntimeError(f"{address} painted nothing")
        return weight, float(painted) / 1000
    finally:
        context.close()


@contextmanager
def _browser() -> Iterator[Browser]:
    names = (os.environ.get("MAILLAGE_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        raise RuntimeError("Chromium is needed: apt-get install chromium, or name it in MAILLAGE_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()
