"""What the drawing says by itself, in the reader's language: handed to the script, which holds no text."""

from web.spoken import gettext as _


def drawing_words() -> dict[str, str]:
    """The texts by name; `{name}`, `{n}`… are filled by the script."""
    return {
        "failed": _("La carte n'a pas pu être chargée. Rechargez la page, ou lisez le tableau plus bas."),
        "alone": _("{name}, {kind}, aucune relation sur cette carte."),
        "one": _("{name}, {kind}, une relation sur cette carte."),
        "many": _("{name}, {kind}, {n} relations sur cette carte."),
        "place": _("{at} sur {n}."),
        "nobody": _("Aucun acteur de cette carte ne répond à « {text} »."),
    }


def frame_titles() -> dict[str, str]:
    """The titles of the band and of the two trays."""
    return {
        "partners": _("Territoires partenaires"),
        "tray": _("Acteurs sans lien recensé"),
        "inventory": _("Activité internationale non renseignée"),
    }
