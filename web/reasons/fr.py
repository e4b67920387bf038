"""Reasons in French: complete sentences, elided and in agreement."""

from collections.abc import Callable, Mapping
from typing import Any

from web.french import capital, counted, date_text, in_place, listed, number, to
from web.labels import label

Facts = Mapping[str, Any]
_MISSING = {
    "themes": "vos thèmes",
    "territories": "vos territoires d'action",
    "purpose": "votre objet",
    "seat": "votre siège",
    "announcements": "une offre ou un besoin",
    "partners": "vos partenaires",
}


def _there(facts: Facts) -> str:
    place = facts["place"]
    return in_place(str(place["name"]), str(place["level"]))


def _labels(themes: Any) -> str:
    """Labels in small letters; in quotes when several of them could not be told apart."""
    names = [str(t["label"]) for t in themes]
    names = [name[:1].lower() + name[1:] if _common(name) else name for name in names]
    if len(names) > 1 and any(" et " in name or "," in name for name in names):
        names = [f"« {name} »" for name in names]
    return listed(names)


def _common(text: str) -> bool:
    """Whether a label may lose its capital: not an acronym."""
    return len(text) < 2 or not text[1].isupper()


def _actors(facts: Facts) -> str:
    return listed([str(p["name"]) for p in facts["partners"]], facts.get("count"))


def _titled(announcement: Facts) -> str:
    return f"« {announcement['title']} »"


def _met(meeting: str) -> Callable[[Facts], str]:
    def tell(facts: Facts) -> str:
        theirs = facts.get("theirs")
        if theirs is None:
            return meeting + "."
        return f"{meeting} : {_titled(facts['mine'])} et {_titled(theirs)}.{_skills(facts)}"

    return tell


def _crossed(template: str) -> Callable[[Facts], str]:
    """An offer and a need, whichever side holds which."""

    def tell(facts: Facts) -> str:
        mine, theirs = facts["mine"], facts.get("theirs") or {}
        offer, need = (mine, theirs) if mine.get("direction") == "offer" else (theirs, mine)
        return template.format(offer=offer.get("title", ""), need=need.get("title", "")) + _skills(facts)

    return tell


def _skills(facts: Facts) -> str:
    skills = facts.get("skills") or ()
    if not skills:
        return ""
    noun = "Compétence en jeu" if len(skills) == 1 else "Compétences en jeu"
    return f" {noun} : {_labels(skills)}."


def _role_name(code: str) -> str:
    return label("actor_role", code) if code != "expert" else label("actor_kind", code)


def _role_answers(facts: Facts) -> str:
    return (
        f"Peut répondre au besoin {_titled(facts['mine'])} par son rôle : {_role_name(str(facts['role']))}."
    )


def _roles(facts: Facts) -> str:
    names = [_role_name(str(r)) for r in facts["roles"]]
    return f"{'Rôle' if len(names) == 1 else 'Rôles'} utile{'s' if len(names) > 1 else ''} : {listed(names)}."


def _bring_theme(facts: Facts) -> str:
    many = int(facts.get("count", len(facts["themes"]))) > 1
    more = int(facts.get("count", 0)) - len(facts["themes"])
    rest = f" et {counted(more, 'autre')}" if more > 0 else ""
    return f"Savoir-faire sur {'d’autres thèmes' if many else 'un autre thème'} : {_labels(facts['themes'])}{rest}."


def _common_theme(facts: Facts) -> str:
    many = len(facts["themes"]) > 1
    return f"{'Thèmes communs' if many else 'Thème commun'} : {_labels(facts['themes'])}."


def _purpose(facts: Facts) -> str:
    concepts, words = facts.get("concepts") or (), facts.get("words") or ()
    if concepts:
        return f"Les objets se rejoignent : {_labels(concepts)}."
    return f"Les objets emploient les mêmes mots : {listed([f'« {w} »' for w in words])}."


def _territory(facts: Facts) -> str:
    others = [in_place(str(p["name"]), str(p["level"])) for p in facts.get("others") or ()]
    return f"Vous agissez tous deux {listed([_there(facts), *others])}."


def _km(value: Any) -> str:
    km = float(value)
    return "moins d'un kilomètre" if km < 1 else counted(round(km), "kilomètre")


def _near(facts: Facts) -> str:
    return f"Sièges à {_km(facts['km'])} l'un de l'autre."


def _same_grouping(facts: Facts) -> str:
    return f"Sièges dans la même intercommunalité, {facts['place']['name']}, à {_km(facts['km'])}."


def _years(facts: Facts) -> str:
    start, end, confirmed = facts.get("start"), facts.get("end"), facts.get("confirmed")
    if start and end:
        return f" ({start})" if start == end else f" ({start}-{end})"
    if start:
        return f" (depuis {start})"
    if end:
        return f" (jusqu'en {end})"
    return f" (attesté en {confirmed})" if confirmed else ""


def _kind(facts: Facts) -> str:
    kind = facts.get("kind")
    return label("link_kind", str(kind)) if kind else "projet commun"


def _means(facts: Facts) -> str:
    way = "reçu d'eux ou partagé" if facts.get("from_them") else "donné ou partagé"
    return f"Lien de moyens existant, {way} : {_kind(facts)}{_years(facts)}."


def _touch(facts: Facts) -> str:
    if facts.get("at_event"):
        return f"Vous vous êtes croisés à un même événement{_years(facts)}."
    return f"Contact déjà pris : {_kind(facts)}{_years(facts)}."


def _missing(facts: Facts) -> str:
    return listed([_MISSING.get(str(m), str(m)) for m in facts.get("missing") or ()])


def _too_little(facts: Facts) -> str:
    asked = _missing(facts)
    start = "Trop peu est connu de cet acteur pour argumenter : voici de premiers contacts utiles."
    return f"{start} À compléter dans la fiche : {asked}." if asked else start


def _add(facts: Facts) -> str:
    return f"Complétez la fiche pour recevoir davantage de propositions : {_missing(facts)}."


def _few(facts: Facts) -> str:
    found = int(facts["found"])
    what = "acteur a" if found < 2 else "acteurs ont"
    return f"Seulement {number(found)} {what} assez en commun pour être proposé{'s' if found > 1 else ''}."


def _first_contact(facts: Facts) -> str:
    place = facts.get("place")
    if facts.get("same_commune") and place:
        return f"Premier contact utile, dans la même commune : {place['name']}."
    if facts.get("km") is not None:
        where = f", {to(str(place['name']))}" if place and place["level"] == "municipality" else ""
        return f"Premier contact utile, à {_km(facts['km'])}{where}."
    return "Premier contact utile : connaît bien le réseau."


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "complementary_offer": _crossed("L'offre « {offer} » répond au besoin « {need} »."),
    "need_for_your_offer": _crossed("Le besoin « {need} » donne un débouché à l'offre « {offer} »."),
    "role_answers_need": _role_answers,
    "common_need": _met("Un même besoin, à satisfaire ensemble"),
    "common_wish": _met("Un même souhait de coopérer"),
    "common_theme": _common_theme,
    "related_theme": lambda f: f"Thèmes voisins, autour de : {_labels(f['themes'])}.",
    "neighbours_known": lambda f: (
        f"{'Partenaires communs' if int(f['count']) > 1 else 'Partenaire commun'} : {_actors(f)}."
    ),
    "common_purpose": _purpose,
    "same_commune": lambda f: f"Même commune : {f['place']['name']}.",
    "same_intercommunality": _same_grouping,
    "near": _near,
    "same_country": _territory,
    "common_territory": _territory,
    "based_there": lambda f: f"Présence sur place, {_there(f)}.",
    "experience_there": lambda f: f"{capital('expérience')} {_there(f)}, attestée depuis {f['since']}.",
    "acts_there": lambda f: f"Action déclarée {_there(f)}.",
    "partners_there": lambda f: (
        f"{'Partenaires' if int(f['count']) > 1 else 'Partenaire'} {_there(f)} : {_actors(f)}."
    ),
    "bring_theme": _bring_theme,
    "has_role": _roles,
    "attempted_before": lambda f: f"Une coopération a déjà été tentée, sans suite : {_kind(f)}{_years(f)}.",
    "former_partners": lambda f: f"Vous avez déjà coopéré : {_kind(f)}{_years(f)}.",
    "linked_by_means": _means,
    "already_in_touch": _touch,
    "never_confirmed": lambda _: "La fiche n'a jamais été confirmée.",
    "no_confirmed_since": lambda f: f"La fiche n'a pas été confirmée depuis {f['year']}.",
    "activity_not_known": lambda _: "Son activité internationale n'est pas renseignée.",
    "no_theme": lambda _: "Ses thèmes ne sont pas renseignés.",
    "no_purpose": lambda _: "Son objet n'est pas renseigné.",
    "seat_unknown": lambda _: "Son siège n'est pas connu.",
    "no_contact_yet": lambda _: "Aucun contact connu entre vous à ce jour.",
    "too_little_known": _too_little,
    "add_to_your_record": _add,
    "nobody_in_context": lambda _: (
        "Personne ne correspond à ces critères : élargissez le thème ou le territoire."
    ),
    "nobody_found": lambda _: "Aucun acteur n'a assez en commun pour être proposé.",
    "few_found": _few,
    "first_contact": _first_contact,
    "few_handshakes": lambda _: "Peu d'intermédiaires vous séparent : vos partenaires se connaissent.",
    "as_of": lambda f: f"Réponse comme au {date_text(str(f['day']))}, à la fin du projet.",
    "asker_ended": lambda f: (
        f"Cet acteur a cessé d'exister en {f['year']} : propositions comme à cette date."
    ),
    "announcement_closed": lambda _: "Cette annonce n'est plus ouverte.",
}
