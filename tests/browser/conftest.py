"""A site over the seed, a Chromium, and windows on the one with the other."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from graphsvc.stores.sqlite import SqliteStore
from people.accounts import first_coordinator_link, redeem, sign_in_link
from people.introduction_asking import ask
from people.introductions import Request
from people.membership import set_actors
from people.plans import PlannedLink, keep_plan
from people.roles import Role
from people.saved_views import save_view, share_view
from seed.load import load_seed
from tests.browser.served_site import TODAY, Site, serving
from tests.browser.window import Window, Windows
from tests.web.conftest import patient_site

__all__ = ["patient_site"]

PRESIDING = "coordination@essonne.example"


@pytest.fixture(scope="session")
def seeded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose store holds the seed."""
    home = tmp_path_factory.mktemp("browsed")
    with SqliteStore(home / "graph.db") as store:
        load_seed(store, by="tests", today=TODAY)
    return home


@pytest.fixture(scope="session")
def site(seeded_home: Path) -> Iterator[Site]:
    """The site most tests look at. Its accounts: a coordinator. Tests change nothing in it."""
    with serving(seeded_home, f"sqlite:///{seeded_home / 'private.db'}") as served:
        redeem(served.private, first_coordinator_link(served.private) or "", email=PRESIDING)
        yield served


@pytest.fixture
def serve_anew(seeded_home: Path, tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Serve the same graph once more, with a private database of its own where nobody has an account."""
    with ExitStack() as opened:

        def serve(home: Path = seeded_home, *, cut: bool = False) -> Site:
            return opened.enter_context(serving(home, f"sqlite:///{tmp_path / 'private.db'}", cut=cut))

        yield serve


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """One browser for the session."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def windows_on(chromium: Browser) -> Iterator[Callable[[Site], Windows]]:
    """Windows on a given site; in the end none of them has complained of anything."""
    made: list[Windows] = []

    def on(served: Site) -> Windows:
        made.append(Windows(chromium, served.address))
        return made[-1]

    yield on
    for windows in made:
        windows.close()


@pytest.fixture
def window(windows_on: Callable[[Site], Windows], site: Site) -> Windows:
    """Opens windows on the site."""
    return windows_on(site)


@pytest.fixture
def sign_in(site: Site) -> Callable[..., None]:
    """Let the coordinator, or somebody of another role, come in through a window, by a link of their own."""

    def enter(opened: Window, role: Role = Role.ADMIN) -> None:
        address = PRESIDING if role is Role.ADMIN else f"{role.value}@essonne.example"
        opened.go(f"/connexion/{sign_in_link(site.private, address, create_role=role)}")
        opened.page.get_by_role("button", name="Me connecter").click()
        opened.page.get_by_role("link", name="Mon compte").first.wait_for()

    return enter


@pytest.fixture(scope="session")
def kept_things(site: Site, seeded_home: Path) -> dict[str, str]:
    """What pages need to have something to show: a plan, a view shared with all, a member, a request."""
    private = site.private
    with SqliteStore(seeded_home / "graph.db") as store:
        store_id = store.info().store_id
    agent = redeem(private, sign_in_link(private, "agent@essonne.example", create_role=Role.AGENT)).account
    member = redeem(private, sign_in_link(private, "member@essonne.example", create_role=Role.MEMBER)).account
    set_actors(private, member.id, store_id, {"amis-de-kayes"}, by=agent.id)
    view = save_view(private, store_id, "Les communes qui coopèrent", "/carte?type=commune", by=agent.id)
    share_view(private, store_id, view, shared=True, by=agent.id)
    links = [PlannedLink("amis-de-kayes", "cdane", "Les Amis de Kayes", "CDANE")]
    figures = {"isolated": (80.0, 79.0)}
    plan = keep_plan(private, store_id, "L'eau à Kayes", links, day=TODAY, figures=figures, by=agent.id)
    words = "Nous suivons un chantier de maraîchage à Kayes et cherchons conseil."
    asked = ask(private, store_id, Request("cdane", "amis-de-kayes", words), by=agent.id, form="kept")
    return {"plan": plan, "view": view, "account": member.id, "introduction": asked}


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where the pictures of the pages go."""
    folder = Path(__file__).parents[2] / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
