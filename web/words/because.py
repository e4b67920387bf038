"""Why an actor stands in the work list: one sentence per code of `graphsvc.analytics.isolation`."""

from collections.abc import Callable, Mapping
from typing import Any

from web import english
from web.french import counted, listed, number, typeset
from web.french_names import of_the, the
from web.language import in_french

Facts = Mapping[str, Any]


def because_sentence(code: str, facts: Facts, lang: str | None = None) -> str:
    """The sentence of a code; unknown codes are given back as they are."""
    told = (_FRENCH if in_french(lang) else _ENGLISH).get(code)
    if told is None:
        return code
    return typeset(told(facts)) if in_french(lang) else told(facts)


def question_text(code: str, lang: str | None = None) -> str:
    """The one question that would settle a doubtful case."""
    words = QUESTIONS.get(code)
    if words is None:
        return code
    return typeset(words[0]) if in_french(lang) else words[1]


def _names(facts: Facts) -> list[str]:
    return [str(a["name"]) for a in facts.get("actors", ())]


def _all(facts: Facts) -> str:
    return listed(_names(facts), facts.get("count"))


def _all_the(facts: Facts) -> str:
    """The same inside a sentence: `la Commune de Kayes et GRET`."""
    return listed([the(name) for name in _names(facts)], facts.get("count"))


def _one_tie(facts: Facts) -> str:
    first, *others = _names(facts)
    return f"Un seul lien vivant : il dépend {listed([of_the(first), *others])}."


def _all_en(facts: Facts) -> str:
    return english.listed(_names(facts), facts.get("count"))


def _small_group(facts: Facts) -> str:
    size = number(facts["size"])
    return f"Un groupe de {size} acteurs à l'écart du reste du réseau, avec {_all_the(facts)}."


def _held(facts: Facts) -> str:
    side = int(facts["side"])
    with_ = f", avec {counted(side - 1, 'autre acteur', 'autres acteurs')}" if side > 1 else ""
    return f"Ne tient au reste du réseau que par {_all_the(facts)}{with_}."


def _over(facts: Facts) -> str:
    return f"Ses coopérations connues sont terminées depuis {facts['year']} : {_all(facts)}."


def _held_en(facts: Facts) -> str:
    side = int(facts["side"])
    with_ = f", with {english.counted(side - 1, 'other actor')}" if side > 1 else ""
    return f"Holds to the rest of the network only through {_all_en(facts)}{with_}."


_FRENCH: dict[str, Callable[[Facts], str]] = {
    "no_tie": lambda _: "Aucune coopération connue, ni aujourd'hui ni par le passé.",
    "only_met": lambda f: f"A seulement rencontré {_all_the(f)}.",
    "money_only": lambda f: f"Reçoit ou donne des moyens, sans coopérer : {_all(f)}.",
    "ties_over": _over,
    "ties_dormant": lambda f: f"Ses coopérations connues sont en sommeil ou terminées : {_all(f)}.",
    "small_group": _small_group,
    "one_tie": _one_tie,
    "held_by": _held,
}
_ENGLISH: dict[str, Callable[[Facts], str]] = {
    "no_tie": lambda _: "No known cooperation, now or before.",
    "only_met": lambda f: f"Has only met {_all_en(f)}.",
    "money_only": lambda f: f"Gives or receives means without cooperating: {_all_en(f)}.",
    "ties_over": lambda f: f"Its known cooperations have been over since {f['year']}: {_all_en(f)}.",
    "ties_dormant": lambda f: f"Its known cooperations are dormant or over: {_all_en(f)}.",
    "small_group": lambda f: (
        f"A group of {f['size']} actors apart from the rest of the network, with {_all_en(f)}."
    ),
    "one_tie": lambda f: f"One live tie only: it depends on {_all_en(f)}.",
    "held_by": _held_en,
}
QUESTIONS: dict[str, tuple[str, str]] = {
    "still_active": ("Êtes-vous toujours en activité ?", "Are you still active?"),
    "what_do_you_do": ("Que faites-vous, et sur quels thèmes ?", "What do you do, and on which themes?"),
    "resumed": (
        "Vos coopérations passées ont-elles repris ?",
        "Have your past cooperations been taken up again?",
    ),
    "who_with": ("Avec qui travaillez-vous aujourd'hui ?", "With whom do you work today?"),
}
