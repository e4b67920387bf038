"""Rounds of exposure: one a day, the last few kept, whatever the traffic."""

from datetime import date, timedelta

from sqlalchemy import func, select

from people.exposures import KEPT, keep_round, last_round, last_round_at
from people.refusals import AskerKind, decline, every_refusal
from people.tables import ExposureRow

DAY = date(2026, 11, 2)


def test_no_round_is_no_exposure(private):
    assert last_round(private, "g1") is None
    assert last_round_at(private, "g1") is None


def test_the_last_round_of_a_graph_is_read_back(private):
    keep_round(private, "g1", DAY, 3, 20, {"a": 30, "b": 1})
    keep_round(private, "g2", DAY + timedelta(days=1), 9, 5, {"z": 2})
    found = last_round(private, "g1")
    assert (found.day, found.revision, found.limit, found.counts) == (DAY, 3, 20, {"a": 30, "b": 1})
    assert last_round_at(private, "g1") == (DAY, found.made_at)


def test_a_second_round_of_a_day_takes_the_place_of_the_first(private):
    keep_round(private, "g1", DAY, 3, 20, {"a": 30})
    keep_round(private, "g1", DAY, 4, 10, {"a": 12})
    assert last_round(private, "g1").counts == {"a": 12}


def test_old_rounds_go(private):
    for days in range(20):
        keep_round(private, "g1", DAY + timedelta(days=days), days, 20, {"a": days})
    keep_round(private, "g2", DAY, 1, 20, {})
    with private.reading() as session:
        kept = select(func.count()).select_from(ExposureRow)
        assert session.scalar(kept.filter_by(store_id="g1")) == KEPT
        assert session.scalar(kept.filter_by(store_id="g2")) == 1
    assert last_round(private, "g1").counts == {"a": 19}


def test_all_refusals_of_a_graph_are_read_at_once(private):
    decline(private, "g1", AskerKind.ACTOR, "a", "b", by="acc-1")
    decline(private, "g1", AskerKind.ACTOR, "a", "c", by="acc-1")
    decline(private, "g1", AskerKind.PROJECT, "a", "d", by="acc-1")
    decline(private, "g2", AskerKind.ACTOR, "a", "e", by="acc-1")
    assert every_refusal(private, "g1") == {
        (AskerKind.ACTOR, "a"): {"b", "c"},
        (AskerKind.PROJECT, "a"): {"d"},
    }
