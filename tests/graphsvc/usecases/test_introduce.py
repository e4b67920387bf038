"""Two actors that were introduced cooperate: recorded once, taken back, on every store."""

import pytest

from graphsvc.domain.errors import InvalidValue, UnknownRecord, VersionConflict
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.records import ref_of
from graphsvc.snapshot import build_snapshot
from graphsvc.usecases.introduce import COOPERATIONS, cooperation_of, taken_back
from tests.graphsvc.usecases.small_world import TODAY


def degree(store, key: str) -> int:
    snapshot = build_snapshot(store)
    return int(snapshot.ties(TODAY).degree[snapshot.ids.index(key)])


def test_a_cooperation_makes_a_tie_from_its_day_on_and_is_recorded_once(store) -> None:
    link, planned = cooperation_of(
        build_snapshot(store), "massy", "amis", "partnership", TODAY, themes=("water",), territories=("ML",)
    )
    planned.apply(store, by="ana")
    assert (link.actor_a, link.actor_b, link.state, str(link.start)) == (
        "amis",
        "massy",
        State.ACTIVE,
        "2026-11-02",
    )
    assert degree(store, "amis") == degree(store, "massy") == 1
    again, nothing = cooperation_of(build_snapshot(store), "amis", "massy", "partnership", TODAY)
    assert again.id == link.id
    assert nothing.changes == ()


def test_two_who_record_it_at_the_same_instant_make_one_link(store) -> None:
    snapshot = build_snapshot(store)
    plans = [cooperation_of(snapshot, "amis", "massy", "expertise", TODAY)[1] for _ in range(2)]
    plans[0].apply(store, by="ana")
    with pytest.raises(VersionConflict):
        plans[1].apply(store, by="bob")


def test_what_is_taken_back_is_no_tie_and_may_be_recorded_again(store) -> None:
    link, planned = cooperation_of(build_snapshot(store), "amis", "massy", "partnership", TODAY)
    planned.apply(store, by="ana")
    taken_back(store.get(ref_of(link)))[1].apply(store, by="ana")
    assert store.get(ref_of(link)).record.state is State.RETRACTED
    assert degree(store, "amis") == 0
    cooperation_of(build_snapshot(store), "amis", "massy", "partnership", TODAY)[1].apply(store, by="ana")
    assert degree(store, "amis") == 1


def test_only_a_cooperation_between_two_known_actors_is_recorded(snapshot) -> None:
    assert LinkKind.FUNDING not in COOPERATIONS
    for kind in ("funding", "met", "licorne", ""):
        with pytest.raises(InvalidValue):
            cooperation_of(snapshot, "amis", "massy", kind, TODAY)
    with pytest.raises(UnknownRecord):
        cooperation_of(snapshot, "amis", "nobody", "partnership", TODAY)
    with pytest.raises(InvalidValue):
        cooperation_of(snapshot, "amis", "amis", "partnership", TODAY)
