"""Words the French sentences of groups share: places, labels, years, names with their article."""

from collections.abc import Mapping
from typing import Any

from web.french import listed, number
from web.reasons.fr_articles import inside as the
from web.reasons.fr_articles import of_the, verb
from web.reasons.fr_words import where

Facts = Mapping[str, Any]
_IN_WORDS = (
    "",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
)


def where_it_is(facts: Facts, key: str = "place") -> str:
    """« in » the place of a fact."""
    return where(facts[key])


def labels(themes: Any) -> str:
    """Labels in small letters; in quotes when several could not be told apart."""
    names = [str(t["label"]) for t in themes]
    names = [
        name[:1].lower() + name[1:] if len(name) < 2 or not name[1].isupper() else name for name in names
    ]
    if len(names) > 1 and any(" et " in name or "," in name for name in names):
        names = [f"« {name} »" for name in names]
    return listed(names)


def in_words(count: int) -> str:
    """A small number in words."""
    return _IN_WORDS[count] if 0 < count < len(_IN_WORDS) else number(count)


def years_of(facts: Facts) -> str:
    """When, in brackets, or nothing."""
    start, end, confirmed = facts.get("start"), facts.get("end"), facts.get("confirmed")
    if start and end:
        return f" ({start})" if start == end else f" ({start}-{end})"
    if start:
        return f" (depuis {start})"
    if end:
        return f" (jusqu'en {end})"
    return f" (attesté en {confirmed})" if confirmed else ""


def names_of(facts: Facts) -> str:
    """The partners of the facts, with their articles, and how many more."""
    return listed([the(str(p["name"])) for p in facts["partners"]], facts.get("count"))


def several_of(facts: Facts) -> bool:
    """Whether the verb is plural."""
    return int(facts["count"]) > 1 or verb(str(facts["partners"][0]["name"]), "", "s") == "s"


def former_in(facts: Facts) -> str:
    """Whom the actor stands for, to be confirmed; nothing when it stands for itself."""
    former = facts.get("former")
    return f", à la suite {of_the(str(former['name']))} (à confirmer)" if former else ""
