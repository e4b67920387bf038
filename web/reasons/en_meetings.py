"""Reasons of meetings in English."""

from collections.abc import Callable, Mapping
from typing import Any

from web.english import capital, counted, listed
from web.labels import label

Facts = Mapping[str, Any]


def _names(entries: Any, key: str = "name") -> str:
    return listed([str(entry[key]) for entry in entries])


def _dated(facts: Facts) -> str:
    if facts.get("since"):
        return f" (since {facts['since']})"
    return f" (as documented in {facts['confirmed']})" if facts.get("confirmed") else ""


def _more(facts: Facts, key: str) -> str:
    more = int(facts["count"]) - len(facts[key])
    return f" and {counted(more, 'other')}" if more > 0 else ""


def _introduces(facts: Facts) -> str:
    held = ", ".join(label("actor_role", str(r), "en") for r in facts["roles"])
    if not facts["count"]:
        return f"{capital(held)}: can guide and relay." if held else "Can guide and relay."
    with_ = f"{_names(facts['partners'])}{_more(facts, 'partners')}"
    return f"{capital(held)}; cooperates with {with_}." if held else f"Can introduce its partners: {with_}."


def _elsewhere(facts: Facts) -> str:
    place = f" ({facts['place']['name']})" if facts.get("place") else ""
    return (
        f"Sits abroad{place}: to be joined at a distance." if facts["abroad"] else f"From elsewhere{place}."
    )


def _meets(facts: Facts) -> str:
    if not facts["count"]:
        return "Already knows everybody at its table."
    if int(facts["count"]) == len(facts["actors"]):
        return f"Meets {_names(facts['actors'])} at its table."
    return f"Meets {facts['count']} new actors at its table, among them {_names(facts['actors'])}."


def _nobody(facts: Facts) -> str:
    if facts["found"]:
        return f"Our sources name one actor only on this topic, {_names(facts['found'])}: widen the territory or drop the theme."
    return "Our sources name no actor of the territory on this topic: widen the territory, drop the theme, or invite from abroad too."


MEETING_SENTENCES: dict[str, Callable[[Facts], str]] = {
    "acts_on_place": lambda f: f"Acts in {_names(f['places'])}{_more(f, 'places')}{_dated(f)}.",
    "works_on_theme": lambda f: f"Works on {_names(f['themes'], 'label')}{_more(f, 'themes')}{_dated(f)}.",
    "perhaps_apart": lambda _: "Perhaps isolated in our data only: to be checked first.",
    "can_introduce": _introduces,
    "sits_elsewhere": _elsewhere,
    "suits_guests": lambda f: f"Off the topic, but suits {_names(f['actors'])}.",
    "meets_at_table": _meets,
    "nobody_to_meet": _nobody,
    "on_both_topics": lambda f: (
        f"{f['whole']} guests are on both the theme and the territory; {f['partly']} on one of the two."
    ),
    "completed_off_topic": lambda f: (
        f"{f['off']} guests are off the topic: each suits an actor that stands apart."
    ),
    "fewer_guests": lambda f: f"{f['found']} actors found for {f['asked']} seats: our sources name no more.",
    "fewer_tables": lambda f: (
        f"{f['tables']} tables instead of {f['asked']}: at least two guests to a table."
    ),
    "nobody_apart": lambda _: "None of these guests stands apart in our data.",
    "knows_its_table": lambda f: f"{_names(f['actors'])}: no seating gives somebody new to meet.",
}

GUEST_ROLES = {
    "apart": "stands apart",
    "broker": "broker",
    "on_topic": "on the topic",
    "elsewhere": "on the topic, from elsewhere",
    "match": "complement",
}
