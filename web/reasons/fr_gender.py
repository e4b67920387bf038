"""« Elle » for an association, a commune or a university: the sentences of a reason agree with whom they tell of.

The sentences are written for « un acteur » (il). A name that begins with a common noun has the gender of that
noun, any other that of what the actor is: `la Ville de Dakar`, `GRET` (un organisme d'expertise).
"""

import re

from web.french_names import gender_of
from web.labels import gender

_ELLE = {
    r"^Il\b": "Elle",
    r"(?<=[:,] )il (?=peut\b|pourrait\b|a\b)": "elle ",
    r"\bqu'il\b": "qu'elle",
    r"\boù il agit\b": "où elle agit",
    r"\blui aussi\b": "elle aussi",
    r"\bsait de lui\b": "sait d'elle",
    r"\ble (?=connaît déjà|connaissent déjà)": "la ",
}
_SAID = tuple(_ELLE.values())
_RARER = (" il ", "qu'il", "lui aussi", "sait de lui", "le conna")
"""What every pattern but the first needs: most sentences have none of these, and are not read by all of them."""
_QUOTED = "«[^»]*»"
_OF_HER = re.compile("|".join((_QUOTED, *(f"({pattern})" for pattern in _ELLE))))
"""What stands in quotes, else one of the groups of `_SAID`, in one reading: a page says hundreds of these."""


def is_she(name: str, kind: str) -> bool:
    """Whether one says « elle » of an actor of this name and kind."""
    return (gender_of(name) or gender("actor_kind", kind)) == "f"


def told_of_her(text: str) -> str:
    """The sentence with « elle » for « il »; what stands in quotes is left as it is."""
    if not any(words in text for words in _RARER):
        return f"Elle{text[2:]}" if text.startswith("Il ") else text
    return _OF_HER.sub(_her, text)


def _her(found: re.Match[str]) -> str:
    return _SAID[found.lastindex - 1] if found.lastindex else found[0]
