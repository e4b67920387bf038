"""What the documents say of groups, found on the real Essonne data, the same on every store."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.stores.memory import MemoryStore
from graphsvc.stores.sqlite import SqliteStore
from matcher.groups.convergences import Convergence, Scope, convergences
from matcher.groups.dormant import dormant_links
from matcher.groups.groups import GroupRole
from matcher.groups.pool_need import narrowed, need_of_announcement
from matcher.groups.pooling import pool_groups
from matcher.groups.triangles import triangles
from matcher.places.concentration import Load, concentration
from matcher.places.gaps import missing_themes, unmet_needs
from matcher.places.standing import standing_on
from seed.load import load_seed
from tests.matcher.networks import TODAY

STUDY = date(2012, 12, 31)
"""The day of the study that regrets the lack of concertation."""


@pytest.fixture(scope="module")
def essonne() -> Snapshot:
    """The seed's snapshot."""
    store = MemoryStore()
    load_seed(store, today=TODAY)
    return build_snapshot(store)


def names(snapshot: Snapshot, group: Convergence) -> set[str]:
    return {snapshot.ids[m.index] for m in group.members}


def test_the_agglomeration_and_the_region_converge_in_kayes_and_their_funding_is_the_bridge(
    essonne: Snapshot,
) -> None:
    groups = convergences(essonne, STUDY)
    rank, group = next(
        (n, g)
        for n, g in enumerate(groups)
        if {"caece", "region-idf"} <= names(essonne, g) and essonne.place_ids[g.place or 0] == "ML-1"
    )
    assert rank < 3, "the documents' own case comes near the top"
    pair = group.pairs[0]
    assert {essonne.ids[pair.one], essonne.ids[pair.other]} == {"caece", "region-idf"}
    funding = pair.bridges[0]
    assert (funding.code, funding.facts["kind"], funding.facts["live"]) == ("bridge_means", "funding", True)
    assert funding in group.reasons
    assert group.overlap > 0.5
    assert "bridge_planned" in [b.code for b in pair.bridges]


def test_today_the_successor_of_the_agglomeration_stands_for_it(essonne: Snapshot) -> None:
    groups = convergences(essonne, TODAY)[:5]
    group = next(g for g in groups if {"epci-grand-paris-sud", "region-idf"} <= names(essonne, g))
    heir = next(m for m in group.members if essonne.ids[m.index] == "epci-grand-paris-sud")
    assert heir.reasons[0].code == "stands_for"
    assert heir.reasons[0].facts["former"]["id"] == "caece"  # type: ignore[index]
    assert all("caece" not in names(essonne, g) for g in groups)


def test_the_directions_of_the_agglomeration_do_not_converge_with_it(essonne: Snapshot) -> None:
    for group in convergences(essonne, STUDY):
        assert not any(key.startswith("caece-") for key in names(essonne, group))


def test_many_are_in_kayes(essonne: Snapshot) -> None:
    loads = {essonne.place_ids[p.place]: p for p in concentration(essonne, STUDY)}
    assert loads["2455518"].load is Load.CROWDED
    assert loads["2455518"].count >= 5
    assert loads["DE"].load is Load.SHARED  # German twin towns do not stand side by side


def test_the_historical_partnerships_are_the_first_to_revive(essonne: Snapshot) -> None:
    best = dormant_links(essonne, TODAY)[0]
    assert [essonne.ids[m.index] for m in best.members[:2]] == ["epci-grand-paris-sud", "kayes-commune"]
    assert len(best.members) > 2
    protocol = [d for d in dormant_links(essonne, TODAY) if d.last == date(2019, 12, 31)]
    ends = {essonne.ids[m.index] for d in protocol for m in d.members[:2]}
    assert {"departement-essonne", "cercle-nioro"} <= ends


def test_a_pooling_partner_for_a_mission_to_kayes_is_found_for_an_association(essonne: Snapshot) -> None:
    k = essonne.announcement_ids.index("besoin-suivi-sur-place")
    need = narrowed(
        essonne,
        need_of_announcement(essonne, k),
        territories=("ML-1",),
        asker=essonne.index("amis-de-kayes"),
    )
    groups = pool_groups(essonne, need, today=TODAY).groups
    assert groups
    for group in groups:
        assert 3 <= len(group.members) <= 6
        assert essonne.ids[group.members[0].index] == "amis-de-kayes"
        assert all(member.reasons for member in group.members)


def test_every_announcement_is_pooled_or_says_why_not(essonne: Snapshot) -> None:
    for k in range(len(essonne.announcement_ids)):
        found = pool_groups(essonne, need_of_announcement(essonne, k), today=TODAY)
        assert found.groups or found.notes, essonne.announcement_ids[k]


def test_triangles_join_the_essonne_and_its_partners(essonne: Snapshot) -> None:
    found = triangles(essonne, STUDY)
    assert len(found) >= 10
    kayes = essonne.index("kayes-commune")
    assert kayes is not None
    around = triangles(essonne, TODAY, around=kayes)
    assert around
    assert all(kayes in [m.index for m in t.members] for t in around)


def test_both_stores_give_the_same_groups(essonne: Snapshot, tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "graph.db") as store:
        load_seed(store, today=TODAY)
        other = build_snapshot(store)
    for find in (convergences, triangles, dormant_links, concentration, unmet_needs, missing_themes):
        assert list(find(other, TODAY)) == list(find(essonne, TODAY))  # type: ignore[operator]


def test_how_many_pairs_do_not_cooperate_is_the_same_for_whoever_reads_it(essonne: Snapshot) -> None:
    """Also for pairs that meet at a narrower place, and for a member who sees the groups of one actor."""
    standing = standing_on(essonne, TODAY)
    around = essonne.index("amis-de-kayes")
    for group in [*convergences(essonne, TODAY), *convergences(essonne, TODAY, Scope(around))]:
        facts = group.reasons[0].facts
        houses = [m.index for m in group.members if m.role is not GroupRole.CONNECTOR]
        if facts["count"] != len(houses):  # more than are named
            continue
        tied = int(np.triu(standing.circle[houses][:, houses].toarray() > 0, 1).sum())
        assert facts["open_pairs"] == facts["pairs"] - tied


def test_what_is_pooled_at_home_is_no_destination_that_somebody_knows(essonne: Snapshot) -> None:
    k = essonne.announcement_ids.index("besoin-visas")
    asker = essonne.index("amis-de-kayes")
    need = narrowed(essonne, need_of_announcement(essonne, k), territories=("91",), asker=asker)
    for group in pool_groups(essonne, need, today=TODAY).groups:
        (common,) = (r for r in group.reasons if r.code == "group_destination")
        assert common.facts["home"] is True
        roles = [m.role for m in group.members]
        assert GroupRole.EXPERIENCE not in roles
        for member in group.members[1:]:  # who only works on the theme brings no skill
            only_theme = {r.code for r in member.reasons} <= {"on_themes", "present_there"}
            assert only_theme == (member.role is GroupRole.PRESENT)


def test_two_pairs_to_revive_with_the_same_helpers_are_two(essonne: Snapshot) -> None:
    """Dakar slept with the town and with the agglomeration: each helps the other."""
    found = dormant_links(essonne, TODAY)
    ends = [tuple(essonne.ids[m.index] for m in g.members[:2]) for g in found]
    assert {("commune-91228", "dakar"), ("epci-grand-paris-sud", "dakar")} <= set(ends)
    assert len(set(ends)) == len(ends)
