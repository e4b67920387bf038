"""The parts English reasons are made of: places, labels in quotes, roles with their article, years."""

from collections.abc import Mapping
from typing import Any

from web.english import counted, in_place, listed, number
from web.labels import label

Facts = Mapping[str, Any]
_IN_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def typeset(text: str) -> str:
    """English needs no spaces before its signs."""
    return text


def in_words(count: int) -> str:
    """A small number in words."""
    return _IN_WORDS[count] if 0 <= count < len(_IN_WORDS) else number(count)


def where(place: Facts) -> str:
    """`in Mali`."""
    return in_place(str(place["name"]), str(place["level"]))


def there(facts: Facts) -> str:
    """`in` the place of the facts."""
    return where(facts["place"])


def without_brackets(place: Facts) -> str:
    """The name of a place without what a list needs to tell it from others: `(communes de l'Essonne)`."""
    return str(place["name"]).partition(" (")[0]


def of_places(places: Any) -> str:
    """Several places: `in Mali and in Dakar`."""
    return listed([where(place) for place in places])


def quoted(entries: Any, total: int | None = None) -> str:
    """Labels in quotes: `“Eau” and “Santé”`; `total` says how many there are."""
    return listed([f"“{entry['label']}”" for entry in entries], total).replace("and 1 other", "and another")


def titled(record: Facts) -> str:
    """The title of an announcement or record in quotes."""
    return f"“{record['title']}”"


def actors(facts: Facts, key: str = "partners") -> str:
    """The actors of the facts by name, and how many more."""
    return listed([str(actor["name"]) for actor in facts[key]], facts.get("count"))


def people(count: Any) -> str:
    """How many live somewhere, to two figures: `27,000`."""
    return number(round(int(count), 2 - len(str(count))))


def with_noun(record: Facts) -> str:
    """A project or agreement with its noun: `the project “Water”`."""
    return f"the {label('record', str(record['kind']))} {titled(record)}"


def several(facts: Facts) -> bool:
    """Whether the facts name more than one actor."""
    return int(facts["count"]) > 1


def held(code: str) -> str:
    """A role, or a kind, in words."""
    found = label("actor_role", code, "en")
    return found if found != code else label("actor_kind", code, "en")


def roles(facts: Facts) -> str:
    """The roles of the facts with their articles: `a funder and a network head`."""
    return listed([with_article(held(str(code))) for code in facts["roles"]])


def with_article(noun: str) -> str:
    """`a funder`, `an operator`."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def km(value: Any) -> str:
    """A distance between seats in whole kilometres."""
    distance = float(value)
    return "less than a kilometre" if distance < 1 else counted(round(distance), "kilometre")


def years(facts: Facts) -> str:
    """When, without brackets: `2003-2007`, `since 2003`, `document of 2012`, or nothing."""
    start, end, confirmed = facts.get("start"), facts.get("end"), facts.get("confirmed")
    if start and end:
        return f"{start}" if start == end else f"{start}-{end}"
    if start:
        return f"since {start}"
    if end:
        return f"until {end}"
    return f"document of {confirmed}" if confirmed else ""


def in_brackets(*parts: str) -> str:
    """What is known, in brackets: ` (twinning, 2003)`; nothing when nothing is."""
    said = ", ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def bond(facts: Facts) -> str:
    """What joined the two: the title of the record, else the kind of link."""
    record = facts.get("record")
    if record:
        return f"{label('record', str(record['kind']), 'en')} {titled(record)}"
    kind = facts.get("kind")
    return label("link_kind", str(kind), "en") if kind else ""


def named_after(facts: Facts) -> bool:
    """Whether every partner named bears the name of the place: `Commune de Kayes` needs no “in Kayes”."""
    last = str(facts["place"]["name"]).split()[-1].casefold()
    return all(last in str(p["name"]).casefold() for p in facts["partners"])


def proof(facts: Facts) -> str:
    """The records that show it, in brackets: ` (project “Eau de Kayes”)`; nothing when there is none."""
    records = facts.get("records") or ()
    return in_brackets(listed([f"{label('record', str(r['kind']), 'en')} {titled(r)}" for r in records]))


def skills(facts: Facts) -> str:
    """The skills two announcements share, as a sentence of its own, or nothing."""
    found = facts.get("skills") or ()
    return f" {'Skill' if len(found) == 1 else 'Skills'} involved: {quoted(found)}." if found else ""
