"""A network's file cut to nothing is not taken for a new network; a first start asks for nothing."""

from pathlib import Path

import pytest

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.errors import StoreDamaged
from graphsvc.ports import Put
from graphsvc.snapshot import open_snapshot
from tests.web.cli.program import run
from tests.web.conftest import config_at
from web.wiring import open_store


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose network was loaded, and read once."""
    folder = tmp_path_factory.mktemp("emptied") / "home"
    assert run("seed", home=folder).returncode == 0
    assert run("health", home=folder).returncode == 0
    return folder


def test_an_emptied_network_is_refused_and_a_backup_brings_it_back(home: Path, tmp_path: Path) -> None:
    file, kept = home / "graph.db", tmp_path / "saved.maillage"
    assert run("backup", str(kept), home=home).returncode == 0
    before = run("health", home=home).stdout
    for part in ("graph.db", "graph.db-wal", "graph.db-shm"):
        (home / part).unlink(missing_ok=True)
    file.touch()
    refused = run("health", home=home)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "son fichier est vide alors qu'un réseau y a été lu" in refused.stderr
    assert "restaurez une sauvegarde" in refused.stderr
    assert file.stat().st_size == 0  # left as it was found
    restored = run("restore", str(kept), "--replace", home=home)
    assert restored.returncode == 0, restored.stderr
    assert run("health", home=home).stdout == before


def test_a_first_start_on_an_empty_file_or_none_is_a_new_network(tmp_path: Path) -> None:
    config = config_at(tmp_path / "home")
    (config.home / "graph.db").touch()
    with open_store(config) as store:
        assert store.is_empty()


def test_who_deletes_the_file_starts_anew(tmp_path: Path) -> None:
    config = config_at(tmp_path / "home")
    with open_store(config) as store:
        store.apply([Put(Actor("a", "Les Amis de Kayes", ActorKind.ASSOCIATION))], by="tests")
        open_snapshot(store, config.snapshot_folder)
    file = config.home / "graph.db"
    file.write_bytes(b"")
    with pytest.raises(StoreDamaged):
        open_store(config)
    file.unlink()
    with open_store(config) as store:
        assert store.is_empty()
