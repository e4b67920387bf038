"""The parts French reasons are made of: places, labels in quotes, roles with their article, years."""

from collections.abc import Mapping
from typing import Any

from web.french import counted, in_place, listed, number
from web.french_names import the
from web.labels import gender, label, plural

Facts = Mapping[str, Any]


def there(facts: Facts) -> str:
    """« in » the place of the facts: `au Mali`."""
    return where(facts["place"])


def where(place: Facts) -> str:
    """« in » a place: a « Commune V » is no name of a town."""
    if str(place["name"]).startswith("Commune "):
        return f"dans la {place['name']}"
    return in_place(str(place["name"]), str(place["level"]))


def without_brackets(place: Facts) -> str:
    """The name of a place without what a list needs to tell it from others: `(communes de l'Essonne)`."""
    return str(place["name"]).partition(" (")[0]


def on_the_spot(facts: Facts) -> str:
    """`sur place` for a seat in the very place both act in, `au Mali` for one elsewhere in it."""
    within = facts.get("within")
    return where(within) if within and within["id"] != facts["place"]["id"] else "sur place"


def quoted(entries: Any, total: int | None = None) -> str:
    """Labels in quotes: `« Eau » et « Santé »`; `total` says how many themes there are."""
    text = listed([f"« {e['label']} »" for e in entries], total)
    more = (total or 0) - len(entries)
    return f"{_one_more(text)} thème{'s' if more > 1 else ''}" if more > 0 else text


def _one_more(text: str) -> str:
    return text.removesuffix("1 autre") + "un autre" if text.endswith(" et 1 autre") else text


def titled(announcement: Facts) -> str:
    """The title of an announcement or record in quotes."""
    return f"« {announcement['title']} »"


def actors(facts: Facts) -> str:
    """The partners of the facts by name, and how many more."""
    return _one_more(listed([the(str(p["name"])) for p in facts["partners"]], facts.get("count")))


def named_after(facts: Facts) -> bool:
    """Whether every partner named bears the name of the place: `la Commune de Kayes` needs no « à Kayes »."""
    last = str(facts["place"]["name"]).split()[-1].casefold()
    return all(last in str(p["name"]).casefold() for p in facts["partners"])


def proof(facts: Facts) -> str:
    """The records that show it, in brackets: ` (projet « Eau de Kayes »)`; nothing when there is none."""
    records = list(facts.get("records") or ())
    if len({r["kind"] for r in records}) == 1:
        noun = plural("record", str(records[0]["kind"]), len(records))
        return f" ({noun} {listed([titled(r) for r in records])})"
    return (
        f" ({listed([label('record', str(r['kind'])) + ' ' + titled(r) for r in records])})"
        if records
        else ""
    )


def took_part(record: Facts) -> str:
    """What it has been to a project or agreement: `a pris part au projet « … »`, `est partie à l'accord « … »`."""
    said = "a pris part au projet" if record["kind"] == "project" else "est partie à l'accord"
    return f"{said} {titled(record)}"


def of_yours(record: Facts) -> str:
    """« de » a project or agreement of yours: `du projet « … », auquel vous avez pris part`."""
    if record["kind"] == "project":
        return f"du projet {titled(record)}, auquel vous avez pris part"
    return f"de l'accord {titled(record)}, auquel vous êtes partie"


def people(count: Any) -> str:
    """How many live somewhere, to two figures: `27 000`."""
    return number(round(int(count), 2 - len(str(count))))


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
