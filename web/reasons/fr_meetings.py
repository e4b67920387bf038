"""Reasons of meetings in French: why a guest is invited, whom it meets, and what to know of the plan."""

from collections.abc import Callable, Mapping
from typing import Any

from web.french import capital, counted, listed, number
from web.french_names import the
from web.reasons.fr_articles import verb
from web.reasons.fr_words import in_brackets, of_places, roles
from web.words.because import question_text

Facts = Mapping[str, Any]


def _actors(facts: Facts, key: str = "actors", total: int | None = None) -> str:
    return listed([the(str(a["name"])) for a in facts[key]], total)


def _dated(facts: Facts) -> str:
    if facts.get("since"):
        return in_brackets(f"depuis {facts['since']}")
    return in_brackets(f"attesté en {facts['confirmed']}") if facts.get("confirmed") else ""


def _inherited(facts: Facts) -> str:
    return f", à la suite de {the(str(facts['via']['name']))}" if facts.get("via") else ""


def _acts(facts: Facts) -> str:
    more = int(facts["count"]) - len(facts["places"])
    where = [of_places([place]) for place in facts["places"]]
    where += [f"dans {_others(more, 'territoire')}"] if more > 0 else []
    return f"Agit {listed(where)}{_dated(facts)}{_inherited(facts)}."


def _works(facts: Facts) -> str:
    more = int(facts["count"]) - len(facts["themes"])
    names = [f"« {theme['label']} »" for theme in facts["themes"]]
    names += [_others(more, "thème")] if more > 0 else []
    return f"Travaille sur {listed(names)}{_dated(facts)}{_inherited(facts)}."


def _others(more: int, noun: str) -> str:
    return f"un autre {noun}" if more == 1 else f"{number(more)} autres {noun}s"


def _introduces(facts: Facts) -> str:
    count = int(facts["count"])
    held = capital(roles(facts)) if facts["roles"] else ""
    if not count:
        return f"{held} : peut orienter et relayer." if held else "Peut orienter et relayer."
    with_ = _actors(facts, "partners", count)
    return f"{held} ; coopère avec {with_}." if held else f"Peut présenter ses partenaires : {with_}."


def _elsewhere(facts: Facts) -> str:
    place = facts.get("place")
    where = f", {of_places([place])}" if place and place["level"] != "country" else ""
    if facts["abroad"]:
        there = f", {of_places([place])}" if place else ""
        return f"A son siège à l'étranger{there} : à joindre à distance."
    return f"A son siège hors du territoire{where}."


def _meets(facts: Facts) -> str:
    count = int(facts["count"])
    if not count:
        return "Connaît déjà tous les acteurs de sa table."
    if count == 1:
        return f"À sa table, rencontre {_actors(facts)}."
    more = f", dont {_actors(facts)}" if count > len(facts["actors"]) else f" : {_actors(facts)}"
    return f"À sa table, {number(count)} acteurs nouveaux pour lui{more}."


def _nobody(facts: Facts) -> str:
    if facts["found"]:
        return (
            f"Nos sources ne citent qu'un acteur sur ce sujet, {_actors(facts, 'found')} : "
            "élargissez le territoire ou retirez le thème."
        )
    return (
        "Nos sources ne citent aucun acteur du territoire sur ce sujet : élargissez le territoire, retirez le "
        "thème, ou invitez aussi les acteurs de l'étranger."
    )


def _both(facts: Facts) -> str:
    whole, partly = int(facts["whole"]), int(facts["partly"])
    if not whole:
        return (
            "Aucun invité n'est connu à la fois sur ce thème et dans ce territoire : "
            f"{counted(partly, 'invité tient', 'invités tiennent')} à l'un des deux."
        )
    both = counted(
        whole,
        "invité travaille sur le thème et agit dans le territoire",
        "invités travaillent sur le thème et agissent dans le territoire",
    )
    if not partly:
        return f"{both}."
    return f"{both} ; {counted(partly, 'autre tient', 'autres tiennent')} à l'un des deux."


def _completed(facts: Facts) -> str:
    off = int(facts["off"])
    if off == 1:
        return "1 invité est hors du sujet : il est proposé parce qu'il s'accorde avec un acteur à l'écart."
    told = f"{number(off)} invités sont hors du sujet : ils sont proposés"
    return f"{told} parce que chacun s'accorde avec un acteur à l'écart."


def _fewer(facts: Facts) -> str:
    return (
        f"{counted(int(facts['found']), 'acteur trouvé', 'acteurs trouvés')} pour "
        f"{counted(int(facts['asked']), 'place')} : nos sources n'en citent pas davantage."
    )


def _knows_table(facts: Facts) -> str:
    names = [str(a["name"]) for a in facts["actors"]]
    many = len(names) > 1
    knows = "connaissent" if many else verb(names[0], "connaît", "connaissent")
    own = "leur" if many or knows == "connaissent" else "sa"
    return f"{capital(_actors(facts))} {knows} déjà {own} table entière : aucun autre placement ne l'évite."


MEETING_SENTENCES: dict[str, Callable[[Facts], str]] = {
    "acts_on_place": _acts,
    "works_on_theme": _works,
    "perhaps_apart": lambda f: (
        f"Peut-être isolé dans nos données seulement : « {question_text(str(f['question']), 'fr')} »"
    ),
    "can_introduce": _introduces,
    "sits_elsewhere": _elsewhere,
    "suits_guests": lambda f: f"Hors du sujet, mais s'accorde avec {_actors(f)}.",
    "meets_at_table": _meets,
    "nobody_to_meet": _nobody,
    "on_both_topics": _both,
    "completed_off_topic": _completed,
    "fewer_guests": _fewer,
    "fewer_tables": lambda f: (
        f"{counted(int(f['tables']), 'table suffit', 'tables suffisent')} au lieu de {number(int(f['asked']))} : "
        "une table réunit au moins deux invités."
    ),
    "nobody_apart": lambda _: "Aucun de ces invités n'est à l'écart du réseau d'après nos données.",
    "knows_its_table": _knows_table,
}

GUEST_ROLES = {
    "apart": "à l'écart du réseau",
    "broker": "relais du réseau",
    "on_topic": "sur le sujet",
    "elsewhere": "sur le sujet, d'ailleurs",
    "match": "en complément",
}
