"""Reasons of groups in French: convergences, pooling, triangles, places, gaps, links to revive."""

from collections.abc import Callable, Mapping
from typing import Any

from web.french import capital, counted, in_place, listed, number, that, to
from web.labels import gender, label
from web.reasons.fr_articles import inside as the
from web.reasons.fr_articles import of_the, to_the, verb
from web.reasons.fr_words import where

Facts = Mapping[str, Any]
_IN_WORDS = (
    "",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
)


def _there(facts: Facts, key: str = "place") -> str:
    return where(facts[key])


def labels(themes: Any) -> str:
    """Labels in small letters; in quotes when several could not be told apart."""
    names = [str(t["label"]) for t in themes]
    names = [
        name[:1].lower() + name[1:] if len(name) < 2 or not name[1].isupper() else name for name in names
    ]
    if len(names) > 1 and any(" et " in name or "," in name for name in names):
        names = [f"« {name} »" for name in names]
    return listed(names)


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


def _in_words(count: int) -> str:
    return _IN_WORDS[count] if 0 < count < len(_IN_WORDS) else number(count)


def _years(facts: Facts) -> str:
    start, end, confirmed = facts.get("start"), facts.get("end"), facts.get("confirmed")
    if start and end:
        return f" ({start})" if start == end else f" ({start}-{end})"
    if start:
        return f" (depuis {start})"
    if end:
        return f" (jusqu'en {end})"
    return f" (attesté en {confirmed})" if confirmed else ""


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
    return f"{capital(what)}{title} {joins}, {_ends(facts)}{_years(facts)}."


def _planned(facts: Facts) -> str:
    if facts.get("title"):
        return f"Un projet commun a été prévu{_years(facts)} : « {facts['title']} »."
    what, feminine = _kind(facts)
    return f"{capital(what)} a été {'prévue' if feminine else 'prévu'} entre {_two(facts)}{_years(facts)}."


def _contact(facts: Facts) -> str:
    if facts.get("title"):
        return f"{capital(_two(facts))} se sont croisés : « {facts['title']} »{_years(facts)}."
    what, _ = _kind(facts)
    return f"{capital(what)} a déjà eu lieu entre {_two(facts)}{_years(facts)}."


def _past(facts: Facts) -> str:
    title = f" : « {facts['title']} »" if facts.get("title") else ""
    when = _years(facts)
    if not title and facts.get("kind"):
        kind = label("link_kind", str(facts["kind"]))
        when = f" ({kind}, {when[2:]}" if when else f" ({kind})"
    return f"{capital(_two(facts))} ont déjà travaillé ensemble{title}{when}."


def _names(facts: Facts) -> str:
    return listed([the(str(p["name"])) for p in facts["partners"]], facts.get("count"))


def _several(facts: Facts) -> bool:
    return int(facts["count"]) > 1 or verb(str(facts["partners"][0]["name"]), "", "s") == "s"


def _gathered(facts: Facts, doing: str) -> str:
    count, open_pairs, pairs = int(facts["count"]), int(facts["open_pairs"]), int(facts["pairs"])
    who = f"{capital(_in_words(count))} acteurs"
    if open_pairs == pairs:
        return f"{who} {doing} sans aucune coopération vivante entre eux."
    verb_ = "n'ont" if open_pairs > 1 else "n'a"
    pair = counted(open_pairs, "paire")
    return f"{who} {doing} ; {pair} sur {number(pairs)} {verb_} aucune coopération vivante."


def _on_theme(facts: Facts) -> str:
    area = facts.get("area")
    where = f", secteur de {area['name']}," if area else ""
    return _gathered(facts, f"travaillent sur « {facts['theme']['label']} »{where}")


def _former(facts: Facts) -> str:
    former = facts.get("former")
    return f", à la suite {of_the(str(former['name']))} (à confirmer)" if former else ""


def _present(facts: Facts) -> str:
    since, confirmed = facts.get("since"), facts.get("confirmed")
    when = f" depuis {since}" if since else f" (attesté en {confirmed})" if confirmed else ""
    return f"Agit {_there(facts)}{when}{_former(facts)}."


def _works_on(facts: Facts) -> str:
    noun = "Thèmes" if len(facts["themes"]) > 1 else "Thème"
    return f"{noun} : {labels(facts['themes'])}{_former(facts)}."


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
    who = f"{capital(_in_words(members))} acteurs"
    return f"{who} de même type." if count == 1 else f"{who} de {_in_words(count)} types différents."


def _acquainted(facts: Facts) -> str:
    tied, pairs = int(facts["tied"]), int(facts["pairs"])
    if not tied:
        return "Aucun ne coopère encore avec un autre du groupe."
    if tied == pairs:
        return "Tous coopèrent déjà entre eux."
    some = "Une paire" if tied == 1 else f"{capital(_in_words(tied))} paires"
    return f"{some} sur {_in_words(pairs)} {'coopère' if tied == 1 else 'coopèrent'} déjà."


def _destination(facts: Facts) -> str:
    return f"Destination commune : {_in_words(int(facts['count']))} membres agissent {_there(facts)}."


def _possible(facts: Facts) -> str:
    one, other = str(facts["one"]["name"]), str(facts["other"]["name"])
    acts, is_ = verb(one, "agit", "agissent"), verb(other, "se trouve", "se trouvent")
    return (
        f"{capital(the(one))} {acts} {_there(facts)}, où {is_} {the(other)}, sans coopérer avec cet acteur."
    )


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


def _crowded(facts: Facts) -> str:
    tied = int(facts["tied"])
    between = (
        "aucune coopération entre eux"
        if not tied
        else counted(tied, "paire qui coopère", "paires qui coopèrent")
    )
    return f"{capital(_in_words(int(facts['count'])))} acteurs du territoire {_there(facts)} ; {between}."


def _empty(facts: Facts) -> str:
    places = [in_place(str(p["name"]), str(p["level"])) for p in facts["places"]]
    return f"Personne, en revanche, {listed(places, facts.get('count'), 'autre territoire')}."


def _nobody(facts: Facts) -> str:
    beside = facts.get("beside")
    start = f"Aucun acteur du territoire n'agit {_there(facts)}"
    if not beside:
        return f"{start}."
    count = int(beside["count"])
    acts = "agit" if count == 1 else "agissent"
    return f"{start}, alors que {_in_words(count)} {acts} {_there(beside)}."


def _hangs(facts: Facts) -> str:
    ends = f"{the(str(facts['one']['name']))} et {the(str(facts['other']['name']))}"
    when = f" (attesté en {facts['confirmed']})" if facts.get("confirmed") else ""
    return f"Tout tient à un seul lien, entre {ends}{when}."


def _unanswered(facts: Facts) -> str:
    similar = int(facts["similar"])
    more = (
        f" {counted(similar, 'autre besoin lui ressemble', 'autres besoins lui ressemblent')}."
        if similar
        else ""
    )
    return f"Aucune offre ouverte n'y répond.{more}"


def _missing_theme(facts: Facts) -> str:
    count = int(facts["count"])
    more = ""
    if count:
        more = f" {counted(count, 'acteur y agit', 'acteurs y agissent')} sur d'autres thèmes."
    return f"Personne du territoire ne travaille sur « {facts['theme']['label']} », {_there(facts)}.{more}"


def _need_names(facts: Facts) -> str:
    titles = [f"« {t} »" for t in facts["titles"]]
    count = int(facts["count"])
    return (
        f"{'Un besoin le demande' if count == 1 else 'Des besoins le demandent'} : {listed(titles, count)}."
    )


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


GROUP_SENTENCES: dict[str, Callable[[Facts], str]] = {
    "bridge_means": _means,
    "bridge_planned": _planned,
    "bridge_attempted": lambda f: f"Un rapprochement a déjà été tenté, sans suite{_years(f)}.",
    "bridge_contact": _contact,
    "bridge_past": _past,
    "bridge_partner": lambda f: (
        f"{'Partenaires communs' if _several(f) else 'Partenaire commun'} : {_names(f)}."
    ),
    "converge_place": lambda f: _gathered(f, f"agissent {_there(f)}"),
    "converge_theme": _on_theme,
    "converge_both": lambda f: (
        f"Travail sur les mêmes thèmes : {labels(f['themes'])}."
        if len(f["themes"]) > 1
        else f"Travail sur le même thème : {labels(f['themes'])}."
    ),
    "converge_connectors": lambda f: (
        f"{capital(_names(f))} {'coopèrent' if _several(f) else 'coopère'} déjà avec tous les autres et {'peuvent' if _several(f) else 'peut'} les réunir."
    ),
    "together_since": lambda f: f"Présence simultanée attestée depuis {f['since']}.",
    "confirmed_until": lambda f: f"Rien n'a été confirmé depuis {f['year']} : à vérifier avant d'inviter.",
    "never_confirmed_there": lambda _: "Aucune source n'est datée : à vérifier avant d'inviter.",
    "stands_for": lambda f: (
        f"A pris la suite {of_the(str(f['former']['name']))} ; reste à savoir si l'action a continué."
    ),
    "present_there": _present,
    "sits_there": lambda f: f"Est sur place, {_there(f)}.",
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
    "group_area": lambda f: f"Autour d'un même secteur : {f['place']['name']}.",
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
    "crowded_place": _crowded,
    "empty_beside": _empty,
    "hangs_on": _hangs,
    "nobody_there": _nobody,
    "single_there": lambda f: (
        f"Un seul acteur du territoire y agit : {the(str(f['actor']['name']))}{_former(f)}."
    ),
    "need_unanswered": _unanswered,
    "nobody_usual": lambda _: "Aucun acteur connu n'est bien placé pour y répondre.",
    "theme_missing": _missing_theme,
    "partner_works_on": lambda f: f"Sur place, ce thème occupe déjà {_names(f)}.",
    "need_names_it": _need_names,
    "acts_elsewhere": lambda f: f"Agit déjà {_there(f)}.",
    "asleep_since": lambda f: f"Sans suite connue depuis {f['year']}.",
    "asleep": lambda _: "En sommeil, sans date connue.",
    "revive_heir": _heir,
    "alone_now": _alone,
    "partner_of_both": lambda _: "Coopère aujourd'hui avec les deux.",
    "weaves": lambda f: f"{capital(label('actor_role', str(f['role'])))}, sur : {labels(f['themes'])}.",
}
