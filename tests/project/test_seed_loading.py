"""The data of Essonne come into an empty store with one call, and a second call changes nothing."""

from datetime import date

from graphsvc.domain.records import RecordKind
from graphsvc.stores.memory import MemoryStore
from seed.load import load_seed, seed_bundle_path


def test_the_tables_are_beside_the_loader() -> None:
    assert (seed_bundle_path() / "acteurs.csv").is_file()


def test_the_seed_is_loaded_once(today: date) -> None:
    store = MemoryStore()
    stages: list[str] = []
    first = load_seed(store, today=today, progress=lambda stage, _done, _total: stages.append(stage))
    assert (first.rejected, first.notices, first.ignored_columns) == ((), (), ())
    assert first.created == sum(store.counts().values()) > 1000
    assert store.counts()[RecordKind.ACTOR] > 300
    assert {"read", "validate", "write"} <= set(stages)

    again = load_seed(store, today=today)
    assert (again.created, again.updated, again.rejected) == (0, 0, ())
    assert store.info().revision == first.revision
