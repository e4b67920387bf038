"""Pairs of records that may be one actor, for a human decision. Nothing is ever merged here.

Names are compared word by word, each word weighted by its rarity: "association" counts for little,
"Tambacounda" for much. A string ratio alone is right only 91 times in 100 among 100,000 names; so place,
kind, numbers and dates decide too. Only pairs that share a rare word, the letters of a name, a web site, or
a seat and the beginning of their rarest word are looked at.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from rapidfuzz import fuzz

from graphsvc.domain.actors import Actor
from graphsvc.domain.text import fold
from graphsvc.snapshot.snapshot import Snapshot

RARE = 40  # a word held by more names than this brings no pair by itself
LARGEST_BLOCK = 60
SAME_WORD = 84.0
_EMPTY = frozenset(
    {"d", "de", "des", "du", "l", "la", "le", "les", "et", "en", "a", "au", "aux", "pour", "the", "of"}
)


@dataclass(frozen=True, slots=True)
class Because:
    """Why a pair is proposed, or doubtful: a code and its facts."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two actors (indices, a < b) that may be one; `score` in [0, 1]."""

    a: int
    b: int
    score: float
    because: tuple[Because, ...]


def duplicate_pairs(
    snapshot: Snapshot,
    *,
    min_score: float = 0.75,
    decided: Collection[frozenset[str]] = frozenset(),
) -> list[DuplicatePair]:
    """The pairs at or above `min_score`, best first, without those a human decided on (sets of two ids).

    An actor and its predecessor, its parent organisation or its unit are two actors: never proposed.
    """
    actors = [snapshot.actor(i) for i in range(snapshot.n)]
    names = _Names.of(actors)
    pairs = []
    for a, b in sorted(_candidates(actors, names)):
        if _related(actors[a], actors[b]) or frozenset((actors[a].id, actors[b].id)) in decided:
            continue
        pair = _compared(snapshot, actors, names, a, b)
        if pair.score >= min_score:
            pairs.append(pair)
    return sorted(pairs, key=lambda p: (-p.score, p.a, p.b))


@dataclass(frozen=True, slots=True)
class _Names:
    """The words of every name of every actor, and the weight of each word."""

    words: list[list[tuple[str, tuple[str, ...]]]]
    held: Counter[str]

    @classmethod
    def of(cls, actors: Iterable[Actor]) -> "_Names":
        words = [[(text, _words(text)) for text in _all_names(actor)] for actor in actors]
        held = Counter(w for names in words for w in {w for _, ws in names for w in ws})
        return cls(words, held)

    def weight(self, word: str) -> float:
        return math.log1p(len(self.words) / self.held[word])


def _all_names(actor: Actor) -> list[str]:
    """The name first, then the other names; an acronym alone proves nothing and is left out."""
    return [actor.name, *(other.text for other in actor.other_names)]


def _words(text: str) -> tuple[str, ...]:
    words = fold(text).split()
    return tuple(sorted({w for w in words if w not in _EMPTY} or set(words)))


def _candidates(actors: list[Actor], names: _Names) -> set[tuple[int, int]]:
    """Pairs of indices that share a block."""
    blocks: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for i, actor in enumerate(actors):
        for key in _block_keys(actor, names, i):
            blocks[key].add(i)
    found: set[tuple[int, int]] = set()
    for members in blocks.values():
        if 1 < len(members) <= LARGEST_BLOCK:
            found.update(combinations(sorted(members), 2))
    return found


def _block_keys(actor: Actor, names: _Names, i: int) -> Iterator[tuple[str, ...]]:
    for _, words in names.words[i]:
        by_rarity = sorted(words, key=lambda w: (names.held[w], w))
        yield from (("word", w) for w in by_rarity if names.held[w] <= RARE)
        yield "letters", "".join(words)
        if len(by_rarity) > 1:
            yield ("beginnings", *sorted(w[:3] for w in by_rarity[:2]))
        if by_rarity and actor.seat:
            yield "seat", actor.seat, by_rarity[0][:4]
    if actor.website:
        yield "website", _host(actor.website)


def _host(website: str) -> str:
    return website.lower().split("//", 1)[-1].removeprefix("www.").rstrip("/")


def _related(a: Actor, b: Actor) -> bool:
    return a.id == b.part_of or b.id == a.part_of or a.id in b.succeeds or b.id in a.succeeds


def _compared(snapshot: Snapshot, actors: list[Actor], names: _Names, a: int, b: int) -> DuplicatePair:
    likeness, name_a, name_b = max(
        (_likeness(wa, wb, names), -na, -nb)
        for na, (_, wa) in enumerate(names.words[a])
        for nb, (_, wb) in enumerate(names.words[b])
    )
    texts = names.words[a][-name_a][0], names.words[b][-name_b][0]
    code = "same_name" if likeness > 0.999 else "similar_name"
    if name_a or name_b:
        code = f"{code}_as_other_name"
    because = [Because(code, {"a": texts[0], "b": texts[1], "likeness": round(likeness, 3)})]
    score = likeness if not (name_a or name_b) else 0.95 * likeness
    for weight, reason in _circumstances(snapshot, actors[a], actors[b]):
        score += weight
        because.append(reason)
    return DuplicatePair(a, b, round(min(max(score, 0.0), 1.0), 4), tuple(because))


def _likeness(a: tuple[str, ...], b: tuple[str, ...], names: _Names) -> float:
    """Share of the weight of the words of both names that finds its like in the other (Dice, soft)."""
    if not a or not b:
        return 0.0
    if "".join(a) == "".join(b):
        return 1.0
    left = set(b)
    matched = 0.0
    for word in sorted(a, key=names.weight, reverse=True):
        like, other = max(((100.0 if word == w else fuzz.ratio(word, w), w) for w in left), default=(0.0, ""))
        if like >= SAME_WORD and not (word != other and (word.isdigit() or other.isdigit())):
            left.discard(other)
            matched += like / 100 * (names.weight(word) + names.weight(other))
    return min(matched / (sum(map(names.weight, a)) + sum(map(names.weight, b))), 1.0)


def _circumstances(snapshot: Snapshot, a: Actor, b: Actor) -> Iterator[tuple[float, Because]]:
    """What speaks for or against, besides the names."""
    for scheme, weight in (("siren", -0.45), ("rna", -0.35)):
        first, second = getattr(a, scheme), getattr(b, scheme)
        if first and second and first != second:
            yield weight, Because(f"different_{scheme}", {"a": first, "b": second})
    if a.seat and b.seat:
        yield _seats(snapshot, a.seat, b.seat)
    elif a.country != b.country:
        yield -0.3, Because("different_country", {"a": a.country, "b": b.country})
    if a.kind is not b.kind:
        yield -0.12, Because("different_kind", {"a": a.kind.value, "b": b.kind.value})
    if a.website and b.website and _host(a.website) == _host(b.website):
        yield 0.12, Because("same_website", {"website": a.website})
    if a.part_of is not None and a.part_of == b.part_of:
        yield -0.15, Because("units_of_one", {"part_of": a.part_of})
    for early, late in ((a, b), (b, a)):
        if early.ended and late.founded and early.ended.last_day <= late.founded.last_day:
            yield (
                -0.25,
                Because("one_ended_before", {"ended": str(early.ended), "founded": str(late.founded)}),
            )


def _seats(snapshot: Snapshot, a: str, b: str) -> tuple[float, Because]:
    first, second = snapshot.place_index(a), snapshot.place_index(b)
    if first is None or second is None or a == b:
        name = snapshot.place(first).name if first is not None else a
        return 0.05, Because("same_place", {"place": name})
    facts = {"a": snapshot.place(first).name, "b": snapshot.place(second).name}
    if first in snapshot.ancestors(second) or second in snapshot.ancestors(first):
        return -0.05, Because("nested_places", facts)
    return -0.25, Because("different_place", facts)
