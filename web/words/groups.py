"""Words of the codes that groups use: roles of members, loads of places, kinds of missing things."""

from babel.support import LazyProxy

from web.language import column, in_french
from web.spoken import lazy_gettext as _

ROLES: dict[str, tuple[str, str]] = {
    "asker": ("porte la demande", "asks"),
    "present": ("agit déjà", "at work there"),
    "heir": ("a pris la suite", "successor"),
    "connector": ("fait déjà le lien", "connector"),
    "home": ("acteur du territoire", "actor of the territory"),
    "partner": ("partenaire sur place", "partner on the spot"),
    "peer": ("autre territoire partenaire", "another partner territory"),
    "skill": ("apporte un savoir-faire", "brings a skill"),
    "means": ("apporte des moyens", "brings means"),
    "experience": ("connaît la destination", "knows the destination"),
    "sharer": ("a le même besoin", "has the same need"),
    "helper": ("peut aider", "may help"),
}
LOADS: dict[str, tuple[LazyProxy, LazyProxy, str, str]] = {
    # title of the list, meaning; how one place stands, in French and in English
    "crowded": (
        _("Beaucoup au même endroit"),
        _("Plusieurs acteurs agissent côte à côte."),
        "beaucoup d'acteurs",
        "crowded",
    ),
    "hanging": (
        _("Suspendus à un seul lien"),
        _("Une seule coopération vivante rattache ces territoires au nôtre."),
        "suspendu à un seul lien",
        "hanging on one link",
    ),
    "nobody": (
        _("Personne"),
        _("Territoires partenaires où aucun acteur n'agit aujourd'hui."),
        "personne",
        "nobody",
    ),
    "single": (
        _("Un seul acteur"),
        _("Un acteur y agit, sans coopération vivante sur place."),
        "un seul acteur",
        "one actor",
    ),
    "shared": (
        _("Plusieurs acteurs"),
        _("Plusieurs acteurs y agissent, sans que ce soit un excès."),
        "plusieurs acteurs",
        "several",
    ),
    "twinned": (
        _("Villes jumelées"),
        _("Un jumelage de commune à commune, comme il en est beaucoup."),
        "jumelage",
        "twin town",
    ),
}


def role_word(code: str, lang: str | None = None) -> str:
    """What a member is in its group. An unknown code is given back as it is."""
    entry = ROLES.get(str(code))
    return str(code) if entry is None else entry[column(lang)]


def load_word(code: str, lang: str | None = None) -> str:
    """How a place stands. An unknown code is given back as it is."""
    entry = LOADS.get(str(code))
    if entry is None:
        return str(code)
    return entry[2] if in_french(lang) else entry[3]
