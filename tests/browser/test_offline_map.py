"""The exported map opens without a network, asks nothing of anybody, and runs nothing that a name brings."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.links import Link, LinkKind
from graphsvc.ports import Put
from graphsvc.snapshot import open_snapshot
from graphsvc.stores.memory import MemoryStore
from graphsvc.stores.sqlite import SqliteStore
from web.maps.standalone import write_map

TODAY = date(2026, 11, 2)
HOSTILE = '</script><script>document.title="run"</script><img src=x onerror=\'document.title="run"\'>'


@pytest.fixture
def offline(chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    context = chromium.new_context(offline=True)
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url) if "file:" not in request.url else None)
    yield page, told
    context.close()


def test_the_network_is_drawn_searched_and_told_offline(
    offline: tuple[Page, list[str]], seeded_home: Path, tmp_path: Path
) -> None:
    page, told = offline
    with SqliteStore(seeded_home / "graph.db") as store:
        write_map(open_snapshot(store, tmp_path / "snapshot"), tmp_path / "carte.html", today=TODAY)
    page.goto((tmp_path / "carte.html").as_uri())
    expect(page.locator("#map canvas")).to_be_visible()
    page.locator("#map-find").fill("departement de l'essonne")
    page.keyboard.press("Enter")
    expect(page.locator("#map-live")).to_have_text(re.compile("Département de l'Essonne.* relations"))
    expect(page.locator("#map-panel h2")).to_have_text("Département de l'Essonne")
    page.locator("#map-panel button").first.click()
    expect(page.locator("#map-panel h2")).not_to_have_text("Département de l'Essonne")
    page.get_by_role("checkbox", name="Associations", exact=False).first.check()
    assert page.locator("tbody tr").count() > 200
    assert told == []


def test_a_name_runs_nothing(offline: tuple[Page, list[str]], tmp_path: Path) -> None:
    page, told = offline
    store = MemoryStore()
    one, other = (Actor(key, f"{key} {HOSTILE}", ActorKind.ASSOCIATION, purpose=HOSTILE) for key in "ab")
    store.apply([Put(one), Put(other), Put(Link("l", "a", "b", LinkKind.PARTNERSHIP))], by="x")
    write_map(open_snapshot(store, tmp_path / "snapshot"), tmp_path / "carte.html", today=TODAY)
    page.goto((tmp_path / "carte.html").as_uri())
    expect(page.locator("#map canvas")).to_be_visible()
    page.locator("#map").focus()
    page.keyboard.press("n")
    expect(page.locator("#map-panel h2")).to_contain_text("</script>")
    assert page.title().startswith("Carte du réseau")
    assert told == []
