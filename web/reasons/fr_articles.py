"""What grammar asks of a name inside a sentence: its article joined to « de » and « à », and its number."""

import re

from web.french import elides
from web.french_names import article_of

_OWN = re.compile(r"(?:(Les|La|Le)\s+|(L['’]))(?=\S)")
_PLURAL = ("Amis", "Jeunes", "Cités")


def inside(name: str) -> str:
    """The name with its article inside a sentence: `la Région Île-de-France`, `les Amis de Kayes`, `Génopole`."""
    article, bare = _parted(name)
    return f"{article}{bare}"


def of_the(name: str) -> str:
    """« de » before it: `du Département de l'Essonne`, `des Amis de Kayes`, `d'Aquassistance`."""
    article, bare = _parted(name)
    contracted = {"le ": "du ", "les ": "des ", "": "d'" if elides(bare) else "de "}
    return f"{contracted.get(article, 'de ' + article)}{bare}"


def to_the(name: str) -> str:
    """« à » before it: `au Conseil de cercle de Diéma`, `aux Amis de Kayes`, `à Génopole`."""
    article, bare = _parted(name)
    contracted = {"le ": "au ", "les ": "aux "}
    return f"{contracted.get(article, 'à ' + article)}{bare}"


def verb(name: str, singular: str, plural: str) -> str:
    """The verb in the number of the name."""
    article, bare = _parted(name)
    return plural if article == "les " or (not article and bare.split()[0] in _PLURAL) else singular


def _parted(name: str) -> tuple[str, str]:
    """The article (with its space) and the rest: of a name that brings its own, or by its first noun."""
    own = _OWN.match(name)
    if own:
        return (f"{own[1].lower()} " if own[1] else "l'"), name[own.end() :]
    return article_of(name), name
