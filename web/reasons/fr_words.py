"""The parts French reasons are made of: places, labels in quotes, roles with their article, years."""

import re
from collections.abc import Mapping
from typing import Any

from web.french import counted, in_place, listed
from web.labels import gender, label

Facts = Mapping[str, Any]
_HIGH = re.compile(r" ([;!?])")
_WIDE = re.compile(r" (:)(?=\s|$)|(«) | (»)")


def typeset(text: str) -> str:
    """Spaces that do not break before double signs and inside quotes."""
    return _WIDE.sub(_held, _HIGH.sub("\u202f\\1", text))


def _held(met: re.Match[str]) -> str:
    colon, opening, _closing = met.groups()
    if colon:
        return "\u00a0:"
    return "«\u00a0" if opening else "\u00a0»"


def there(facts: Facts) -> str:
    """« in » the place of the facts: `au Mali`."""
    return where(facts["place"])


def where(place: Facts) -> str:
    """« in » a place."""
    return in_place(str(place["name"]), str(place["level"]))


def quoted(entries: Any, total: int | None = None) -> str:
    """Labels in quotes: `« Eau » et « Santé »`; `total` says how many there are."""
    return listed([f"« {e['label']} »" for e in entries], total)


def titled(announcement: Facts) -> str:
    """The title of an announcement or record in quotes."""
    return f"« {announcement['title']} »"


def actors(facts: Facts) -> str:
    """The partners of the facts by name, and how many more."""
    return listed([str(p["name"]) for p in facts["partners"]], facts.get("count"))


def several(facts: Facts) -> bool:
    """Whether the facts name more than one partner."""
    return int(facts["count"]) > 1


def skills(facts: Facts) -> str:
    """The skills two announcements share, as a sentence of its own, or nothing."""
    found = facts.get("skills") or ()
    if not found:
        return ""
    return f" {'Compétence' if len(found) == 1 else 'Compétences'} en jeu : {quoted(found)}."


def role(code: str) -> str:
    """A role, or a kind, with its article: `un financeur`, `une tête de réseau`."""
    group = "actor_role" if label("actor_role", code) != code else "actor_kind"
    return f"{'une' if gender(group, code) == 'f' else 'un'} {label(group, code)}"


def roles(facts: Facts) -> str:
    """The roles of the facts with their articles."""
    return listed([role(str(r)) for r in facts["roles"]])


def km(value: Any) -> str:
    """A distance between seats in whole kilometres."""
    distance = float(value)
    return "moins d'un kilomètre" if distance < 1 else counted(round(distance), "kilomètre")


def years(facts: Facts) -> str:
    """When, without brackets: `2003-2007`, `depuis 2003`, `attesté en 2012`, or nothing."""
    start, end, confirmed = facts.get("start"), facts.get("end"), facts.get("confirmed")
    if start and end:
        return f"{start}" if start == end else f"{start}-{end}"
    if start:
        return f"depuis {start}"
    if end:
        return f"jusqu'en {end}"
    return f"document de {confirmed}" if confirmed else ""


def in_brackets(*parts: str) -> str:
    """What is known, in brackets: ` (jumelage, 2003)`; nothing when nothing is."""
    said = ", ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def bond(facts: Facts) -> str:
    """What joined the two: the title of the record, else the kind of link."""
    record = facts.get("record")
    if record:
        noun = label("record", str(record["kind"]))
        return f"{noun} {titled(record)}"
    kind = facts.get("kind")
    return label("link_kind", str(kind)) if kind else ""


def of_places(places: Any) -> str:
    """Several places joined: `au Mali et à Dakar`."""
    return listed([where(p) for p in places])
