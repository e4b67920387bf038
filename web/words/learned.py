"""What is said of the order of the suggestions: which one is in use, and why."""

from datetime import date

from matcher.asks import AskerKind
from matcher.learned.model import Learned
from web import english
from web.french import counted, day_text, listed
from web.language import in_french

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


_ASKERS: dict[AskerKind, tuple[str, str]] = {
    AskerKind.ACTOR: ("aux acteurs", "to actors"),
    AskerKind.PROJECT: ("aux projets", "to projects"),
    AskerKind.ANNOUNCEMENT: ("aux annonces", "to announcements"),
    AskerKind.REQUEST: ("aux demandes", "to requests"),
}


def order_sentence(learned: Learned | None, refusal: str | None, lang: str | None = None) -> str:
    """Which order is in use, and why, in the reader's language unless one is given."""
    return _french_order(learned, refusal) if in_french(lang) else _english_order(learned, refusal)


def _french_order(learned: Learned | None, refusal: str | None) -> str:
    if learned is not None:
        known = counted(learned.links, "coopération connue", "coopérations connues")
        day = day_text(date.fromisoformat(learned.trained_at))
        whom = listed([_ASKERS[kind][0] for kind in learned.asked])
        return (
            f"Les propositions de coopération faites {whom} suivent "
            f"un classement appris le {day} sur {known} de ce réseau : il retrouve mieux que le classement "
            "par défaut celles qu'on lui cache. Les autres suivent le classement par défaut."
        )
    default = "Les propositions suivent le classement par défaut : les mêmes poids pour tous, publiés."
    if refusal is None:
        return default
    return f"{default} Un classement appris existe mais n'est pas utilisé : {WHY_NOT[refusal][0]}."


def _english_order(learned: Learned | None, refusal: str | None) -> str:
    if learned is not None:
        known = english.counted(learned.links, "known cooperation")
        day = english.day_text(date.fromisoformat(learned.trained_at))
        whom = english.listed([_ASKERS[kind][1] for kind in learned.asked])
        return (
            f"Suggestions of cooperation made {whom} follow "
            f"an order learned on {day} from {known} of this network: it finds those that are hidden from it "
            "better than the default order does. The others follow the default order."
        )
    default = "Suggestions follow the default order: the same published weights for everybody."
    if refusal is None:
        return default
    return f"{default} A learned order exists but is not used: {WHY_NOT[refusal][1]}."
