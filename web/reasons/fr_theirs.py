"""The same reasons in French as the candidate would hear them: what « il » gains from « vous »."""

from collections.abc import Callable

from web.french import capital, listed, to
from web.reasons.fr_words import (
    Facts,
    actors,
    km,
    of_places,
    quoted,
    roles,
    several,
    skills,
    there,
    titled,
)


def _neighbours(facts: Facts) -> str:
    verb = "le connaissent déjà et peuvent" if several(facts) else "le connaît déjà et peut"
    return f"{capital(actors(facts))} {verb} lui parler de vous."


def _purpose(facts: Facts) -> str:
    concepts, words = facts.get("concepts") or (), facts.get("words") or ()
    said = quoted(concepts) if concepts else listed([f"« {w} »" for w in words])
    return f"Votre objet touche au sien : {said}."


def _bring_theme(facts: Facts) -> str:
    return f"Vous lui apporteriez votre connaissance de {quoted(facts['themes'], int(facts['count']))}."


def _partners_there(facts: Facts) -> str:
    return f"Vous pouvez lui faire connaître {actors(facts)}, {there(facts)}."


FOR_THEM: dict[str, Callable[[Facts], str]] = {
    "complementary_offer": lambda f: (
        f"L'offre {titled(f['mine'])} répond à son besoin {titled(f['theirs'])}.{skills(f)}"
    ),
    "need_for_your_offer": lambda f: (
        f"Le besoin {titled(f['mine'])} est un débouché pour son offre {titled(f['theirs'])}.{skills(f)}"
    ),
    "common_need": lambda f: f"Il partagerait l'effort pour un besoin qu'il a aussi : {titled(f['mine'])}.",
    "common_wish": lambda f: f"Votre souhait rejoint le sien : {titled(f['mine'])}.",
    "common_theme": lambda f: f"Il aurait à qui parler de {quoted(f['themes'])}.",
    "related_theme": lambda f: f"Vos thèmes prolongent les siens, autour de {quoted(f['themes'])}.",
    "neighbours_known": _neighbours,
    "common_purpose": _purpose,
    "same_commune": lambda f: f"Vous êtes ses voisins, {to(str(f['place']['name']))}.",
    "same_intercommunality": lambda f: f"Vous êtes ses voisins, à {km(f['km'])} de son siège.",
    "near": lambda f: f"Vous n'êtes qu'à {km(f['km'])} de son siège.",
    "same_country": lambda f: f"Il ne serait plus seul {of_places([f['place'], *f['others']])}.",
    "common_territory": lambda f: f"Il ne serait plus seul {of_places([f['place'], *f['others']])}.",
    "based_there": lambda f: f"Vous êtes sur place, {there(f)}.",
    "experience_there": lambda f: (
        f"Vous lui apporteriez votre expérience {there(f)}, attestée dès {f['since']}."
    ),
    "acts_there": lambda f: f"Il trouverait en vous un acteur qui agit {there(f)}.",
    "project_there": lambda f: f"Votre projet se déroule là où il agit : {there(f)}.",
    "partners_there": _partners_there,
    "bring_theme": _bring_theme,
    "has_role": lambda f: f"Il trouverait de votre côté {roles(f)}.",
    "few_handshakes": lambda _: "Il peut se renseigner sur vous auprès de gens qu'il connaît.",
}
