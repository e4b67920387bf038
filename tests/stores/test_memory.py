"""The oracle against the contract."""

import pytest

from graphsvc.ports import GraphStore
from graphsvc.stores.memory import MemoryStore
from tests.contracts.store_contract import StoreContract


class TestMemoryStore(StoreContract):
    @pytest.fixture
    def store(self) -> GraphStore:
        return MemoryStore()
