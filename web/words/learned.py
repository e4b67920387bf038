"""What is said of the order of the suggestions: which one is in use, what an evaluation found."""

from datetime import date
from typing import TYPE_CHECKING

from matcher.evaluation.metrics import Estimate
from matcher.learned.model import DEFAULT_NAME, LEARNED_NAME, Learned
from web import english
from web.french import counted, day_text, percent
from web.language import in_french

if TYPE_CHECKING:  # the site never evaluates: only the types are read
    from matcher.evaluation.held_out import Evaluation

METHODS: dict[str, str] = {
    DEFAULT_NAME: "poids par défaut",
    LEARNED_NAME: "classement appris",
    "popularity": "les plus connus",
    "text_only": "texte seul",
    "distance_only": "distance seule",
    "theme_only": "thèmes seuls",
    "common_neighbours": "partenaires communs",
    "adamic_adar": "Adamic-Adar",
    "pagerank": "PageRank personnalisé",
}
NOTES: dict[str, str] = {
    "no_known_cooperation": "Le réseau ne connaît aucune coopération : il n'y a rien à cacher.",
    "nothing_to_find": (
        "Chaque coopération cachée était le seul lien connu de l'un des deux acteurs : "
        "rien ne peut être mesuré."
    ),
    "few_askers": "Moins de trente demandeurs : les chiffres sont très incertains, lisez les intervalles.",
}
WHY_NOT: dict[str, tuple[str, str]] = {
    "unreadable": ("son fichier n'est pas lisible", "its file cannot be read"),
    "other_format": ("son fichier vient d'une autre version", "its file comes from another version"),
    "other_features": (
        "il a été appris sur d'autres indices que ceux d'aujourd'hui",
        "it was learned on other evidence than today's",
    ),
    "data_changed": (
        "le réseau a trop changé depuis qu'il a été appris",
        "the network has changed too much since it was learned",
    ),
    "too_few_links": (
        "le réseau connaît trop peu de coopérations (il en faut environ 500)",
        "the network knows too few cooperations (about 500 are needed)",
    ),
    "not_better": (
        "il ne retrouve pas mieux que lui les coopérations qu'on lui cache",
        "it finds hidden cooperations no better than the default order",
    ),
}


def order_sentence(learned: Learned | None, refusal: str | None) -> str:
    """Which order is in use, and why, in the reader's language."""
    return _french_order(learned, refusal) if in_french() else _english_order(learned, refusal)


def _french_order(learned: Learned | None, refusal: str | None) -> str:
    if learned is not None:
        known = counted(learned.links, "coopération connue", "coopérations connues")
        day = day_text(date.fromisoformat(learned.trained_at))
        return (
            f"Les propositions de coopération suivent un classement appris le {day} sur {known} de ce "
            "réseau : il retrouve mieux que le classement par défaut celles qu'on lui cache."
        )
    default = "Les propositions suivent le classement par défaut : les mêmes poids pour tous, publiés."
    if refusal is None:
        return default
    return f"{default} Un classement appris existe mais n'est pas utilisé : {WHY_NOT[refusal][0]}."


def _english_order(learned: Learned | None, refusal: str | None) -> str:
    if learned is not None:
        known = english.counted(learned.links, "known cooperation")
        day = english.day_text(date.fromisoformat(learned.trained_at))
        return (
            f"Suggestions of cooperation follow an order learned on {day} from {known} of this network: "
            "it finds those that are hidden from it better than the default order does."
        )
    default = "Suggestions follow the default order: the same published weights for everybody."
    if refusal is None:
        return default
    return f"{default} A learned order exists but is not used: {WHY_NOT[refusal][1]}."


def evaluation_sentences(found: "Evaluation") -> list[str]:
    """What was hidden and what came of it, sentence by sentence."""
    known = counted(found.known, "coopération connue", "coopérations connues")
    hidden = counted(found.hidden, "cachée", "cachées")
    turns = counted(found.rounds, "tirage", "tirages")
    told = [f"{known}, {hidden} en {turns} ({percent(found.share)} à la fois)."]
    if found.askers:
        partners = counted(found.partners, "partenaire")
        told.append(f"{partners} à retrouver, pour {counted(found.askers, 'demandeur')}.")
    if found.cold:
        cold = counted(found.cold, "partenaire compté", "partenaires comptés")
        told.append(f"{cold} à part : c'était le seul lien connu d'un des deux côtés.")
    if found.never_suggested:
        barred = counted(found.never_suggested, "partenaire caché", "partenaires cachés")
        told.append(f"{barred} que les règles excluent (même maison, acteur disparu).")
    if found.candidate_recall.value is not None:
        recall = percent(found.candidate_recall.value)
        told.append(f"Parmi les 500 premiers candidats : {recall} des partenaires cachés.")
    if found.best_baseline is not None and found.default_over_best.value is not None:
        best = METHODS[found.best_baseline]
        told.append(
            "Rang réciproque moyen des poids par défaut, rapporté à celui du meilleur ordre simple "
            f"({best}) : {_ratio(found.default_over_best)}."
        )
    if found.learned_over_best.value is not None:
        told.append(f"Celui du classement appris, rapporté au même : {_ratio(found.learned_over_best)}.")
    if found.learned_gain.value is not None:
        told.append(_gain_sentence(found.learned_gain))
    if found.note is not None:
        told.append(NOTES[found.note])
    return told


def _gain_sentence(gain: Estimate) -> str:
    """The gain of the learned order on the same askers, and whether chance alone could give it."""
    if gain.value is None or gain.low is None or gain.high is None:
        return ""
    interval = f"entre {_decimal(gain.low, 3)} et {_decimal(gain.high, 3)}"
    proved = "le hasard seul ne l'explique pas" if gain.low > 0 else "le hasard seul peut l'expliquer"
    return (
        "Écart entre le classement appris et les poids par défaut, sur les mêmes demandeurs : "
        f"{_decimal(gain.value, 3)} ({interval}) ; {proved}."
    )


def estimate_text(estimate: Estimate) -> str:
    """`0,123 [0,100 ; 0,150]`, or a dash when nothing was measured."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "—"
    return f"{_decimal(estimate.value, 3)} [{_decimal(estimate.low, 3)} ; {_decimal(estimate.high, 3)}]"


def _ratio(estimate: Estimate) -> str:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "—"
    interval = f"entre {_decimal(estimate.low, 2)} et {_decimal(estimate.high, 2)}"
    return f"{_decimal(estimate.value, 2)} ({interval})"


def _decimal(value: float, places: int) -> str:
    return f"{value:.{places}f}".replace(".", ",")
