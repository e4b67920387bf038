"""Folding, French order, and what no store may keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.text import check_key, check_text, fold, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Œuvres d'Évry", "oeuvres d evry"),
        ("œuvre", "oeuvre"),
        ("ÉCOLE", "ecole"),
        ("Saint-Michel-sur-Orge", "saint michel sur orge"),
        ("Straße", "strasse"),
        ("  ", ""),
        ("C.R.E.S.I.", "c r e s i"),
        ("Muso Dembé 🌍", "muso dembe"),
    ],
)
def test_folding_keeps_letters_and_drops_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_french_order_looks_at_letters_before_accents() -> None:
    names = ["côté", "Cote", "coté", "côte", "Étampes", "Evry", "Œuvre", "Ollainville", "Zoé"]
    assert sorted(names, key=sort_key) == [
        "Cote",
        "coté",
        "côte",
        "côté",
        "Étampes",
        "Evry",
        "Œuvre",
        "Ollainville",
        "Zoé",
    ]


@pytest.mark.parametrize("key", ["", " a", "a ", "x" * 201, "a\x00b", "a\nb"])
def test_a_key_that_could_not_be_typed_is_refused(key: str) -> None:
    with pytest.raises(InvalidValue):
        check_key("actor", "id", key)


def test_nul_and_lone_surrogates_are_refused() -> None:
    for text in ("a\x00b", "a\ud800b"):
        with pytest.raises(InvalidValue):
            check_text("actor", "purpose", text)
    check_text("actor", "purpose", "ligne 1\nligne 2\t🌍")
