"""The lists of sheets and calls widen as the board does: what is broader comes too, after the others."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.domain.calls import Call
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import AmbiguousName, UnknownRecord
from graphsvc.domain.experiences import Experience
from graphsvc.domain.records import Record
from graphsvc.ports import GraphStore, Put
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.stores.memory import MemoryStore
from graphsvc.usecases import announcement_board as board
from graphsvc.usecases.concern import Concern
from graphsvc.usecases.fitting_calls import Window
from graphsvc.usecases.published_lists import Wanted, find_calls, find_experiences
from tests.graphsvc.usecases.small_world import TODAY, WORLD

PARENT = {"drinking": "water", "91228": "91", "91377": "91", "91": "FR", "ML-kayes": "ML-1", "ML-1": "ML"}
THEMES = ["water", "drinking", "associations"]
PLACES = ["91", "91228", "FR", "ML", "ML-1", "ML-kayes"]


def chain(key: str) -> list[str]:
    return [key, *chain(PARENT[key])] if key in PARENT else [key]


def steps(named: tuple[str, ...], asked: str | None) -> int | None:
    """How far up from what is asked to what is named, told naively; None: it does not concern it."""
    if asked is None or any(asked in chain(key) for key in named):
        return 0
    return min((n for n, key in enumerate(chain(asked)) if key in named), default=None)


def snapshot_of(records: list[Record]) -> Snapshot:
    store = MemoryStore()
    store.apply([Put(r) for r in (*WORLD, *records)], by="t")
    return build_snapshot(store)


topics = st.tuples(
    st.sets(st.sampled_from(THEMES), max_size=2).map(tuple),
    st.sets(st.sampled_from(PLACES), max_size=2).map(tuple),
)
asked_for = st.tuples(st.none() | st.sampled_from(THEMES), st.none() | st.sampled_from(PLACES))


def distances(named: list[tuple[tuple[str, ...], tuple[str, ...]]], asked: tuple[str | None, str | None]):
    """The number of steps by record that concerns what is asked."""
    found = {f"r{n}": (steps(themes, asked[0]), steps(places, asked[1]))
             for n, (themes, places) in enumerate(named)}  # fmt: skip
    return {key: t + p for key, (t, p) in found.items() if t is not None and p is not None}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(topics, max_size=6), asked_for)
def test_the_three_lists_find_the_same_on_the_same_question(
    named: list[tuple[tuple[str, ...], tuple[str, ...]]], asked: tuple[str | None, str | None]
) -> None:
    records: list[Record] = []
    for n, (themes, places) in enumerate(named):
        key = f"r{n}"
        records += [
            Experience(key, key, done="Fait.", advice="Oser.", themes=themes, territories=places),
            Call(key, key, themes=themes, territories=places),
            Announcement(key, key, Direction.NEED, Nature.SKILL, "amis", themes=themes, territories=places),
        ]
    snapshot = snapshot_of(records)
    expected = distances(named, asked)
    words = ((asked[0],) if asked[0] else (), (asked[1],) if asked[1] else ())
    sheets = find_experiences(snapshot, Wanted(*words))
    calls = find_calls(snapshot, Wanted(*words), TODAY)
    found = board.find_announcements(snapshot, board.Wanted(themes=words[0], territories=words[1]), TODAY)
    for listed, ids in (
        (sheets, snapshot.experience_ids),
        (calls, snapshot.call_ids),
        (found, snapshot.announcement_ids),
    ):
        shown = [ids[k] for k in listed.positions if ids[k] != "besoin-visas"]
        assert sorted(shown) == sorted(expected)
        assert [expected[key] for key in shown] == sorted(expected.values())
        wider = {ids[k]: concern for k, concern in listed.wider.items() if ids[k] in expected}
        assert {key: concern.steps for key, concern in wider.items()} == {
            k: n for k, n in expected.items() if n
        }
        for key, concern in wider.items():
            themes, places = named[int(key[1:])]
            assert concern.theme is None or concern.theme in themes
            assert concern.territory is None or concern.territory in places


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(topics, max_size=6), asked_for)
def test_the_number_beside_a_theme_is_what_choosing_it_gives(
    named: list[tuple[tuple[str, ...], tuple[str, ...]]], asked: tuple[str | None, str | None]
) -> None:
    records: list[Record] = [
        Experience(f"r{n}", f"r{n}", done="Fait.", advice="Oser.", themes=themes, territories=places)
        for n, (themes, places) in enumerate(named)
    ]
    snapshot = snapshot_of(records)
    places = (asked[1],) if asked[1] else ()
    found = find_experiences(snapshot, Wanted((asked[0],) if asked[0] else (), places))
    numbers = {theme: len(distances(named, (theme, asked[1]))) for theme in THEMES}
    assert dict(found.themes) == {theme: n for theme, n in numbers.items() if n}
    for theme, number in found.themes:
        assert len(find_experiences(snapshot, Wanted((theme,), places)).positions) == number


def test_a_call_for_the_whole_region_is_shown_to_its_town_on_every_store(store: GraphStore) -> None:
    store.apply(
        [Put(record) for record in (
            Call("town", "A", themes=("drinking",), territories=("ML-kayes",)),
            Call("region", "B", themes=("water",), territories=("ML-1",)),
            Call("elsewhere", "C", themes=("drinking",), territories=("91",)),
            Experience("sheet", "S", done="Fait.", advice="Oser.", themes=("water",), territories=("ML",)),
        )], by="t",
    )  # fmt: skip
    snapshot = build_snapshot(store)
    wanted = Wanted(("eau potable",), ("ML-kayes",))
    calls = find_calls(snapshot, wanted, TODAY)
    assert [snapshot.call(k).id for k in calls.positions] == ["town", "region"]
    assert [calls.wider.get(k) for k in calls.positions] == [None, Concern(2, "water", "ML-1")]
    sheets = find_experiences(snapshot, wanted)
    assert list(sheets.wider.values()) == [Concern(3, "water", "ML")]


def test_an_open_call_on_something_broader_comes_before_a_past_one_on_the_thing_itself() -> None:
    past, soon, late = PartialDate(2020), PartialDate(2026, 12), PartialDate(2027, 12)
    snapshot = snapshot_of(
        [
            Call("past", "P", themes=("drinking",), closes_on=past),
            Call("broad", "B", themes=("water",), closes_on=soon),
            Call("late", "L", themes=("drinking",), closes_on=late),
            Call("schools", "S", open_to=(ActorKind.SCHOOL,), themes=("drinking",), closes_on=late),
        ]
    )
    asked = Wanted(("drinking",), kinds=(ActorKind.ASSOCIATION,))
    found = find_calls(snapshot, asked, TODAY)
    assert [snapshot.call(k).id for k in found.positions] == ["late", "broad", "past"]
    assert found.windows == {Window.OPEN: 2, Window.UPCOMING: 0, Window.PAST: 1}
    only = find_calls(snapshot, Wanted(("drinking",), windows=(Window.PAST,)), TODAY)
    assert [snapshot.call(k).id for k in only.positions] == ["past"]


def test_what_names_nothing_or_several_things_is_refused_with_what_it_may_be() -> None:
    snapshot = snapshot_of([])
    for wanted, error in (
        (Wanted(("eau potabl",)), UnknownRecord),
        (Wanted(territories=("Malii",)), UnknownRecord),
        (Wanted(territories=("Kayes",)), AmbiguousName),
    ):
        with pytest.raises(error):
            find_experiences(snapshot, wanted)
        with pytest.raises(error):
            find_calls(snapshot, wanted, TODAY)
