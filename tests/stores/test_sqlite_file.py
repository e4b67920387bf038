"""The SQLite file: what is refused untouched, and what survives crashes and company."""

import hashlib
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from contextlib import closing
from pathlib import Path

import pytest

from graphsvc.domain.errors import StoreDamaged, StoreLoading, StoreTooNew, StoreUnavailable
from graphsvc.domain.records import RecordKind
from graphsvc.ports import Put
from graphsvc.stores import sqlite_schema
from graphsvc.stores.sqlite import SqliteStore
from tests.contracts.world import WORLD, actor, plain
from tests.rig.at_once import at_once

ROOT = Path(__file__).parents[2]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed store that holds the small world."""
    path = tmp_path / "graph.db"
    with SqliteStore(path) as store:
        store.apply([Put(record) for record in WORLD], by="tests")
    return path


def refused_untouched(path: Path, error: type[Exception]) -> Exception:
    before, neighbours = digest(path), sorted(p.name for p in path.parent.iterdir())
    with pytest.raises(error) as caught:
        SqliteStore(path)
    assert digest(path) == before
    assert sorted(p.name for p in path.parent.iterdir()) == neighbours
    return caught.value


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process that runs this code on the stores."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_reopened_store_is_the_same_store(path: Path) -> None:
    with SqliteStore(path) as first:
        info, records = first.info(), list(first.everything())
    with SqliteStore(path, create=False) as second:
        assert (second.info(), list(second.everything())) == (info, records)
    assert len(records) == len(WORLD)


def test_a_missing_file_is_made_only_when_asked(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        SqliteStore(tmp_path / "none.db", create=False)
    assert list(tmp_path.iterdir()) == []
    with SqliteStore(tmp_path / "new" / "deep" / "graph.db") as store:
        assert store.is_empty()


@pytest.mark.parametrize(
    "content",
    [b"not a database", b"SQLite format 3\x00", b"SQLite format 3\x00" + bytes(4080), b"\x00" * 8192],
)
def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "graph.db"
    path.write_bytes(content)
    refused_untouched(path, StoreDamaged)


def test_the_database_of_another_application_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE record (id TEXT)")
    refused_untouched(path, StoreDamaged)


def test_a_newer_store_is_refused_untouched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA user_version = {sqlite_schema.SCHEMA_VERSION + 1:d}")
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    error = refused_untouched(path, StoreTooNew)
    assert isinstance(error, StoreTooNew)
    assert (error.found, error.supported) == (sqlite_schema.SCHEMA_VERSION + 1, sqlite_schema.SCHEMA_VERSION)


@pytest.mark.parametrize("damage", ["pages overwritten", "cut short", "a page of the schema zeroed"])
def test_a_damaged_store_is_refused_untouched(path: Path, damage: str) -> None:
    content = bytearray(path.read_bytes())
    if damage == "pages overwritten":
        content[8192:20480] = b"\xa5" * 12288
    elif damage == "cut short":
        del content[len(content) // 2 :]
    else:
        content[100:4096] = bytes(3996)
    path.write_bytes(content)
    refused_untouched(path, StoreDamaged)


def test_a_store_that_is_a_folder_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        SqliteStore(tmp_path)


def test_an_interrupted_migration_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph.db"
    SqliteStore(path).close()
    broken = (*sqlite_schema.MIGRATIONS, "CREATE TABLE extra (x INTEGER);\nCREATE TABLE wrong (;\n")
    monkeypatch.setattr(sqlite_schema, "MIGRATIONS", broken)
    monkeypatch.setattr(sqlite_schema, "SCHEMA_VERSION", 2)
    with pytest.raises(StoreUnavailable):
        SqliteStore(path)
    mended = (
        *sqlite_schema.MIGRATIONS[:1],
        "CREATE TABLE extra (x INTEGER);\nCREATE TABLE right (y TEXT);\n",
    )
    monkeypatch.setattr(sqlite_schema, "MIGRATIONS", mended)
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA user_version").fetchone() == (2,)
        assert other.execute("SELECT count(*) FROM extra").fetchone() == (0,)


def test_a_process_killed_in_a_write_leaves_nothing_of_it(path: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from graphsvc.ports import Put
        from graphsvc.stores.sqlite import SqliteStore
        from tests.contracts.world import plain
        store = SqliteStore(Path(sys.argv[1]))
        changes = [Put(plain(f"k{n}", part_of="asso")) for n in range(3000)]
        print("ready", flush=True)
        while True:
            store.apply(changes, by="killed", idempotency_key="k")
            print("done", flush=True)
    """
    seen = set()
    for pause in (0.0, 0.05, 0.12, 0.25, 0.4):
        process = python(code, path)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        told, _ = process.communicate(timeout=60)
        with SqliteStore(path) as store:
            count = store.counts()[RecordKind.ACTOR]
            assert count in (4, 3004)
            assert (count == 3004) >= ("done" in told), "an acknowledged write was lost"
            assert len(store.changes_since(1)) == count - 4
            assert len(store.touching(actor("asso"))) == 7 + count - 4
            seen.add(count)
    with SqliteStore(path) as store:
        changes = [Put(plain(f"k{n}", part_of="asso")) for n in range(3000)]
        assert store.apply(changes, by="again", idempotency_key="k") == 2
    assert seen <= {4, 3004}


def test_a_load_that_was_killed_is_refused_to_others_and_resumed(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    code = """
        import os, signal, sys
        from pathlib import Path
        from graphsvc.stores import sqlite_load
        from graphsvc.stores.sqlite import SqliteStore
        from tests.contracts.world import WORLD
        sqlite_load.BATCH = 2
        written = sqlite_load._write_batch
        def dying(connection, cargo, batch, events):
            written(connection, cargo, batch, events)
            if batch[0].id == "c":
                os.kill(os.getpid(), signal.SIGKILL)
        sqlite_load._write_batch = dying
        SqliteStore(Path(sys.argv[1])).load(WORLD, by="seed", idempotency_key="k")
    """
    process = python(code, path)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    with pytest.raises(StoreLoading):
        SqliteStore(path)
    with SqliteStore(path, resume=True) as store:
        assert store.info().loading
        for read in (store.counts, lambda: list(store.everything()), lambda: store.apply([], by="tests")):
            with pytest.raises(StoreLoading):
                read()
        with pytest.raises(StoreLoading):
            store.load(WORLD, by="seed", idempotency_key="another")
        assert store.load(reversed(WORLD), by="seed", idempotency_key="k") == 1
    with SqliteStore(path) as store:
        assert {stored.record for stored in store.everything()} == set(WORLD)
        assert len(store.changes_since(0)) == len(WORLD)


def test_two_processes_may_write_at_once(path: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from graphsvc.ports import Put
        from graphsvc.stores.sqlite import SqliteStore
        from tests.contracts.world import plain
        store = SqliteStore(Path(sys.argv[1]))
        for n in range(40):
            store.apply([Put(plain(f"{sys.argv[2]}{n}", part_of="asso"))], by=sys.argv[2])
    """
    processes = [python(code, path, name) for name in ("x", "y")]
    with SqliteStore(path) as reader:
        while any(process.poll() is None for process in processes):
            actors = list(reader.records(RecordKind.ACTOR))
            assert len({s.record.id for s in actors}) == len(actors) <= reader.counts()[RecordKind.ACTOR]
            time.sleep(0.02)
        assert [process.communicate(timeout=60)[1] for process in processes] == ["", ""]
        assert reader.info().revision == 81
        assert [e.revision for e in reader.changes_since(1)] == list(range(2, 82))
        assert reader.counts()[RecordKind.ACTOR] == 84


def test_a_reading_in_progress_stays_at_its_revision(path: Path) -> None:
    with SqliteStore(path) as store:
        reading = store.records(RecordKind.ACTOR)
        first = next(reading)
        store.apply([Put(plain("zz"))], by="tests")
        assert [s.record.id for s in (first, *reading)] == sorted(["évry", "asso", "old", "lycée"])
        assert store.counts()[RecordKind.ACTOR] == 5


def test_a_lock_held_too_long_is_said_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_schema, "BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, SqliteStore(path) as store:
        other.execute("BEGIN IMMEDIATE")
        store.counts()
        with pytest.raises(StoreUnavailable) as caught:
            store.apply([Put(plain("b"))], by="tests")
        assert caught.value.reason == "busy"
        other.execute("ROLLBACK")
        assert store.apply([Put(plain("b"))], by="tests") == 2


def test_many_threads_need_few_connections(path: Path) -> None:
    with SqliteStore(path) as store:
        at_once([store.counts] * 50)
        assert len(store._idle) <= 8


def test_a_closed_store_is_unavailable(path: Path) -> None:
    store = SqliteStore(path)
    store.close()
    with pytest.raises(StoreUnavailable):
        store.counts()


def test_a_record_spoilt_by_hand_is_said_damaged(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE record SET data = '{}' WHERE id = 'asso'")
    with SqliteStore(path) as store:
        for read in (lambda: list(store.everything()), lambda: store.get(actor("asso"))):
            with pytest.raises(StoreDamaged):
                read()
