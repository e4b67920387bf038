"""What appeared and what ended between two days."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.analytics.timeline import changes, figures_by_year
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.records import Record
from tests.graphsvc.networks import association, network, snapshot_of, tie
from tests.graphsvc.strategies import graphs

DAY = date(2026, 11, 22)
days = st.integers(2007, 2017).map(lambda year: date(year, 6, 30))


def test_a_tie_that_began_and_one_that_ended_are_told_with_their_days() -> None:
    records: list[Record] = [association(n) for n in "abcd"]
    records += [tie("a", "b", start=PartialDate(2010)), tie("b", "c", end=PartialDate(2011)), tie("c", "d")]
    found = changes(snapshot_of(records), date(2009, 1, 1), date(2012, 1, 1))
    assert [(t.a, t.b, t.day) for t in found.ties_appeared] == [(0, 1, date(2010, 1, 1))]
    assert [(t.a, t.b, t.day) for t in found.ties_ended] == [(1, 2, date(2012, 1, 1))]
    assert (found.before.ties, found.after.ties) == (2, 2)


def test_actors_that_are_born_or_end_are_told_and_the_order_of_the_days_does_not_matter() -> None:
    records = [association("a", founded=PartialDate(2010)), association("b", ended=PartialDate(2010))]
    snapshot = snapshot_of([*records, association("c")])
    found = changes(snapshot, date(2011, 6, 1), date(2009, 6, 1))
    assert (found.since, found.until) == (date(2009, 6, 1), date(2011, 6, 1))
    assert (found.actors_appeared, found.actors_ended) == ((0,), (1,))


def test_a_tie_that_two_links_carry_has_not_ended_with_the_first() -> None:
    records: list[Record] = [association("a"), association("b")]
    records += [tie("a", "b", end=PartialDate(2010)), tie("a", "b", start=PartialDate(2009))]
    found = changes(snapshot_of(records), date(2009, 6, 1), date(2012, 1, 1))
    assert found.ties_ended == ()


@settings(max_examples=30)
@given(graphs(), days, days)
def test_what_was_and_what_changed_make_what_is(records: list[Record], since: date, until: date) -> None:
    found = changes(snapshot_of(records), since, until)
    assert found.before.ties + len(found.ties_appeared) - len(found.ties_ended) == found.after.ties
    grown = len(found.actors_appeared) - len(found.actors_ended)
    assert found.before.recorded + grown == found.after.recorded
    assert all(t.rows for t in (*found.ties_appeared, *found.ties_ended))
    for t in found.ties_appeared:
        assert t.day is None or found.since < t.day <= found.until
    for t in found.ties_ended:
        assert t.day is None or found.since < t.day <= found.until


def test_years_go_from_the_first_documented_one_to_today() -> None:
    records = [association("a"), association("b"), tie("a", "b", start=PartialDate(2023))]
    found = figures_by_year(snapshot_of(records), DAY)
    assert [day for day, _ in found] == [date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31), DAY]
    assert [day for day, _ in figures_by_year(network("a"), DAY)] == [DAY]
    assert len(figures_by_year(snapshot_of(records), date(2060, 1, 1), most=5)) == 5
