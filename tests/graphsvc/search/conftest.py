from collections.abc import Callable

import pytest

from graphsvc.domain.records import Record
from graphsvc.ports import Put
from graphsvc.snapshot.build import build_snapshot
from graphsvc.snapshot.snapshot import Snapshot
from graphsvc.stores.memory import MemoryStore


@pytest.fixture
def snapshot_of() -> Callable[..., Snapshot]:
    def make(*records: Record) -> Snapshot:
        store = MemoryStore()
        store.apply([Put(r) for r in records], by="test")
        return build_snapshot(store)

    return make
