"""The work list: one state each, few false alarms."""

from datetime import date
from typing import Any

import pytest

from graphsvc.analytics.isolation import IsolationState, WorkItem, work_list
from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.records import Record
from tests.graphsvc.networks import association, network, snapshot_of, tie

DAY = date(2026, 11, 22)


def states(records: list[Record], **switches: Any) -> dict[str, str]:
    snapshot = snapshot_of(records)
    return {snapshot.ids[item.index]: item.state.value for item in work_list(snapshot, DAY, **switches)}


def item_of(records: list[Record], id_: str) -> WorkItem:
    snapshot = snapshot_of(records)
    return next(item for item in work_list(snapshot, DAY) if snapshot.ids[item.index] == id_)


def test_each_state_is_told_from_the_others() -> None:
    names = "a b c d e f g h i j k l m n o p"
    records: list[Record] = [association(n) for n in names.split()]
    ring = "abcdef"
    records += [tie(ring[k], ring[(k + 1) % 6]) for k in range(6)]  # a sound core: nobody is cut off
    records += [tie("a", "g")]  # g hangs on a
    records += [tie("h", "i")]  # a pair apart
    records += [tie("j", "a", kind=LinkKind.FUNDING)]  # j is only funded
    records += [tie("k", "b", end=PartialDate(2014)), tie("l", "b", state=State.DORMANT)]
    records += [tie("m", "c", state=State.PLANNED), tie("n", "c", state=State.ATTEMPTED)]
    records += [tie("o", "d", kind=LinkKind.INTERVIEWED)]
    assert states(records) == {
        "g": "fragile",
        "h": "detached",
        "i": "detached",
        "j": "financed_only",
        "k": "dormant",
        "l": "dormant",
        "m": "isolated",
        "n": "isolated",
        "o": "isolated",
        "p": "isolated",
    }


def test_the_most_urgent_come_first() -> None:
    snapshot = network("a b c d e f g h", "ab bc cd de ef fa ag")
    order = [item.state for item in work_list(snapshot, DAY)]
    assert order == [IsolationState.ISOLATED, IsolationState.FRAGILE]


def test_nothing_known_of_a_commune_is_no_alarm_and_institutions_wait_behind_a_switch() -> None:
    silent = Actor("silent", "S", ActorKind.COMMUNE, seat="91228")
    active = Actor("active", "A", ActorKind.COMMUNE, seat="91228", themes=(), territories=("ML",))
    town = Actor("town", "T", ActorKind.PARTNER_TERRITORY, seat="ML", country="ML")
    records: list[Record] = [silent, active, town, association("z"), tie("town", "z")]
    assert states(records) == {"z": "detached"} or states(records) == {"z": "fragile"}
    assert "active" in states(records, institutions=True)
    assert "silent" not in states(records, institutions=True)
    assert "town" in states(records, all_perimeters=True)


def test_a_unit_of_an_organisation_is_not_an_actor_left_alone() -> None:
    unit = association("unit", part_of="whole")
    assert "unit" not in states([association("whole"), unit])
    assert "unit" in states([association("whole"), unit], institutions=True)


def test_an_actor_that_has_ended_is_nobodys_work() -> None:
    assert states([association("a", ended=PartialDate(2015)), association("b")]) == {"b": "isolated"}


def test_a_thin_or_old_record_is_isolated_in_our_data_only() -> None:
    full: dict[str, Any] = {
        "purpose": "Eau",
        "territories": ("ML",),
        "website": "https://example.org",
        "founded": PartialDate(2001),
    }
    told = item_of([association("a", confirmed_on=PartialDate(2026, 5), **full)], "a")
    assert not told.in_our_data_only
    assert told.completeness == pytest.approx(5 / 6, abs=1e-3)
    assert told.record_age_days == (DAY - date(2026, 5, 31)).days
    assert told.question == "who_with"
    old = item_of([association("a", confirmed_on=PartialDate(2012), **full)], "a")
    assert old.in_our_data_only
    assert old.question == "still_active"
    never = item_of([association("a")], "a")
    assert never.in_our_data_only
    assert never.record_age_days is None


def test_since_when_is_said_when_the_last_tie_has_an_end() -> None:
    over = item_of([association("a"), association("b"), tie("a", "b", end=PartialDate(2014))], "a")
    assert over.since == date(2015, 1, 1)
    assert over.because[0].code == "ties_over"
    assert over.because[0].facts["year"] == 2014
    assert (
        item_of([association("a"), association("b"), tie("a", "b", state=State.DORMANT)], "a").since is None
    )


def clique(letters: str) -> str:
    return " ".join(a + b for k, a in enumerate(letters) for b in letters[k + 1 :])


def test_a_sound_group_raises_no_alarm_even_when_a_bridge_holds_it() -> None:
    assert work_list(network("a b c d", clique("abcd")), DAY) == []
    assert (
        work_list(network("a b c d e f g h i j", clique("abcde") + " " + clique("fghij") + " ef"), DAY) == []
    )


def test_three_who_would_be_cut_off_with_one_are_fragile_and_told_who_holds_them() -> None:
    snapshot = network("a b c d e f g h", clique("abcd") + " " + clique("efgh") + " de")
    fragile = {snapshot.ids[item.index]: item.because[0].facts for item in work_list(snapshot, DAY)}
    assert sorted(fragile) == list("abcfgh")
    assert fragile["a"] == {"actors": [{"id": "d", "name": "D"}], "side": 3}


def test_an_empty_network_has_an_empty_list() -> None:
    assert work_list(network(""), DAY) == []
    assert [i.state for i in work_list(network("a"), DAY)] == [IsolationState.ISOLATED]
