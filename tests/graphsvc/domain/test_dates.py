"""Dates as sources give them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.domain.dates import PartialDate, check_period
from graphsvc.domain.errors import InvalidValue

partial_dates = st.dates(min_value=date(1, 1, 1)).flatmap(
    lambda d: st.sampled_from(
        [PartialDate(d.year), PartialDate(d.year, d.month), PartialDate(d.year, d.month, d.day)]
    )
)


@given(partial_dates)
def test_a_date_is_read_back_as_written(when: PartialDate) -> None:
    assert PartialDate.parse(str(when)) == when


@given(partial_dates)
def test_the_last_day_is_the_one_before_the_next_period_begins(when: PartialDate) -> None:
    if when.last_day < date.max:
        after = when.last_day + timedelta(days=1)
        assert (after.year, after.month if when.month else None, after.day if when.day else None) != (
            when.year,
            when.month,
            when.day,
        )
    assert when.first_day <= when.last_day


def test_a_french_date_is_day_first() -> None:
    assert PartialDate.parse("04/07/2016") == PartialDate(2016, 7, 4)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "date_form"),
        ("2012-5", "date_form"),
        ("12", "date_form"),
        ("juin 2012", "date_form"),
        ("2012-13", "date_impossible"),
        ("30/02/2012", "date_impossible"),
        ("0000", "date_impossible"),
        ("２０１２", "date_form"),
        ("2012\n", None),
    ],
)
def test_what_is_no_date_is_refused_with_its_rule(text: str, rule: str | None) -> None:
    if rule is None:
        assert PartialDate.parse(text) == PartialDate(2012)
        return
    with pytest.raises(InvalidValue) as refusal:
        PartialDate.parse(text)
    assert refusal.value.rule == rule


def test_a_year_only_end_may_share_the_year_of_a_day_start() -> None:
    check_period("link", PartialDate(2012, 6, 1), PartialDate(2012))
    with pytest.raises(InvalidValue):
        check_period("link", PartialDate(2012, 6, 1), PartialDate(2011))


def test_dates_sort_by_time_coarser_first() -> None:
    given_dates = [PartialDate(2012, 5, 2), PartialDate(2012), PartialDate(2011, 12), PartialDate(2012, 5)]
    assert [str(d) for d in sorted(given_dates)] == ["2011-12", "2012", "2012-05", "2012-05-02"]
