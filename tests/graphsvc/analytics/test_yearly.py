"""A year in review: what began, ended, was held and was confirmed in it, and nothing else."""

from datetime import date

import pytest

from graphsvc.analytics.yearly import review_year, reviewed_years
from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.events import Event, EventKind
from graphsvc.domain.links import Link, LinkKind, State
from graphsvc.domain.projects import Participation, Project
from graphsvc.domain.records import Record
from graphsvc.ports import Put
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.stores.memory import MemoryStore

TODAY = date(2026, 11, 2)


def snapshot_of(*records: Record) -> Snapshot:
    store = MemoryStore()
    store.apply([Put(r) for r in records], by="test")
    return build_snapshot(store)


def actor(key: str, **fields: object) -> Actor:
    return Actor(key, key, ActorKind.ASSOCIATION, **fields)  # type: ignore[arg-type]


def lived() -> Snapshot:
    """A link of 2010-2012, a project and an event of 2012, an actor of 2012, one that ended then."""
    parts = (Participation("a"), Participation("c"))
    year = PartialDate(2012)
    return snapshot_of(
        actor("a", confirmed_on=PartialDate(2012, 5)),
        actor("b", confirmed_on=PartialDate(2016)),
        actor("c", founded=PartialDate(2012)),
        actor("d", ended=PartialDate(2012, 3)),
        Link("k", "a", "b", LinkKind.PARTNERSHIP, start=PartialDate(2010), end=PartialDate(2012, 6)),
        Project("p", "Puits", State.ACTIVE, start=year, participations=parts),
        Project("q", "Rêvé", State.PLANNED, start=year, participations=parts),
        Event("e", "Forum", EventKind.FORUM, start=PartialDate(2012, 6, 3)),
        Event("f", "Fête", EventKind.FESTIVAL, start=PartialDate(2013)),
    )


def test_a_year_holds_what_is_dated_in_it_and_nothing_else():
    snapshot = lived()
    found = review_year(snapshot, 2012, TODAY)
    assert found.day == date(2012, 12, 31)
    assert [snapshot.project(k).id for k in found.projects_begun] == ["p"]
    assert found.projects_ended == ()
    assert [snapshot.event(k).id for k in found.events] == ["e"]
    assert [snapshot.ids[i] for i in found.changes.actors_appeared] == ["c"]
    assert [snapshot.ids[i] for i in found.changes.actors_ended] == ["d"]
    assert [(snapshot.ids[t.a], snapshot.ids[t.b]) for t in found.changes.ties_appeared] == [("a", "c")]
    assert [(snapshot.ids[t.a], snapshot.ids[t.b]) for t in found.changes.ties_ended] == [("a", "b")]
    assert found.confirmed == 1


def test_this_year_goes_to_today_and_no_further():
    snapshot = snapshot_of(actor("a"), Event("e", "Forum", EventKind.FORUM, start=PartialDate(2026, 12, 1)))
    found = review_year(snapshot, 2026, TODAY)
    assert (found.day, found.events) == (TODAY, ())


@pytest.mark.parametrize("year", [2027, 0])
def test_a_year_to_come_has_no_review(year):
    with pytest.raises(ValueError, match=str(year)):
        review_year(lived(), year, TODAY)


def test_years_are_those_of_which_something_is_dated_and_this_one():
    assert reviewed_years(lived(), TODAY) == [2026, 2016, 2012, 2010]
    assert reviewed_years(snapshot_of(), TODAY) == [2026]


def test_an_empty_network_has_an_empty_year():
    found = review_year(snapshot_of(), 2020, TODAY)
    assert (found.changes.ties_appeared, found.events, found.confirmed) == ((), (), 0)
