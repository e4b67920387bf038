"""What an evaluation of the suggestions found, in words: methods, what was hidden, how sure one can be."""

from typing import TYPE_CHECKING

from matcher.evaluation.metrics import Estimate
from matcher.learned.model import DEFAULT_NAME, LEARNED_NAME
from web import english, french
from web.language import column, in_french
from web.written import decimal

if TYPE_CHECKING:  # the site never evaluates: only the types are read
    from matcher.evaluation.held_out import Evaluation

Pair = tuple[str, str]

METHODS: dict[str, Pair] = {
    DEFAULT_NAME: ("poids par défaut", "default weights"),
    LEARNED_NAME: ("classement appris", "learned order"),
    "popularity": ("les plus connus", "the best known"),
    "text_only": ("texte seul", "text only"),
    "distance_only": ("distance seule", "distance only"),
    "theme_only": ("thèmes seuls", "themes only"),
    "common_neighbours": ("partenaires communs", "partners in common"),
    "adamic_adar": ("Adamic-Adar", "Adamic-Adar"),
    "pagerank": ("PageRank personnalisé", "personalised PageRank"),
}
FIGURES: dict[str, Pair] = {
    "mrr": ("rang réciproque", "reciprocal rank"),
    "precision_at_10": ("précision à 10", "precision at 10"),
    "recall_at_10": ("rappel à 10", "recall at 10"),
    "auc_degree_matched": ("AUC à notoriété égale", "AUC at equal fame"),
    "candidate_recall": ("rappel à 500", "recall at 500"),
    "cold_mrr": ("rang réciproque", "reciprocal rank"),
    "cold_recall_at_10": ("rappel à 10", "recall at 10"),
}
METHOD: Pair = ("méthode", "method")
NOTES: dict[str, Pair] = {
    "no_known_cooperation": (
        "Le réseau ne connaît aucune coopération : il n'y a rien à cacher.",
        "The network knows no cooperation: there is nothing to hide.",
    ),
    "nothing_to_find": (
        "Chaque coopération cachée était le seul lien connu d'un des deux acteurs : rien n'est mesurable.",
        "Each hidden cooperation was the only known tie of one of the two actors: nothing can be measured.",
    ),
    "few_askers": (
        "Moins de trente demandeurs : les chiffres sont très incertains, lisez les intervalles.",
        "Fewer than thirty askers: the figures are very uncertain, read the intervals.",
    ),
}


def hidden_sentences(found: "Evaluation", lang: str | None = None) -> list[str]:
    """What was hidden, and how much there is to find."""
    words = _french_hidden(found) if in_french(lang) else _english_hidden(found)
    return [sentence for sentence, told in words if told]


def _french_hidden(found: "Evaluation") -> list[tuple[str, int]]:
    counted = french.counted
    known = counted(found.known, "coopération connue", "coopérations connues")
    hidden = counted(found.hidden, "cachée", "cachées")
    turns = counted(found.rounds, "tirage", "tirages")
    partners, askers = counted(found.partners, "partenaire"), counted(found.askers, "demandeur")
    cold = counted(found.cold, "partenaire compté", "partenaires comptés")
    barred = counted(found.never_suggested, "partenaire caché", "partenaires cachés")
    return [
        (f"{known}, {hidden} en {turns} ({french.percent(found.share)} à la fois).", 1),
        (f"{partners} à retrouver, pour {askers}.", found.askers),
        (f"{cold} à part : c'était le seul lien connu d'un des deux côtés.", found.cold),
        (f"{barred} que les règles excluent (même maison, acteur disparu).", found.never_suggested),
    ]


def _english_hidden(found: "Evaluation") -> list[tuple[str, int]]:
    counted = english.counted
    known = counted(found.known, "known cooperation")
    hidden, turns = english.number(found.hidden), counted(found.rounds, "round")
    partners, askers = counted(found.partners, "partner"), counted(found.askers, "asker")
    cold, barred = counted(found.cold, "partner"), counted(found.never_suggested, "hidden partner")
    return [
        (f"{known}, {hidden} hidden in {turns} ({english.percent(found.share)} at a time).", 1),
        (f"{partners} to find, for {askers}.", found.askers),
        (f"{cold} counted apart: it was the only known tie of one of the two sides.", found.cold),
        (f"{barred} that the rules leave out (same house, actor gone).", found.never_suggested),
    ]


def cold_heading(lang: str | None = None) -> str:
    """What the second table is of."""
    return ("Partenaires comptés à part :", "Partners counted apart:")[column(lang)]


def compared_sentences(found: "Evaluation", lang: str | None = None) -> list[str]:
    """How the two orders of the site compare, and the note."""
    told = []
    if found.best_baseline is not None and found.default_over_best.value is not None:
        best = METHODS[found.best_baseline][column(lang)]
        start = (
            f"Rang réciproque moyen des poids par défaut, sur celui du meilleur ordre simple ({best}) :",
            f"Mean reciprocal rank of the default weights over that of the best simple order ({best}):",
        )
        told.append(f"{start[column(lang)]} {_ratio(found.default_over_best, lang)}.")
    if found.learned_over_best.value is not None:
        start = ("Celui du classement appris, sur le même :", "That of the learned order over the same:")
        told.append(f"{start[column(lang)]} {_ratio(found.learned_over_best, lang)}.")
    if found.learned_gain.value is not None:
        told.append(_gain_sentence(found.learned_gain, lang))
    if found.note is not None:
        told.append(NOTES[found.note][column(lang)])
    return told


def _gain_sentence(gain: Estimate, lang: str | None) -> str:
    """The gain of the learned order on the same askers, and whether chance alone could give it."""
    if gain.value is None or gain.low is None or gain.high is None:
        return ""
    value, low, high = (decimal(v, 3, lang) for v in (gain.value, gain.low, gain.high))
    if in_french(lang):
        proved = "le hasard seul ne l'explique pas" if gain.low > 0 else "le hasard seul peut l'expliquer"
        return (
            "Écart entre le classement appris et les poids par défaut, sur les mêmes demandeurs : "
            f"{value} (entre {low} et {high}) ; {proved}."
        )
    proved = "chance alone does not explain it" if gain.low > 0 else "chance alone may explain it"
    return (
        "Difference between the learned order and the default weights, on the same askers: "
        f"{value} (between {low} and {high}); {proved}."
    )


def estimate_text(estimate: Estimate, lang: str | None = None) -> str:
    """`0,123 [0,100 ; 0,150]`, or a dash when nothing was measured."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "—"
    value, low, high = (decimal(v, 3, lang) for v in (estimate.value, estimate.low, estimate.high))
    return f"{value} [{low} ; {high}]" if in_french(lang) else f"{value} [{low}, {high}]"


def _ratio(estimate: Estimate, lang: str | None) -> str:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "—"
    value, low, high = (decimal(v, 2, lang) for v in (estimate.value, estimate.low, estimate.high))
    return f"{value} (entre {low} et {high})" if in_french(lang) else f"{value} (between {low} and {high})"
