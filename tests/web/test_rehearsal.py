"""The first write after a start does not wait: the site has gone through the usual ones by then."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.domain.errors import StoreUnavailable
from graphsvc.ports import Change, Put, Withdraw
from graphsvc.snapshot import build_snapshot
from graphsvc.stores.memory import MemoryStore
from people.database import open_private
from tests.web.conftest import TODAY
from web import services as services_module
from web.rehearsal import rehearse_writes
from web.services import Services


class Stage(MemoryStore):
    """Notes what is rehearsed; does not answer while `down`."""

    def __init__(self) -> None:
        super().__init__()
        self.rehearsed: list[Change] = []
        self.down = False

    def info(self):
        if self.down:
            raise StoreUnavailable("graph", "down")
        return super().info()

    def rehearse(self, changes: Sequence[Change]) -> None:
        self.rehearsed += changes


@pytest.fixture
def stage() -> Stage:
    store = Stage()
    amis = Put(Actor("amis", "Les amis", ActorKind.ASSOCIATION))
    store.apply(
        [amis, Put(Announcement("n", "Camion", Direction.OFFER, Nature.TRANSPORT, actor="amis"))], by="tests"
    )
    return store


def test_what_people_do_is_rehearsed_on_records_that_are_there(stage: Stage) -> None:
    rehearse_writes(stage, build_snapshot(stage))
    published, changed, withdrawn = stage.rehearsed
    assert isinstance(published, Put)
    assert published.record.actor == "amis"
    assert isinstance(changed, Put)
    assert changed.record.id == "n"
    assert isinstance(withdrawn, Withdraw)
    assert [stage.info().revision, len(stage.changes_since(0))] == [1, 2]


def test_an_empty_network_has_nothing_to_rehearse() -> None:
    store = Stage()
    rehearse_writes(store, build_snapshot(store))
    assert store.rehearsed == []


def test_writes_are_rehearsed_at_the_start_and_when_the_store_is_back(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services_module, "CHECK_SECONDS", 0.0)
    monkeypatch.setattr(services_module, "RETRY_SECONDS", 0.0)

    def rehearsals(expected: int) -> bool:
        deadline = time.monotonic() + 10
        while len(stage.rehearsed) < expected and time.monotonic() < deadline:
            time.sleep(0.01)
        return len(stage.rehearsed) == expected

    with open_private(tmp_path) as private:
        services = Services(lambda: stage, private, tmp_path / "snapshot", lambda: TODAY)
        assert services.served().fresh
        assert rehearsals(3)
        services.served()
        stage.down = True
        assert not services.served().fresh
        stage.down = False
        assert services.served().fresh
        assert rehearsals(6)
        services.close()
