"""Convergences against a count of every pair in plain Python, and what each rule is for."""

from collections import defaultdict
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.errors import UnknownRecord
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.records import Record
from matcher.groups.convergences import Scope, convergences
from matcher.groups.groups import GroupRole
from tests.matcher.groups_oracle import EVERY_THEME, FOREIGN, PARENT, World, chain, reached
from tests.matcher.networks import TODAY, actor, link, random_records, snapshot_of, year

WORTH = {"ML": 0.5, "SN": 0.5, "ML-1": 0.8, "ML-kayes": 1.0, "ML-nioro": 1.0, "SN-DK": 0.8}


@settings(max_examples=40, deadline=None)
@given(random_records(most=10))
def test_groups_hold_exactly_the_pairs_that_share_a_place_or_a_theme_without_cooperating(
    records: list[Record],
) -> None:
    snapshot = snapshot_of(*records)
    world, ties = World(records, TODAY), snapshot.ties(TODAY)
    themes, places = world.themes, world.places
    expected: dict[tuple[str, str], set[frozenset[str]]] = defaultdict(set)
    for one, other in combinations(world.ours(snapshot), 2):
        i, j = snapshot.ids.index(one), snapshot.ids.index(other)
        if j in ties.neighbours(i) or frozenset((one, other)) in world.bound:
            continue
        where = reached(places[one], FOREIGN) & reached(places[other], FOREIGN)
        about = reached(themes[one], EVERY_THEME) & reached(themes[other], EVERY_THEME)
        shared = [("place", where)] if where else [("theme", about)]
        for name, common in shared:
            for entry in common:
                if not any(PARENT[inner] == entry for inner in common):
                    expected[name, entry].add(frozenset((one, other)))
    found = {}
    for group in convergences(snapshot, TODAY, top=1000):
        key = (
            ("place", snapshot.place_ids[group.place])
            if group.place is not None
            else ("theme", snapshot.theme_ids[group.theme or 0])
        )
        found[key] = group
        members = {snapshot.ids[m.index] for m in group.members if m.role is not GroupRole.CONNECTOR}
        assert members == {key for pair in expected[key] for key in pair}
        for pair in group.pairs:
            assert 0 <= pair.overlap <= 1
            assert 0 <= pair.complementarity <= 1
    assert {key: group.open_pairs for key, group in found.items()} == {
        key: len(pairs) for key, pairs in expected.items() if pairs
    }


@settings(max_examples=15, deadline=None)
@given(random_records(most=10))
def test_the_best_few_are_the_first_of_all_and_the_overlap_is_that_of_the_rule(records: list[Record]) -> None:
    snapshot = snapshot_of(*records)
    every = convergences(snapshot, TODAY, top=1000)
    assert [(g.place, g.theme, g.score) for g in convergences(snapshot, TODAY, top=2)] == [
        (g.place, g.theme, g.score) for g in every[:2]
    ]
    places = World(records, TODAY).places
    for group in every:
        if group.place is None:
            continue
        here = snapshot.place_ids[group.place]
        for pair in group.pairs:
            named = [places[snapshot.ids[k]].get(here, 0.0) for k in (pair.one, pair.other)]
            below = [
                max(
                    (w for p, w in places[snapshot.ids[k]].items() if p != here and here in chain(p)),
                    default=0.0,
                )
                for k in (pair.one, pair.other)
            ]
            cover = max(
                min(named),
                0.9 * min(named[0], below[1]),
                0.9 * min(below[0], named[1]),
                0.6 * min(below),
            )
            assert pair.overlap >= 0.6 * WORTH[here] * cover - 1e-6
            assert pair.overlap <= 0.6 * WORTH[here] * cover + 0.4 + 1e-6


def two(**fields: object) -> list[Actor]:
    return [actor("a", seat="91228", **fields), actor("b", seat="91174", **fields)]


def test_the_same_place_and_the_same_theme_weigh_more_than_either() -> None:
    both = convergences(snapshot_of(*two(territories=("ML-kayes",), themes=("wells",))), TODAY)
    place = convergences(snapshot_of(*two(territories=("ML-kayes",))), TODAY)
    theme = convergences(snapshot_of(*two(themes=("wells",))), TODAY)
    assert both[0].score > place[0].score > theme[0].score
    assert both[0].overlap > place[0].overlap > theme[0].overlap


def test_a_live_cooperation_hides_a_pair_and_a_funding_link_is_its_bridge() -> None:
    actors = two(territories=("ML-kayes",))
    assert convergences(snapshot_of(*actors, link("a", "b")), TODAY) == []
    funded = convergences(snapshot_of(*actors, link("a", "b", LinkKind.FUNDING, start=year(2008))), TODAY)
    bridge = funded[0].pairs[0].bridges[0]
    assert bridge.code == "bridge_means"
    assert bridge.facts["kind"] == "funding"
    assert bridge.facts["live"] is True
    assert "bridge_means" in [r.code for r in funded[0].reasons]
    assert funded[0].score > convergences(snapshot_of(*actors), TODAY)[0].score


def test_an_ended_cooperation_is_named_as_what_was() -> None:
    past = link("a", "b", state=State.ENDED, start=year(2003), end=year(2005))
    group = convergences(snapshot_of(*two(territories=("ML-kayes",)), past), TODAY)[0]
    assert [b.code for b in group.pairs[0].bridges] == ["bridge_past"]
    assert (group.pairs[0].bridges[0].facts["start"], group.pairs[0].bridges[0].facts["end"]) == (2003, 2005)


def test_actors_that_were_there_at_different_dates_do_not_converge() -> None:
    gone = link("a", "k", state=State.ENDED, start=year(1990), end=year(1995), territories=("ML-kayes",))
    there = link("b", "k", start=year(2010), territories=("ML-kayes",))
    records = [
        *two(),
        actor("k", kind=ActorKind.PARTNER_TERRITORY, seat="ML-kayes", country="ML"),
        gone,
        there,
    ]
    snapshot = snapshot_of(*records)
    assert convergences(snapshot, TODAY) == []
    assert convergences(snapshot, date(1993, 6, 1)) == []


def test_one_acts_in_the_region_and_the_other_in_a_cercle_of_it() -> None:
    records = [
        actor("a", seat="91228", territories=("ML-1",)),
        actor("b", seat="91228", territories=("ML-kayes",)),
    ]
    snapshot = snapshot_of(*records)
    group = convergences(snapshot, TODAY)[0]
    assert snapshot.place_ids[group.place or 0] == "ML-1"
    elsewhere = snapshot_of(
        actor("a", seat="91228", territories=("ML-nioro",)),
        actor("b", seat="91228", territories=("ML-kayes",)),
    )
    assert convergences(elsewhere, TODAY)[0].overlap < group.overlap


def test_a_service_speaks_for_its_house_and_does_not_converge_with_it() -> None:
    city = actor("city", kind=ActorKind.COMMUNE, seat="91228", territories=("ML-kayes",))
    service = actor("service", kind=ActorKind.PUBLIC_BODY, seat="91228", part_of="city", themes=("water",))
    other = actor("other", seat="91174", territories=("ML-kayes",), themes=("water",))
    assert convergences(snapshot_of(city, service), TODAY) == []
    group = convergences(snapshot_of(city, service, other), TODAY)[0]
    assert {m.index for m in group.members} == {0, 1}  # city and other
    assert group.themes


def test_the_successor_of_an_ended_actor_stands_for_it_and_says_so() -> None:
    old = actor("old", seat="91228", territories=("ML-kayes",), ended=year(2015))
    heir = actor("heir", seat="91228", founded=year(2016), succeeds=("old",))
    other = actor("other", seat="91174", territories=("ML-kayes",))
    snapshot = snapshot_of(old, heir, other)
    group = convergences(snapshot, TODAY)[0]
    roles = {snapshot.ids[m.index]: m for m in group.members}
    assert roles["heir"].role is GroupRole.HEIR
    assert roles["heir"].reasons[0].code == "stands_for"
    then = convergences(snapshot, date(2012, 1, 1))[0]
    assert {snapshot.ids[m.index] for m in then.members} == {"old", "other"}
    assert then.score > group.score


def test_partner_side_actors_count_when_everybody_is_asked_for() -> None:
    records = [
        actor(k, kind=ActorKind.PARTNER_ORGANISATION, seat="ML-kayes", country="ML", themes=("wells",))
        for k in "ab"
    ]
    snapshot = snapshot_of(*records)
    assert convergences(snapshot, TODAY) == []
    assert len(convergences(snapshot, TODAY, Scope(everyone=True))) == 1


def test_themes_and_territories_narrow_and_the_unknown_is_refused_with_the_nearest() -> None:
    snapshot = snapshot_of(*two(territories=("ML-kayes",), themes=("wells",)))
    assert convergences(snapshot, TODAY, Scope(territories=("ML",)))
    assert convergences(snapshot, TODAY, Scope(territories=("SN",))) == []
    assert convergences(snapshot, TODAY, Scope(themes=("water",)))
    assert convergences(snapshot, TODAY, Scope(themes=("health",))) == []
    assert convergences(snapshot, TODAY, Scope(around=snapshot.ids.index("a")))
    with pytest.raises(UnknownRecord) as refused:
        convergences(snapshot, TODAY, Scope(themes=("eaux",)))
    assert refused.value.nearest


def test_a_crowd_is_cut_by_theme_and_by_area_and_stays_a_list_of_meetings() -> None:
    crowd = [
        actor(f"a{n:03d}", seat="91228" if n % 2 else "91223", territories=("ML-kayes",), themes=("wells",))
        for n in range(90)
    ]
    groups = convergences(snapshot_of(*crowd), TODAY)
    assert len(groups) < 10
    assert all(len(g.members) <= 40 for g in groups)
    assert groups[0].count == 90


def test_an_empty_network_has_no_convergence() -> None:
    assert convergences(snapshot_of(), TODAY) == []
    assert convergences(snapshot_of(actor("alone", seat="91228")), TODAY) == []
