"""What joins actors already, what slept and what was handed on, in French."""

from collections.abc import Callable

from web.french import capital
from web.labels import gender, label
from web.reasons.fr_articles import inside as the
from web.reasons.fr_articles import of_the, to_the, verb
from web.reasons.fr_group_words import (
    Facts,
    labels,
    names_of,
    several_of,
    years_of,
)


def _kind(facts: Facts) -> tuple[str, bool]:
    """What joins two, with its article, and whether it is feminine."""
    kind = facts.get("kind")
    if not kind:
        return "un financement de projet", False
    feminine = gender("link_kind", str(kind)) == "f"
    return f"{'une' if feminine else 'un'} {label('link_kind', str(kind))}", feminine


def _ends(facts: Facts) -> str:
    return f"{of_the(str(facts['giver']['name']))} {to_the(str(facts['receiver']['name']))}"


def _two(facts: Facts) -> str:
    return f"{the(str(facts['giver']['name']))} et {the(str(facts['receiver']['name']))}"


def _means(facts: Facts) -> str:
    what, _ = _kind(facts)
    title = f" « {facts['title']} »" if facts.get("title") else ""
    joins = "les relie déjà" if facts.get("live") else "les a reliés"
    return f"{capital(what)}{title} {joins}, {_ends(facts)}{years_of(facts)}."


def _planned(facts: Facts) -> str:
    if facts.get("title"):
        return f"Un projet commun a été prévu{years_of(facts)} : « {facts['title']} »."
    what, feminine = _kind(facts)
    return f"{capital(what)} a été {'prévue' if feminine else 'prévu'} entre {_two(facts)}{years_of(facts)}."


def _contact(facts: Facts) -> str:
    if facts.get("title"):
        return f"{capital(_two(facts))} se sont croisés : « {facts['title']} »{years_of(facts)}."
    what, _ = _kind(facts)
    return f"{capital(what)} a déjà eu lieu entre {_two(facts)}{years_of(facts)}."


def _past(facts: Facts) -> str:
    title = f" : « {facts['title']} »" if facts.get("title") else ""
    when = years_of(facts)
    if not title and facts.get("kind"):
        kind = label("link_kind", str(facts["kind"]))
        when = f" ({kind}, {when[2:]}" if when else f" ({kind})"
    return f"{capital(_two(facts))} ont déjà travaillé ensemble{title}{when}."


def _heir(facts: Facts) -> str:
    former, heir = str(facts["former"]["name"]), str(facts["heir"]["name"])
    gone = verb(former, "a cessé", "ont cessé")
    took = verb(heir, "a pris la suite", "ont pris la suite")
    return f"{capital(the(former))} {gone} d'exister en {facts['year']} ; {the(heir)} {took}. Les sources ne disent pas si cette coopération a continué."


def _alone(facts: Facts) -> str:
    who = str(facts["actor"]["name"])
    return f"{capital(the(who))} {verb(who, 'n’a', 'n’ont')} plus aucune coopération vivante.".replace(
        "’", "'"
    )


BRIDGE_SENTENCES: dict[str, Callable[[Facts], str]] = {
    "bridge_means": _means,
    "bridge_planned": _planned,
    "bridge_attempted": lambda f: f"Un rapprochement a déjà été tenté, sans suite{years_of(f)}.",
    "bridge_contact": _contact,
    "bridge_past": _past,
    "bridge_partner": lambda f: (
        f"{'Partenaires communs' if several_of(f) else 'Partenaire commun'} : {names_of(f)}."
    ),
    "converge_connectors": lambda f: (
        f"{capital(names_of(f))} {'coopèrent' if several_of(f) else 'coopère'} déjà avec tous les autres et {'peuvent' if several_of(f) else 'peut'} les réunir."
    ),
    "together_since": lambda f: f"Présence simultanée attestée depuis {f['since']}.",
    "confirmed_until": lambda f: f"Rien n'a été confirmé depuis {f['year']} : à vérifier avant d'inviter.",
    "never_confirmed_there": lambda _: "Aucune source n'est datée : à vérifier avant d'inviter.",
    "stands_for": lambda f: (
        f"A pris la suite {of_the(str(f['former']['name']))} ; reste à savoir si l'action a continué."
    ),
    "asleep_since": lambda f: f"Sans suite connue depuis {f['year']}.",
    "asleep": lambda _: "En sommeil, sans date connue.",
    "revive_heir": _heir,
    "alone_now": _alone,
    "partner_of_both": lambda _: "Coopère aujourd'hui avec les deux.",
    "weaves": lambda f: f"{capital(label('actor_role', str(f['role'])))}, sur : {labels(f['themes'])}.",
}
