"""Groups open or closed: counted by hand and one tie at a time."""

from datetime import date

import pytest
from hypothesis import given, settings

from graphsvc.analytics.openness import Openness, Sharing, openness
from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.records import Record
from graphsvc.domain.themes import Theme
from tests.graphsvc.networks import association, network, snapshot_of, tie
from tests.graphsvc.strategies import graphs

DAY = date(2026, 11, 22)


def by_code(found: list[Openness]) -> dict[str, Openness]:
    return {one.code: one for one in found}


def test_a_tie_within_closes_a_group_and_a_tie_out_opens_it() -> None:
    records: list[Record] = [
        Theme("water", "Eau"),
        Theme("wells", "Puits", "water"),
        Theme("health", "Santé"),
    ]
    records += [association("a", themes=("wells",)), association("b", themes=("water",))]
    records += [association("c", themes=("health",)), tie("a", "b"), tie("b", "c")]
    found = by_code(openness(snapshot_of(records), DAY, Sharing.THEME))
    assert set(found) == {"water", "health"}
    water, health = found["water"], found["health"]
    assert (water.actors, water.internal, water.external, water.index) == (2, 1, 1, 0.0)
    assert (health.actors, health.internal, health.external, health.index) == (1, 0, 1, 1.0)
    assert water.by_size == pytest.approx(1 / 3)  # 2 pairs out, 1 within
    assert health.by_size == 1.0


def test_seats_are_told_by_their_larger_area_and_countries_by_where_one_acts() -> None:
    town = Actor("t", "T", ActorKind.PARTNER_TERRITORY, seat="ML", country="ML")
    snapshot = snapshot_of([association("a", territories=("ML",)), town, tie("a", "t")])
    assert [g.code for g in openness(snapshot, DAY, Sharing.SEAT)] == ["91", "ML"]
    assert [(g.code, g.index) for g in openness(snapshot, DAY, Sharing.COUNTRY)] == [("ML", 1.0)]


@pytest.mark.parametrize("sharing", list(Sharing))
def test_a_group_without_tie_has_no_index_and_an_empty_network_no_group(sharing: Sharing) -> None:
    assert openness(network(""), DAY, sharing) == []
    for one in openness(network("a b"), DAY, sharing):
        assert one.index is None
        assert (one.internal, one.external) == (0, 0)


@settings(max_examples=40)
@given(graphs())
def test_kinds_are_counted_tie_by_tie(records: list[Record]) -> None:
    snapshot = snapshot_of(records)
    ties = snapshot.ties(DAY)
    pairs = [(i, j) for i in range(snapshot.n) for j in ties.neighbours(i).tolist() if i < j]
    for one in openness(snapshot, DAY, Sharing.KIND):
        inside = [sum(snapshot.actor(k).kind.value == one.code for k in pair) for pair in pairs]
        assert (one.internal, one.external) == (inside.count(2), inside.count(1))
        assert one.index is None or -1 <= one.index <= 1
