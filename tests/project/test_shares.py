"""The tests are shared among processes so that the long ones come first, and one Neo4j is enough."""

import random

from tests.rig.shares import NEO4J, LongestFirst, Shares, expected_seconds


def test_what_needs_neo4j_is_one_unit_and_another_file_is_whole() -> None:
    unit = Shares._split_scope
    names = [
        "tests/stores/test_neo4j.py::TestNeo4jStore::test_a",
        "tests/graphsvc/usecases/test_announcements.py::test_b[neo4j]",
        "tests/people/test_backup.py::test_from_a_file_to_neo4j_and_back[sqlite]",
    ]
    share = object.__new__(Shares)
    assert {unit(share, name) for name in names} == {NEO4J}
    file = "tests/graphsvc/usecases/test_announcements.py"
    assert {unit(share, f"{file}::test_b[{store}]") for store in ("sqlite", "memory")} == {file}


def test_the_longest_units_are_taken_first_and_all_are_taken() -> None:
    sizes = {
        "tests/browser/test_a.py": 9,
        "tests/web/test_b.py": 40,
        NEO4J: 100,
        "tests/web/cli/test_c.py": 20,
    }
    names = list(sizes)
    random.shuffle(names)
    queue = LongestFirst({name: dict.fromkeys(map(str, range(sizes[name])), False) for name in names})
    taken = [queue.popitem(last=False) for _ in names]
    assert [name for name, _ in taken] == sorted(names, key=lambda n: -expected_seconds(n, sizes[n]))
    assert {name: len(unit) for name, unit in taken} == sizes
    assert not queue
