"""Introductions join the two halves: a good match, and a good effect on the network."""

from datetime import date

from graphsvc.analytics.isolation import work_list
from graphsvc.domain.themes import Theme
from matcher.introductions import introductions
from tests.graphsvc.networks import association, snapshot_of, tie

DAY = date(2026, 11, 2)


def test_an_isolated_actor_is_offered_matches_by_what_they_bring_and_who_can_introduce_them() -> None:
    about: dict[str, tuple[str, ...]] = {"themes": ("water",), "territories": ("ML",)}
    records = [Theme("water", "Eau"), association("alone", **about), association("hub", **about)]
    records += (
        [association(n) for n in "abc"] + [tie(n, "hub") for n in "abc"] + [association("pair", **about)]
    )
    snapshot = snapshot_of(records)
    chosen = [item.index for item in work_list(snapshot, DAY)]
    found = introductions(snapshot, chosen, DAY)
    alone = found[snapshot.ids.index("alone")]
    assert snapshot.ids[alone[0].index] == "hub"
    assert alone[0].gain > alone[-1].gain or len(alone) == 1
    assert alone[0].introducer is not None
    assert all(b.index != snapshot.ids.index("alone") for b in alone)


def test_nobody_to_introduce_is_an_empty_answer() -> None:
    assert introductions(snapshot_of([association("a")]), [0], DAY) == {0: []}
