"""A plan is followed whatever becomes of its actors."""

from datetime import date

from graphsvc.analytics.plan_progress import Outcome, progress_of
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import LinkKind
from graphsvc.domain.records import Record
from graphsvc.snapshot import build_snapshot
from graphsvc.usecases.merge_actors import merge_actors
from tests.graphsvc.networks import association, snapshot_of, store_of, tie

DAY = date(2026, 11, 22)


def test_each_planned_link_says_where_it_stands() -> None:
    records: list[Record] = [association(n) for n in "abcdef"]
    records += [association("z", ended=PartialDate(2020)), tie("a", "b", start=PartialDate(2026, 3))]
    records += [tie("a", "c", kind=LinkKind.FUNDING), tie("a", "d", kind=LinkKind.INTRODUCED)]
    records += [tie("a", "e", end=PartialDate(2019)), tie("a", "z", start=PartialDate(2010))]
    snapshot = snapshot_of(records)
    found = progress_of(snapshot, DAY, [("a", k) for k in "bcdefz"] + [("a", "nobody"), ("a", "a")])
    assert [p.outcome for p in found] == [
        Outcome.COOPERATING,
        Outcome.RELATED,
        Outcome.MET,
        Outcome.OVER,
        Outcome.WAITING,
        Outcome.ENDED,
        Outcome.LOST,
        Outcome.ONE_ACTOR,
    ]
    assert found[0].since == date(2026, 3, 1)
    assert (found[6].first, found[6].second) == (snapshot.index("a"), None)


def test_a_merged_actor_is_followed_under_the_record_that_stayed_and_it_is_said() -> None:
    store = store_of([*(association(n) for n in "abc"), tie("b", "c")])
    merge_actors(store, "a", "b", by="test")
    snapshot = build_snapshot(store)
    stayed = snapshot.ids[snapshot.index("a")]  # type: ignore[index]
    gone = "a" if stayed == "b" else "b"
    found = progress_of(snapshot, DAY, [(gone, "c"), ("a", "b")])
    assert [(p.outcome, p.merged) for p in found] == [
        (Outcome.COOPERATING, (gone,)),
        (Outcome.ONE_ACTOR, (gone,)),
    ]
