"""Country names to ISO 3166-1 alpha-2 codes, in French and in English.

`countries.csv` joins the names of the npm package i18n-iso-countries 7.14 (MIT), French and English,
with other names in use added.
"""

import csv
from functools import cache, lru_cache
from importlib import resources

from graphsvc.domain.text import fold
from graphsvc.likeness import most_alike

NEAREST = 3


def country_code(text: str) -> str | None:
    """The alpha-2 code of a code or a name; None if no country answers to it."""
    bare = text.strip()
    if len(bare) == 2 and bare.isascii() and bare.isalpha():
        return bare.upper()
    return _codes().get(fold(bare))


@lru_cache(maxsize=1024)
def nearest_countries(text: str) -> list[dict[str, str]]:
    """Up to three countries, code and French name, whose name in either language resembles the text."""
    best: dict[str, float] = {}
    for name, score in most_alike(fold(text), _codes()):
        code = _codes()[name]
        best[code] = max(best.get(code, 0.0), score)
    french = {row[0]: row[1] for row in _rows()}
    order = sorted(best, key=lambda code: (-best[code], code))
    return [{"id": code, "name": french[code]} for code in order[:NEAREST]]


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, french, english, others in _rows():
        for name in (french, english, *others.split("|")):
            if name:
                codes.setdefault(fold(name), code)
    return codes


@cache
def _rows() -> tuple[tuple[str, str, str, str], ...]:
    text = resources.files("graphsvc.exchange").joinpath("countries.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))[1:]
    return tuple((r[0], r[1], r[2], r[3]) for r in rows)
