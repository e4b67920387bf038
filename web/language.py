"""The reader's language: French, unless they chose English here.

One value a request, `reader()`, which everything that speaks asks for; `web.views.language` finds it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum


class Language(StrEnum):
    """The languages the site speaks, by their ISO 639-1 code."""

    FRENCH = "fr"
    ENGLISH = "en"


NAMES: dict[Language, str] = {Language.FRENCH: "Français", Language.ENGLISH: "English"}
"""Each in its own words: a reader looks for theirs."""

_reader: ContextVar[Language] = ContextVar("maillage_reader", default=Language.FRENCH)


def reader() -> Language:
    """The language of whoever reads the answer under way; French when nobody said."""
    return _reader.get()


def in_french(lang: str | None = None) -> bool:
    """Whether to speak French: to the reader, unless a language is given."""
    return (lang or reader()) == Language.FRENCH


def column(lang: str | None = None) -> int:
    """Where a pair (French, English) holds the words of a language, the reader's unless one is given."""
    return 0 if in_french(lang) else 1


def set_reader(language: Language) -> None:
    """From now on the answer under way is read in this language."""
    _reader.set(language)


@contextmanager
def reading(language: Language) -> Iterator[None]:
    """Speak this language for a while: to an actor in French whoever prepares the letter, for instance."""
    before = _reader.set(language)
    try:
        yield
    finally:
        _reader.reset(before)
