"""Meetings: who is invited, in what order, for what reason, and who sits with whom."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.domain.actors import ActorKind, ActorRole, DatedRole
from graphsvc.domain.errors import InvalidValue, UnknownRecord
from graphsvc.domain.links import LinkKind, State
from graphsvc.snapshot import Snapshot
from matcher.meetings.acquaintances import acquaintances
from matcher.meetings.guests import GuestRole, MeetingRequest
from matcher.meetings.meeting import Meeting, plan_meeting, plan_tables
from matcher.meetings.topic import Tier, read_topic
from tests.matcher.networks import TODAY, actor, link, random_records, snapshot_of, year

NOW = {"confirmed_on": year(2026)}
WATER_IN_MALI = MeetingRequest(("eau",), ("Mali",), size=12)


def network() -> Snapshot:
    """Water in Mali: one alone, one network head with two partners, one commune; others on half of it."""
    wells, water, mali = ("wells",), ("water",), ("ML",)
    head = (DatedRole(ActorRole.NETWORK_HEAD),)
    town = ActorKind.COMMUNE
    records = [
        actor("alone", "Puits du Sahel", seat="91228", themes=wells, territories=("ML-kayes",), **NOW),
        actor("head", "Amis du Mali", seat="91228", themes=water, territories=mali, roles=head, **NOW),
        actor("school", "Écoles", seat="91174", themes=("literacy",), territories=("ML-nioro",), **NOW),
        actor("town", "Palaiseau", seat="91477", kind=town, themes=water, territories=("SN",), **NOW),
        actor("twin", "Étampes", seat="91223", kind=town, themes=("health",), territories=("SN-DK",), **NOW),
        actor("lyon", "Eau sans frontières", country="FR", themes=water, territories=mali, **NOW),
        actor("kayes", "Coopérative de Kayes", seat="ML-kayes", country="ML", themes=wells, **NOW),
        actor("silent", "Corbeil-Essonnes", seat="91174", kind=town),
        *(
            link(a, b)
            for a, b in (
                ("head", "school"),
                ("twin", "school"),
                ("head", "town"),
                ("town", "twin"),
                ("head", "twin"),
            )
        ),
    ]
    return snapshot_of(*records)


def plan(snapshot: Snapshot, request: MeetingRequest = WATER_IN_MALI, **more: object) -> Meeting:
    return plan_meeting(snapshot, request, TODAY, **more)  # type: ignore[arg-type]


def keys(snapshot: Snapshot, meeting: Meeting) -> list[str]:
    return [snapshot.ids[g.index] for g in meeting.guests]


def codes(meeting: Meeting, at: int) -> list[str]:
    return [reason.code for reason in meeting.guests[at].reasons]


def test_those_who_stand_apart_come_first_then_brokers_then_the_others_then_elsewhere():
    snapshot = network()
    found = plan(snapshot)
    assert keys(snapshot, found)[:4] == ["alone", "head", "school", "town"]
    assert [g.role for g in found.guests[:2]] == [GuestRole.APART, GuestRole.BROKER]
    assert keys(snapshot, found)[-1] == "lyon"
    assert found.guests[-1].role is GuestRole.ELSEWHERE


def test_each_reason_says_what_is_true():
    snapshot = network()
    found = plan(snapshot)
    assert codes(found, 0) == ["no_tie", "acts_on_place", "works_on_theme", "meets_at_table"]
    facts = found.guests[0].reasons[1].facts
    assert [p["id"] for p in facts["places"]] == ["ML-kayes"]  # type: ignore[index, union-attr]
    head = {r.code: r.facts for r in found.guests[1].reasons}["can_introduce"]
    assert (head["roles"], head["count"]) == (["network_head"], 3)
    assert found.guests[0].tier is Tier.WHOLE


def test_who_sits_abroad_comes_only_when_everyone_may():
    snapshot = network()
    assert "kayes" not in keys(snapshot, plan(snapshot))
    everyone = MeetingRequest(("eau",), ("Mali",), size=12, everyone=True)
    assert "kayes" in keys(snapshot, plan(snapshot, everyone))


def test_nobody_comes_of_whom_nothing_is_known():
    snapshot = network()
    assert "silent" not in keys(snapshot, plan(snapshot, MeetingRequest(size=12)))


def test_a_territory_at_home_is_where_guests_sit():
    snapshot = network()
    found = plan(snapshot, MeetingRequest(territories=("Grand Paris Sud",)))
    assert set(keys(snapshot, found)) == {"alone", "head", "school"}


def test_a_meeting_of_two_seats_has_two_guests_who_do_not_know_each_other():
    found = plan(network(), MeetingRequest(("eau",), ("Mali",), size=2, tables=1))
    assert len(found.guests) == 2
    assert found.meetings == 1


def test_who_knows_the_others_is_seated_with_somebody_new():
    snapshot = network()
    found = plan(snapshot, MeetingRequest(("eau",), ("Mali",), size=12, tables=2))
    houses = [g.index for g in found.guests]
    known = acquaintances(snapshot, houses, houses, TODAY)
    for k, guest in enumerate(found.guests):
        mates = [j for j, other in enumerate(found.guests) if other.table == guest.table and j != k]
        assert any(not known[k, j] for j in mates)


def test_nobody_on_the_topic_is_said_and_nobody_is_invented():
    found = plan(network(), MeetingRequest(("floods",), ("ML-nioro",), size=6))
    assert keys(network(), found) != []  # on one of the two
    found = plan(snapshot_of(actor("alone", seat="91228", themes=("health",))), WATER_IN_MALI)
    assert (found.guests, found.tables) == ((), 0)
    assert [n.code for n in found.notes] == ["nobody_to_meet"]


@pytest.mark.parametrize(
    ("size", "tables"), [(0, None), (1, None), (-3, None), (301, None), (10, 0), (10, 6), (2, 2)]
)
def test_sizes_that_make_no_meeting_are_refused(size, tables):
    with pytest.raises(InvalidValue) as refused:
        MeetingRequest(size=size, tables=tables)
    assert refused.value.rule in ("meeting_size", "meeting_tables")


@pytest.mark.parametrize(
    "request_", [MeetingRequest(themes=("eau et assainissemnt",)), MeetingRequest(territories=("Malli",))]
)
def test_a_topic_nobody_knows_is_answered_with_the_nearest(request_):
    with pytest.raises(UnknownRecord) as refused:
        plan(network(), request_)
    assert refused.value.nearest


def test_a_met_actor_is_known_for_three_years_and_a_partner_of_old_for_ever():
    snapshot = snapshot_of(
        *(actor(k, **NOW) for k in "abcd"),
        link("a", "b", LinkKind.MET, start=year(2026)),
        link("a", "c", LinkKind.MET, start=year(2015)),
        link("a", "d", state=State.ENDED, end=year(2010)),
    )
    at = {snapshot.ids[i]: i for i in range(snapshot.n)}
    known = acquaintances(snapshot, [at["a"]], [at[k] for k in "abcd"], TODAY)
    assert known.tolist() == [[True, True, False, True]]


def test_who_declined_another_does_not_sit_with_it():
    snapshot = snapshot_of(*(actor(f"a{n}", seat="91228", themes=("water",), **NOW) for n in range(4)))
    request = MeetingRequest(("eau",), size=4, tables=2)
    for one, other in combinations([f"a{n}" for n in range(4)], 2):
        found = plan(snapshot, request, declined=[(one, other)])
        tables = {snapshot.ids[g.index]: g.table for g in found.guests}
        assert tables[one] != tables[other]


@settings(max_examples=15)
@given(random_records(), st.integers(2, 14), st.integers(1, 4), st.booleans(), st.booleans())
def test_whatever_the_network_the_plan_keeps_its_promises(records, size, tables, everyone, complete):
    snapshot = snapshot_of(*records)
    tables = min(tables, size // 2)
    request = MeetingRequest(
        ("eau",), ("Mali",), size=size, tables=tables, everyone=everyone, complete=complete
    )
    found = plan(snapshot, request)
    assert found == plan(snapshot, request)
    houses = [g.index for g in found.guests]
    assert len(houses) == len(set(houses)) <= size
    assert len(houses) != 1
    assert {g.table for g in found.guests} == set(range(1, found.tables + 1))
    order = list(GuestRole)
    ranks = [order.index(g.role) for g in found.guests if g.role is not GuestRole.APART]
    assert ranks == sorted(ranks)
    if not found.guests:
        assert found.notes[0].code == "nobody_to_meet"
    for guest in found.guests:
        assert snapshot.actors.ended[guest.index] >= TODAY.toordinal()
        assert guest.reasons


def test_a_unit_knows_whom_its_house_knows_and_its_house_itself():
    snapshot = snapshot_of(
        actor("house", **NOW),
        actor("unit", part_of="house", **NOW),
        *(actor(k, **NOW) for k in "ab"),
        link("house", "a"),
    )
    at = {snapshot.ids[i]: i for i in range(snapshot.n)}
    others = [at[k] for k in ("house", "unit", "a", "b")]
    assert acquaintances(snapshot, [at["unit"]], others, TODAY).tolist() == [[True, True, True, False]]


def test_the_tables_of_guests_somebody_chose_keep_every_one_of_them():
    snapshot = network()
    topic = read_topic(snapshot, ("eau",), ("Mali",), ())
    indices = [i for i in range(snapshot.n) if snapshot.ids[i] != "silent"]
    found = plan_tables(snapshot, topic, indices, TODAY, tables=2)
    assert sorted(g.index for g in found.guests) == indices
    assert found.guests[0].role is GuestRole.APART
    with pytest.raises(InvalidValue):
        plan_tables(snapshot, topic, indices, TODAY, tables=9)
    assert plan_tables(snapshot, topic, indices[:1], TODAY).guests == ()


@pytest.mark.parametrize("count", [0, 1])
def test_an_empty_network_and_a_lone_actor_make_no_meeting(count):
    snapshot = snapshot_of(*(actor(f"a{n}", themes=("water",), **NOW) for n in range(count)))
    for request in (
        MeetingRequest(),
        MeetingRequest(("eau",)),
        MeetingRequest(("eau",), ("Mali",), complete=False),
    ):
        found = plan(snapshot, request)
        assert found.guests == ()
        assert [n.code for n in found.notes] == ["nobody_to_meet"]


def test_one_clique_is_seated_and_says_that_nobody_is_new():
    keys_ = "abcd"
    links = [link(a, b) for a, b in combinations(keys_, 2)]
    snapshot = snapshot_of(*(actor(k, themes=("water",), seat="91228", **NOW) for k in keys_), *links)
    found = plan(snapshot, MeetingRequest(("eau",), size=4, tables=2))
    assert (len(found.guests), found.meetings) == (4, 0)
    assert {"knows_its_table", "nobody_apart"} <= {n.code for n in found.notes}
