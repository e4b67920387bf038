"""Going about with the keyboard alone: Tab to what one wants, by what it is called, then a key."""

import re

from playwright.sync_api import Page

# What the focus is on, as a screen reader names it, and whether one sees that it is there.
_HERE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return ["", true];
  const labels = [...(at.labels || [])].map((one) => one.innerText).join(" ");
  const named = at.getAttribute("aria-label") || labels || at.innerText || at.textContent || at.id;
  const look = getComputedStyle(at), ring = parseFloat(look.outlineWidth) > 0 && look.outlineStyle !== "none";
  return [`${named} #${at.id}`.replace(/\\s+/g, " ").trim(), ring];
}"""
MOST_TABS = 250


def tab_to(page: Page, name: str, *, most: int = MOST_TABS, back: bool = False) -> str:
    """Press Tab until the focus is on what bears this name (a regular expression); what it is called in full.

    Every stop on the way must show that it has the focus.
    """
    met: list[str] = []
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        told, visible = page.evaluate(_HERE)
        assert visible, f"one does not see the focus on « {told} » of {page.url}"
        met.append(str(told))
        if re.search(name, met[-1]):
            return met[-1]
    raise AssertionError(f"{name} is not reached in {most} tabs from {page.url}: {met[-40:]}")


def open_by(page: Page, name: str, *, most: int = MOST_TABS) -> None:
    """Tab to a link or a button, press Entrée, and wait for the page that comes."""
    tab_to(page, name, most=most)
    with page.expect_navigation(timeout=60_000):  # the first work list of a cold site takes its time
        page.keyboard.press("Enter")


def write(page: Page, name: str, text: str) -> None:
    """Tab to a field and type."""
    tab_to(page, name)
    page.keyboard.type(text)
