"""What would change if some links existed."""

import math
from dataclasses import asdict
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.analytics.health import network_health
from graphsvc.analytics.isolation import IsolationState
from graphsvc.analytics.what_if import Use, what_if
from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.records import Record
from tests.graphsvc.networks import association, network, snapshot_of, tie
from tests.graphsvc.strategies import graphs

DAY = date(2026, 11, 22)
picked = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=5)


@settings(max_examples=20)
@given(graphs(), picked)
def test_imagined_links_give_the_figures_that_real_ones_would(
    records: list[Record], links: list[tuple[int, int]]
) -> None:
    snapshot = snapshot_of(records)
    found = what_if(snapshot, DAY, links)
    new = [one for one in found.links if one.use is Use.NEW]
    made = [tie(snapshot.ids[one.a], snapshot.ids[one.b]) for one in new]
    real = asdict(network_health(snapshot_of([*records, *made]), DAY))
    before = asdict(network_health(snapshot, DAY))
    for name, value in asdict(found.after).items():
        assert math.isfinite(value)
        assert value == real[name], name
    assert all(asdict(found.before)[name] == before[name] for name in asdict(found.before))


def test_each_link_that_changes_nothing_is_told() -> None:
    over = association("e", ended=PartialDate(2015))
    snapshot = snapshot_of([*(association(n) for n in "abc"), over, tie("a", "b")])
    found = what_if(snapshot, DAY, [(0, 1), (0, 2), (2, 0), (1, 1), (2, 3)])
    assert [one.use for one in found.links] == [
        Use.TIED,
        Use.NEW,
        Use.REPEATED,
        Use.SAME_ACTOR,
        Use.ENDED,
    ]
    assert (found.before.ties, found.after.ties) == (1, 2)


def test_who_leaves_the_work_list_and_who_comes_to_it_is_said() -> None:
    snapshot = network("a b c d", "bc cd bd")
    found = what_if(snapshot, DAY, [(0, 1)])
    assert [(m.index, m.before, m.after) for m in found.moves] == [
        (0, IsolationState.ISOLATED, IsolationState.FRAGILE)
    ]
    joined = what_if(snapshot, DAY, [(0, 1), (0, 2)])
    assert [(m.index, m.before, m.after) for m in joined.moves] == [(0, IsolationState.ISOLATED, None)]


def test_an_actor_of_no_known_activity_is_counted_once_it_is_linked() -> None:
    snapshot = snapshot_of([association("a"), Actor("b", "B", ActorKind.COMMUNE, seat="91228")])
    found = what_if(snapshot, DAY, [(0, 1)])
    assert (found.before.actors, found.after.actors) == (1, 2)
    assert found.after.isolated == 0


def test_no_link_at_all_changes_nothing_even_in_an_empty_network() -> None:
    found = what_if(network(""), DAY, [])
    assert found.before == found.after
    assert found.moves == ()
