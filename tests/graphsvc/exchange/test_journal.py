"""A store made again from its history has the same records, versions, revisions, authors and merged keys."""

import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.errors import Refused
from graphsvc.domain.links import Link, LinkKind
from graphsvc.domain.records import RecordKind, Ref, ref_of
from graphsvc.exchange import journal
from graphsvc.exchange.journal import AnotherHistory, UnreadableJournal, digest_of, journal_lines, replay
from graphsvc.ports import GraphStore, Put, Withdraw
from graphsvc.stores.memory import MemoryStore
from graphsvc.stores.sqlite import SqliteStore
from graphsvc.usecases.merge_actors import merge_actors
from graphsvc.usecases.undo import undo
from tests.contracts.world import WORLD

DAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
KEYS = ("a", "b", "c", "d")
steps = st.lists(
    st.tuples(
        st.sampled_from(("put", "withdraw", "merge", "undo", "link")),
        st.sampled_from(KEYS),
        st.sampled_from(KEYS),
        st.integers(0, 6),
    ),
    max_size=25,
)


def lived(store: GraphStore, life: list[tuple[str, str, str, int]]) -> GraphStore:
    """A store to which all this happened, refusals left aside."""
    clock = (DAY + timedelta(hours=n) for n in itertools.count())
    for what, one, other, n in life:
        try:
            if what == "put":
                siren = f"00000000{n}" if n > 3 else None
                put = Put(Actor(one, f"Nom {n} « é »\n", ActorKind.ASSOCIATION, siren=siren))
                store.apply([put], by=f"acc-{n}", at=next(clock))
            elif what == "link":
                link = Link(f"l{n}", one, other, LinkKind.PARTNERSHIP)
                store.apply([Put(link)], by="acc-l", at=next(clock))
            elif what == "withdraw":
                store.apply([Withdraw(Ref(RecordKind.ACTOR, one))], by="acc-w", at=next(clock))
            elif what == "merge":
                merge_actors(store, one, other, by="acc-m")
            else:
                undo(store, n, "acc-u")
        except Refused:
            continue
    return store


def everything_about(store: GraphStore) -> object:
    kinds = list(RecordKind)
    return (
        store.info().revision,
        [(ref_of(s.record), s.record, s.version, s.revision) for s in store.everything()],
        [store.merged(kind) for kind in kinds],
        {
            key: store.resolve(RecordKind.ACTOR, key)
            for key in (*KEYS, *(f"siren:00000000{n}" for n in range(7)))
        },
        store.changes_since(0, limit=10**6),
    )


@pytest.fixture(params=["memory", "sqlite"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    store = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "again.db")
    with store:
        yield store


@given(life=steps)
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_the_store_made_again_cannot_be_told_from_the_first(life: list[tuple[str, str, str, int]]) -> None:
    first = lived(MemoryStore(), life)
    again = MemoryStore()
    lines = list(journal_lines(first, first.info().revision))
    assert replay(again, lines, key="r") == first.info().revision
    assert everything_about(again) == everything_about(first)
    assert digest_of(journal_lines(again, 10**9)) == digest_of(lines)


def test_one_of_everything_survives_on_each_store(empty: GraphStore) -> None:
    first = MemoryStore()
    first.apply([Put(record) for record in WORLD], by="tests", at=DAY)
    replay(empty, journal_lines(first, 1), key="r")
    assert everything_about(empty) == everything_about(first)


def test_it_says_the_past_up_to_a_revision_only() -> None:
    store = MemoryStore()
    for n in range(5):
        store.apply([Put(Actor("a", f"Nom {n}", ActorKind.ASSOCIATION))], by="x")
    assert [json.loads(line)["revision"] for line in journal_lines(store, 3)] == [1, 2, 3]


def test_what_was_interrupted_is_completed(empty: GraphStore) -> None:
    first = lived(MemoryStore(), [("put", key, "a", n) for n, key in enumerate((*KEYS, *KEYS))])
    lines = list(journal_lines(first, 10**9))
    for cut in (0, 3, 5, len(lines)):
        replay(empty, lines[:cut], key="r")
    assert everything_about(empty) == everything_about(first)


def test_a_store_that_lived_otherwise_is_left_as_it_is(empty: GraphStore) -> None:
    lines = list(journal_lines(lived(MemoryStore(), [("put", "a", "a", 1), ("put", "b", "b", 2)]), 10**9))
    for other in ([("put", "c", "c", 1)], [("put", "a", "a", n) for n in (1, 2, 3)]):
        lived(empty, other)
        before = everything_about(empty)
        with pytest.raises(AnotherHistory):
            replay(empty, lines, key="r")
        assert everything_about(empty) == before


@pytest.mark.parametrize(
    "broken",
    [
        "not json",
        "{}",
        '{"revision":1,"kind":"star","id":"a"}',
        '{"revision":1,"kind":"actor","id":"a","version":1,"action":"put","new":true,"after":{"id":"a"},"by":"x","at":"2026-01-01T00:00:00+00:00"}',
        '{"revision":1,"kind":"actor","id":"a","version":1,"action":"burn","new":true,"after":null,"by":"x","at":"2026-01-01T00:00:00+00:00"}',
        '{"revision":1,"kind":"actor","id":"a","version":2,"action":"withdraw","new":false,"after":null,"by":"x","at":"2026-01-01T00:00:00+00:00"}',
    ],
)
def test_a_line_that_is_not_ours_is_refused(broken: str) -> None:
    store = MemoryStore()
    with pytest.raises(UnreadableJournal):
        replay(store, [broken], key="r")
    assert store.is_empty()


def test_a_first_revision_too_long_for_one_transaction_is_loaded(
    empty: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = MemoryStore()
    first.load(WORLD, by="tests", idempotency_key="k", at=DAY)
    monkeypatch.setattr(journal, "ONE_TRANSACTION", 3)
    replay(empty, journal_lines(first, 1), key="r")
    assert everything_about(empty) == everything_about(first)
