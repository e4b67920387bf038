"""A store that fails, hangs or comes back: pages go on from the last snapshot, and say so."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.errors import StoreUnavailable
from graphsvc.ports import Put, StoreInfo
from graphsvc.snapshot import load_last, open_snapshot
from graphsvc.stores.memory import MemoryStore
from web.config import Config
from web.services import CHECK_SECONDS, Services

HANG_SECONDS = 30.0


class Failing(MemoryStore):
    """A memory store that can be cut off, or made to hang."""

    def __init__(self) -> None:
        super().__init__()
        self.cut = False
        self.hang: threading.Event | None = None
        self.asked = 0

    def info(self) -> StoreInfo:
        self.asked += 1
        if self.hang is not None:
            self.hang.wait(HANG_SECONDS)
        if self.cut:
            raise StoreUnavailable("memory", "cut off")
        return super().info()


def _filled() -> Failing:
    store = Failing()
    store.apply([Put(Actor("amis", "Les amis de Kayes", ActorKind.ASSOCIATION))], by="tests")
    return store


def _refuse() -> Failing:
    raise StoreUnavailable("neo4j", "refused")


def _expire(site: Flask) -> None:
    services: Services = site.extensions["maillage-services"]
    services._next_check = 0.0


def test_with_nothing_to_show_the_page_says_so_within_three_seconds(site_on: Callable[..., Flask]) -> None:
    began = time.monotonic()
    answer = site_on(_refuse).test_client().get("/")
    assert time.monotonic() - began < HANG_SECONDS / 2  # three seconds on a machine that does nothing else
    assert answer.status_code == 503
    assert "Données momentanément indisponibles" in answer.get_data(as_text=True)
    assert answer.headers["Retry-After"] == "5"
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.usefixtures("own_patience")
def test_a_store_that_hangs_never_hangs_the_page(site_on: Callable[..., Flask]) -> None:
    store = _filled()
    store.hang = threading.Event()
    began = time.monotonic()
    status = site_on(store).test_client().get("/acteurs").status_code
    store.hang.set()
    assert status == 503
    assert time.monotonic() - began < HANG_SECONDS / 2


def test_when_the_store_goes_the_last_snapshot_is_served_with_its_date(site_on: Callable[..., Flask]) -> None:
    store = _filled()
    site = site_on(store)
    client = site.test_client()
    assert "ne répond pas" not in client.get("/acteurs").get_data(as_text=True)
    store.cut = True
    _expire(site)
    answer = client.get("/acteurs/amis")
    assert answer.status_code == 200
    html = answer.get_data(as_text=True)
    assert "Les amis de Kayes" in html
    assert "La base du réseau ne répond pas" in html
    assert client.get("/sante").get_json()["status"] == "stale"


def test_when_the_store_is_back_the_banner_goes_and_the_news_come(site_on: Callable[..., Flask]) -> None:
    store = _filled()
    site = site_on(store)
    client = site.test_client()
    client.get("/")
    store.cut = True
    _expire(site)
    client.get("/")
    store.cut = False
    store.apply([Put(Actor("kayes", "Kayes solidarité", ActorKind.ASSOCIATION))], by="tests")
    _expire(site)
    html = client.get("/acteurs").get_data(as_text=True)
    assert "Kayes solidarité" in html
    assert "ne répond pas" not in html


def test_a_new_process_serves_the_snapshot_kept_on_disk(
    site_on: Callable[..., Flask], tmp_path: Path
) -> None:
    site_on(_filled()).test_client().get("/")
    answer = site_on(_refuse).test_client().get("/acteurs/amis")
    assert answer.status_code == 200
    assert "La base du réseau ne répond pas" in answer.get_data(as_text=True)


def test_the_store_is_asked_at_most_once_a_second(site_on: Callable[..., Flask]) -> None:
    store = _filled()
    client = site_on(store).test_client()
    client.get("/")
    asked, began = store.asked, time.monotonic()
    for _ in range(20):
        client.get("/a-propos")
    assert store.asked - asked <= 4 * (1 + (time.monotonic() - began) / CHECK_SECONDS)


def test_one_sees_ones_own_write(site_on: Callable[..., Flask]) -> None:
    store = _filled()
    site = site_on(store)
    services: Services = site.extensions["maillage-services"]
    services.served()
    revision = store.apply([Put(Actor("b", "B", ActorKind.ASSOCIATION))], by="tests")
    assert services.served(at_least=revision).snapshot.revision >= revision


def test_the_last_snapshot_of_a_store_is_never_shown_for_another(tmp_path: Path) -> None:
    home = {"MAILLAGE_HOME": str(tmp_path)}
    one = Config.from_environment({**home, "MAILLAGE_STORE": "bolt://one.example"})
    other = Config.from_environment({**home, "MAILLAGE_STORE": "bolt://other.example"})
    open_snapshot(_filled(), one.snapshot_folder)
    assert load_last(one.snapshot_folder) is not None
    assert load_last(other.snapshot_folder) is None
