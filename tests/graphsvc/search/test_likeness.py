"""A name is proposed when it resembles what was written, and no name rather than an absurd one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.domain.text import fold
from graphsvc.likeness import FOLLOWING, LEAST, likeness, most_alike

words = st.text("abcdeirstu ", min_size=1, max_size=25).map(fold).filter(bool)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("amis kayes", "les amis de kayes"),
        ("amis kayes", "commune de kayes"),
        ("montgeronn", "montgeron"),
        ("mairie de lyon", "ville de lyon"),
        ("departement essone", "departement de l essonne"),
        ("tambacunda", "cercle de tambacounda"),
        ("amiskayes", "amis kayes"),
    ],
)
def test_what_a_person_meant_is_alike(question: str, name: str) -> None:
    assert likeness(question, name) >= LEAST


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("zzzz", "zamberk"),
        ("42", "cc2v"),
        ("toto", "tolosa"),
        ("acteur inexistant", "act consultants"),
        ("mairie de lyon", "mairie d evry"),
        ("association du nord", "agence de l eau"),
        ("abracadabra", "borna"),
        ("test", "ville de nantes"),
        ("amis de la terre", "agence de l eau"),
    ],
)
def test_what_shares_letters_by_chance_is_not(question: str, name: str) -> None:
    assert likeness(question, name) < LEAST


@given(words)
def test_a_name_is_most_like_itself(name: str) -> None:
    assert likeness(name, name) == pytest.approx(100)


@given(words, st.lists(words, max_size=8))
def test_the_best_come_first_and_none_is_below_the_threshold(question: str, names: list[str]) -> None:
    found = most_alike(question, names)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert all(name in names and score >= FOLLOWING for name, score in found)
    assert not found or found[0][1] >= LEAST
