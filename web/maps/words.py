"""What the drawing says by itself, in the reader's language: handed to the script, which holds no text."""

from collections.abc import Sequence

from graphsvc.domain.errors import InvalidValue
from web.spoken import gettext as _

_TOLD = 3


def drawing_words() -> dict[str, str]:
    """The texts by name; `{name}`, `{n}`… are filled by the script."""
    return {
        "failed": _("La carte n'a pas pu être chargée. Rechargez la page, ou lisez le tableau plus bas."),
        "alone": _("{name}, {kind}, aucune relation sur cette carte."),
        "one": _("{name}, {kind}, une relation sur cette carte."),
        "many": _("{name}, {kind}, {n} relations sur cette carte."),
        "place": _("{at} sur {n}."),
        "nobody": _("Aucun acteur de cette carte ne répond à « {text} »."),
        "folded": _("{title} : {n} acteurs réunis en une bulle."),
        "unfolded": _("{title} : la bulle est ouverte, {n} acteurs."),
        "all_folded": _("{n} groupes, chacun en une bulle."),
        "all_unfolded": _("{n} groupes ouverts."),
        "path": _("De {start} à {goal}, {n} relations, par {through}."),
        "path_direct": _("De {start} à {goal}, une seule relation."),
        "proposed_one": _("Un lien proposé est tracé en tirets."),
        "proposed": _("{n} liens proposés sont tracés en tirets."),
        "wrong_view": _("L'adresse demandait une vue qui n'existe pas : voici toute la carte."),
        "wrong_chosen": _("L'acteur choisi dans l'adresse n'est pas sur cette carte."),
        "wrong_group": _("Un groupe nommé dans l'adresse n'est plus sur cette carte."),
        "changed": _("Les données ont changé depuis que cette carte est ouverte."),
        "reload": _("Mettre la carte à jour"),
    }


def fault_sentences(faults: Sequence[InvalidValue]) -> list[str]:
    """What of an address was not understood, and what the map does instead."""
    return [
        _(
            "« %(value)s » n'est pas compris (%(name)s) : la carte n'en tient pas compte.",
            value=f.value,
            name=f.field,
        )
        for f in faults[:_TOLD]
    ]


def frame_titles() -> dict[str, str]:
    """The titles of the band and of the two trays."""
    return {
        "partners": _("Territoires partenaires"),
        "tray": _("Acteurs sans lien recensé"),
        "inventory": _("Activité internationale non renseignée"),
    }
