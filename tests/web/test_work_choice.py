"""The filters of the work list keep exactly who answers to them, themes and places with what is below."""

import random

import pytest

from graphsvc.analytics.isolation import work_list
from graphsvc.snapshot import Snapshot
from tests.web.conftest import TODAY
from web.work_choice import WorkChoice, places_of, themes_of


def _answers(snapshot: Snapshot, wanted: WorkChoice, i: int, state: str) -> bool:
    """One actor at a time, on the records themselves."""
    return (
        (not wanted.states or state in wanted.states)
        and (not wanted.kinds or snapshot.actor(i).kind.value in wanted.kinds)
        and (not wanted.themes or bool(set(wanted.themes) & themes_of(snapshot, i)))
        and (not wanted.places or bool(set(wanted.places) & places_of(snapshot, i)))
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_choice_keeps_who_answers_to_it_and_the_order(snapshot: Snapshot, seed: int) -> None:
    items = work_list(snapshot, TODAY, all_perimeters=True, institutions=True)
    rng = random.Random(seed)
    some = [item.index for item in rng.sample(items, 3)]
    wanted = WorkChoice(
        tuple(rng.sample([item.state.value for item in items], rng.randrange(3))),
        tuple(snapshot.actor(i).kind.value for i in some[: rng.randrange(3)]),
        tuple(t for i in some for t in sorted(themes_of(snapshot, i))[: rng.randrange(3)]),
        tuple(p for i in some for p in sorted(places_of(snapshot, i))[: rng.randrange(3)]),
    )
    expected = [item for item in items if _answers(snapshot, wanted, item.index, item.state.value)]
    assert wanted.among(snapshot, items) == expected


@pytest.mark.parametrize(
    "wanted", [WorkChoice(kinds=("nobody",)), WorkChoice(themes=("rien",)), WorkChoice(places=("XX",))]
)
def test_an_unknown_code_asks_for_nobody(snapshot: Snapshot, wanted: WorkChoice) -> None:
    assert wanted.among(snapshot, work_list(snapshot, TODAY)) == []
