"""What is wrong with a draft, said beside its field: the situation and its remedy, in French and English."""

from collections.abc import Callable, Mapping
from typing import Any

from babel.support import LazyProxy

from graphsvc.usecases.faults import Fault
from web import english
from web.french import counted, date_text, number
from web.language import column
from web.spoken import lazy_gettext as _
from web.words.meeting_rules import MEETING_FAULTS

Facts = Mapping[str, Any]
Words = tuple[str, str]
_Told = Callable[[Facts], Words]

_KIND = {
    "theme": ("Thème inconnu", "Unknown theme"),
    "place": ("Territoire inconnu", "Unknown territory"),
    "skill": ("Compétence inconnue", "Unknown skill"),
    "actor": ("Acteur inconnu", "Unknown actor"),
}
# What is missing, by field; others say that the field is required.
_REQUIRED: dict[str, Words] = {
    "direction": ("Dites si vous proposez ou si vous cherchez.", "Say whether you offer or need."),
    "nature": ("Choisissez de quoi il s'agit.", "Choose what it is about."),
    "title": (
        "Donnez un titre : une phrase courte suffit.",
        "Give a title: a short phrase is enough.",
    ),
    "actor": (
        "Dites au nom de quel acteur vous publiez.",
        "Say on behalf of which actor you publish.",
    ),
    "result": ("Choisissez ce que l'annonce est devenue.", "Choose what became of the announcement."),
    "done": ("Racontez ce qui a été fait, même en une phrase.", "Tell what was done, if only in a sentence."),
    "funder": ("Dites qui finance cet appel.", "Say who funds this call."),
}


def fault_text(fault: Fault, lang: str | None = None) -> str:
    """One sentence (or two): what is wrong with the field, and what to do."""
    side = column(lang)
    if fault.code == "required":
        usual = ("Ce champ est à remplir.", "This field is required.")
        return _REQUIRED.get(fault.field, usual)[side]
    told = FAULTS.get(fault.code)
    return told(fault.facts)[side] if told else fault.code


def _nearest(facts: Facts, column: int) -> str:
    names = ", ".join(str(entry["name"]) for entry in facts.get("nearest", ()))
    if not names:
        return ""
    return f" Les plus proches : {names}." if column == 0 else f" Nearest: {names}."


def _unknown(f: Facts) -> Words:
    said = _KIND.get(str(f.get("kind")), _KIND["theme"])
    if not f.get("nearest"):
        return (
            f"{said[0]} : « {f['value']} ». Rien ne lui ressemble ici : écrivez un autre mot, ou videz la case.",
            f"{said[1]}: “{f['value']}”. Nothing here resembles it: write another word, or leave it out.",
        )
    return (
        f"{said[0]} : « {f['value']} ». Corrigez, ou choisissez une entrée proche.{_nearest(f, 0)}",
        f"{said[1]}: “{f['value']}”. Choose an entry nearby or correct it.{_nearest(f, 1)}",
    )


def _ambiguous(f: Facts) -> Words:
    names = ", ".join(f"{e['name']} ({e['id']})" for e in f.get("nearest", ()))
    return (
        f"« {f['value']} » a plusieurs sens. Choisissez : {names}.",
        f"“{f['value']}” has several meanings. Choose: {names}.",
    )


FAULTS: dict[str, _Told] = {
    "required": lambda _: ("Ce champ est à remplir.", "This field is required."),
    "unknown_entry": _unknown,
    "ambiguous_entry": _ambiguous,
    "unknown_code": lambda f: (
        f"« {f['value']} » n'est pas un choix de la liste. Choisissez-en un.",
        f"“{f['value']}” is no choice of the list. Choose one.",
    ),
    "too_many": lambda f: (
        f"{counted(f['count'], 'entrée')} : gardez les {number(f['most'])} plus importantes.",
        f"{f['count']} entries: keep the {english.number(f['most'])} that matter most.",
    ),
    "too_long": lambda f: (
        f"Le texte a {number(f['length'])} caractères : raccourcissez-le à {number(f['most'])}.",
        f"The text has {english.number(f['length'])} characters: shorten it to {english.number(f['most'])}.",
    ),
    "no_words": lambda _: (
        "Ce texte ne contient aucun mot. Écrivez ce dont il s'agit.",
        "This text holds no word. Write what it is about.",
    ),
    "forbidden_character": lambda _: (
        "Le texte contient un caractère invisible qui ne peut pas être gardé. Effacez-le et retapez la phrase.",
        "The text holds an invisible character that cannot be kept. Delete it and type the sentence again.",
    ),
    "holds_email": lambda f: (
        f"Retirez « {f['value']} » : le texte est public, et les personnes intéressées passent par une mise en relation.",
        f"Remove “{f['value']}”: the text is public; those interested ask for an introduction.",
    ),
    "holds_phone": lambda f: (
        f"Retirez le numéro « {f['value']} » : le texte est public, et les personnes intéressées passent par une mise en relation.",
        f"Remove the number “{f['value']}”: the text is public; those interested ask for an introduction.",
    ),
    "date_form": lambda f: (
        f"« {f['value']} » n'est pas une date. Écrivez par exemple 31/05/2027.",
        f"“{f['value']}” is no date. Write 2027-05-31, for example.",
    ),
    "date_impossible": lambda f: (
        f"Le {f['value']} n'existe pas dans le calendrier. Corrigez la date.",
        f"{f['value']} does not exist in the calendar. Correct the date.",
    ),
    "without_end": lambda f: (
        f"Donnez une date de fin, au plus tard le {date_text(f['last'])} : sans elle, l'annonce resterait proposée pour toujours. Vous pourrez la prolonger.",
        f"Give an end, {english.date_text(f['last'])} at the latest: without it the announcement would stay for ever. It can be extended.",
    ),
    "in_the_past": lambda f: (
        f"Cette date est passée : l'annonce ne serait montrée à personne. Choisissez à partir du {date_text(f['today'])}, par exemple le {date_text(f['proposed'])}.",
        f"This date is past: nobody would see the announcement. Choose {english.date_text(f['today'])} or later, for example {english.date_text(f['proposed'])}.",
    ),
    "not_longer": lambda f: (
        f"L'annonce va déjà jusqu'au {date_text(f['until'])} : choisissez une date plus tardive. Pour l'abréger, passez par « Modifier ».",
        f"The announcement already runs until {english.date_text(f['until'])}: choose a later date. To shorten it, use “Edit”.",
    ),
    "too_far": lambda f: (
        f"C'est trop loin : au plus tard le {date_text(f['last'])}. L'annonce pourra être prolongée.",
        f"Too far ahead: {english.date_text(f['last'])} at the latest. The announcement can be extended.",
    ),
    "start_in_the_past": lambda f: (
        f"Ce début est passé. Laissez vide pour commencer aujourd'hui, le {date_text(f['today'])}.",
        f"This start is past. Leave it empty to begin today, {english.date_text(f['today'])}.",
    ),
    "start_too_far": lambda f: (
        f"Ce début est trop loin : au plus tard le {date_text(f['last'])}.",
        f"This start is too far ahead: {english.date_text(f['last'])} at the latest.",
    ),
    "end_before_start": lambda f: (
        f"La fin précède le début ({date_text(f['start'])}). Corrigez l'une des deux dates.",
        f"The end comes before the start ({english.date_text(f['start'])}). Correct one of the two.",
    ),
    "not_begun": lambda _: (
        "Cette expérience n'a pas commencé : une fiche raconte ce qui a eu lieu. Corrigez la date, ou publiez plutôt une annonce.",
        "This has not begun: a sheet tells what took place. Correct the date, or publish an announcement.",
    ),
    "nothing_learnt": lambda _: (
        "Dites ce qui a marché ou ce qui n'a pas marché : c'est ce que les autres viennent lire.",
        "Say what worked or what did not: that is what others come to read.",
    ),
    "without_deadline": lambda _: (
        "Donnez la date limite de réponse : un appel sans date ne dit à personne s'il est encore temps.",
        "Give the deadline: without it nobody knows whether there is still time.",
    ),
    "deadline_passed": lambda f: (
        f"Cette date limite est passée (nous sommes le {date_text(f['today'])}). Corrigez-la.",
        f"This deadline is past (today is {english.date_text(f['today'])}). Correct it.",
    ),
    "amount_form": lambda f: (
        f"« {f['value']} » n'est pas un montant. Écrivez des chiffres, par exemple 15 000.",
        f"“{f['value']}” is no amount. Write figures only, for example 15000.",
    ),
    "address_form": lambda f: (
        f"« {f['value']} » n'est pas une adresse de page. Elle commence par https://.",
        f"“{f['value']}” is no web address. It begins with https://.",
    ),
}  # fmt: skip
FAULTS.update(MEETING_FAULTS)

# What a person just did, as the next page says it. Each is (done now, waiting for the graph).
DONE: dict[str, tuple[LazyProxy, LazyProxy]] = {
    "published": (_("C'est publié."), _("C'est noté : ce sera publié dès que la base du réseau répondra.")),
    "edited": (
        _("La modification est enregistrée."),
        _("La modification est notée ; elle sera faite dès que possible."),
    ),
    "renewed": (
        _("L'annonce est prolongée."),
        _("La prolongation est notée ; elle sera faite dès que possible."),
    ),
    "closed": (
        _("L'annonce est close. Merci d'avoir dit ce qu'elle est devenue."),
        _("La clôture est notée."),
    ),
    "adopted": (_("Ce besoin est aussi le vôtre : votre annonce est ouverte."), _("C'est noté.")),
    "withdrawn": (_("C'est retiré."), _("Le retrait est noté ; il sera fait dès que possible.")),
    "undone": (_("C'est annulé : tout est comme avant."), _("L'annulation est notée.")),
}


def done_text(what: str, *, waiting: bool) -> str:
    """What the person just did."""
    words = DONE.get(what)
    return str(words[int(waiting)]) if words else ""
