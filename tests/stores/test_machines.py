"""Each store against the oracle, whatever is done in whatever order."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from graphsvc.ports import GraphStore
from graphsvc.stores.memory import MemoryStore
from graphsvc.stores.neo4j import Neo4jStore
from graphsvc.stores.sqlite import SqliteStore
from tests.contracts.store_machine import StoreMachine
from tests.rig.server import Neo4jAddress, wipe

CHECKS = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def test_the_oracle_keeps_a_sound_graph() -> None:
    class Machine(StoreMachine):
        def open_store(self) -> GraphStore:
            return MemoryStore()

    run_state_machine_as_test(
        Machine, settings=settings(max_examples=60, stateful_step_count=15, suppress_health_check=CHECKS)
    )


def test_sqlite_answers_as_the_oracle(tmp_path: Path) -> None:
    class Machine(StoreMachine):
        def open_store(self) -> GraphStore:
            return SqliteStore(Path(tempfile.mkdtemp(dir=tmp_path)) / "graph.db")

    run_state_machine_as_test(
        Machine, settings=settings(max_examples=40, stateful_step_count=15, suppress_health_check=CHECKS)
    )


def test_neo4j_answers_as_the_oracle(neo4j_store_url: Neo4jAddress) -> None:
    address = neo4j_store_url

    class Machine(StoreMachine):
        def open_store(self) -> GraphStore:
            wipe(address)
            return Neo4jStore(address.uri, address.username, address.password)

    run_state_machine_as_test(
        Machine, settings=settings(max_examples=5, stateful_step_count=8, suppress_health_check=CHECKS)
    )
