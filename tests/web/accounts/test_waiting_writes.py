"""What was decided while the graph was down reaches it when it is back, without anybody asking."""

import time
from datetime import date

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.errors import StoreUnavailable
from graphsvc.ports import Put
from graphsvc.stores.memory import MemoryStore
from people.outbox import Delivery, submit
from web import services
from web.services import Services


class UnsteadyStore(MemoryStore):
    """Refuses to answer while `down`."""

    down = False

    def info(self):
        if self.down:
            raise StoreUnavailable("graph", "down")
        return super().info()

    def apply(self, changes, **how):
        if self.down:
            raise StoreUnavailable("graph", "down")
        return super().apply(changes, **how)


def test_a_write_that_waits_is_made_when_the_graph_is_back(private, tmp_path, monkeypatch):
    monkeypatch.setattr(services, "CHECK_SECONDS", 0.0)
    monkeypatch.setattr(services, "RETRY_SECONDS", 0.0)
    store = UnsteadyStore()
    site = Services(lambda: store, private, tmp_path / "snapshot", lambda: date(2026, 11, 2))
    seen = site.served().snapshot
    store.down = True
    site.served()
    put = Put(Actor("amis", "Les amis de Kayes", ActorKind.ASSOCIATION))
    receipt = submit(private, store, [put], by="acc-1", key="k1", store_id=seen.store_id)
    assert receipt.state is Delivery.PENDING
    store.down = False
    deadline = time.monotonic() + 20
    while site.served().snapshot.index("amis") is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert site.served().snapshot.index("amis") is not None
    site.close()
