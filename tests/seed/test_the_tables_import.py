"""The tables go through the importer as they are: nothing refused, nothing ignored, nothing changed twice."""

from datetime import date

import pytest

from graphsvc.domain.actors import Actor
from graphsvc.domain.agreements import Agreement
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.exchange.report import ImportReport
from graphsvc.stores.memory import MemoryStore
from graphsvc.usecases.import_bundle import import_bundle
from tests.seed.essonne_tables import FOLDER, TABLES, rows

DAY = date(2026, 11, 22)
PARTS = {"parties", "participations", "participants"}


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture(scope="module")
def first(store: MemoryStore) -> ImportReport:
    return import_bundle(store, FOLDER, by="seed", today=DAY)


def test_every_row_is_taken(first: ImportReport) -> None:
    assert first.rejected == ()
    assert first.ignored_columns == ()
    assert first.created == sum(len(rows(table)) for table in TABLES if table not in PARTS)


def test_a_second_import_changes_nothing(store: MemoryStore, first: ImportReport) -> None:
    again = import_bundle(store, FOLDER, by="seed", today=DAY)
    assert (again.created, again.updated, again.unchanged) == (0, 0, first.created)


def test_the_record_of_the_agglomeration_is_whole(store: MemoryStore, first: ImportReport) -> None:
    record = store.get(Ref(RecordKind.ACTOR, "caece")).record
    assert isinstance(record, Actor)
    assert record.succeeds == ("san-evry",)
    assert (record.seat, str(record.ended)) == ("91228", "2015-12-31")


def test_the_five_parties_reach_the_store_in_one_agreement(store: MemoryStore, first: ImportReport) -> None:
    record = store.get(Ref(RecordKind.AGREEMENT, "convention-multipartite")).record
    assert isinstance(record, Agreement)
    assert len(record.parties) == 5
