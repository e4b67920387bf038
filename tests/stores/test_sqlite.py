"""The SQLite store against the contract."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphsvc.ports import GraphStore
from graphsvc.stores.sqlite import SqliteStore
from tests.contracts.store_contract import StoreContract


class TestSqliteStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[GraphStore]:
        with SqliteStore(tmp_path / "graph.db") as store:
            yield store
