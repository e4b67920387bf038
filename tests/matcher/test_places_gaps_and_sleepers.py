"""Where many are and nobody is, what nobody answers, what sleeps and who could help."""

from datetime import date

import pytest
from hypothesis import given, settings

from graphsvc.domain.actors import ActorKind, ActorRole, DatedRole
from graphsvc.domain.announcements import Nature
from graphsvc.domain.errors import UnknownRecord
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from graphsvc.domain.records import Record
from graphsvc.snapshot import Snapshot
from matcher.groups.dormant import dormant_links
from matcher.groups.groups import GroupRole
from matcher.places.concentration import Load, PlaceLoad, concentration
from matcher.places.gaps import missing_themes, presence_grid, unmet_needs
from tests.matcher.groups_oracle import FOREIGN, World, reached
from tests.matcher.networks import TODAY, actor, link, need, offer, random_records, snapshot_of, year


def loads(snapshot: Snapshot) -> dict[str, PlaceLoad]:
    return {snapshot.place_ids[p.place]: p for p in concentration(snapshot, TODAY)}


def partner(key: str, seat: str = "ML-kayes", **more: object) -> Record:
    return actor(key, kind=ActorKind.PARTNER_TERRITORY, seat=seat, country="ML", **more)


@settings(max_examples=25, deadline=None)
@given(random_records(most=10))
def test_each_place_counts_the_actors_of_the_territory_at_work_there(records: list[Record]) -> None:
    snapshot = snapshot_of(*records)
    world = World(records, TODAY)
    found = loads(snapshot)
    for place in FOREIGN:
        there = [k for k in world.ours(snapshot) if place in reached(world.places[k], FOREIGN)]
        if there:
            assert found[place].count == len(there)
        elif place in found:
            assert found[place].load is Load.NOBODY


def test_many_in_kayes_and_nobody_in_nioro() -> None:
    nioro = Place("ML-nioro", "Cercle de Nioro", PlaceLevel.DISTRICT, PlaceRole.PARTNER, "ML-1", 15.2, -9.6)
    crowd = [actor(f"a{n}", seat="91228", territories=("ML-kayes",)) for n in range(6)]
    lone = [actor("z", seat="91228", territories=("SN-DK",))]
    found = loads(snapshot_of(nioro, *crowd, *lone))
    assert found["ML-kayes"].load is Load.CROWDED
    assert found["ML-kayes"].count == 6
    assert [r.code for r in found["ML-kayes"].reasons] == ["crowded_place", "empty_beside"]
    assert found["ML-nioro"].load is Load.NOBODY
    assert found["ML-nioro"].reasons[0].facts["beside"]
    assert found["SN-DK"].load is Load.SINGLE
    assert found["ML-1"].load is Load.SHARED  # the cercle says it


def test_a_place_that_hangs_on_one_link_and_a_plain_twinning_are_told_apart() -> None:
    two = [actor("a", seat="91228"), actor("b", seat="91228", territories=("ML-kayes",)), partner("k")]
    hanging = loads(snapshot_of(*two, link("a", "k", LinkKind.DECENTRALISED_COOPERATION)))["ML-kayes"]
    assert (hanging.load, hanging.links) == (Load.HANGING, 1)
    assert hanging.reasons[0].facts["one"] == {"id": "a", "name": "a"}
    twinned = loads(snapshot_of(two[0], two[2], link("a", "k", LinkKind.TWINNING)))["ML-kayes"]
    assert twinned.load is Load.TWINNED


def test_places_are_narrowed_and_the_unknown_is_refused() -> None:
    snapshot = snapshot_of(actor("a", seat="91228", territories=("ML-kayes", "SN-DK")))
    asked = concentration(snapshot, TODAY, territories=("ML",))
    assert {snapshot.place_ids[p.place] for p in asked} == {"ML", "ML-1", "ML-kayes"}
    with pytest.raises(UnknownRecord):
        concentration(snapshot, TODAY, territories=("Narnia",))
    assert concentration(snapshot_of(), TODAY) != []  # partner countries with nobody


def test_a_need_is_unmet_until_an_offer_of_its_skill_is_open() -> None:
    records = [actor("a", seat="91228"), actor("b", seat="91228")]
    asked = need("n", "a", skills=("accounting",))
    assert [g.announcement for g in unmet_needs(snapshot_of(*records, asked), TODAY)] == [0]
    met = snapshot_of(*records, asked, offer("o", "b", skills=("accounting",)))
    assert unmet_needs(met, TODAY) == []
    own = snapshot_of(*records, asked, offer("o", "a", skills=("accounting",)))
    assert len(unmet_needs(own, TODAY)) == 1
    late = snapshot_of(*records, asked, offer("o", "b", skills=("accounting",), expires_on=year(2020)))
    assert len(unmet_needs(late, TODAY)) == 1


def test_a_need_that_many_share_comes_first_with_who_could_help() -> None:
    trainer = actor("t", seat="91228", roles=(DatedRole(ActorRole.TRAINER),), themes=("health",))
    records = [actor(k, seat="91228") for k in "abc"]
    needs = [need(f"n{k}", k, Nature.TRAINING, themes=("health",)) for k in "ab"]
    snapshot = snapshot_of(trainer, *records, *needs, need("nc", "c", Nature.TRANSPORT, themes=("wells",)))
    found = unmet_needs(snapshot, TODAY)
    assert found[0].similar == 1
    assert [snapshot.ids[m.index] for m in found[0].helpers] == ["t"]
    assert found[-1].helpers == ()
    assert unmet_needs(snapshot, TODAY, themes=("water",)) == [found[-1]]


def test_a_theme_a_partner_works_on_and_nobody_from_here_is_missing_there() -> None:
    records = [
        actor("a", seat="91228", territories=("ML-kayes",), themes=("education",)),
        actor("b", seat="91228", territories=("ML-nioro",), themes=("wells",)),
        partner("k", themes=("wells",)),
    ]
    snapshot = snapshot_of(*records)
    found = {
        (snapshot.place_ids[g.place], snapshot.theme_ids[g.theme]): g for g in missing_themes(snapshot, TODAY)
    }
    assert ("ML", "water") not in found  # b is there, in Nioro
    grid = presence_grid(snapshot, TODAY)
    column = grid.themes.index(snapshot.theme_ids.index("water"))
    row = grid.places.index(snapshot.place_ids.index("ML"))
    assert grid.counts[row, column] == 1


def test_a_dormant_twinning_is_worth_reviving_with_a_partner_of_both() -> None:
    records = [
        actor("a", seat="91228", kind=ActorKind.COMMUNE),
        partner("k"),
        actor("h", seat="91174"),
        link("a", "k", LinkKind.TWINNING, state=State.DORMANT, start=year(1990), confirmed_on=year(2015)),
        link("h", "a"),
        link("h", "k"),
    ]
    snapshot = snapshot_of(*records)
    best = dormant_links(snapshot, TODAY)[0]
    assert [snapshot.ids[m.index] for m in best.members] == ["a", "k", "h"]
    assert [m.role for m in best.members] == [GroupRole.HOME, GroupRole.PARTNER, GroupRole.HELPER]
    assert best.members[2].reasons[0].code == "partner_of_both"
    assert best.last == date(2015, 12, 31)
    assert {"bridge_past", "asleep_since"} <= {r.code for r in best.reasons}


def test_what_lives_was_never_tried_or_was_only_planned_does_not_sleep() -> None:
    actors = [actor("a", seat="91228"), partner("k")]
    for state in (State.ACTIVE, State.PLANNED, State.ATTEMPTED, State.RETRACTED):
        assert dormant_links(snapshot_of(*actors, link("a", "k", state=state)), TODAY) == []
    again = [link("a", "k", state=State.ENDED, end=year(2010), id="old"), link("a", "k", id="new")]
    assert dormant_links(snapshot_of(*actors, *again), TODAY) == []


def test_a_successor_is_offered_what_the_actor_before_it_did() -> None:
    records = [
        actor("old", seat="91228", ended=year(2015)),
        actor("new", seat="91228", founded=year(2016), succeeds=("old",)),
        partner("k"),
        link("old", "k", LinkKind.DECENTRALISED_COOPERATION, start=year(1990), confirmed_on=year(2012)),
    ]
    snapshot = snapshot_of(*records)
    best = dormant_links(snapshot, TODAY)[0]
    assert best.heir
    assert snapshot.ids[best.members[0].index] == "new"
    assert "revive_heir" in [r.code for r in best.reasons]
    assert dormant_links(snapshot, date(2012, 6, 1)) == []


def test_the_recent_comes_before_the_old_and_the_twinning_before_the_mission() -> None:
    ended = {"state": State.ENDED, "start": year(1990)}
    actors = [actor("a", seat="91228"), *(partner(k) for k in "xyz")]
    records = [
        link("a", "x", LinkKind.TWINNING, end=year(2015), **ended),
        link("a", "y", LinkKind.TWINNING, end=year(1995), **ended),
        link("a", "z", LinkKind.EXPERTISE, end=year(2015), **ended),
    ]
    snapshot = snapshot_of(*actors, *records)
    order = [snapshot.ids[d.members[1].index] for d in dormant_links(snapshot, TODAY)]
    assert order[0] == "x"
