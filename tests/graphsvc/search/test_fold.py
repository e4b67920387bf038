"""Folding character by character gives what folding the whole text gives."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from graphsvc.domain.text import fold

LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)


def whole(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(LIGATURES)).casefold()
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(LIGATURES)
    if bare.isascii():
        return re.sub(r"[^0-9a-z]+", " ", bare).strip()
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


@given(st.text(max_size=30) | st.text("ÉéŒœÇİıß’'-  ÅÀ한글عربي", max_size=20))
def test_folding_is_the_same_letter_by_letter_and_as_a_whole(text: str) -> None:
    assert fold(text) == whole(text)


def test_ligatures_accents_and_case_do_not_count() -> None:
    assert fold("Œuvres d'Évry") == "oeuvres d evry"
