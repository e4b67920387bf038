"""What is read from a snapshot is computed once, by one thread, and goes with the snapshot."""

import gc
import threading
import weakref

import pytest

from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.stores.memory import MemoryStore
from web.kept import MOST, kept, kept_in_words
from web.language import Language, reader, reading


@pytest.fixture
def empty() -> Snapshot:
    return build_snapshot(MemoryStore())


def test_an_answer_is_computed_once_for_its_values(empty: Snapshot) -> None:
    asked: list[int] = []

    @kept
    def double(snapshot: Snapshot, n: int) -> int:
        del snapshot
        asked.append(n)
        return 2 * n

    assert [double(empty, n) for n in (1, 2, 1)] == [2, 4, 2]
    assert asked == [1, 2]
    assert double(build_snapshot(MemoryStore()), 1) == 2
    assert asked == [1, 2, 1]


def test_who_asks_while_an_answer_is_computed_waits_for_it(empty: Snapshot) -> None:
    begun, go_on, asked = threading.Event(), threading.Event(), []

    @kept
    def slow(snapshot: Snapshot) -> object:
        del snapshot
        asked.append(1)
        begun.set()
        assert go_on.wait(10)
        return object()

    answers: list[object] = []
    threads = [threading.Thread(target=lambda: answers.append(slow(empty))) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert len(asked) == 1
    assert len(answers) == 4
    assert len({id(answer) for answer in answers}) == 1


def test_what_failed_is_tried_again(empty: Snapshot) -> None:
    results = iter([ValueError("not yet"), "done"])

    @kept
    def uncertain(snapshot: Snapshot) -> str:
        del snapshot
        found = next(results)
        if isinstance(found, Exception):
            raise found
        return found

    with pytest.raises(ValueError, match="not yet"):
        uncertain(empty)
    assert uncertain(empty) == "done"
    assert uncertain(empty) == "done"


def test_words_are_kept_by_language(empty: Snapshot) -> None:
    @kept_in_words
    def spoken(snapshot: Snapshot) -> str:
        del snapshot
        return reader().value

    for language in (*Language, *Language):
        with reading(language):
            assert spoken(empty) == language.value


def test_answers_are_bounded_and_go_with_their_snapshot() -> None:
    snapshot = build_snapshot(MemoryStore())
    held: list[weakref.ref[set[int]]] = []

    @kept
    def answer(snapshot: Snapshot, n: int) -> set[int]:
        del snapshot
        made = {n}
        held.append(weakref.ref(made))
        return made

    for n in range(MOST + 10):
        answer(snapshot, n)
    assert sum(one() is not None for one in held) <= MOST
    del snapshot
    gc.collect()
    assert all(one() is None for one in held)
