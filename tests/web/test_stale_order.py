"""A learned order whose network has changed: everything falls back to the default order, and says so."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path

from flask import Flask

from graphsvc.domain.links import Link, State
from graphsvc.domain.records import Record
from graphsvc.ports import Put
from graphsvc.snapshot import Snapshot
from graphsvc.stores.sqlite import SqliteStore
from matcher.evaluation.metrics import Estimate
from matcher.learned.model import Held, Learned, write_learned
from matcher.learned.training import train
from people.database import open_private
from tests.matcher.collaborations import collaborations, records_of
from tests.matcher.networks import PLACES, SKILLS, THEMES, TODAY
from tests.web.cli.program import run
from tests.web.conftest import config_at
from web.app import create_app
from web.learned_order import LearnedOrder
from web.services import Services
from web.words.learned import WHY_NOT

NETWORK = {"actors": 40, "links": 60, "projects": 8}
LEARNED_ONLY = {"allocation", "surroundings", "alike_works"}


def _trusted(network: Snapshot) -> Learned:
    learned = train(network, TODAY, seed=1)
    assert learned is not None
    gain = Estimate(0.1, 0.05, 0.2)
    return replace(learned, links=1200, held=Held({"mrr": gain}, {"mrr": gain}, gain, 300))


def _write(home: Path, records: Sequence[Record]) -> None:
    with SqliteStore(home / "graph.db") as store:
        store.apply([Put(r) for r in records], by="test")


def _told(app: Flask, asker: str) -> tuple[str, str, set[str]]:
    """The page of the asker's partners, the order the interface names and the evidence it lists."""
    client = app.test_client()
    page = unescape(client.get(f"/partenaires?acteur={asker}").get_data(as_text=True))
    asked = f"/api/v1/actors/{asker}/suggestions?ask="
    answer = client.get(f"{asked}cooperate").get_json()
    assert answer["suggestions"]
    assert client.get(f"{asked}need").get_json()["order"] == "default"  # never put in the learned order
    return page, answer["order"], {e["code"] for s in answer["suggestions"] for e in s["evidence"]}


def _site(home: Path, use: Callable[[Flask], None]) -> None:
    """The site as a process that starts now sees it."""
    order = LearnedOrder(home)
    with open_private(home) as private:
        services = Services(
            lambda: SqliteStore(home / "graph.db"),
            private,
            home / "snapshot",
            lambda: TODAY,
            order.look,
            order,
        )
        services.served()
        use(create_app(config_at(home), services))
        services.close()


def test_once_the_network_has_changed_the_default_order_answers_everywhere(tmp_path: Path) -> None:
    write_learned(tmp_path, _trusted(collaborations(**NETWORK)))
    records = [*PLACES, *THEMES, *SKILLS, *records_of(**NETWORK)]
    links = [r for r in records if isinstance(r, Link)]
    asker = links[-1].actor_a
    stale = WHY_NOT["data_changed"][0]
    _write(tmp_path, records)

    def fresh(app: Flask) -> None:
        page, order, evidence = _told(app, asker)
        assert "suivent un classement appris" in page
        assert order == "learned"
        assert evidence & LEARNED_ONLY

    def changed(app: Flask) -> None:
        page, order, evidence = _told(app, asker)
        assert stale in page
        assert order == "default"
        assert not evidence & LEARNED_ONLY

    _site(tmp_path, fresh)
    command = ("suggest", "--actor", asker, "--ask", "cooperate")
    assert "suivent un classement appris" in run(*command, home=tmp_path).stderr
    _write(tmp_path, [replace(link, state=State.RETRACTED) for link in links[:40]])
    _site(tmp_path, changed)
    assert stale in run(*command, home=tmp_path).stderr
    assert WHY_NOT["data_changed"][1] in run(*command, "--lang", "en", home=tmp_path).stderr
