"""One key for what looks the same: `é` as one character or two, with or without what nobody sees."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.errors import BundleRejected, UnknownRecord
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.domain.text import fold, key_as_meant
from graphsvc.exchange.write import write_tables
from graphsvc.ports import GraphStore, Merge, Put
from graphsvc.search import known_actor
from graphsvc.snapshot import build_snapshot
from graphsvc.stores.memory import MemoryStore
from graphsvc.stores.sqlite import SqliteStore
from graphsvc.usecases.import_bundle import import_bundle

ONE = "évry-solidarité"
TWO = unicodedata.normalize("NFD", ONE)
LOOKS_ALIKE = (TWO, "évry\u00ad-solidarité", "\ufeffévry-solidarité", "évry-\u200bsolidarité\u200e")


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path):
    with MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "graph.db") as opened:
        yield opened


def told(store: GraphStore, folder: Path, **files: str) -> tuple[int, int, int]:
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    report = import_bundle(store, folder, by="tests", today=date(2030, 1, 1))
    return report.created, report.updated, report.unchanged


def ids(store: GraphStore) -> list[str]:
    return [stored.record.id for stored in store.records(RecordKind.ACTOR)]


@pytest.mark.parametrize("key", LOOKS_ALIKE)
def test_a_second_file_that_writes_a_key_otherwise_is_about_the_same_record(
    store: GraphStore, tmp_path: Path, key: str
) -> None:
    assert told(store, tmp_path / "f", acteurs=f"id,nom,type\n{ONE},Un,association\n") == (1, 0, 0)
    assert told(store, tmp_path / "f", acteurs=f"id,nom,type\n{key},Un,association\n") == (0, 0, 1)
    assert told(store, tmp_path / "f", acteurs=f"id,nom,type\n{key},Deux,association\n") == (0, 1, 0)
    assert ids(store) == [ONE]


@pytest.mark.parametrize("key", LOOKS_ALIKE)
def test_what_is_kept_and_found_is_the_composed_key(store: GraphStore, tmp_path: Path, key: str) -> None:
    actors = f"id,nom,type\n{key},Un,association\nb,B,association\n"
    links = f"acteur_a,acteur_b,type\n{key},b,partnership\n"
    assert told(store, tmp_path / "f", acteurs=actors, relations=links) == (3, 0, 0)
    assert ids(store) == ["b", ONE]
    for asked in (ONE, *LOOKS_ALIKE):
        assert store.get(Ref(RecordKind.ACTOR, asked)).record.id == ONE
        assert build_snapshot(store).ids[known_actor(build_snapshot(store), asked)] == ONE
    with pytest.raises(UnknownRecord):
        store.get(Ref(RecordKind.ACTOR, "evry-solidarite"))


def test_two_rows_of_a_file_that_look_the_same_are_one_key_given_twice(
    store: GraphStore, tmp_path: Path
) -> None:
    with pytest.raises(BundleRejected) as refused:
        told(store, tmp_path / "f", acteurs=f"id,nom,type\n{ONE},Un,association\n{TWO},Deux,association\n")
    (row,) = refused.value.report.rejected
    assert (row.line, row.rule, row.remedy.facts["line"]) == (3, "duplicate_key", 2)
    assert store.is_empty()


def test_a_key_that_came_otherwise_stays_what_it_was(store: GraphStore, tmp_path: Path) -> None:
    """A store may have one from before: what is exported of it is imported back as the same record."""
    store.apply([Put(Actor(TWO, "Un", ActorKind.ASSOCIATION))], by="tests")
    write_tables(store, tmp_path / "out")
    report = import_bundle(store, tmp_path / "out", by="tests", today=date(2030, 1, 1))
    assert (report.created, report.updated, report.unchanged) == (0, 0, 1)
    assert ids(store) == [TWO]


@pytest.mark.parametrize("key", LOOKS_ALIKE)
def test_a_merged_key_leads_to_what_it_became_however_it_is_written(
    store: GraphStore, tmp_path: Path, key: str
) -> None:
    named = [Actor(ONE, "Un", ActorKind.ASSOCIATION), Actor("kept", "Gardé", ActorKind.ASSOCIATION)]
    store.apply([Put(actor) for actor in named], by="tests")
    store.apply([Merge(Ref(RecordKind.ACTOR, ONE), Ref(RecordKind.ACTOR, "kept"))], by="tests")
    assert told(store, tmp_path / "f", acteurs=f"id,nom,type\n{key},Un,association\n") == (0, 0, 0)
    assert ids(store) == ["kept"]
    assert build_snapshot(store).ids[known_actor(build_snapshot(store), key)] == "kept"


@pytest.mark.parametrize("name", ["Les amis de Kayes", "Évry solidarité", "김치 협회", "がんばれ"])
def test_a_name_copied_with_what_nobody_sees_is_the_same_name(
    store: GraphStore, tmp_path: Path, name: str
) -> None:
    assert told(store, tmp_path / "f", acteurs=f"nom,type\n{name},association\n") == (1, 0, 0)
    for copied in (unicodedata.normalize("NFD", name), f"{name[:3]}\u00ad{name[3:]}", f"\u200b{name}\u200e"):
        assert fold(copied) == fold(name)
        created, updated, unchanged = told(store, tmp_path / "f", acteurs=f"nom,type\n{copied},association\n")
        assert (created, updated + unchanged) == (0, 1)
    (key,) = ids(store)
    assert key == key_as_meant(key)


def test_a_key_of_nothing_one_can_see_is_none(store: GraphStore, tmp_path: Path) -> None:
    told(store, tmp_path / "f", acteurs="id,nom,type\n\u200b,Un,association\n")
    assert ids(store) == ["un"]
