"""How fast is the map drawn, moved and laid out? Beside raw pyvis in the same browser, and beside sfdp.

Headless Chromium without a GPU. "First paint": from the navigation to the frame after the drawing is whole,
page, scripts and data included, everything warm on the server. "All shown": every actor drawn as its own
symbol, as pyvis does; otherwise groups first, as a visitor sees the map.
"""

import os
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.map_layouts import layout_figures
from benchmarks.map_site import Ready, network_of, serving_map
from benchmarks.measure import Budget, Figure

LARGE, SMALL = (50_000, 106_000), (2_000, 4_200)
ALL_SHOWN = "/carte#groupes=ouverts"
REPEATS = 5
# Frames are counted from the first; a drawing is on screen two frames after it is whole.
_WATCH = """
window.seen = { sharp: [], frames: [] };
const two = (done) => requestAnimationFrame(() => requestAnimationFrame(done));
document.addEventListener("map:sharp", () => two((t) => window.seen.sharp.push(t)), true);
const beat = (t) => { window.seen.frames.push(t); requestAnimationFrame(beat); };
requestAnimationFrame(beat);
"""


def run(budget: Budget) -> list[Figure]:
    """The drawing at 50,000 and 2,000 actors, then the layout."""
    repeats = budget.repeats(REPEATS)
    with _browser() as browser:
        drawn = [*_large(browser, repeats), *_small(browser, repeats)]
    return [*drawn, *layout_figures(budget)]


def _large(browser: Browser, repeats: int) -> Iterator[Figure]:
    with _site(LARGE) as site:
        note = f"{site.actors:,} actors, {site.relations:,} relations, {repeats} runs"
        raw, whole, groups = [], [], []
        for _ in range(repeats):
            raw.append(_first_paint(browser, f"{site.address}/bench/raw"))
            whole.append(_first_paint(browser, site.address + ALL_SHOWN))
            groups.append(_first_paint(browser, site.address + "/carte"))
        ours, theirs = statistics.median(whole), statistics.median(raw)
        yield Figure("map of 50,000, all shown: first paint", ours / 1000, "s", 1.5, note=note)
        told = f"{ours / 1000:.2f} s against {theirs / 1000:.2f} s"
        yield Figure(
            "map of 50,000, all shown: faster", theirs / ours, "x", 8, True, "raw pyvis", theirs / ours, told
        )
        first = statistics.median(groups) / 1000
        yield Figure("map of 50,000, groups first: first paint", first, "s", 1.5, note=note)
        for name, path in (("all shown", ALL_SHOWN), ("groups first", "/carte")):
            gaps, redraws = _moved(browser, site.address + path, repeats)
            yield Figure(f"map of 50,000, {name}: worst gap of a pan", gaps, "ms", 50, note=note)
            yield Figure(f"map of 50,000, {name}: sharp redraw", redraws, "ms", 300, note=note)
        weight, data = _weight(browser, site.address + "/carte")
        yield Figure("map page", weight / 1000, "kB", 350, note=f"and {data / 1000:,.0f} kB of data")


def _small(browser: Browser, repeats: int) -> Iterator[Figure]:
    with _site(SMALL) as site:
        note = f"{site.actors:,} actors, {site.relations:,} relations, {repeats} runs"
        ours, raw = [], []
        for _ in range(repeats):
            raw.append(_first_paint(browser, f"{site.address}/bench/raw"))
            ours.append(_first_paint(browser, site.address + ALL_SHOWN))
        ratio = statistics.median(raw) / statistics.median(ours)
        first = statistics.median(ours) / 1000
        yield Figure("map of 2,000: first paint", first, "s", 1.0, False, "raw pyvis", ratio, note)
        gaps, _redraws = _moved(browser, site.address + ALL_SHOWN, repeats)
        yield Figure("map of 2,000: worst gap of a pan", gaps, "ms", 100, note=note)


@contextmanager
def _browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise RuntimeError("Chromium is needed: apt-get install chromium, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def _site(size: tuple[int, int]) -> Iterator[Ready]:
    with (
        tempfile.TemporaryDirectory(prefix="maillage-maps-") as home,
        serving_map(network_of(*size), Path(home)) as ready,
    ):
        yield ready


@contextmanager
def _page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(120_000)
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.seen && window.seen.sharp.length > 0")
    yield page
    context.close()


def _first_paint(browser: Browser, address: str) -> float:
    """Milliseconds from the navigation."""
    with _page(browser, address) as page:
        return float(page.evaluate("window.seen.sharp[0]"))


def _moved(browser: Browser, address: str, repeats: int) -> tuple[float, float]:
    """The worst gap between two frames of a drag, and the time from a turn of the wheel to all sharp again.

    Medians, in milliseconds.
    """
    gaps, redraws = [], []
    with _page(browser, address) as page:
        page.wait_for_timeout(800)
        box = page.locator("#map").bounding_box()
        assert box is not None
        for turn in range(repeats):
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            page.mouse.move(x, y)
            page.evaluate("window.seen.frames.length = 0")
            page.mouse.down()
            for k in range(40):
                page.mouse.move(x + (4 if turn % 2 else -4) * k, y + 2 * k)
            frames = page.evaluate("window.seen.frames")
            page.mouse.up()
            gaps.append(max(b - a for a, b in pairwise(frames)))
            page.wait_for_timeout(700)
            page.evaluate("window.seen.sharp.length = 0")
            began = page.evaluate("performance.now()")
            page.mouse.wheel(0, 120 if turn % 2 else -120)
            page.wait_for_function("() => window.seen.sharp.length > 0")
            page.wait_for_timeout(500)
            redraws.append(page.evaluate("window.seen.sharp.at(-1)") - began)
    return statistics.median(gaps), statistics.median(redraws)


def _weight(browser: Browser, address: str) -> tuple[float, float]:
    """Bytes transferred for the page and what it needs, and for the data of the drawing."""
    with _page(browser, address) as page:
        sizes = page.evaluate(
            "performance.getEntries().filter((e) => e.transferSize !== undefined)"
            ".map((e) => [e.name, e.transferSize])"
        )
    data = sum(size for name, size in sizes if "/carte/colonnes" in name)
    return sum(size for _, size in sizes) - data, data
