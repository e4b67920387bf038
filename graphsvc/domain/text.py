"""Text rules shared by every store: what is refused, how names are folded, and French order.

Neither SQLite nor Neo4j folds `É` or finds `œuvre` for `oeuvre`, nor sorts accents in French order;
so both keep what these functions give.
"""

import re
import unicodedata

from graphsvc.domain.errors import InvalidValue

_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
KEY_LIMIT = 200


class _FoldedCharacters(dict[int, str]):
    """What each character becomes, found once: folding depends on no neighbour."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).translate(_LIGATURES)).casefold()
        seen = "".join(c for c in decomposed if not (unicodedata.combining(c) or _is_unseen(c)))
        folded = seen.translate(_LIGATURES)
        if len(self) < _KEPT_CHARACTERS:
            self[code] = folded
        return folded


def _is_unseen(character: str) -> bool:
    """Soft hyphens, zero-width and direction characters: they come along with a text that was copied."""
    return unicodedata.category(character) == "Cf"


_KEPT_CHARACTERS = 10_000
_FOLDED = _FoldedCharacters()


def fold(text: str) -> str:
    """Lower case, no accent, no ligature, words separated by one space: `Œuvres d'Évry` -> `oeuvres d evry`.

    Text in other scripts keeps its letters, so that a name in Arabic or Chinese is still found. Characters
    that nobody sees (soft hyphen, zero-width space) part no word.
    """
    bare = text.translate(_FOLDED)
    if bare.isascii():
        return _NOT_WORD.sub(" ", bare).strip()
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def sort_key(text: str) -> tuple[str, str, str]:
    """French order: letters first, then accents, then case and punctuation decide."""
    return fold(text), unicodedata.normalize("NFD", text.casefold()), text


def check_text(record: str, field: str, value: str | None) -> None:
    """Refuse NUL and lone surrogates, which no store can keep."""
    if value is not None and _FORBIDDEN.search(value):
        raise InvalidValue(record, field, repr(value), "forbidden_character")


def check_list(record: str, field: str, values: tuple[str, ...]) -> None:
    """Each text of a list can be kept and says something: a blank one would be lost in a file."""
    for value in values:
        check_text(record, field, value)
        if not value.strip():
            raise InvalidValue(record, field, value, "blank_in_list")


def key_as_meant(text: str) -> str:
    """The key that a file, an address or a person means: composed (NFC), without what nobody sees.

    One system writes `é` as one character, another as two; both look the same, and are the same key.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", "".join(c for c in text if not _is_unseen(c))).strip()


def check_key(record: str, field: str, value: str) -> None:
    """A key is 1 to 200 characters, trimmed, without control characters."""
    if (
        not value
        or value != value.strip()
        or len(value) > KEY_LIMIT
        or (
            not value.isprintable() and _CONTROL.search(value)  # the first is far cheaper, and stricter
        )
    ):
        raise InvalidValue(record, field, value[:80], "key_form")


def keep_sets(record: object, *fields: str) -> None:
    """Put these fields of a new frozen record in their canonical form."""
    for field in fields:
        values = getattr(record, field)
        if len(values) > 1 or type(values) is not tuple:
            object.__setattr__(record, field, unique_sorted(values))


def unique_sorted(values: tuple[str, ...]) -> tuple[str, ...]:
    """The canonical form of a set of codes, so that all stores give the same record back."""
    return tuple(sorted(set(values)))
