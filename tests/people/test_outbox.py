"""A write that touches both databases happens once, whatever breaks and whenever."""

import os
import subprocess
import sys
import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.errors import DanglingReference, IdempotencyMismatch, StoreUnavailable, VersionConflict
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.ports import Merge, Put, Withdraw
from graphsvc.stores.memory import MemoryStore
from people.errors import WrongGraph
from people.intents import Intent, read_intent, write_intent
from people.outbox import Delivery, redeliver, submit
from people.tables import OutboxRow
from tests.rig.at_once import at_once


class Crash(BaseException):
    """The process ends here: nothing catches it."""


class FaultyStore(MemoryStore):
    """A memory store that breaks on demand. `applied` counts the calls that reached it."""

    def __init__(self):
        super().__init__()
        self.before = self.after = None
        self.applied = 0

    def info(self):
        if isinstance(self.before, StoreUnavailable):
            raise self.before
        return super().info()

    def apply(self, changes, **how):
        if self.before is not None:
            raise self.before
        self.applied += 1
        revision = super().apply(changes, **how)
        if self.after is not None:
            raise self.after
        return revision


def actor(key: str, name: str = "Les amis de Kayes") -> Actor:
    return Actor(key, name, ActorKind.ASSOCIATION)


def names(store) -> dict[str, str]:
    return {s.record.id: s.record.name for s in store.records(RecordKind.ACTOR)}


def states(private) -> dict[str, str]:
    with private.reading() as session:
        return {r.idempotency_key: r.state for r in session.scalars(select(OutboxRow))}


@pytest.fixture
def store():
    return FaultyStore()


def test_what_is_submitted_is_in_the_graph_with_its_author(private, store):
    receipt = submit(private, store, [Put(actor("a"))], by="acc-1", key="k1")
    assert (receipt.state, receipt.revision) == (Delivery.DONE, 1)
    [event] = store.history(Ref(RecordKind.ACTOR, "a"))
    assert (event.by, event.at) == ("acc-1", private.now())


def test_the_same_key_again_gives_the_same_receipt_and_does_nothing(private, store):
    first = submit(private, store, [Put(actor("a"))], by="acc-1", key="k1")
    assert submit(private, store, [Put(actor("a"))], by="acc-1", key="k1") == first
    assert store.applied == 1


def test_a_used_key_with_other_changes_is_refused(private, store):
    submit(private, store, [Put(actor("a"))], by="acc-1", key="k1")
    with pytest.raises(IdempotencyMismatch):
        submit(private, store, [Put(actor("b"))], by="acc-1", key="k1")
    with pytest.raises(IdempotencyMismatch):
        submit(private, store, [Put(actor("a"))], by="acc-2", key="k1")
    assert names(store).keys() == {"a"}


@pytest.mark.parametrize("point", ["before", "after"])
def test_a_crash_around_the_write_is_redelivered_once(private, store, point):
    setattr(store, point, Crash())
    with pytest.raises(Crash):
        submit(private, store, [Put(actor("a"))], by="acc-1", key="k1")
    assert states(private) == {"k1": "pending"}
    setattr(store, point, None)
    assert redeliver(private, store).done == ("k1",)
    assert redeliver(private, store).done == ()
    assert store.info().revision == 1
    assert len(store.history(Ref(RecordKind.ACTOR, "a"))) == 1
    assert states(private) == {"k1": "done"}


def test_an_answer_that_was_lost_is_not_a_second_write(private, store):
    store.after = StoreUnavailable("graph", "reset")
    assert submit(private, store, [Put(actor("a"))], by="acc-1", key="k1").state is Delivery.PENDING
    store.after = None
    receipt = submit(private, store, [Put(actor("a"))], by="acc-1", key="k1")
    assert (receipt.state, receipt.revision, store.info().revision) == (Delivery.DONE, 1, 1)


def test_while_the_graph_is_down_one_may_decide_for_the_graph_one_saw(private, store):
    store_id = store.info().store_id
    store.before = StoreUnavailable("graph", "down")
    receipt = submit(private, store, [Put(actor("a"))], by="acc-1", key="k1", store_id=store_id)
    assert receipt.state is Delivery.PENDING
    store.before = None
    assert redeliver(private, store).done == ("k1",)
    assert names(store).keys() == {"a"}


def test_without_knowing_the_graph_nothing_is_decided(private, store):
    store.before = StoreUnavailable("graph", "down")
    with pytest.raises(StoreUnavailable):
        submit(private, store, [Put(actor("a"))], by="acc-1", key="k1")
    assert states(private) == {}


def test_another_graph_than_the_one_seen_is_refused(private, store):
    with pytest.raises(WrongGraph):
        submit(private, store, [Put(actor("a"))], by="acc-1", key="k1", store_id="other")
    assert states(private) == {}


def test_intents_reach_the_graph_in_the_order_in_which_they_were_decided(private, store):
    store_id = store.info().store_id
    store.before = StoreUnavailable("graph", "down")
    for n in (1, 2):
        submit(private, store, [Put(actor("a", f"Nom {n}"))], by="acc-1", key=f"k{n}", store_id=store_id)
    store.before = None
    submit(private, store, [Put(actor("a", "Nom 3"))], by="acc-1", key="k3")
    assert names(store) == {"a": "Nom 3"}
    assert [e.after["name"] for e in store.history(Ref(RecordKind.ACTOR, "a"))] == ["Nom 1", "Nom 2", "Nom 3"]
    assert set(states(private).values()) == {"done"}


def test_redelivery_stops_at_the_first_that_the_graph_does_not_answer(private, store):
    store_id = store.info().store_id
    store.before = StoreUnavailable("graph", "down")
    for key in ("k1", "k2"):
        submit(private, store, [Put(actor(key))], by="acc-1", key=key, store_id=store_id)
    store.before, store.after = None, StoreUnavailable("graph", "reset")
    report = redeliver(private, store)
    assert (report.done, report.waiting) == ((), ("k1", "k2"))
    assert store.applied == 1


def test_what_the_graph_refuses_is_raised_kept_as_failed_and_does_not_block_the_rest(private, store):
    dangling = Actor("a", "Les amis", ActorKind.ASSOCIATION, seat="nowhere")
    with pytest.raises(DanglingReference):
        submit(private, store, [Put(dangling)], by="acc-1", key="k1")
    assert states(private) == {"k1": "failed"}
    submit(private, store, [Put(actor("b"))], by="acc-1", key="k2")
    assert redeliver(private, store).waiting == ()
    assert names(store).keys() == {"b"}


def test_a_pending_intent_that_is_refused_later_fails_and_lets_the_next_pass(private, store):
    store_id = store.info().store_id
    store.before = StoreUnavailable("graph", "down")
    ref = Ref(RecordKind.ACTOR, "a")
    submit(
        private, store, [Put(actor("a"))], by="acc-1", key="k1", store_id=store_id, expected_versions={ref: 7}
    )
    submit(private, store, [Put(actor("b"))], by="acc-1", key="k2", store_id=store_id)
    store.before = None
    report = redeliver(private, store)
    assert (report.failed, report.done) == (("k1",), ("k2",))
    assert names(store).keys() == {"b"}


def test_expected_versions_are_held(private, store):
    submit(private, store, [Put(actor("a"))], by="acc-1", key="k1")
    with pytest.raises(VersionConflict):
        submit(
            private,
            store,
            [Put(actor("a", "Autre"))],
            by="acc-1",
            key="k2",
            expected_versions={Ref(RecordKind.ACTOR, "a"): 0},
        )


def test_the_private_part_is_decided_with_the_intent_or_not_at_all(private, store):
    def also(session):
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        submit(private, store, [Put(actor("a"))], by="acc-1", key="k1", also=also)
    assert (states(private), names(store)) == ({}, {})


def test_intents_for_another_graph_wait_for_it(private, store):
    other = FaultyStore()
    store_id = other.info().store_id
    other.before = StoreUnavailable("graph", "down")
    submit(private, other, [Put(actor("a"))], by="acc-1", key="k1", store_id=store_id)
    assert redeliver(private, store).done == ()
    assert names(store) == {}


def test_many_who_submit_the_same_key_at_once_write_once(private, store):
    receipts = []

    def send():
        receipts.append(submit(private, store, [Put(actor("a"))], by="acc-1", key="k1"))

    at_once([send] * 8)
    assert {(r.state, r.revision) for r in receipts} == {(Delivery.DONE, 1)}
    assert len(receipts) == 8


@pytest.mark.parametrize("point", ["before", "after"])
def test_a_process_killed_around_the_write_loses_nothing_and_doubles_nothing(tmp_path, point):
    """The real thing: a child process that dies at once, SQLite files on disk for both databases."""
    pytest.importorskip("graphsvc.stores.sqlite")
    from graphsvc.stores.sqlite import SqliteStore
    from people.database import open_private

    child = textwrap.dedent(
        """
        import os, sys
        from pathlib import Path
        from graphsvc.domain.actors import Actor, ActorKind
        from graphsvc.ports import Put
        from graphsvc.stores.sqlite import SqliteStore
        from people.database import open_private
        from people.outbox import submit

        home, point = Path(sys.argv[1]), sys.argv[2]
        store, apply = SqliteStore(home / "graph.db"), SqliteStore.apply

        def dying(self, *args, **how):
            if point == "after":
                apply(self, *args, **how)
            os._exit(9)

        SqliteStore.apply = dying
        changes = [Put(Actor("a", "Nom", ActorKind.ASSOCIATION))]
        submit(open_private(home), store, changes, by="acc-1", key="k1")
        """
    )
    command = [sys.executable, "-c", child, str(tmp_path), point]
    ended = subprocess.run(
        command, check=False, env={**os.environ, "PYTHONPATH": "."}, capture_output=True, timeout=60
    )
    assert ended.returncode == 9, ended.stderr.decode()
    with open_private(tmp_path) as private, SqliteStore(tmp_path / "graph.db") as graph:
        assert redeliver(private, graph).done == ("k1",)
        assert len(graph.history(Ref(RecordKind.ACTOR, "a"))) == 1
        assert graph.info().revision == 1


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(str.strip)
keys = words.map(str.strip).filter(bool)
changes = st.one_of(
    st.builds(lambda k, n: Put(actor(k, n)), keys, words),
    st.builds(lambda k: Withdraw(Ref(RecordKind.ACTOR, k)), keys),
    st.builds(lambda a, b: Merge(Ref(RecordKind.PLACE, a), Ref(RecordKind.PLACE, b)), keys, keys),
)
versions = st.none() | st.dictionaries(
    st.builds(Ref, st.sampled_from(RecordKind), keys), st.integers(0, 9), max_size=3
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(changes, max_size=5), versions)
def test_an_intent_reads_back_as_it_was_written(made, expected):
    intent = Intent(tuple(made), expected)
    assert read_intent(write_intent(intent)) == intent
    assert write_intent(read_intent(write_intent(intent))) == write_intent(intent)
