"""« Elle » for an association, a commune or a university: the sentences of a reason agree with whom they tell of.

The sentences are written for « un acteur » (il). A name that begins with a common noun has the gender of that
noun, any other that of what the actor is: `la Ville de Dakar`, `GRET` (un organisme d'expertise).
"""

import re

from web.french_names import gender_of
from web.labels import gender

_ELLE = (
    (re.compile(r"^Il\b"), "Elle"),
    (re.compile(r"(?<=[:,] )il (?=peut\b|a\b)"), "elle "),
    (re.compile(r"\bqu'il\b"), "qu'elle"),
    (re.compile(r"\boù il agit\b"), "où elle agit"),
    (re.compile(r"\blui aussi\b"), "elle aussi"),
    (re.compile(r"\bsait de lui\b"), "sait d'elle"),
    (re.compile(r"\ble (?=connaît déjà|connaissent déjà)"), "la "),
)
_QUOTED = re.compile(r"(«[^»]*»)")


def is_she(name: str, kind: str) -> bool:
    """Whether one says « elle » of an actor of this name and kind."""
    return (gender_of(name) or gender("actor_kind", kind)) == "f"


def told_of_her(text: str) -> str:
    """The sentence with « elle » for « il »; what stands in quotes is left as it is."""
    parts = _QUOTED.split(text)
    for pattern, said in _ELLE:
        parts[::2] = [_from(pattern, said, part, first=n == 0) for n, part in enumerate(parts[::2])]
    return "".join(parts)


def _from(pattern: re.Pattern[str], said: str, part: str, *, first: bool) -> str:
    return part if pattern.pattern.startswith("^") and not first else pattern.sub(said, part)
