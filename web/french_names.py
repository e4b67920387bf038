"""Names of organisations inside a French sentence: those that begin with a common noun take its article."""

from web.french import of

_MASCULINE = (
    "Département", "Conseil", "Cercle", "Syndicat", "Comité", "Centre", "Réseau", "Collège", "Lycée", "Fonds",
    "Ministère", "Collectif", "Groupe", "Groupement", "Service", "District", "Relais", "Foyer", "Bureau",
    "Parc", "Musée", "Théâtre", "Club", "Cinéma", "Conservatoire", "Laboratoire", "Pôle", "Programme",
    "Gouvernement",
)  # fmt: skip
_FEMININE = (
    "Région", "Communauté", "Commune", "Ville", "Maison", "Mission", "Chambre", "Société", "Fédération",
    "Fondation", "Direction", "Métropole", "Coopération", "Compagnie", "Ligue", "Mairie", "Médiathèque",
    "Plate-forme", "Plateforme", "Délégation", "Confédération", "Bibliothèque", "Faculté", "Caisse",
)  # fmt: skip
_ELIDED = (
    "Agence", "Association", "Alliance", "Université", "École", "Institut", "Union", "Amicale", "Académie",
    "Office", "Établissement", "Espace", "Observatoire", "Hôpital", "Organisation", "Ambassade", "Atelier",
)  # fmt: skip
_PLURAL = ("Médiathèques", "Éditions", "Archives", "Services", "Écoles")
_ARTICLES = {
    **dict.fromkeys(_MASCULINE, "le "),
    **dict.fromkeys(_FEMININE, "la "),
    **dict.fromkeys(_ELIDED, "l'"),
    **dict.fromkeys(_PLURAL, "les "),
}
_CONTRACTED = {"le ": "du ", "les ": "des "}


_FEMININE_ELIDED = frozenset(
    ["Agence", "Association", "Alliance", "Université", "École", "Union", "Amicale", "Académie",
     "Organisation", "Ambassade"]
)  # fmt: skip


def gender_of(name: str) -> str | None:
    """`f` or `m` by the article or the common noun a name begins with; None when neither tells."""
    first = (name.split(maxsplit=1) or [""])[0]
    if first in ("La", "Le"):
        return "f" if first == "La" else "m"
    article = article_of(name)
    if article == "l'":
        return "f" if first in _FEMININE_ELIDED else "m"
    return {"la ": "f", "le ": "m"}.get(article)


def article_of(name: str) -> str:
    """`la `, `le `, `l'`, `les `, or nothing for a name that is only a name or brings its own article."""
    words = name.split(maxsplit=1)
    return _ARTICLES.get(words[0], "") if words else ""


def the(name: str) -> str:
    """The name with its article: `la Commune de Kayes`, `l'Agence de l'eau`, `GRET`, `La Maison du monde`."""
    return f"{article_of(name)}{name}"


def of_the(name: str) -> str:
    """« de » before the name: `de la Commune de Kayes`, `du Département de l'Essonne`, `de Massy`."""
    article = article_of(name)
    if article in _CONTRACTED:
        return f"{_CONTRACTED[article]}{name}"
    return f"de {article}{name}" if article else of(name)
