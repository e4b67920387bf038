"""Introductions join the two halves: a good match, and a good effect on the network."""

from datetime import date

import pytest

from graphsvc.analytics.isolation import work_list
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.records import Record
from graphsvc.domain.themes import Theme
from matcher.asks import Asker, Context
from matcher.introductions import (
    CANDIDATES,
    best_introductions,
    bridge_reasons,
    called_first,
    introductions,
    match_candidates,
    pair_reasons,
)
from matcher.suggest import suggest
from tests.graphsvc.networks import association, snapshot_of, tie

DAY = date(2026, 11, 2)


def test_an_isolated_actor_is_offered_matches_by_what_they_bring_and_who_can_introduce_them() -> None:
    about: dict[str, tuple[str, ...]] = {"themes": ("water",), "territories": ("ML",)}
    records = [Theme("water", "Eau"), association("alone", **about), association("hub", **about)]
    records += (
        [association(n) for n in "abc"] + [tie(n, "hub") for n in "abc"] + [association("pair", **about)]
    )
    snapshot = snapshot_of(records)
    chosen = [item.index for item in work_list(snapshot, DAY)]
    found = introductions(snapshot, chosen, DAY)
    alone = found[snapshot.ids.index("alone")]
    assert snapshot.ids[alone[0].index] == "hub"
    assert alone[0].gain > alone[-1].gain or len(alone) == 1
    assert alone[0].introducer is not None
    assert all(b.index != snapshot.ids.index("alone") for b in alone)


def test_nobody_to_introduce_is_an_empty_answer() -> None:
    assert introductions(snapshot_of([association("a")]), [0], DAY) == {0: []}


def meeting_records() -> list[Record]:
    about: dict[str, tuple[str, ...]] = {"themes": ("water",), "territories": ("ML",)}
    records: list[Record] = [Theme("water", "Eau"), association("hub", **about)]
    records += [association(n, **about) for n in ("x", "y", "z")]
    records += [association(n) for n in "abc"] + [tie(n, "hub") for n in "abc"]
    return records


def test_the_scores_are_those_of_the_suggestions() -> None:
    snapshot = snapshot_of(meeting_records())
    actors = [item.index for item in work_list(snapshot, DAY)]
    found = match_candidates(snapshot, actors, DAY)
    for i in actors:
        asked = suggest(snapshot, Asker.actor(i), today=DAY, top=CANDIDATES).items
        assert found[i] == [(s.index, pytest.approx(s.score)) for s in asked]


def test_who_was_declined_is_not_proposed_again() -> None:
    snapshot = snapshot_of(meeting_records())
    x, hub = snapshot.ids.index("x"), snapshot.ids.index("hub")
    assert hub in {b.index for b in introductions(snapshot, [x], DAY, most=8)[x]}
    declined = {x: frozenset({"hub"})}
    assert hub not in {b.index for b in introductions(snapshot, [x], DAY, most=8, declined=declined)[x]}
    best = best_introductions(snapshot, [x], DAY, 5, declined=declined)
    assert hub not in {end for step in best.steps for end in (step.a, step.b)}


def test_the_best_set_starts_from_the_actors_asked_about_and_says_who_introduces() -> None:
    snapshot = snapshot_of(meeting_records())
    actors = [snapshot.ids.index(n) for n in ("x", "y", "z")]
    found = best_introductions(snapshot, actors, DAY, 2)
    assert found.apart == 3
    assert {step.a for step in found.steps} <= set(actors)
    assert found.steps[-1].actors_joined >= 2  # each step joins one of those apart, or two of them
    assert best_introductions(snapshot, [], DAY, 3).steps == ()


def test_each_bridge_has_the_reasons_of_the_suggestion_for_both_sides() -> None:
    snapshot = snapshot_of(meeting_records())
    for i, met in introductions(snapshot, range(snapshot.n), DAY).items():
        told = bridge_reasons(snapshot, i, [bridge.index for bridge in met], DAY)
        asked = {
            s.index: s.reasons for s in suggest(snapshot, Asker.actor(i), today=DAY, top=CANDIDATES).items
        }
        assert told == {bridge.index: asked[bridge.index] for bridge in met}
    assert bridge_reasons(snapshot, 0, [], DAY) == {}


def test_many_questions_at_a_time_are_answered_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = snapshot_of(meeting_records())
    everybody = range(snapshot.n)
    one_by_one = match_candidates(snapshot, everybody, DAY)
    monkeypatch.setattr("matcher.introductions.KERNEL_FROM", 0)
    monkeypatch.setattr("matcher.introductions.AT_ONCE", 3)
    together = match_candidates(snapshot, everybody, DAY)
    assert list(together) == list(one_by_one)
    for i, found in one_by_one.items():
        assert together[i] == [(j, pytest.approx(score)) for j, score in found]


def test_who_is_surely_isolated_is_called_before_who_may_be_so_in_our_data_only() -> None:
    sure = {
        "purpose": "Eau",
        "confirmed_on": PartialDate(2026),
        "founded": PartialDate(2001),
        "website": "https://x.example",
    }
    records = [*meeting_records(), association("zz", themes=("water",), territories=("ML",), **sure)]
    snapshot = snapshot_of(records)
    items = work_list(snapshot, DAY)
    met = introductions(snapshot, [item.index for item in items], DAY)
    order = called_first(items, met)
    assert snapshot.ids[order[0].index] == "zz"
    assert [item.state for item in order] == [item.state for item in items]
    gains = [
        max((b.score * b.gain for b in met[item.index]), default=0) for item in order if item.in_our_data_only
    ]
    states = [item.state for item in order if item.in_our_data_only]
    assert all(
        one >= other for one, other, s, t in zip(gains, gains[1:], states, states[1:], strict=False) if s == t
    )


def test_the_reasons_of_any_pair_are_those_the_suggestion_would_give() -> None:
    about: dict[str, tuple[str, ...]] = {"themes": ("water",), "territories": ("ML",)}
    records = [Theme("water", "Eau"), *(association(n, **about) for n in "ab"), association("stranger")]
    snapshot = snapshot_of(records)
    a, b, stranger = (snapshot.ids.index(key) for key in ("a", "b", "stranger"))
    (best, *_) = suggest(snapshot, Asker.actor(a), Context(), today=DAY).items
    assert best.index == b
    assert pair_reasons(snapshot, Asker.actor(a), b, DAY) == best.reasons
    far = pair_reasons(snapshot, Asker.actor(a), stranger, DAY)
    assert [r.code for r in far.for_you] == ["same_commune"]  # all there is to say
