"""A browser window that lets nothing pass in silence."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

# A refusal of the content policy is an event of the page: the console says it too, but not in every case.
_TRAP = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});
"""
_MORE = "main li:nth-child(n+13), tbody tr:nth-child(n+7), datalist option, option:nth-child(n+7)"
_TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


@dataclass
class Window:
    """A page, and everything it complained of or asked of another host."""

    context: BrowserContext
    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    _refusal: int = 0

    def go(self, path: str, status: int = 200) -> Page:
        """Open a page of the site, which answers with this status."""
        self.expect_refusal(status)
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.status == status, path
        return self.page

    def expect_refusal(self, status: int) -> None:
        """The console may say that the next page was refused with this status; below 400 it may not."""
        self._refusal = status if status >= 400 else 0

    def resize(self, width: int, height: int) -> None:
        """Make the window this wide and high, in CSS pixels."""
        self.page.set_viewport_size({"width": width, "height": height})

    def width_beyond_the_window(self) -> int:
        """How many CSS pixels of the page one would have to scroll sideways for."""
        return max(0, int(self.page.evaluate(_TOO_WIDE)))

    def findings_of_axe(self, *rules: str) -> list[tuple[str, list[str]]]:
        """Rule and first elements of each violation; `rules`: only these, else all those axe has by default.

        Long lists and tables are cut after their first lines: the others are of the same make, and axe
        would take twenty seconds over the table of the map.
        """
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE_SCRIPT)
        self.page.evaluate("(more) => document.querySelectorAll(more).forEach((one) => one.remove())", _MORE)
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if rules:
            options["runOnly"] = {"type": "rule", "values": list(rules)}
        found = self.page.evaluate("(options) => axe.run(document, options)", options)
        return [(v["id"], [n["html"][:160] for n in v["nodes"][:4]]) for v in found["violations"]]

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """Keep a picture of the page, to be looked at by people."""
        self.page.screenshot(path=path, full_page=whole, animations="disabled")

    def expect_nothing_wrong(self) -> None:
        """No message in the console, no refusal of the content policy, no request to another host."""
        assert self.complaints == []
        assert self.outside == []

    def hear(self, message: ConsoleMessage) -> None:
        """Note what the console says, except that a page asked for on purpose was refused, and the remark of
        Chromium that the test looked at a part of the map's page before it was laid out.
        """
        refused = f"Failed to load resource: the server responded with a status of {self._refusal}"
        if message.type == "verbose" and message.text.endswith("a subtree hidden by content-visibility."):
            return
        if not (self._refusal and message.text.startswith(refused)):
            self.complaints.append(f"{message.type}: {message.text}")

    def see(self, request: Request) -> None:
        """Note a request that leaves the site."""
        if not re.match(re.escape(self.site) + "(/|$)|data:|blob:|about:", request.url):
            self.outside.append(request.url)


class Windows:
    """Opens windows on a site; each has its own cookies."""

    def __init__(self, browser: Browser, site: str) -> None:
        self._browser, self._site = browser, site
        self._opened: list[Window] = []

    def __call__(
        self,
        width: int = 1440,
        height: int = 900,
        *,
        dark: bool = False,
        script: bool = True,
        still: bool = True,
    ) -> Window:
        """A new window, `width` by `height` CSS pixels. `still`: the reader asked for reduced motion."""
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            locale="fr-FR",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if still else "no-preference",
            java_script_enabled=script,
            has_touch=width < 600,
        )
        context.set_default_timeout(20_000)
        if script:
            context.add_init_script(_TRAP)
        window = Window(context, context.new_page(), self._site)
        window.page.on("console", window.hear)
        window.page.on("pageerror", lambda error: window.complaints.append(str(error)))
        window.page.on("request", window.see)
        self._opened.append(window)
        return window

    def close(self) -> None:
        """Close every window. Fails if one of them has something to complain of."""
        for window in self._opened:
            window.context.close()
        for window in self._opened:
            window.expect_nothing_wrong()


def wait_until_drawn(page: Page) -> None:
    """Wait until the map is on screen."""
    expect(page.locator("#map canvas")).to_be_visible()
    expect(page.locator("#map-wait")).to_be_hidden()
