"""The work list remembers what was done, by whom, and where it left each actor."""

from datetime import date

import pytest

from graphsvc.domain.errors import InvalidValue
from people.follow_ups import Result, StepKind, add_step, follow_ups

DAY = date(2026, 11, 2)


def step(private, kind, actor="a", **more):
    add_step(private, "g1", actor, kind, by="acc-1", **more)


def stand(private, actor="a"):
    return follow_ups(private, "g1")[actor]


def test_every_step_is_kept_in_order_with_its_author(private, clock):
    step(private, StepKind.ASSIGN, assigned_to="acc-2")
    clock.advance(days=1)
    step(private, StepKind.NOTE, note="  Appelés, rappeler en janvier. ")
    found = stand(private)
    assert [(s.kind, s.by, s.note) for s in found.steps] == [
        (StepKind.ASSIGN, "acc-1", None),
        (StepKind.NOTE, "acc-1", "Appelés, rappeler en janvier."),
    ]
    assert (found.steps[1].at - found.steps[0].at).days == 1
    assert found.assigned_to == "acc-2"


def test_what_was_done_in_another_graph_is_another_matter(private):
    add_step(private, "g2", "a", StepKind.NOTE, by="acc-1", note="ailleurs")
    assert follow_ups(private, "g1") == {}
    step(private, StepKind.NOTE, note="ici")
    step(private, StepKind.NOTE, actor="b", note="là")
    assert set(follow_ups(private, "g1", ["b", "c"])) == {"b"}


def test_a_snoozed_actor_comes_back_on_its_day(private):
    step(private, StepKind.SNOOZE, until=date(2027, 1, 10))
    assert stand(private).waits(DAY, "isolated")
    assert stand(private).waits(date(2027, 1, 9), "isolated")
    assert not stand(private).waits(date(2027, 1, 10), "isolated")


def test_a_closed_actor_comes_back_when_its_state_changes_or_it_is_reopened(private):
    step(private, StepKind.CLOSE, result=Result.CONTENT, state="fragile")
    found = stand(private)
    assert (found.result, found.closed_state) == (Result.CONTENT, "fragile")
    assert found.waits(DAY, "fragile")
    assert not found.waits(DAY, "isolated")
    step(private, StepKind.NOTE, note="rien de neuf")
    assert stand(private).waits(DAY, "fragile")
    step(private, StepKind.REOPEN)
    assert not stand(private).waits(DAY, "fragile")
    assert stand(private).result is None


def test_assigning_or_snoozing_again_opens_what_was_closed_and_closing_ends_the_snooze(private):
    step(private, StepKind.SNOOZE, until=date(2027, 1, 10))
    step(private, StepKind.CLOSE, result=Result.JOINED, state="isolated")
    assert stand(private).snoozed_until is None
    step(private, StepKind.ASSIGN, assigned_to="acc-3")
    assert stand(private).result is None


@pytest.mark.parametrize(
    ("kind", "more", "rule"),
    [
        (StepKind.NOTE, {"note": "  "}, "required"),
        (StepKind.SNOOZE, {}, "required"),
        (StepKind.CLOSE, {}, "required"),
        (StepKind.NOTE, {"note": "x" * 2001}, "note_too_long"),
        (StepKind.NOTE, {"note": "écrire à jeanne@asso.example"}, "contact_in_note"),
        (StepKind.CLOSE, {"result": Result.GONE, "note": "appelé au 01 60 91 91 91"}, "contact_in_note"),
    ],
)
def test_what_says_nothing_or_names_a_person_is_refused_and_leaves_nothing(private, kind, more, rule):
    with pytest.raises(InvalidValue) as refused:
        step(private, kind, **more)
    assert refused.value.rule == rule
    assert follow_ups(private, "g1") == {}
