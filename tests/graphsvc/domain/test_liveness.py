"""When a cooperation is live: the interval says the same as the rule read word by word."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import State
from graphsvc.domain.liveness import LiveInterval, live_interval
from tests.graphsvc.domain.test_dates import partial_dates

states = st.one_of(st.none(), st.sampled_from(State))
maybe = st.one_of(st.none(), partial_dates)


@given(states, maybe, maybe, maybe, st.dates())
def test_the_interval_says_the_rule(
    state: State | None,
    start: PartialDate | None,
    end: PartialDate | None,
    confirmed: PartialDate | None,
    day: date,
) -> None:
    begun = start is None or start.first_day <= day
    if state in (State.PLANNED, State.ATTEMPTED, State.RETRACTED):
        goes_on = False
    elif end is not None:
        goes_on = end.last_day >= day
    elif state in (State.DORMANT, State.ENDED):
        goes_on = confirmed is not None and day <= confirmed.last_day
    else:
        goes_on = True
    assert live_interval(state, start, end, confirmed).covers(day) == (begun and goes_on)


@pytest.mark.parametrize(
    ("day", "live"),
    [
        (date(2011, 12, 31), False),
        (date(2012, 1, 1), True),
        (date(2014, 12, 31), True),
        (date(2015, 1, 1), False),
    ],
)
def test_a_year_only_date_spans_the_year(day: date, live: bool) -> None:
    assert live_interval(State.ACTIVE, PartialDate(2012), PartialDate(2014), None).covers(day) is live


@given(st.dates(), st.dates(), st.dates(), st.dates(), st.dates())
def test_the_meeting_of_two_intervals_covers_the_days_of_both(
    a: date, b: date, c: date, d: date, day: date
) -> None:
    first, second = LiveInterval(a, b), LiveInterval(c, d)
    assert (first & second).covers(day) == (first.covers(day) and second.covers(day))
