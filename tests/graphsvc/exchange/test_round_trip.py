import csv
import io
import random
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.domain.records import Record
from graphsvc.exchange.write import FRENCH_SPREADSHEET, PLAIN, Dialect, table_texts, write_tables
from graphsvc.stores.memory import MemoryStore
from graphsvc.usecases.import_bundle import import_bundle
from tests.graphsvc.exchange.graphs import graphs

TODAY = date(2030, 1, 1)
EXAMPLES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def imported(store: MemoryStore, path: Path) -> "tuple[int, int, int]":
    report = import_bundle(store, path, by="test", today=TODAY)
    return report.created, report.updated, report.unchanged


def content(store: MemoryStore) -> dict[tuple[str, str], Record]:
    return {(type(s.record).__name__, s.record.id): s.record for s in store.everything()}


def expected(records: list[Record]) -> dict[tuple[str, str], Record]:
    return {(type(r).__name__, r.id): r for r in records}


@EXAMPLES
@given(
    records=graphs(),
    dialect=st.sampled_from([PLAIN, FRENCH_SPREADSHEET, Dialect(separator="\t", english=True)]),
)
def test_what_is_exported_is_imported_back_exactly_and_a_second_import_changes_nothing(
    records: list[Record], dialect: Dialect, tmp_path_factory
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    write_tables(records, folder, dialect=dialect)
    store = MemoryStore()
    assert imported(store, folder) == (len(records), 0, 0)
    assert content(store) == expected(records)
    assert imported(store, folder) == (0, 0, len(records))
    assert store.info().revision == 1
    assert table_texts(store, dialect=dialect) == table_texts(records, dialect=dialect)


@EXAMPLES
@given(records=graphs(), seed=st.integers(0, 10**6))
def test_the_order_of_the_rows_does_not_matter(records: list[Record], seed: int, tmp_path_factory) -> None:
    folder = tmp_path_factory.mktemp("tables")
    write_tables(records, folder)
    for path in folder.iterdir():
        with path.open(newline="", encoding="utf-8") as stream:
            header, *rows = list(csv.reader(stream))
        random.Random(seed).shuffle(rows)
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream, lineterminator="\r\n").writerows([header, *rows])
    store = MemoryStore()
    import_bundle(store, folder, by="test", today=TODAY)
    assert content(store) == expected(records)


@EXAMPLES
@given(records=graphs())
def test_a_zip_holds_what_the_folder_holds_and_the_same_graph_gives_the_same_bytes(
    records: list[Record], tmp_path_factory
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    write_tables(records, folder / "a.zip")
    write_tables(reversed(records), folder / "b.zip")
    assert (folder / "a.zip").read_bytes() == (folder / "b.zip").read_bytes()
    store = MemoryStore()
    import_bundle(store, folder / "a.zip", by="test", today=TODAY)
    assert content(store) == expected(records)


@EXAMPLES
@given(records=graphs())
def test_no_exported_cell_can_be_taken_for_a_formula(records: list[Record]) -> None:
    for text in table_texts(records).values():
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not any(cell[:1] in set("=+-@\t\r＝＋－＠") for cell in row if cell)


def test_an_empty_graph_exports_headers_only_and_they_import_as_nothing(tmp_path: Path) -> None:
    write_tables([], tmp_path)
    store = MemoryStore()
    assert imported(store, tmp_path) == (0, 0, 0)
    assert store.is_empty()
