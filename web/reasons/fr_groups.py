"""Reasons of groups in French: convergences, pooling, triangles; bridges and places have their own modules."""

from collections.abc import Callable
from typing import Any

from web.french import capital, counted, in_place, listed, number, that, to
from web.labels import label
from web.reasons.fr_articles import inside as the
from web.reasons.fr_articles import verb
from web.reasons.fr_bridges import BRIDGE_SENTENCES
from web.reasons.fr_group_words import (
    Facts,
    former_in,
    in_words,
    labels,
    where_it_is,
)
from web.reasons.fr_places import PLACE_SENTENCES
from web.reasons.fr_words import without_brackets


def _items(items: Any) -> str:
    """Things asked for: skills and themes by their label, means by their nature, places by their name."""
    names = []
    for item in items:
        name = str(item["label"]) if item["kind"] != "means" else label("nature", str(item["id"]))
        if item["kind"] == "place":
            names.append(f"la présence {in_place(name, str(item['level']))}")
        else:
            small = name[:1].lower() + name[1:] if len(name) < 2 or not name[1].isupper() else name
            names.append(f"« {small} »" if " et " in small or "," in small else small)
    return listed(names)


def _gathered(facts: Facts, doing: str) -> str:
    count, open_pairs, pairs = int(facts["count"]), int(facts["open_pairs"]), int(facts["pairs"])
    who = f"{capital(in_words(count))} acteurs"
    if open_pairs == pairs:
        return f"{who} {doing} sans aucune coopération vivante entre eux."
    verb_ = "n'ont" if open_pairs > 1 else "n'a"
    pair = counted(open_pairs, "paire")
    return f"{who} {doing} ; {pair} sur {number(pairs)} {verb_} aucune coopération vivante."


def _on_theme(facts: Facts) -> str:
    area = facts.get("area")
    where = f", secteur de {area['name']}," if area else ""
    return _gathered(facts, f"travaillent sur « {facts['theme']['label']} »{where}")


def _present(facts: Facts) -> str:
    since, confirmed = facts.get("since"), facts.get("confirmed")
    when = f" depuis {since}" if since else f" (attesté en {confirmed})" if confirmed else ""
    return f"Agit {where_it_is(facts)}{when}{former_in(facts)}."


def _works_on(facts: Facts) -> str:
    noun = "Thèmes" if len(facts["themes"]) > 1 else "Thème"
    return f"{noun} : {labels(facts['themes'])}{former_in(facts)}."


def _by_role(facts: Facts) -> str:
    held = facts.get("role")
    what = label("actor_role", str(held)) if held else label("actor_kind", str(facts["kind"]))
    item = facts["item"]
    name = label("nature", str(item["id"])) if item["kind"] == "means" else str(item["label"])
    return f"{capital(name)} : aide possible, en tant {that(what)}."


def _near(facts: Facts) -> str:
    km = float(facts["km"])
    far = "moins d'un kilomètre" if km < 1 else counted(round(km), "kilomètre")
    place = facts.get("place")
    where = f", {to(str(place['name']))}" if place and place["level"] == "municipality" else ""
    return f"Siège à {far}{where}."


def _kinds(facts: Facts) -> str:
    count, members = int(facts["count"]), int(facts["members"])
    who = f"{capital(in_words(members))} acteurs"
    return f"{who} de même type." if count == 1 else f"{who} de {in_words(count)} types différents."


def _acquainted(facts: Facts) -> str:
    tied, pairs = int(facts["tied"]), int(facts["pairs"])
    if not tied:
        return "Aucun ne coopère encore avec un autre du groupe."
    if tied == pairs:
        return "Tous coopèrent déjà entre eux."
    some = "Une paire" if tied == 1 else f"{capital(in_words(tied))} paires"
    return f"{some} sur {in_words(pairs)} {'coopère' if tied == 1 else 'coopèrent'} déjà."


def _destination(facts: Facts) -> str:
    common = "Territoire commun" if facts.get("home") else "Destination commune"
    return f"{common} : {in_words(int(facts['count']))} membres agissent {where_it_is(facts)}."


def _possible(facts: Facts) -> str:
    one, other = str(facts["one"]["name"]), str(facts["other"]["name"])
    acts, is_ = verb(one, "agit", "agissent"), verb(other, "se trouve", "se trouvent")
    return f"{capital(the(one))} {acts} {where_it_is(facts)}, où {is_} {the(other)}, sans coopérer avec cet acteur."


def _lacks(facts: Facts) -> str:
    who = str(facts["who"]["name"])
    theme = "Thèmes" if len(facts["themes"]) > 1 else "Thème"
    that = f"sur {'lesquels' if len(facts['themes']) > 1 else 'lequel'} {the(who)} {verb(who, 'ne travaille', 'ne travaillent')} pas"
    return f"{theme} du partenaire {that} : {labels(facts['themes'])}."


def _third(facts: Facts) -> str:
    third, other = str(facts["third"]["name"]), str(facts["with"]["name"])
    knows = verb(third, "coopère déjà", "coopèrent déjà")
    can = verb(third, "peut", "peuvent")
    return f"{capital(the(third))} {knows} avec {the(other)} et {can} faire le lien."


GROUP_SENTENCES: dict[str, Callable[[Facts], str]] = {
    **BRIDGE_SENTENCES,
    **PLACE_SENTENCES,
    "converge_place": lambda f: _gathered(f, f"agissent {where_it_is(f)}"),
    "converge_theme": _on_theme,
    "converge_both": lambda f: (
        f"Ils travaillent sur les mêmes thèmes : {labels(f['themes'])}."
        if len(f["themes"]) > 1
        else f"Ils travaillent sur le même thème : {labels(f['themes'])}."
    ),
    "present_there": _present,
    "sits_there": lambda f: f"Est sur place, {where_it_is(f)}.",
    "sits_in": lambda f: f"Se trouve {where_it_is(f)}.",
    "on_themes": _works_on,
    "knows_them_all": lambda _: "Coopère déjà avec tous les autres.",
    "asks_for_it": lambda f: "Fait l'offre." if f.get("offered") else "Porte la demande.",
    "offers_it": lambda f: f"Propose « {f['title']} ».",
    "shares_need": lambda f: f"A le même besoin : « {f['title']} ».",
    "brings_by_role": _by_role,
    "partner_already": lambda f: f"Coopère déjà avec {the(str(f['with']['name']))}.",
    "seat_near": _near,
    "group_covers": lambda f: f"Le groupe réunit : {_items(f['items'])}.",
    "group_lacks": lambda f: f"Il manque encore : {_items(f['items'])}.",
    "group_destination": _destination,
    "group_area": lambda f: f"Autour d'un même secteur : {without_brackets(f['place'])}.",
    "group_kinds": _kinds,
    "group_acquainted": _acquainted,
    "pool_needs_more": lambda _: (
        "Précisez un thème, une compétence ou un territoire : sans cela, aucun groupe ne peut être formé."
    ),
    "too_few_to_pool": lambda _: (
        "Moins de trois acteurs connus peuvent y contribuer : élargissez le thème ou le territoire."
    ),
    "triangle_tied": lambda f: (
        f"{capital(the(str(f['one']['name'])))} et {the(str(f['other']['name']))} coopèrent déjà."
    ),
    "triangle_possible": _possible,
    "triangle_lacks": _lacks,
    "triangle_need": lambda f: f"Besoin ouvert : « {f['title']} ».",
    "third_knows": _third,
    "south_south": lambda _: (
        "Une coopération entre deux territoires partenaires, accompagnée par un troisième acteur."
    ),
    "brings_missing": lambda f: f"Apporte ce qui manque : {labels(f['themes'])}.",
    "cooperates_with": lambda f: f"Coopère avec {the(str(f['with']['name']))}.",
}
