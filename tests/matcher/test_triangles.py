"""Triangles: two that lack something, a third that has it, whichever side of the sea it is on."""

from collections.abc import Sequence

from hypothesis import given, settings

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.announcements import Nature
from graphsvc.domain.records import Record
from graphsvc.snapshot import Snapshot
from matcher.groups.groups import GroupRole
from matcher.groups.triangles import Triangle, triangles
from matcher.places.standing import standing_on
from tests.matcher.networks import TODAY, actor, link, need, offer, random_records, snapshot_of

PARTNER = {"kind": ActorKind.PARTNER_TERRITORY, "country": "ML"}


def partner(key: str, seat: str = "ML-kayes", **more: object) -> Record:
    country = "SN" if seat == "SN-DK" else "ML"
    return actor(key, kind=ActorKind.PARTNER_TERRITORY, seat=seat, country=country, **more)


def keys(snapshot: Snapshot, triangle: Triangle) -> list[str]:
    return [snapshot.ids[m.index] for m in triangle.members]


def roles(triangle: Triangle) -> Sequence[GroupRole]:
    return [m.role for m in triangle.members]


def test_a_third_brings_the_theme_the_partner_works_on_and_the_first_does_not() -> None:
    records = [
        actor("here", seat="91228", themes=("education",)),
        partner("there", themes=("wells",)),
        actor("third", seat="91223", themes=("wells",), territories=("ML-kayes",)),
        actor("far", seat="91223", themes=("health",), territories=("ML-kayes",)),
        link("here", "there"),
    ]
    snapshot = snapshot_of(*records)
    best = triangles(snapshot, TODAY)[0]
    assert keys(snapshot, best) == ["here", "there", "third"]
    assert roles(best) == [GroupRole.HOME, GroupRole.PARTNER, GroupRole.SKILL]
    assert [snapshot.theme_ids[t] for t in best.themes] == ["wells"]
    assert best.members[2].reasons[0].code == "brings_missing"


def test_an_open_need_of_either_is_answered_by_an_offer() -> None:
    records = [
        actor("here", seat="91228", themes=("wells",)),
        partner("there", themes=("wells",)),
        actor("third", seat="91223", territories=("ML",)),
        need("n", "there", Nature.SKILL, skills=("accounting",)),
        offer("o", "third", Nature.SKILL, skills=("accounting",)),
        link("here", "there"),
    ]
    snapshot = snapshot_of(*records)
    best = triangles(snapshot, TODAY)[0]
    assert keys(snapshot, best) == ["here", "there", "third"]
    assert "offers_it" in [r.code for r in best.members[2].reasons]
    assert "triangle_need" in [r.code for r in best.reasons]


def test_a_partner_of_the_south_brings_as_well_as_a_neighbour() -> None:
    records = [
        actor("here", seat="91228"),
        partner("there", themes=("wells",)),
        partner("peer", seat="SN-DK", themes=("wells",)),
        link("here", "there"),
    ]
    snapshot = snapshot_of(*records)
    best = triangles(snapshot, TODAY)[0]
    assert keys(snapshot, best) == ["here", "there", "peer"]
    assert best.members[2].role is GroupRole.PEER
    assert "sits_in" in [r.code for r in best.members[2].reasons]


def test_who_sits_in_the_same_town_as_the_partner_is_on_the_spot_and_no_other_territory() -> None:
    records = [
        actor("here", seat="91228"),
        partner("there", themes=("wells",)),
        partner("beside", themes=("wells",)),
        link("here", "there"),
    ]
    snapshot = snapshot_of(*records)
    best = triangles(snapshot, TODAY)[0]
    assert set(keys(snapshot, best)) == {"here", "there", "beside"}
    assert best.members[2].role is GroupRole.SKILL
    assert "sits_there" in [r.code for r in best.members[2].reasons]


def test_two_southern_partners_are_a_base_that_a_third_from_here_completes() -> None:
    records = [
        partner("a", themes=("education",)),
        partner("b", seat="SN-DK", themes=("wells",)),
        actor("third", seat="91228", themes=("wells",), territories=("SN-DK",)),
        link("a", "b"),
    ]
    snapshot = snapshot_of(*records)
    found = triangles(snapshot, TODAY, around=snapshot.ids.index("third"))
    south = next(t for t in found if roles(t)[0] is GroupRole.PEER)
    assert set(keys(snapshot, south)) == {"a", "b", "third"}
    assert "south_south" in [r.code for r in south.reasons]


def test_who_cooperates_with_both_already_is_no_third() -> None:
    records = [
        actor("here", seat="91228"),
        partner("there", themes=("wells",)),
        actor("third", seat="91223", themes=("wells",), territories=("ML-kayes",)),
        link("here", "there"),
        link("here", "third"),
        link("there", "third"),
    ]
    snapshot = snapshot_of(*records)
    assert all(keys(snapshot, t)[2] != "third" for t in triangles(snapshot, TODAY))


def test_an_actor_asked_for_is_one_of_the_three() -> None:
    records = [actor("here", seat="91228"), partner("there", themes=("wells",)), link("here", "there")]
    records += [actor(k, seat="91223", themes=("wells",), territories=("ML-kayes",)) for k in "xyz"]
    snapshot = snapshot_of(*records)
    for key in ("here", "there", "y"):
        found = triangles(snapshot, TODAY, around=snapshot.ids.index(key))
        assert found
        assert all(key in keys(snapshot, t) for t in found)


@settings(max_examples=25, deadline=None)
@given(random_records(most=10))
def test_whatever_the_network_the_rules_hold(records: list[Record]) -> None:
    snapshot = snapshot_of(*records)
    standing = standing_on(snapshot, TODAY)
    for triangle in triangles(snapshot, TODAY):
        first, second, third = (m.index for m in triangle.members)
        assert len({first, second, third}) == 3
        assert all(standing.alive[i] for i in (first, second, third))
        assert standing.index.away[second]
        assert any(standing.local[i] or not standing.index.away[i] for i in (first, third))
        both = set(snapshot.ties(TODAY).neighbours(third).tolist())
        assert not {first, second} <= both
        assert 0 < triangle.score <= 1


def test_an_empty_network_has_no_triangle() -> None:
    assert triangles(snapshot_of(), TODAY) == []
    assert triangles(snapshot_of(actor("a")), TODAY, around=0) == []
