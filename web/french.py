"""French that agrees: elision, articles before names, lists, numbers, dates, places by their level."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from graphsvc.domain.dates import PartialDate

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_ASPIRATED = re.compile(r"(?:haut|haute|hauts|hautes|hongrie|honduras|hong|hambourg|havre|hollande)\b")
_SPACED = re.compile(r"[ \u00a0][;:?!%»](?![\w/(])|« ")
_ELIDED = frozenset("aeiouyh")
# Countries that take « à » and no article, and those whose gender the final letter does not tell.
_NO_ARTICLE = frozenset(
    {
        "andorre", "bahrein", "chypre", "cuba", "djibouti", "gibraltar", "guernesey", "haiti", "hong-kong",
        "jersey", "kiribati", "macao", "madagascar", "malte", "maurice", "mayotte", "monaco", "nauru", "oman",
        "saint-marin", "singapour", "taiwan", "tuvalu",
    }
)  # fmt: skip
_MASCULINE_IN_E = frozenset(["mexique", "cambodge", "mozambique", "zimbabwe", "belize", "suriname"])
_TERRITORY_NOUNS = {
    "region": "f", "communaute": "f", "metropole": "f", "province": "f",
    "cercle": "m", "district": "m", "departement": "m", "canton": "m", "territoire": "m", "syndicat": "m",
}  # fmt: skip
_SINGULAR_IN_S = frozenset(["laos", "honduras", "belarus"])


@lru_cache(maxsize=10_000)
def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.strip().lower().replace("œ", "oe"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def elides(word: str) -> bool:
    """Whether « de », « le », « que » lose their vowel before this word."""
    bare = _bare(word).lstrip("«\"' ")
    if not bare or bare[0] not in _ELIDED or _ASPIRATED.match(bare):
        return False
    glides = bare[0] == "y" and len(bare) > 1 and bare[1] in "aeiou"
    return not glides or bare.startswith(("yerres", "yeux", "yonne", "yebles"))


def typeset(text: str) -> str:
    """The spaces that no line may break at: narrow before ; : ? ! and %, full inside « »."""
    if not _SPACED.search(text):
        return text
    return _SPACED.sub(_tied, text)


def _tied(found: re.Match[str]) -> str:
    sign = found[0].strip()
    if sign == "«":
        return "«\u00a0"
    return "\u00a0»" if sign == "»" else f"\u202f{sign}"


def of(name: str) -> str:
    """« de » before a proper name: `de Massy`, `d'Évry`, `du Bourget`, `des Ulis`."""
    if name.startswith("Le "):
        return "du " + name[3:]
    if name.startswith("Les "):
        return "des " + name[4:]
    return f"d'{name}" if elides(name) else f"de {name}"


def to(name: str) -> str:
    """« à » before a proper name: `à Massy`, `au Coudray-Montceaux`, `aux Ulis`."""
    if name.startswith("Le "):
        return "au " + name[3:]
    if name.startswith("Les "):
        return "aux " + name[4:]
    return f"à {name}"


def that(following: str) -> str:
    """« que » before what follows."""
    return f"qu'{following}" if elides(following) else f"que {following}"


@lru_cache(maxsize=10_000)
def in_place(name: str, level: str) -> str:
    """« in » a territory, by its level: `à Kayes`, `au Mali`, `dans le cercle de Nioro`."""
    if level == "country":
        return _in_country(name)
    if level == "municipality":
        return to(name)
    first = _bare(name).split()[0] if name.strip() else ""
    if first in _TERRITORY_NOUNS:
        article = "la" if _TERRITORY_NOUNS[first] == "f" else "le"
        return f"dans {article} {name[0].lower()}{name[1:]}"
    if level == "department" and (elides(name) or "-et-" in name or first.startswith(("loire", "seine"))):
        return f"en {name}"
    noun = {"region": "la région", "department": "le département", "district": "le cercle"}.get(level)
    return f"dans {noun} {name}" if noun else f"dans l'intercommunalité {name}"


def _in_country(name: str) -> str:
    bare = _bare(name)
    first = bare.split()[0] if bare.split() else ""
    if bare in _NO_ARTICLE or first.startswith(("saint-", "sainte-", "hong")) or bare.startswith("ile de"):
        return f"à {name}"
    plural = (first.endswith("s") and first not in _SINGULAR_IN_S) or bare in {"emirats arabes unis"}
    if plural:
        return f"aux {name}"
    feminine = first.endswith("e") and first not in _MASCULINE_IN_E
    if feminine or elides(name) or first == "israel":
        return f"en {name}"
    return f"au {name}"


def whole_place(name: str, level: str) -> str:
    """All of a territory: `toute la région de Kayes`, `tout le Mali`, `toute l'Essonne`, `tout Haïti`."""
    if level == "municipality":
        return f"toute la commune {of(name)}"
    how, _, rest = in_place(name, level).partition(" ")
    if how == "dans":
        return f"{'tout' if rest.startswith('le ') else 'toute'} {rest}"
    if how == "aux":
        return f"l'ensemble des {name}"
    if how == "en" and name != "Israël":
        feminine = _bare(name).partition("-")[0].endswith("e")
        article = "l'" if elides(name) else "la " if feminine else "le "
        return f"{'toute' if feminine else 'tout'} {article}{name}"
    return f"tout le {name}" if how == "au" else f"tout {name}"


def listed(items: Sequence[str], total: int | None = None, others: str = "autre") -> str:
    """`A`, `A et B`, `A, B et C`, `A, B, C et 2 autres` when `total` says there are more."""
    names = list(items)
    more = max(0, (total or 0) - len(names))
    if more:
        names.append(f"{number(more)} {others}{'s' if more > 1 else ''}")
    if len(names) <= 1:
        return names[0] if names else ""
    return ", ".join(names[:-1]) + " et " + names[-1]


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """`1 acteur`, `12 acteurs`, `0 acteur`."""
    return f"{number(count)} {singular if abs(count) < 2 else plural or singular + 's'}"


def number(value: float) -> str:
    """A number as one writes it: `12 345`, `3,4` (narrow no-break space, comma)."""
    if not float(value).is_integer():
        return f"{value:,.1f}".replace(",", "\u202f").replace(".", ",")
    return f"{int(value):,}".replace(",", "\u202f")


def percent(share: float) -> str:
    """A share in [0, 1] as a percentage: `42 %`; never 0 % for what exists nor 100 % for what does not."""
    value = 100 * share
    if 0 < value < 1:
        return "<\u00a01\u00a0%"
    rounded = 99 if 99 < value < 100 else round(value)
    return f"{rounded}\u00a0%"


def day_text(day: date) -> str:
    """`4 juillet 2016`, `1er mars 2020`."""
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def date_text(value: PartialDate | str | None) -> str:
    """A partial date in words: `2012`, `juillet 2016`, `4 juillet 2016`."""
    if value is None:
        return ""
    partial = PartialDate.parse(value) if isinstance(value, str) else value
    if partial.day is not None:
        return day_text(partial.first_day)
    if partial.month is not None:
        return f"{_MONTHS[partial.month - 1]} {partial.year}"
    return str(partial.year)


def period_text(start: PartialDate | None, end: PartialDate | None) -> str:
    """`de 1990 à 2000`, `depuis 2003`, `jusqu'en 2015`, `en 2012`, `` when nothing is known."""
    if start is None and end is None:
        return ""
    if start is not None and end is not None:
        if start == end:
            return _when(start)
        return f"{_from(start)} {_until(end)}"
    if start is not None:
        return f"depuis {_the(start)}"
    assert end is not None  # noqa: S101 - the type checker cannot see it
    return f"jusqu'{_until(end, alone=True)}"


def _when(value: PartialDate) -> str:
    return f"le {date_text(value)}" if value.day else f"en {date_text(value)}"


def _the(value: PartialDate) -> str:
    return f"le {date_text(value)}" if value.day else date_text(value)


def _from(value: PartialDate) -> str:
    if value.day:
        return f"du {date_text(value)}"
    text = date_text(value)
    return f"d'{text}" if elides(text) else f"de {text}"


def _until(value: PartialDate, *, alone: bool = False) -> str:
    if value.day:
        return f"au {date_text(value)}"
    return f"en {date_text(value)}" if alone else f"à {date_text(value)}"


def capital(text: str) -> str:
    """The first letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]
