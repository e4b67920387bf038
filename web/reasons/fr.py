"""Reasons in French, as the asker hears them: whole sentences, elided and in agreement.

« Vous » is the asker, « il » the candidate (un acteur). `FOR_THEM` words otherwise what both sides share.
"""

from collections.abc import Callable

from web.french import capital, date_text, listed, to, typeset
from web.french_names import the
from web.reasons.fr_group_words import in_words
from web.reasons.fr_theirs import FOR_THEM
from web.reasons.fr_words import (
    Facts,
    actors,
    bond,
    in_brackets,
    km,
    named_after,
    of_places,
    on_the_spot,
    people,
    proof,
    quoted,
    role,
    roles,
    several,
    skills,
    there,
    titled,
    took_part,
    without_brackets,
    years,
)

__all__ = ["FOR_THEM", "SENTENCES", "typeset"]

_MISSING = {
    "themes": "vos thèmes",
    "territories": "vos territoires d'action",
    "purpose": "votre objet",
    "seat": "votre siège",
    "announcements": "une offre ou un besoin",
    "partners": "vos partenaires",
}
_REQUEST_MISSING = {"themes": "un thème", "territories": "un territoire"}
# kind of link -> (they gave, you gave)
_MEANS = {
    "funding": ("Il vous a déjà apporté un financement", "Vous lui avez déjà apporté un financement"),
    "membership": ("Il est déjà membre chez vous", "Vous en êtes déjà membre"),
    "premises": ("Il vous a déjà prêté des locaux", "Vous lui avez déjà prêté des locaux"),
    "staff": (
        "Il a déjà mis du personnel à votre disposition",
        "Vous avez déjà mis du personnel à sa disposition",
    ),
    "business": ("Il a déjà été votre fournisseur", "Vous avez déjà été son fournisseur"),
}
_CONTACTS = {
    "met": "Vous vous êtes déjà rencontrés",
    "interviewed": "Un entretien vous a déjà réunis",
    "introduced": "Une mise en relation vous a déjà réunis",
}
_IN_COMMON = {
    "membership": "Vous avez un réseau en commun",
    "funding": "Vous avez un financeur en commun",
    "contact": "Vous avez un contact en commun",
}


def _crossed(facts: Facts) -> str:
    need = f"au besoin {titled(facts['mine'])}" if facts.get("mine") else "à ce que vous cherchez"
    return f"Son offre {titled(facts['theirs'])} répond {need}.{skills(facts)}"


def _role_answers(facts: Facts) -> str:
    need = f"au besoin {titled(facts['mine'])}" if facts.get("mine") else "à ce que vous cherchez"
    return f"C'est {role(str(facts['role']))} : il pourrait répondre {need}."


def _outlet(facts: Facts) -> str:
    return f"Son besoin {titled(facts['theirs'])} appelle l'offre {titled(facts['mine'])}.{skills(facts)}"


def _neighbours(facts: Facts) -> str:
    verb = "ont coopéré avec vous deux et peuvent" if several(facts) else "a coopéré avec vous deux et peut"
    return f"{capital(actors(facts))} {verb} vous présenter."


def _purpose(facts: Facts) -> str:
    concepts, words = list(facts.get("concepts") or ()), list(facts.get("words") or ())
    if concepts:
        yours = "à votre demande" if facts.get("asker") else "à votre objet"
        return f"Ce qu'on sait de lui touche {yours} : {quoted(concepts)}."
    if len(words) == 1:
        return f"Sa description et la vôtre n'ont qu'un mot en commun : « {words[0]} »."
    return f"Sa description et la vôtre emploient les mêmes mots : {listed([f'« {w} »' for w in words])}."


def _themes(facts: Facts) -> str:
    return f"Il travaille lui aussi sur {quoted(facts['themes'])}."


def _related(facts: Facts) -> str:
    if facts.get("theirs"):
        return f"Il travaille sur {quoted(facts['theirs'])}, dans votre domaine : {quoted(facts['themes'])}."
    return f"Il travaille dans votre domaine : {quoted(facts['themes'])}."


def _bring_theme(facts: Facts) -> str:
    return f"Il travaille par ailleurs sur {quoted(facts['themes'], int(facts['count']))}."


def _grouping(facts: Facts) -> str:
    apart = f"à {km(facts['km'])} l'un de l'autre"
    return f"Vos sièges sont {apart}, dans la même intercommunalité : {without_brackets(facts['place'])}."


def _partners_there(facts: Facts) -> str:
    if named_after(facts):
        return f"Il a travaillé avec {actors(facts)}."
    return f"{capital(there(facts))}, il a travaillé avec {actors(facts)}."


def _partners_near(facts: Facts) -> str:
    apart = km(facts["km"])
    if facts.get("giver") and facts.get("receiver"):
        theirs, yours = the(facts["giver"]["name"]), the(facts["receiver"]["name"])
        return f"Son partenaire, {theirs}, est à {apart} du vôtre, {yours}."
    if facts.get("receiver"):
        return f"Il est à {apart} de votre partenaire, {the(facts['receiver']['name'])}."
    return f"{capital(the(facts['giver']['name']))}, son partenaire, est à {apart} de vous."


def _same_size(facts: Facts) -> str:
    yours, theirs = (people(facts[key]) for key in ("receiver_population", "giver_population"))
    both = f"{yours} habitants chacune" if yours == theirs else f"{yours} et {theirs} habitants"
    return f"Vos deux communes ont une taille comparable : environ {both}."


def _experience(facts: Facts) -> str:
    return f"Il a une expérience {there(facts)}, attestée dès {facts['since']}{proof(facts)}."


def _acts(facts: Facts) -> str:
    shown = proof(facts)
    return f"Il agit {there(facts)}{shown}." if shown else f"Il agit {there(facts)}, sans date connue."


def _former(facts: Facts) -> str:
    return f"Vous avez déjà coopéré{in_brackets(bond(facts), years(facts))}."


def _attempted(facts: Facts) -> str:
    return f"Une coopération a déjà été tentée, sans suite{in_brackets(bond(facts), years(facts))}."


def _means(facts: Facts) -> str:
    about = bond(facts) if facts.get("record") else ""
    theirs, yours = _MEANS.get(str(facts["kind"]), ("Un financement vous a déjà réunis",) * 2)
    return f"{theirs if facts['way'] == 'from_them' else yours}{in_brackets(about, years(facts))}."


def _touch(facts: Facts) -> str:
    if facts.get("at_event"):
        record = facts.get("record")
        event = f"l'événement {titled(record)}" if record else "un même événement"
        return f"Vous étiez tous les deux à {event}{in_brackets(years(facts))}."
    said = _CONTACTS.get(str(facts["kind"]), "Un contact a déjà eu lieu")
    return f"{said}{in_brackets(years(facts))}."


def _missing(facts: Facts) -> str:
    words = _REQUEST_MISSING if facts.get("request") else _MISSING
    return listed([words.get(str(m), str(m)) for m in facts.get("missing") or ()])


def _too_little(facts: Facts) -> str:
    asked = _missing(facts)
    if facts.get("request"):
        return f"Votre demande en dit trop peu : ajoutez {asked}. En attendant, voici de premiers contacts."
    if not asked:
        return "Ce que nous savons de vous ne rejoint aucun autre acteur : voici de premiers contacts."
    return f"Nous savons trop peu de vous : ajoutez {asked}. En attendant, voici de premiers contacts."


def _few(facts: Facts) -> str:
    found = int(facts["found"])
    if found < 2:
        return "Un seul acteur a assez en commun avec vous pour être proposé."
    return f"Seuls {in_words(found)} acteurs ont assez en commun avec vous pour être proposés."


def _first_contact(facts: Facts) -> str:
    place = facts.get("place")
    if facts.get("same_commune") and place:
        return f"Il a son siège dans votre commune, {place['name']}."
    if facts.get("km") is not None:
        where = f", {to(str(place['name']))}" if place and place["level"] == "municipality" else ""
        return f"Il a son siège à {km(facts['km'])} du vôtre{where}."
    if facts.get("relay"):
        return "Il peut faire passer votre demande autour de lui."
    return "Il connaît bien le réseau et peut vous orienter."


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "complementary_offer": _crossed,
    "need_for_your_offer": _outlet,
    "role_answers_need": _role_answers,
    "common_need": lambda f: f"Il a le même besoin que vous, à satisfaire ensemble : {titled(f['theirs'])}.",
    "common_wish": lambda f: f"Il cherche lui aussi à coopérer : {titled(f['theirs'])}.",
    "common_theme": _themes,
    "related_theme": _related,
    "neighbours_known": _neighbours,
    "common_purpose": _purpose,
    "same_commune": lambda f: f"Vos sièges sont dans la même commune, {f['place']['name']}.",
    "same_intercommunality": _grouping,
    "near": lambda f: f"Vos sièges sont à {km(f['km'])} l'un de l'autre.",
    "same_country": lambda f: f"Il agit lui aussi {of_places([f['place'], *f['others']])}.",
    "common_territory": lambda f: f"Il agit lui aussi {of_places([f['place'], *f['others']])}.",
    "based_there": lambda f: f"Il est {on_the_spot(f)}{'' if f.get('itself') else ', ' + there(f)}.",
    "experience_there": _experience,
    "acts_there": _acts,
    "works_on": lambda f: f"Il travaille sur {quoted(f['themes'], int(f['count']))}.",
    "open_offer": lambda f: f"Il propose : {titled(f['theirs'])}.",
    "open_need": lambda f: f"Il cherche : {titled(f['theirs'])}.",
    "partners_there": _partners_there,
    "partners_near": _partners_near,
    "linked_to_both": lambda f: f"{_IN_COMMON[str(f['how'])]} : {actors(f)}.",
    "partner_in_country": lambda f: (
        f"Vous avez déjà {'des partenaires' if several(f) else 'un partenaire'} dans ce pays : {actors(f)}."
    ),
    "new_country": lambda f: f"Il est {there(f)}, où l'on ne vous connaît pas de partenaire.",
    "worked_with": lambda f: f"Il a {'aussi ' if f.get('also') else ''}travaillé avec {actors(f)}.",
    "took_part": lambda f: f"Il {took_part(f['record'])}.",
    "same_size": _same_size,
    "bring_theme": _bring_theme,
    "has_role": lambda f: f"C'est {roles(f)}.",
    "attempted_before": _attempted,
    "former_partners": _former,
    "linked_by_means": _means,
    "already_in_touch": _touch,
    "similar_works": lambda f: (
        f"Ce qui est raconté de ses actions ressemble à {'votre demande' if f.get('asker') else 'ce qui est dit des vôtres'}."
    ),
    "few_handshakes": lambda _: "Peu d'intermédiaires vous séparent dans le réseau.",
    "first_contact": _first_contact,
    "never_confirmed": lambda _: "Sa fiche n'a jamais été confirmée.",
    "no_confirmed_since": lambda f: f"Sa fiche n'a pas été confirmée depuis {f['year']}.",
    "activity_not_known": lambda _: "Son activité internationale n'est pas renseignée.",
    "no_theme": lambda _: "Ses thèmes ne sont pas renseignés.",
    "no_purpose": lambda _: "Son objet n'est pas renseigné.",
    "seat_unknown": lambda _: "Son siège n'est pas connu.",
    "subject_not_known": lambda _: (
        "Le sujet demandé n'apparaît ni dans sa fiche ni dans ses actions connues."
    ),
    "no_contact_yet": lambda _: "Aucun contact entre vous n'est connu.",
    "too_little_known": _too_little,
    "add_to_your_record": lambda f: f"Pour recevoir davantage de propositions, ajoutez {_missing(f)}.",
    "nobody_in_context": lambda _: (
        "Personne ne correspond à cette demande : élargissez le territoire ou le thème, ou retirez l'un des deux."
    ),
    "nobody_found": lambda _: "Aucun acteur n'a assez en commun avec vous pour être proposé.",
    "few_found": _few,
    "as_of": lambda f: f"Réponse donnée au {date_text(str(f['day']))}, à la fin du projet.",
    "asker_ended": lambda f: (
        f"Cet acteur a cessé d'exister en {f['year']} : ces propositions ne valent que pour mémoire."
    ),
    "announcement_closed": lambda _: "Cette annonce n'est plus ouverte.",
}

# Told to the candidate only: the same words, whichever side asks for them.
SENTENCES.update({code: FOR_THEM[code] for code in ("project_there", "part_of_its_role")})
