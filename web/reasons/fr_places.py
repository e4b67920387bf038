"""Crowded and empty places, needs and themes that nobody answers, in French."""

from collections.abc import Callable

from web.french import capital, counted, listed
from web.reasons.fr_articles import inside as the
from web.reasons.fr_group_words import (
    Facts,
    former_in,
    in_words,
    names_of,
    where_it_is,
)
from web.reasons.fr_words import where


def _crowded(facts: Facts) -> str:
    tied = int(facts["tied"])
    between = (
        "aucune coopération entre eux"
        if not tied
        else counted(tied, "paire qui coopère", "paires qui coopèrent")
    )
    return f"{capital(in_words(int(facts['count'])))} acteurs du territoire {where_it_is(facts)} ; {between}."


def _empty(facts: Facts) -> str:
    places = [where(p) for p in facts["places"]]
    return f"Personne, en revanche, {listed(places, facts.get('count'), 'autre territoire')}."


def _nobody(facts: Facts) -> str:
    beside = facts.get("beside")
    start = f"Aucun acteur du territoire n'agit {where_it_is(facts)}"
    if not beside:
        return f"{start}."
    count = int(beside["count"])
    acts = "agit" if count == 1 else "agissent"
    return f"{start}, alors que {in_words(count)} {acts} {where_it_is(beside)}."


def _hangs(facts: Facts) -> str:
    ends = f"{the(str(facts['one']['name']))} et {the(str(facts['other']['name']))}"
    when = f" (attesté en {facts['confirmed']})" if facts.get("confirmed") else ""
    return f"Tout tient à un seul lien, entre {ends}{when}."


def _unanswered(facts: Facts) -> str:
    similar = int(facts["similar"])
    alike = "autre besoin lui ressemble" if similar == 1 else "autres besoins lui ressemblent"
    more = f" {capital(in_words(similar))} {alike}." if similar else ""
    return f"Aucune offre ouverte n'y répond.{more}"


def _missing_theme(facts: Facts) -> str:
    count = int(facts["count"])
    more = ""
    if count:
        more = f" {counted(count, 'acteur y agit', 'acteurs y agissent')} sur d'autres thèmes."
    return (
        f"Personne du territoire ne travaille sur « {facts['theme']['label']} », {where_it_is(facts)}.{more}"
    )


def _need_names(facts: Facts) -> str:
    titles = [f"« {t} »" for t in facts["titles"]]
    count = int(facts["count"])
    return (
        f"{'Un besoin le demande' if count == 1 else 'Des besoins le demandent'} : {listed(titles, count)}."
    )


PLACE_SENTENCES: dict[str, Callable[[Facts], str]] = {
    "crowded_place": _crowded,
    "empty_beside": _empty,
    "hangs_on": _hangs,
    "nobody_there": _nobody,
    "single_there": lambda f: (
        f"Un seul acteur du territoire y agit : {the(str(f['actor']['name']))}{former_in(f)}."
    ),
    "need_unanswered": _unanswered,
    "nobody_usual": lambda _: "Aucun acteur connu n'est bien placé pour y répondre.",
    "theme_missing": _missing_theme,
    "partner_works_on": lambda f: f"Sur place, ce thème occupe déjà {names_of(f)}.",
    "need_names_it": _need_names,
    "acts_elsewhere": lambda f: f"Agit déjà {where_it_is(f)}.",
}
