"""Opening the private database: made, migrated, recognised, or refused and left as it is."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from graphsvc.domain.errors import InvalidValue, StoreDamaged, StoreTooNew, StoreUnavailable
from people import schema
from people.accounts import list_accounts, sign_in_link
from people.database import open_private
from people.tables import Base


def test_a_new_database_has_the_latest_version_and_nobody(private_url):
    with open_private(private_url) as private:
        assert private.schema_version() == schema.SCHEMA_VERSION
        assert not list_accounts(private)


def test_the_migrations_make_exactly_the_tables_of_the_models(private):
    with private.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_version_known_to_the_code_is_that_of_the_last_migration():
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert [s.revision for s in scripts] == [f"{n:04}" for n in range(schema.SCHEMA_VERSION, 0, -1)]


def test_opening_again_finds_what_was_written(private_url):
    with open_private(private_url) as private:
        sign_in_link(private, "agent@ville.example", create_role="agent")
    with open_private(private_url) as private:
        assert [a.email for a in list_accounts(private)] == ["agent@ville.example"]


def test_many_may_open_a_new_database_at_once(private_url):
    def open_and_count(_):
        with open_private(private_url) as private:
            return private.schema_version()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(open_and_count, range(6))) == [schema.SCHEMA_VERSION] * 6


def test_a_newer_database_is_refused(private_url):
    with open_private(private_url) as private, private.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(StoreTooNew) as refused:
        open_private(private_url)
    assert (refused.value.found, refused.value.supported) == (999, schema.SCHEMA_VERSION)


def test_a_migration_that_fails_leaves_nothing_and_the_next_opening_starts_again(private_url, monkeypatch):
    run = schema._migrate

    def break_after(connection, upto):
        run(connection, upto)
        raise RuntimeError("power cut")

    monkeypatch.setattr(schema, "_migrate", break_after)
    with pytest.raises(RuntimeError):
        open_private(private_url)
    monkeypatch.setattr(schema, "_migrate", lambda _connection, _upto: None)
    with open_private(private_url) as private:
        assert private.schema_version() == 0  # nothing of the broken one is there
    monkeypatch.undo()
    with open_private(private_url) as private:
        assert private.schema_version() == schema.SCHEMA_VERSION


def test_what_fails_inside_a_transaction_is_undone(private):
    class Cut(Exception):
        pass

    def write_and_break():
        with private.writing() as session:
            session.execute(
                text("INSERT INTO audit (at, by, action, details) VALUES ('2026-01-01', 'x', 'y', '')")
            )
            raise Cut

    with pytest.raises(Cut):
        write_and_break()
    with private.reading() as session:
        assert session.execute(text("SELECT count(*) FROM audit")).scalar() == 0


def file_state(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def test_a_newer_file_is_left_as_it_was_to_the_byte(tmp_path):
    with open_private(tmp_path) as private, private.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    before = file_state(tmp_path)
    with pytest.raises(StoreTooNew):
        open_private(tmp_path)
    assert file_state(tmp_path) == before


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to look like one" * 40, None])
def test_a_file_that_is_not_ours_is_refused_and_left_as_it_was(tmp_path, content):
    path = tmp_path / "private.db"
    if content is None:
        make = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript('CREATE TABLE theirs (x)')"
        subprocess.run([sys.executable, "-c", make, path], check=True, timeout=60)
    else:
        path.write_bytes(content)
    before = file_state(tmp_path)
    with pytest.raises(StoreDamaged):
        open_private(tmp_path)
    assert file_state(tmp_path) == before


def test_a_new_file_is_readable_by_its_owner_only(tmp_path):
    with open_private(tmp_path) as private:
        sign_in_link(private, "agent@ville.example", create_role="agent")
        modes = {p.name: p.stat().st_mode & 0o777 for p in tmp_path.iterdir()}
    assert modes == dict.fromkeys(modes, 0o600)
    assert "private.db-wal" in modes


def test_a_page_that_was_lost_inside_the_file_is_found_by_the_check(tmp_path: Path):
    with open_private(tmp_path) as private:
        private.verify()
    file = tmp_path / "private.db"
    data = bytearray(file.read_bytes())
    data[-8192:-4096] = bytes(4096)
    file.write_bytes(data)
    with open_private(tmp_path) as private, pytest.raises(StoreDamaged):
        private.verify()


def test_a_file_that_everybody_could_read_is_closed_to_them_and_left_to_its_group(tmp_path: Path):
    open_private(tmp_path).close()
    (tmp_path / "private.db").chmod(0o644)
    with open_private(tmp_path) as private:
        sign_in_link(private, "agent@ville.example", create_role="agent")
        modes = {p.name: p.stat().st_mode & 0o777 for p in tmp_path.iterdir()}
    assert modes == dict.fromkeys(modes, 0o640)
    assert "private.db-wal" in modes


def test_a_folder_that_is_not_there_is_said_in_one_error(tmp_path):
    with pytest.raises(StoreUnavailable):
        open_private(tmp_path / "absent")


def test_a_server_that_is_not_there_is_said_in_one_error_without_the_password():
    with pytest.raises(StoreUnavailable) as refused:
        open_private("postgresql://maillage:s3cret@127.0.0.1:1/maillage")
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("url", ["mysql://host/base", "sqlite://", "nonsense", "sqlite+pysqlite:///x"])
def test_an_unreadable_url_is_refused(url):
    with pytest.raises(InvalidValue):
        open_private(url)


def test_a_crash_of_the_process_while_it_migrates_leaves_nothing(tmp_path):
    crash = (
        "import os, sys; from pathlib import Path; from people import schema, database\n"
        "run = schema._migrate\n"
        "schema._migrate = lambda c, upto: (run(c, upto), os._exit(9))\n"
        "database.open_private(Path(sys.argv[1]))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", crash, tmp_path],
        check=False,
        env={**os.environ, "PYTHONPATH": "."},
        timeout=60,
    )
    assert ended.returncode == 9
    with open_private(tmp_path) as private:
        assert private.schema_version() == schema.SCHEMA_VERSION
