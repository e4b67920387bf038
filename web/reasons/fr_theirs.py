"""The same reasons in French as the candidate would hear them: what « il » gains from « vous »."""

from collections.abc import Callable

from web.french import capital, listed, to
from web.french_names import the
from web.reasons.fr_words import (
    Facts,
    actors,
    km,
    named_after,
    of_places,
    of_yours,
    on_the_spot,
    people,
    proof,
    quoted,
    roles,
    several,
    there,
    titled,
)

_IN_COMMON = {
    "membership": "Vous pouvez vous retrouver dans un même réseau",
    "funding": "Vous pouvez comparer vos dossiers auprès d'un même financeur",
    "contact": "Il peut se renseigner sur vous auprès d'un contact commun",
}


def _outlet(facts: Facts) -> str:
    need = f"Le besoin {titled(facts['mine'])}" if facts.get("mine") else "Votre demande"
    return f"{need} est un débouché pour son offre {titled(facts['theirs'])}."


def _neighbours(facts: Facts) -> str:
    verb = "le connaissent déjà et peuvent" if several(facts) else "le connaît déjà et peut"
    return f"{capital(actors(facts))} {verb} lui parler de vous."


def _purpose(facts: Facts) -> str:
    concepts, words = list(facts.get("concepts") or ()), list(facts.get("words") or ())
    if concepts:
        yours = "Votre demande" if facts.get("asker") else "Votre objet"
        return f"{yours} touche à ce qu'on sait de lui : {quoted(concepts)}."
    if len(words) == 1:
        return f"Votre description n'a qu'un mot en commun avec la sienne : « {words[0]} »."
    return f"Votre description emploie les mêmes mots que la sienne : {listed([f'« {w} »' for w in words])}."


def _themes(facts: Facts) -> str:
    if facts.get("asker"):
        known = "un thème qu'il connaît" if len(facts["themes"]) == 1 else "des thèmes qu'il connaît"
        return f"Votre demande porte sur {known} : {quoted(facts['themes'])}."
    return f"Il trouverait en vous un interlocuteur sur {quoted(facts['themes'])}."


def _related(facts: Facts) -> str:
    if facts.get("asker"):
        return f"Votre demande touche à son domaine : {quoted(facts['themes'])}."
    return f"Vos thèmes prolongent les siens : {quoted(facts['themes'])}."


def _bring_theme(facts: Facts) -> str:
    return f"Vous lui apporteriez votre pratique sur {quoted(facts['themes'], int(facts['count']))}."


def _partners_there(facts: Facts) -> str:
    known = actors(facts)
    return f"Vous pouvez lui faire connaître {known}{'' if named_after(facts) else ', ' + there(facts)}."


def _partners_near(facts: Facts) -> str:
    if facts.get("giver") and facts.get("receiver"):
        theirs, yours = the(facts["receiver"]["name"]), the(facts["giver"]["name"])
        return f"Un seul voyage suffirait pour rencontrer {theirs} et {yours}."
    if facts.get("receiver"):
        return f"Vous êtes à {km(facts['km'])} de son partenaire, {the(facts['receiver']['name'])}."
    return f"{capital(the(facts['giver']['name']))}, votre partenaire, est à {km(facts['km'])} de son siège."


def _project_there(facts: Facts) -> str:
    if facts.get("asker") == "project":
        return f"Le projet se déroule là où il agit : {there(facts)}."
    if facts.get("pools"):
        return f"Il agit lui aussi {there(facts)} : à plusieurs, un voyage ou un envoi coûte moins à chacun."
    return f"Votre demande concerne un lieu où il agit : {facts['place']['name']}."


FOR_THEM: dict[str, Callable[[Facts], str]] = {
    "complementary_offer": lambda f: (
        f"L'offre {titled(f['mine'])} répond à son besoin {titled(f['theirs'])}."
    ),
    "need_for_your_offer": _outlet,
    "common_need": lambda f: (
        f"Il partagerait l'effort pour un besoin qu'il a aussi : {titled(f.get('mine') or f['theirs'])}."
    ),
    "common_wish": lambda f: f"Votre souhait rejoint le sien : {titled(f.get('mine') or f['theirs'])}.",
    "common_theme": _themes,
    "related_theme": _related,
    "neighbours_known": _neighbours,
    "common_purpose": _purpose,
    "same_commune": lambda f: f"Vous êtes ses voisins, {to(str(f['place']['name']))}.",
    "same_intercommunality": lambda f: f"Vous êtes ses voisins, à {km(f['km'])} de son siège.",
    "near": lambda f: f"Vous n'êtes qu'à {km(f['km'])} de son siège.",
    "same_country": lambda f: (
        f"Vos actions {of_places([f['place'], *f['others']])} s'ajouteraient aux siennes."
    ),
    "common_territory": lambda f: (
        f"Vos actions {of_places([f['place'], *f['others']])} s'ajouteraient aux siennes."
    ),
    "works_on": _bring_theme,
    "based_there": lambda f: f"Vous êtes {on_the_spot(f)}{'' if f.get('itself') else ', ' + there(f)}.",
    "experience_there": lambda f: (
        f"Vous lui apporteriez votre expérience {there(f)}, attestée dès {f['since']}{proof(f)}."
    ),
    "acts_there": lambda f: (
        f"Il trouverait en vous un acteur qui {'veut agir' if f.get('wished') else 'agit'} {there(f)}."
    ),
    "project_there": _project_there,
    "partners_there": _partners_there,
    "partners_near": _partners_near,
    "linked_to_both": lambda f: f"{_IN_COMMON[str(f['how'])]} : {actors(f)}.",
    "partner_in_country": lambda f: (
        f"Il a déjà {'des partenaires' if several(f) else 'un partenaire'} dans votre pays : {actors(f)}."
    ),
    "new_country": lambda f: f"Vous êtes {there(f)}, où l'on ne lui connaît pas de partenaire.",
    "worked_with": lambda f: (
        f"Vous pouvez {'aussi lui présenter' if f.get('also') else 'lui faire connaître'} {actors(f)}."
    ),
    "took_part": lambda f: f"Vous pouvez lui parler {of_yours(f['record'])}.",
    "same_size": lambda f: (
        f"Avec environ {people(f['giver_population'])} habitants, vous avez une taille proche de la sienne."
    ),
    "bring_theme": _bring_theme,
    "has_role": lambda f: f"Il trouverait {'de votre côté' if f.get('several') else 'en vous'} {roles(f)}.",
    "part_of_its_role": lambda _: "Répondre à de telles demandes fait partie de son rôle.",
    "similar_works": lambda f: (
        "Votre demande ressemble à ses actions." if f.get("asker") else "Vos actions ressemblent aux siennes."
    ),
    "few_handshakes": lambda _: "Il peut se renseigner sur vous auprès de gens qu'il connaît.",
}
