"""The world of a made-up network of any size: a country cut into départements and communes, partner
countries with their regions and districts, the themes of the seed, and a vocabulary that grows with the
texts.

Weights are skewed as the real ones are: populations are log-normal, partner countries and themes follow
Zipf's law, words the law of Zipf and Mandelbrot. The same arguments give the same world.
"""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from graphsvc.domain.themes import Theme
from graphsvc.snapshot.build_columns import words
from graphsvc.snapshot.columns import F64, I64
from seed.load import seed_bundle_path

ACTORS_A_DEPARTMENT = 15_000
MOST_DEPARTMENTS = 100
GROUPINGS, COMMUNES = 14, 25
"""Intercommunalities of a département, communes of an intercommunality."""
COUNTRIES, REGIONS, DISTRICTS = 60, 6, 6
"""Partner countries, regions of each, districts of a region."""
WORDS_A_THEME = 40
_STARTS = (
    "ac",
    "bel",
    "com",
    "dor",
    "es",
    "fer",
    "gra",
    "hab",
    "im",
    "jar",
    "lec",
    "mar",
    "nou",
    "or",
    "pas",
)
_MIDDLES = ("a", "cri", "do", "en", "fi", "gou", "i", "lo", "mi", "no", "ou", "pla", "que", "ri", "so", "ta")
_ENDS = ("tion", "ment", "age", "eur", "iste", "ite", "oir", "elle", "ance", "ier", "ure", "ade")


@dataclass(frozen=True, slots=True)
class World:
    """Places and themes ordered by id, each with its weight (0 = never drawn); words in falling frequency.

    `communes` and `districts` are positions in `places`; `weight` gives the chance of each place as a
    territory of action; `theme_words[t]` are the positions of the words a theme is written with.
    """

    places: tuple[Place, ...]
    communes: I64
    commune_share: F64
    districts: I64
    weight: F64
    themes: tuple[Theme, ...]
    theme_share: F64
    words: tuple[str, ...]
    word_share: F64
    theme_words: I64


def make_world(actors: int, rng: np.random.Generator) -> World:
    """The world of a network of so many actors."""
    departments = min(max(-(-actors // ACTORS_A_DEPARTMENT), 1), MOST_DEPARTMENTS)
    home, population = _home(rng, departments)
    partners, partner_weight = _partners(rng)
    places = (*home, *partners)
    first = len(home)
    at = np.arange(len(places))
    communes = np.array([p for p in range(first) if home[p].level is PlaceLevel.MUNICIPALITY])
    districts = np.array([p for p in at[first:] if places[p].level is PlaceLevel.DISTRICT])
    themes = seed_themes()
    vocabulary = _vocabulary(int(130 * actors**0.5) + 400)
    share = (np.arange(len(vocabulary)) + 2.7) ** -1.07
    theme_words = rng.integers(30, min(3000, len(vocabulary)), size=(len(themes), WORDS_A_THEME))
    return World(
        places=places,
        communes=communes,
        commune_share=population / population.sum(),
        districts=districts,
        weight=np.r_[np.zeros(first), partner_weight / partner_weight.sum()],
        themes=themes,
        theme_share=_zipf(len(themes), 0.9, rng),
        words=vocabulary,
        word_share=share / share.sum(),
        theme_words=theme_words,
    )


def seed_themes() -> tuple[Theme, ...]:
    """The themes of the seed, ordered by id."""
    with (seed_bundle_path() / "themes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        Theme(r["code"], r["libelle"], r["parent"] or None, tuple(s for s in r["synonymes"].split("|") if s))
        for r in rows
    ]
    return tuple(sorted(found, key=lambda theme: theme.id))


def _home(rng: np.random.Generator, departments: int) -> tuple[list[Place], F64]:
    places = [Place("FR", "France", PlaceLevel.COUNTRY, PlaceRole.HOME, None, 46.5, 2.5)]
    size = rng.lognormal(0, 0.5, departments)
    population: list[F64] = []
    for d in range(departments):
        lat, lon = 43.2 + 0.72 * (d % 10), -0.9 + 0.8 * (d // 10)
        key = f"FR-{d:03d}"
        places.append(Place(key, f"Département {d:03d}", PlaceLevel.DEPARTMENT, None, "FR", lat, lon))
        for g in range(GROUPINGS):
            centre = (lat + rng.uniform(-0.3, 0.3), lon + rng.uniform(-0.35, 0.35))
            grouping = f"{key}-{g:02d}"
            places.append(
                Place(
                    grouping,
                    f"Agglomération {d:03d}-{g:02d}",
                    PlaceLevel.INTERCOMMUNALITY,
                    None,
                    key,
                    *centre,
                )
            )
            points = np.array(centre) + rng.normal(0, 0.05, (COMMUNES, 2))
            for c, (south, west) in enumerate(points.tolist()):
                name, level = f"Commune {d:03d}-{g:02d}-{c:02d}", PlaceLevel.MUNICIPALITY
                places.append(Place(f"{grouping}-{c:02d}", name, level, None, grouping, south, west))
        population.append(rng.lognormal(0, 1.4, GROUPINGS * COMMUNES) * size[d])
    return places, np.concatenate(population)


def _partners(rng: np.random.Generator) -> tuple[list[Place], F64]:
    """Partner countries; a district is named three times in five, a country once in four."""
    places: list[Place] = []
    weight: list[float] = []
    countries = _zipf(COUNTRIES, 1.1, rng)
    for c in range(COUNTRIES):
        key = f"X{c:02d}"
        lat, lon = rng.uniform(-20, 35), rng.uniform(-17, 105)
        places.append(Place(key, f"Pays {c:02d}", PlaceLevel.COUNTRY, PlaceRole.PARTNER, None, lat, lon))
        weight.append(0.25 * countries[c])
        regions = _zipf(REGIONS, 1.0, rng)
        for r in range(REGIONS):
            region = f"{key}-{r}"
            places.append(
                Place(region, f"Région {c:02d}-{r}", PlaceLevel.REGION, None, key, lat + r / 2, lon)
            )
            weight.append(0.15 * countries[c] * regions[r])
            districts = _zipf(DISTRICTS, 1.0, rng)
            for d in range(DISTRICTS):
                point = (lat + r / 2, lon + d / 2)
                places.append(
                    Place(
                        f"{region}-{d}", f"Cercle {c:02d}-{r}-{d}", PlaceLevel.DISTRICT, None, region, *point
                    )
                )
                weight.append(0.6 * countries[c] * regions[r] * districts[d])
    return places, np.array(weight)


def _zipf(count: int, exponent: float, rng: np.random.Generator) -> F64:
    weights: F64 = rng.permutation(np.arange(1, count + 1, dtype=np.float64) ** -exponent)
    share: F64 = weights / weights.sum()
    return share


def _vocabulary(size: int) -> tuple[str, ...]:
    """The words of the seed's texts, the most frequent first, then made-up ones."""
    found: dict[str, None] = dict.fromkeys(word for word, _ in _seed_words().most_common())
    number = 0
    while len(found) < size:
        found.setdefault(_made_up(number))
        number += 1
    return tuple(found)[:size]


def _seed_words() -> Counter[str]:
    with (seed_bundle_path() / "acteurs.csv").open(encoding="utf-8", newline="") as file:
        return Counter(_flat(words(row["objet"]) for row in csv.DictReader(file)))


def _flat(lists: Iterable[list[str]]) -> Iterable[str]:
    return (word for found in lists for word in found)


def _made_up(number: int) -> str:
    """The word of a number: syllables, a different word for each number."""
    number, end = divmod(number, len(_ENDS))
    number, start = divmod(number, len(_STARTS))
    middle = ""
    while number:
        number, at = divmod(number, len(_MIDDLES))
        middle += _MIDDLES[at]
    return _STARTS[start] + middle + _ENDS[end]
