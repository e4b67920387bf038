"""Several people act on one introduction at the same instant: one request, one answer."""

from collections.abc import Callable
from functools import partial

import pytest

from people.accounts import redeem, sign_in_link
from people.errors import IntroductionOpen, StaleIntroduction
from people.introduction_answers import accept, decline, withdraw
from people.introduction_asking import ask
from people.introductions import IntroductionState, Request, find_introduction, introductions_of
from people.roles import Role
from tests.rig.at_once import at_once

WHY = "Nous suivons un chantier de maraîchage à Kayes et cherchons conseil."
MANY = 6


@pytest.fixture
def ana(private):
    return redeem(private, sign_in_link(private, "ana@ville.example", create_role=Role.MEMBER)).account.id


def answered(acts: list[Callable[[], object]]) -> list[object]:
    """What each act answered, or the refusal it met, all begun together."""
    answers: list[object] = [None] * len(acts)

    def run(n: int) -> None:
        try:
            answers[n] = acts[n]()
        except (IntroductionOpen, StaleIntroduction) as refusal:
            answers[n] = refusal

    at_once([partial(run, n) for n in range(len(acts))])
    return answers


def test_of_several_requests_of_one_pair_one_is_kept_and_named_to_the_others(private, ana):
    pairs = [("amis", "lycee") if n % 2 else ("lycee", "amis") for n in range(MANY)]
    answers = answered(
        [
            lambda n=n, pair=pair: ask(private, "g1", Request(*pair, WHY), by=ana, form=f"form-{n}")
            for n, pair in enumerate(pairs)
        ]
    )
    (kept,) = introductions_of(private, "g1")
    assert [a for a in answers if isinstance(a, str)] == [kept.id]
    assert {a.id for a in answers if isinstance(a, IntroductionOpen)} == {kept.id}


def test_one_form_sent_many_times_at_once_is_one_request(private, ana):
    request = Request("amis", "lycee", WHY)
    answers = answered([lambda: ask(private, "g1", request, by=ana, form="same")] * MANY)
    (kept,) = introductions_of(private, "g1")
    assert set(answers) == {kept.id}


def test_of_a_yes_a_no_and_a_withdrawal_one_holds(private, ana):
    id_ = ask(private, "g1", Request("amis", "lycee", WHY), by=ana, form="f")
    acts = [
        lambda: accept(private, "g1", id_, by=ana),
        lambda: decline(private, "g1", id_, by=ana, remembered=True),
        lambda: withdraw(private, "g1", id_, by=ana),
    ]
    answers = answered(acts)
    state = find_introduction(private, "g1", id_).state
    held = {0: IntroductionState.ACCEPTED, 1: IntroductionState.DECLINED, 2: IntroductionState.WITHDRAWN}
    assert [held[n] for n, answer in enumerate(answers) if answer is None] == [state]
