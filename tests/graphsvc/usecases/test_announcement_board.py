"""The board: filters add up, counts say what another choice would give, distances are right."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import AmbiguousName, InvalidValue, UnknownRecord
from graphsvc.ports import GraphStore, Put
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.stores.memory import MemoryStore
from graphsvc.usecases.announcement_board import Standing, Wanted, find_announcements, standing_of
from graphsvc.usecases.concern import Concern
from graphsvc.usecases.near_commune import great_circle
from tests.graphsvc.usecases.small_world import TODAY, WORLD

DAYS = st.none() | st.integers(-400, 400).map(lambda n: PartialDate.of(TODAY + timedelta(days=n)))


@st.composite
def announcements(draw: st.DrawFn, number: int) -> Announcement:
    actor = draw(st.sampled_from([None, "amis", "massy", "ecole"]))
    start, end = draw(DAYS), draw(DAYS)
    if start and end and end < start:
        start, end = end, start
    states = [AnnouncementState.OPEN, AnnouncementState.CLOSED]
    return Announcement(
        f"n{number}",
        draw(st.sampled_from(["Été", "Eau", "Ombre"])),
        draw(st.sampled_from(Direction)),
        draw(st.sampled_from([Nature.SKILL, Nature.EVENT])),
        actor,
        themes=tuple(draw(st.sets(st.sampled_from(["water", "drinking", "associations"]), max_size=2))),
        territories=tuple(
            draw(st.sets(st.sampled_from(["91", "91228", "ML", "ML-1", "ML-kayes"]), max_size=2))
        ),
        published_on=start,
        expires_on=end,
        state=draw(st.sampled_from(states)) if actor else AnnouncementState.RECORDED,
    )


def snapshot_of(records: list[Announcement]) -> Snapshot:
    store = MemoryStore()
    store.apply([Put(r) for r in (*(w for w in WORLD if not isinstance(w, Announcement)), *records)], by="t")
    return build_snapshot(store)


ABOVE = {"drinking": {"drinking", "water"}, "91228": {"91228", "91", "FR"}, "91": {"91", "FR"},
         "ML-kayes": {"ML-kayes", "ML-1", "ML"}, "ML-1": {"ML-1", "ML"}}  # fmt: skip


def above(codes: tuple[str, ...]) -> set[str]:
    return {a for code in codes for a in ABOVE.get(code, {code})}


BELOW = {"FR": {"91", "91228"}, "91": {"91228"}, "ML": {"ML-1", "ML-kayes"}, "ML-1": {"ML-kayes"}}


def concerns(record: Announcement, asked: set[str]) -> bool:
    """Whether it names an asked territory, something within, or something that contains it."""
    return any(asked & (above((own,)) | BELOW.get(own, set())) for own in record.territories)


def themes_reached(record: Announcement) -> set[str]:
    """The themes it names, those above and those below."""
    return above(record.themes) | ({"drinking"} if "water" in record.themes else set())


def passes(record: Announcement, wanted: Wanted, but: str = "") -> bool:
    """The board told naively, without the filter `but`."""
    tests = {
        "standing": not wanted.standings or standing_of(record, TODAY) in wanted.standings,
        "direction": not wanted.directions or record.direction in wanted.directions,
        "nature": not wanted.natures or record.nature in wanted.natures,
        "theme": not wanted.themes or bool(themes_reached(record) & set(wanted.themes)),
        "territory": not wanted.territories or concerns(record, set(wanted.territories)),
        "actor": not wanted.actor or record.actor == wanted.actor,
    }
    return all(ok for name, ok in tests.items() if name != but)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_board_finds_and_counts_what_a_naive_reading_does(data: st.DataObject) -> None:
    records = [data.draw(announcements(n)) for n in range(data.draw(st.integers(0, 7)))]
    wanted = Wanted(
        directions=tuple(data.draw(st.sets(st.sampled_from(Direction), max_size=1))),
        natures=tuple(data.draw(st.sets(st.sampled_from([Nature.SKILL, Nature.EVENT]), max_size=1))),
        themes=tuple(data.draw(st.sets(st.sampled_from(["water", "drinking"]), max_size=1))),
        territories=tuple(
            data.draw(st.sets(st.sampled_from(["91", "91228", "ML", "ML-1", "ML-kayes", "FR"]), max_size=2))
        ),
        standings=tuple(data.draw(st.sets(st.sampled_from(Standing)))),
        actor=data.draw(st.sampled_from(["", "amis"])),
    )
    snapshot = snapshot_of(records)
    found = find_announcements(snapshot, wanted, TODAY)
    assert {snapshot.announcement(k).id for k in found.positions} == {
        r.id for r in records if passes(r, wanted)
    }
    for facet, codes in {
        "direction": lambda r, _: {r.direction.value},
        "nature": lambda r, _: {r.nature.value},
        "theme": lambda r, _: themes_reached(r),
        "territory": lambda r, offered: {c for c in offered if concerns(r, {c})},
        "standing": lambda r, _: {standing_of(r, TODAY).value},
    }.items():
        offered = {c for r in records if passes(r, wanted, facet) for c in above(r.territories)}
        expected: dict[str, int] = {}
        for record in records:
            if passes(record, wanted, facet):
                for code in codes(record, offered):
                    expected[code] = expected.get(code, 0) + 1
        assert dict(found.facets[facet]) == expected, facet


@given(st.builds(lambda a: a, announcements(0)), st.integers(-500, 500))
def test_an_announcement_stands_in_one_place_and_is_open_only_between_its_days(
    record: Announcement, shift: int
) -> None:
    day = TODAY + timedelta(days=shift)
    standing = standing_of(record, day)
    if standing in (Standing.OPEN, Standing.RECORDED):
        assert record.open_on(day)
        assert record.published_on is None or record.published_on.first_day <= day
    if standing is Standing.EXPIRED:
        assert not record.open_on(day)
    assert (standing is Standing.CLOSED) == (record.state is AnnouncementState.CLOSED)


def announcement(id_: str, actor: str | None, *places: str) -> Announcement:
    state = AnnouncementState.OPEN if actor else AnnouncementState.RECORDED
    return Announcement(id_, id_, Direction.NEED, Nature.SKILL, actor, territories=places, state=state)


def near(records: list[Announcement], place: str, km: float) -> dict[str, float]:
    snapshot = snapshot_of(records)
    found = find_announcements(snapshot, Wanted(near=place, km=km), TODAY)
    return {snapshot.announcement(k).id: found.distances[k] for k in found.positions}


def test_what_is_near_a_commune_is_found_by_its_owner_or_by_the_towns_it_names() -> None:
    records = [
        announcement("of-massy", "massy"),
        announcement("of-longjumeau", "ecole"),
        announcement("in-massy", None, "91377"),
        announcement("all-over", None, "91"),
        announcement("of-evry", "amis"),
        announcement("in-france", None, "FR"),
        announcement("in-mali", None, "ML-kayes"),
        announcement("nowhere", None),
    ]
    found = near(records, "Massy", 10)
    assert list(found) == ["of-massy", "all-over", "in-massy", "of-longjumeau"]
    assert found["of-longjumeau"] == pytest.approx(4.27, abs=0.1)
    assert [found[k] for k in ("all-over", "in-massy", "of-massy")] == [0, 0, 0]
    assert set(near(records, "Massy", 20)) == {*found, "of-evry"}
    assert set(near(records, "ML-kayes", 500)) == {"in-mali"}


def test_the_distance_is_that_of_the_sphere() -> None:
    quarter = math.pi / 2 * 6371.0088
    assert great_circle((0.0, 0.0), (0.0, 90.0)) == pytest.approx(quarter)
    assert great_circle((90.0, 12.0), (-90.0, 7.0)) == pytest.approx(2 * quarter)
    assert great_circle((48.85, 2.35), (48.85, 2.35)) == 0


def test_a_filter_that_names_nothing_is_refused_with_the_nearest() -> None:
    snapshot = snapshot_of([])
    for wanted, error in (
        (Wanted(themes=("eau potabl",)), UnknownRecord),
        (Wanted(territories=("Malii",)), UnknownRecord),
        (Wanted(near="Kayes"), AmbiguousName),
        (Wanted(near="FR"), InvalidValue),
        (Wanted(near="Essonne"), InvalidValue),
        (Wanted(actor="nobody"), UnknownRecord),
    ):
        with pytest.raises(error):
            find_announcements(snapshot, wanted, date(2026, 1, 1))


def test_own_announcements_come_before_recorded_needs_and_the_newest_first() -> None:
    days = [PartialDate(2026, 1, 1), PartialDate(2026, 5, 1)]
    records = [
        Announcement("old", "A", Direction.NEED, Nature.SKILL, "amis", published_on=days[0]),
        Announcement("new", "B", Direction.NEED, Nature.SKILL, "amis", published_on=days[1]),
        announcement("collective", None),
    ]
    snapshot = snapshot_of(records)
    found = find_announcements(snapshot, Wanted(), TODAY)
    assert [snapshot.announcement(k).id for k in found.positions] == ["new", "old", "collective"]


def test_what_is_for_a_whole_region_concerns_each_of_its_towns_and_comes_after_what_is_for_them(
    store: GraphStore,
) -> None:
    records = [
        announcement("country", "amis", "ML"),
        announcement("region", "amis", "ML-1"),
        announcement("town", None, "ML-kayes"),
        announcement("elsewhere", "amis", "91228"),
        announcement("nowhere", "amis"),
    ]
    store.apply([Put(record) for record in records], by="t")
    snapshot = build_snapshot(store)
    found = find_announcements(snapshot, Wanted(territories=("ML-kayes",)), TODAY)
    ids = [snapshot.announcement(k).id for k in found.positions]
    assert ids == ["town", "region", "country"]
    assert [found.wider.get(k) for k in found.positions] == [
        None,
        Concern(1, territory="ML-1"),
        Concern(2, territory="ML"),
    ]
    every = find_announcements(snapshot, Wanted(), TODAY)
    for code, count in every.facets["territory"]:
        chosen = find_announcements(snapshot, Wanted(territories=(code,)), TODAY)
        assert chosen.total == count, code
    assert dict(found.facets["standing"]) == {"open": 2, "recorded": 1}
