"""Addresses and telephone numbers in free text: what is published must hold none of a person's.

Introductions go by relay: nobody needs to write one down. Found as people write them, hidden ways included:
`nom (at) domaine point fr`, figures in Arabic-Indic script, spaces of every width.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

MOST_TOLD = 10


class ContactKind(StrEnum):
    """What was found."""

    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class ContactDetail:
    """An address or a number, as it was written."""

    kind: ContactKind
    text: str


_AT = r"(?:@|\((?:at|arobase|chez)\)|\[(?:at|arobase|chez)\]|\{(?:at|arobase)\}|(?<=[ _-])arobase(?=[ _-]))"
_DOT = r"(?:\.|\((?:dot|point)\)|\[(?:dot|point)\]|[ _-](?:point|dot)[ _-])"
# They begin with what is rare in a text, and every repetition is bounded: time is proportional to length.
_EMAIL = re.compile(rf"{_AT}[ _-]{{0,2}}[\w-]{{1,63}}(?: ?{_DOT} ?[\w-]{{1,63}}){{1,4}}", re.IGNORECASE)
_BEFORE_AT = re.compile(r"[^\s@]{1,64}[ _-]{0,2}\Z")
_NEARLY = re.compile(r"(?<=[\w%+-])@[\w-]{1,63}|mailto:", re.IGNORECASE)
_GAP = r"[ .\-/_()·]{0,2}"
_FRENCH = r"(?<![\d/])(?:(?:\+|00 ?)33 ?(?:\(0\))? ?|0)[1-9]([ ./·_-]{0,3})\d\d(?:\1\d\d){3}(?![\d/])"
_ABROAD = rf"(?<![\d+])(?:\+|00 ?)[1-9]\d{{0,2}}(?:{_GAP}\d){{6,12}}(?!\d)"
_WORD = r"(?:t[ée]l(?:[ée]phone)?|portable|mobile|gsm|whatsapp|fax|appele[rz]|joindre)"
_CALLED = rf"(?<!\w){_WORD}[ .:°]{{0,3}}(?:le |au )?\+?\d(?:{_GAP}\d){{6,12}}"
_IN_PAIRS = r"(?<![\d.,/-])[2-9]\d([ .·-])\d\d(?:\2\d\d){2}(?![\d/%]|[.,]\d|[ .-]\d)"
_SENEGAL = r"(?<![\d.,/-])7[05678] ?\d{3} ?\d\d ?\d\d(?![\d/%]|[.,]\d| \d)"
_PHONE = re.compile(f"{_FRENCH}|{_ABROAD}|{_CALLED}|{_IN_PAIRS}|{_SENEGAL}", re.IGNORECASE)


def contact_details(text: str) -> tuple[ContactDetail, ...]:
    """The first ten e-mail addresses, then the first ten telephone numbers of a text, in order, each once.

    Dates, years, amounts, postcodes, SIREN numbers and web addresses are not taken for numbers.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_USUAL)
    found = list(islice(_addresses(plain), MOST_TOLD))
    found = found or [_detail(ContactKind.EMAIL, m) for m in islice(_NEARLY.finditer(plain), MOST_TOLD)]
    found += [_detail(ContactKind.PHONE, m) for m in islice(_PHONE.finditer(plain), MOST_TOLD)]
    return tuple(dict.fromkeys(found))


def _addresses(text: str) -> Iterator[ContactDetail]:
    for match in _EMAIL.finditer(text):
        name = _BEFORE_AT.search(text[max(0, match.start() - 66) : match.start()])
        if name is not None:
            yield ContactDetail(ContactKind.EMAIL, name.group() + match.group())


def _detail(kind: ContactKind, match: re.Match[str]) -> ContactDetail:
    return ContactDetail(kind, match.group().strip())


class _UsualCharacters(dict[int, str]):
    """Ordinary figures, dashes and spaces in the place of their look-alikes; invisible marks are dropped."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category in ("Cf", "Mn"):
            usual = ""
        elif category == "Nd":
            usual = str(unicodedata.decimal(character))
        else:
            usual = " " if character.isspace() else "-" if category == "Pd" else character
        if len(self) < _KEPT_CHARACTERS:
            self[code] = usual
        return usual


_KEPT_CHARACTERS = 10_000
_USUAL = _UsualCharacters()
