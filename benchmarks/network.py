"""A made-up network of any size, as a bundle of the exchange format, with the skew of a real one.

Places, themes and the words of the purposes are those of the seed, drawn with the frequencies they have
there; degrees follow a power law and three links in four stay within a locality, as cooperations do. The same
arguments give the same bytes.
"""

import csv
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seed.load import seed_bundle_path

KINDS = {
    "association": 0.58,
    "school": 0.14,
    "diaspora": 0.1,
    "cultural_actor": 0.06,
    "business": 0.06,
    "media": 0.06,
}
LINK_KINDS = {
    "partnership": 0.5,
    "joint_action": 0.15,
    "school_exchange": 0.1,
    "funding": 0.15,
    "membership": 0.1,
}
STATES = {"active": 0.6, "ended": 0.25, "dormant": 0.1, "planned": 0.05}
LOCALITY = 150
"""Actors of one locality: the size of the group within which most links stay."""
LOCAL_SHARE = 0.75
DEGREE_EXPONENT = 0.75
PURPOSE_WORDS = (8, 40)
SOURCE = "bench"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the made-up actors are made of, with the weights of the seed."""

    themes: tuple[Sequence[str], NDArray[np.float64]]
    places: tuple[Sequence[str], NDArray[np.float64]]
    seats: Sequence[str]
    words: tuple[Sequence[str], NDArray[np.float64]]


def write_bundle(folder: Path, actors: int, links: int, seed: int = 1) -> Path:
    """Write `acteurs.csv`, `relations.csv` and the seed's vocabularies in a folder, made if needed; returns
    it.

    Raises:
        ValueError: more links are asked for than a network so sparse can hold.
    """
    if links > actors * 20:
        raise ValueError(f"{links} links among {actors} actors: at most 20 a head")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("themes.csv", "territoires.csv", "competences.csv"):
        shutil.copyfile(seed_bundle_path() / name, folder / name)
    rng = np.random.default_rng(seed)
    vocabulary = read_vocabulary()
    _write(folder / "acteurs.csv", actor_rows(rng, vocabulary, actors))
    _write(folder / "relations.csv", link_rows(rng, vocabulary, actors, links))
    return folder


def read_vocabulary() -> Vocabulary:
    """The words, themes, places and seats of the seed."""
    rows = _read("acteurs.csv")
    words = Counter(word for row in rows for word in row["objet"].split() if word)
    seats = [row["code_insee"] for row in rows if row["code_insee"] and row["pays"] == "FR"]
    return Vocabulary(
        themes=_weighted(Counter(_cells(rows, "themes"))),
        places=_weighted(Counter(_cells(rows, "territoires"))),
        seats=sorted(set(seats)),
        words=_weighted(words),
    )


def actor_rows(rng: np.random.Generator, vocabulary: Vocabulary, actors: int) -> Iterator[dict[str, str]]:
    """One row an actor; actors of one locality are neighbours in rank and share their seat and places."""
    kinds = _drawn(rng, KINDS, actors)
    localities = -(-actors // LOCALITY)
    seats = rng.choice(len(vocabulary.seats), size=localities)
    favourites = _pick(rng, vocabulary.places, localities * 3)
    lengths = rng.integers(*PURPOSE_WORDS, size=actors)
    words = iter(_pick(rng, vocabulary.words, int(lengths.sum())))
    founded = rng.integers(1950, 2025, size=actors)
    themes = rng.integers(1, 4, size=actors)
    drawn_themes = iter(_pick(rng, vocabulary.themes, int(themes.sum())))
    own_places = _pick(rng, vocabulary.places, actors)
    for number in range(actors):
        locality = number // LOCALITY
        purpose = " ".join(next(words) for _ in range(int(lengths[number])))
        places = {own_places[number], favourites[locality * 3 + number % 3]}
        yield {
            "id": actor_id(number),
            "nom": f"{kinds[number].replace('_', ' ').capitalize()} {number:06d} {purpose.split()[0]}",
            "type": kinds[number],
            "niveau": "collège" if kinds[number] == "school" else "",
            "code_insee": vocabulary.seats[int(seats[locality])],
            "pays": "FR",
            "themes": "|".join(sorted({next(drawn_themes) for _ in range(int(themes[number]))})),
            "territoires": "|".join(sorted(places)),
            "objet": purpose,
            "annee_creation": str(founded[number]),
            "source": SOURCE,
        }


def link_rows(
    rng: np.random.Generator, vocabulary: Vocabulary, actors: int, links: int
) -> Iterator[dict[str, str]]:
    """One row a link, each pair at most once, never from an actor to itself."""
    pairs = sorted(_pairs(rng, actors, links))
    kinds, states = _drawn(rng, LINK_KINDS, links), _drawn(rng, STATES, links)
    starts = rng.integers(2000, 2025, size=links)
    lasting = rng.integers(1, 12, size=links)
    themes, places = _pick(rng, vocabulary.themes, links), _pick(rng, vocabulary.places, links)
    for number, (one, other) in enumerate(pairs):
        ended = states[number] == "ended"
        yield {
            "acteur_a": actor_id(one),
            "acteur_b": actor_id(other),
            "type": kinds[number],
            "etat": states[number],
            "themes": themes[number],
            "territoires": places[number],
            "debut": str(starts[number]),
            "fin": str(min(2025, starts[number] + lasting[number])) if ended else "",
            "source": SOURCE,
            "confirmee_le": "" if ended else "2025",
        }


def actor_id(number: int) -> str:
    """The key of an actor by its rank."""
    return f"{SOURCE}-{number:07d}"


def _pairs(rng: np.random.Generator, actors: int, links: int) -> set[tuple[int, int]]:
    weights = rng.permutation(np.arange(1, actors + 1, dtype=np.float64) ** -DEGREE_EXPONENT)
    cumulated = np.cumsum(weights / weights.sum())
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < links:
        size = (links - len(pairs)) * 2 + 16
        one = np.searchsorted(cumulated, rng.random(size)).clip(max=actors - 1)
        far = np.searchsorted(cumulated, rng.random(size)).clip(max=actors - 1)
        near = (one // LOCALITY) * LOCALITY + rng.integers(0, LOCALITY, size=size)
        other = np.where(rng.random(size) < LOCAL_SHARE, near.clip(max=actors - 1), far)
        for a, b in zip(np.minimum(one, other).tolist(), np.maximum(one, other).tolist(), strict=True):
            if a != b and len(pairs) < links:
                pairs.add((a, b))
    return pairs


def _read(name: str) -> list[dict[str, str]]:
    with (seed_bundle_path() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cells(rows: Iterable[dict[str, str]], column: str) -> Iterator[str]:
    return (value for row in rows for value in row[column].split("|") if value)


def _weighted(counts: Counter[str]) -> tuple[Sequence[str], NDArray[np.float64]]:
    names = sorted(counts)
    weights = np.array([counts[name] for name in names], dtype=np.float64)
    return names, weights / weights.sum()


def _pick(
    rng: np.random.Generator, weighted: tuple[Sequence[str], NDArray[np.float64]], size: int
) -> list[str]:
    names, weights = weighted
    return [names[i] for i in rng.choice(len(names), size=size, p=weights)]


def _drawn(rng: np.random.Generator, shares: dict[str, float], size: int) -> list[str]:
    return _pick(rng, (list(shares), np.array(list(shares.values()))), size)


def _write(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    first = next(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(first), lineterminator="\n")
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)
