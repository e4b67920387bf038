"""Pooling groups: the best of all sets, what each member brings, what is missing."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.domain.actors import ActorKind, ActorRole, DatedRole
from graphsvc.domain.announcements import AnnouncementState, Nature
from graphsvc.domain.errors import UnknownRecord
from graphsvc.snapshot import Snapshot
from matcher.groups.groups import GroupRole
from matcher.groups.pool_need import Asked, PoolNeed, narrowed, need_of_announcement
from matcher.groups.pool_search import LEAST, MOST, Problem, best_group, value_of
from matcher.groups.pooling import Pools, pool_groups
from tests.matcher.groups_oracle import FOREIGN, World, reached
from tests.matcher.networks import TODAY, actor, link, need, offer, snapshot_of, year


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    count, items = draw(st.integers(3, 9)), draw(st.integers(1, 4))
    share = st.sampled_from([0.0, 0.0, 0.3, 0.6, 1.0])
    cover = [[draw(share) for _ in range(items)] for _ in range(count)]
    return Problem(
        cover=np.array(cover),
        weights=np.array([draw(st.sampled_from([2.0, 3.0])) for _ in range(items)]),
        kinds=np.array([draw(st.integers(0, 3)) for _ in range(count)]),
        closeness=np.array([draw(share) for _ in range(count)]),
        given=draw(st.sampled_from([(), (0,)])),
    )


def best_of_all(problem: Problem) -> float | None:
    """The best value over every set that holds the given ones and only candidates that bring something."""
    able = [c for c in range(len(problem.cover)) if problem.cover[c].any() and c not in problem.given]
    values = [
        value_of(problem, (*problem.given, *chosen))
        for size in range(LEAST - len(problem.given), MOST - len(problem.given) + 1)
        for chosen in combinations(able, size)
    ]
    return max(values, default=None)


@settings(max_examples=150, deadline=None)
@given(problems())
def test_the_group_found_is_the_best_of_all_sets(problem: Problem) -> None:
    found, best = best_group(problem, allowed_steps=100_000), best_of_all(problem)
    assert (found is None) == (best is None)
    if found is not None and best is not None:
        assert found.exact
        assert found.value == pytest.approx(best)
        assert found.bound == found.value
        assert value_of(problem, found.rows) == pytest.approx(found.value)
        assert set(problem.given) <= set(found.rows)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_a_search_cut_short_says_so_and_bounds_what_it_missed(problem: Problem) -> None:
    found, best = best_group(problem, allowed_steps=0), best_of_all(problem)
    if found is not None and best is not None:
        assert found.bound >= best - 1e-9
        assert found.value <= best + 1e-9
        assert not found.exact or found.value == pytest.approx(best)


def pooled(snapshot: Snapshot, key: str, **more: object) -> Pools:
    k = snapshot.announcement_ids.index(key)
    found = narrowed(snapshot, need_of_announcement(snapshot, k), **more)  # type: ignore[arg-type]
    return pool_groups(snapshot, found, today=TODAY)


def kayes() -> list[object]:
    return [
        actor("asker", seat="91228", territories=("ML-kayes",)),
        actor("same", seat="91174", territories=("ML-kayes",)),
        actor("skilled", seat="91223", kind=ActorKind.EXPERT, territories=("ML",)),
        actor("there", kind=ActorKind.PARTNER_ORGANISATION, seat="ML-kayes", country="ML"),
        actor(
            "elsewhere", kind=ActorKind.PARTNER_ORGANISATION, seat="SN-DK", country="SN", themes=("health",)
        ),
        need("n1", "asker", Nature.SHARED_MISSION, territories=("ML-kayes",), skills=("evaluation",)),
        need("n2", "same", Nature.SHARED_MISSION, territories=("ML-kayes",)),
        offer("o1", "skilled", Nature.SKILL, skills=("evaluation",)),
    ]


def test_each_member_has_its_role_and_says_what_it_brings() -> None:
    snapshot = snapshot_of(*kayes())  # type: ignore[arg-type]
    group = pooled(snapshot, "n1").groups[0]
    roles = {snapshot.ids[m.index]: m for m in group.members}
    assert group.members[0].role is GroupRole.ASKER
    assert roles["same"].role in (GroupRole.SHARER, GroupRole.EXPERIENCE)
    assert "shares_need" in [r.code for r in roles["same"].reasons]
    assert roles["skilled"].role is GroupRole.SKILL
    assert roles["skilled"].reasons[0].code == "offers_it"
    assert LEAST <= len(group.members) <= MOST
    assert group.missing == ()
    assert group.exact


def test_who_is_in_another_partner_country_is_no_company_for_kayes() -> None:
    snapshot = snapshot_of(*kayes())  # type: ignore[arg-type]
    for group in pooled(snapshot, "n1").groups:
        assert "elsewhere" not in [snapshot.ids[m.index] for m in group.members]


def test_the_distance_of_a_seat_says_nothing_of_who_is_on_the_spot() -> None:
    records = [
        actor("asker", seat="91228"),
        actor("near", seat="91228", territories=("ML",)),
        actor("there", kind=ActorKind.PARTNER_ORGANISATION, seat="ML-kayes", country="ML"),
        actor("going", seat="91223", territories=("ML-kayes",)),
        need("n", "asker", Nature.SHARED_MISSION, territories=("ML-kayes",)),
    ]
    snapshot = snapshot_of(*records)
    members = [snapshot.ids[m.index] for m in pooled(snapshot, "n").groups[0].members]
    assert members[:3] == ["asker", "there", "going"]


def test_what_nobody_has_is_said_to_be_missing() -> None:
    records = [
        *(actor(k, seat="91228", territories=("ML-kayes",)) for k in "abc"),
        need("n", "a", Nature.TRANSPORT, territories=("ML-kayes",), skills=("hydraulics",)),
    ]
    group = pooled(snapshot_of(*records), "n").groups[0]
    assert {item.kind for item in group.missing} == {Asked.SKILL, Asked.MEANS}
    assert "group_lacks" in [r.code for r in group.reasons]


def test_the_declined_are_not_asked() -> None:
    snapshot = snapshot_of(*kayes())  # type: ignore[arg-type]
    k = snapshot.announcement_ids.index("n1")
    found = pool_groups(
        snapshot, need_of_announcement(snapshot, k), today=TODAY, declined=frozenset({"skilled"})
    )
    assert all(snapshot.ids[m.index] != "skilled" for g in found.groups for m in g.members)


def test_a_closed_or_expired_announcement_is_not_pooled() -> None:
    actors = [actor(k, seat="91228", territories=("ML-kayes",)) for k in "abcd"]
    closed = need("n", "a", Nature.TRANSPORT, territories=("ML-kayes",), state=AnnouncementState.CLOSED)
    expired = need("m", "a", Nature.TRANSPORT, territories=("ML-kayes",), expires_on=year(2020))
    snapshot = snapshot_of(*actors, closed, expired)
    for key in ("n", "m"):
        found = pooled(snapshot, key)
        assert found.groups == ()
        assert [note.code for note in found.notes] == ["announcement_closed"]


def test_too_few_or_nothing_to_cover_is_an_honest_answer() -> None:
    alone = snapshot_of(actor("a", seat="91228"), need("n", "a", Nature.TRANSPORT, territories=("SN",)))
    assert [note.code for note in pooled(alone, "n").notes] == ["too_few_to_pool"]
    empty = PoolNeed(Nature.COOPERATE)
    found = pool_groups(alone, empty, today=TODAY)
    assert (found.groups, [n.code for n in found.notes]) == ((), ["pool_needs_more"])


def test_a_recorded_need_without_a_place_is_pooled_where_actors_go() -> None:
    records = [actor(k, seat="91228", territories=("ML-kayes",), themes=("wells",)) for k in "abc"]
    records += [actor(k, seat="91228", territories=("SN-DK",), themes=("wells",)) for k in "defg"]
    snapshot = snapshot_of(*records, need("n", None, Nature.SHARED_MISSION, themes=("wells",)))
    places = {snapshot.place_ids[g.places[0]] for g in pooled(snapshot, "n").groups}
    assert {"ML-kayes", "SN-DK"} & places
    assert len(places) > 1


@pytest.mark.parametrize("nature", [Nature.SHARED_MISSION, Nature.TRANSPORT, Nature.INTERNSHIP])
def test_a_destination_nobody_named_is_shared_by_all_members(nature: Nature) -> None:
    records = [actor(k, seat="91228", territories=("ML-kayes",), themes=("wells",)) for k in "abc"]
    records += [actor(k, seat="91228", territories=("SN-DK",), themes=("wells",)) for k in "def"]
    records += [actor("wide", seat="91228", territories=("ML",), themes=("wells",)),
                actor("home", seat="91228", themes=("wells",), kind=ActorKind.EXPERT)]  # fmt: skip
    records += [need("n", None, nature, themes=("wells",)), offer("o", "home", nature)]
    snapshot, world = snapshot_of(*records), World(records, TODAY)
    groups = pooled(snapshot, "n").groups
    assert groups
    for group in groups:
        place = snapshot.place_ids[group.places[0]]
        for member in group.members:
            assert place in reached(world.places[snapshot.ids[member.index]], FOREIGN)


@pytest.mark.parametrize(
    "nature", [Nature.SKILL, Nature.FUNDING, Nature.PATRONAGE, Nature.EXPERIENCE, Nature.COOPERATE]
)
def test_a_skill_or_money_needed_nowhere_in_particular_is_not_looked_for_abroad(nature: Nature) -> None:
    records = [actor(k, seat="91228", territories=("ML-kayes",), themes=("wells",)) for k in "abc"]
    there = [actor(k, kind=ActorKind.PARTNER_ORGANISATION, seat="ML-kayes", country="ML", themes=("wells",))
             for k in "de"]  # fmt: skip
    snapshot = snapshot_of(*records, *there, need("n", None, nature, themes=("wells",)))
    groups = pooled(snapshot, "n").groups
    assert [g.places for g in groups] == [()]
    assert {snapshot.ids[m.index] for g in groups for m in g.members} == {"a", "b", "c"}
    asked = pooled(snapshot, "n", territories=("ML-kayes",)).groups  # by who does name a place
    assert {"d", "e"} & {snapshot.ids[m.index] for g in asked for m in g.members}


@pytest.mark.parametrize("nature", [Nature.SKILL, Nature.FUNDING, Nature.PREMISES])
def test_an_asker_of_the_partner_side_is_met_where_it_acts(nature: Nature) -> None:
    partner = ActorKind.PARTNER_ORGANISATION
    records = [actor(k, kind=partner, seat="ML-kayes", country="ML", themes=("wells",)) for k in "abc"]
    records += [actor("other", kind=partner, seat="SN-DK", country="SN", themes=("wells",))]
    snapshot = snapshot_of(*records, need("n", "a", nature, themes=("wells",)))
    groups = pooled(snapshot, "n").groups
    assert [snapshot.place_ids[p] for g in groups for p in g.places] == ["ML-kayes"]
    assert {snapshot.ids[m.index] for g in groups for m in g.members} == {"a", "b", "c"}


def test_an_actor_adopts_the_need_and_is_then_its_asker() -> None:
    records = [actor(k, seat="91228", territories=("ML-kayes",), themes=("wells",)) for k in "abcd"]
    snapshot = snapshot_of(*records, need("n", None, Nature.SHARED_MISSION, themes=("wells",)))
    found = pooled(snapshot, "n", asker=2, territories=("ML-kayes",))
    assert {g.members[0].index for g in found.groups} == {2}
    with pytest.raises(UnknownRecord):
        pooled(snapshot, "n", territories=("Atlantide",))


def test_a_helpful_role_counts_and_is_told() -> None:
    trainer = actor("t", seat="91228", territories=("ML-kayes",), roles=(DatedRole(ActorRole.TRAINER),))
    others = [actor(k, seat="91228", territories=("ML-kayes",)) for k in "abc"]
    training = need("n", "a", Nature.TRAINING, territories=("ML-kayes",))
    snapshot = snapshot_of(trainer, *others, training, link("a", "b"))
    members = {snapshot.ids[m.index]: m for m in pooled(snapshot, "n").groups[0].members}
    assert members["t"].role is GroupRole.MEANS
    assert members["t"].reasons[0].facts["role"] == "trainer"
