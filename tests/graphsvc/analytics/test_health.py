"""Figures that are numbers whatever the network."""

import math
from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given

from graphsvc.analytics.health import network_health
from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import LinkKind
from graphsvc.domain.records import Record
from tests.graphsvc.networks import association, network, snapshot_of, tie
from tests.graphsvc.strategies import graphs

DAY = date(2026, 11, 22)


@given(graphs())
def test_no_figure_is_ever_infinite_or_undefined(records: list[Record]) -> None:
    for stale in (None, 10):
        for value in asdict(network_health(snapshot_of(records), DAY, stale_after_years=stale)).values():
            assert math.isfinite(value)
            assert value >= 0


@pytest.mark.parametrize(
    ("actors", "pairs", "expected"),
    [
        (
            "",
            "",
            {"actors": 0, "ties": 0, "isolated_share": 0.0, "reachable_pairs_share": 0.0, "density": 0.0},
        ),
        ("a", "", {"actors": 1, "isolated": 1, "isolated_share": 1.0, "components": 1, "largest_share": 1.0}),
        ("a b c", "", {"isolated": 3, "components": 3, "reachable_pairs_share": 0.0, "mean_degree": 0.0}),
        ("a b c", "ab bc ac", {"ties": 3, "density": 1.0, "clustering": 1.0, "reachable_pairs_share": 1.0}),
        (
            "a b c d",
            "ab bc",
            {"ties": 2, "isolated": 1, "components": 2, "reachable_pairs_share": 0.5, "mean_degree": 1.0},
        ),
    ],
)
def test_small_networks_have_the_figures_one_counts_by_hand(
    actors: str, pairs: str, expected: dict[str, float]
) -> None:
    figures = asdict(network_health(network(actors, pairs), DAY))
    assert {name: figures[name] for name in expected} == pytest.approx(expected)


def test_money_and_meetings_are_counted_apart_from_ties() -> None:
    records = [association(n) for n in "abcd"]
    links = [
        tie("a", "b", kind=LinkKind.FUNDING),
        tie("b", "c", kind=LinkKind.MET),
        tie("c", "d", kind=LinkKind.OPERATOR),
    ]
    figures = network_health(snapshot_of([*records, *links]), DAY)
    assert (figures.ties, figures.resource_links, figures.contact_links, figures.structural_links) == (
        0,
        1,
        1,
        1,
    )
    assert figures.isolated == 4


def test_an_actor_of_no_known_activity_is_recorded_but_not_counted_as_isolated() -> None:
    figures = network_health(
        snapshot_of([association("a"), Actor("b", "B", ActorKind.COMMUNE, seat="91228")]), DAY
    )
    assert (figures.recorded, figures.actors, figures.isolated) == (2, 1, 1)


def test_the_figures_of_a_past_day_are_those_of_that_day() -> None:
    ended = association("b", ended=PartialDate(2015))
    snapshot = snapshot_of([association("a"), ended, tie("a", "b", start=PartialDate(2010))])
    assert network_health(snapshot, date(2012, 1, 1)).ties == 1
    assert network_health(snapshot, date(2009, 1, 1)).ties == 0
    now = network_health(snapshot, DAY)
    assert (now.ties, now.recorded) == (0, 1)


def test_ties_that_nobody_vouched_for_in_ten_years_are_told_apart() -> None:
    records = [association(n) for n in "abc"]
    links = [tie("a", "b", confirmed_on=PartialDate(2012)), tie("b", "c", confirmed_on=PartialDate(2026))]
    snapshot = snapshot_of([*records, *links])
    assert network_health(snapshot, DAY).unconfirmed_ties == 1
    assert network_health(snapshot, DAY, stale_after_years=10).ties == 1
