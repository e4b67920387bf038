"""Does a name resemble what was written enough to be proposed? Better no proposal than an absurd one."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz, process

LEAST = 50.0
FOLLOWING = 25.0  # after a name that is alike, others may be less so
T = TypeVar("T")
SAME_WORD = 80.0  # one letter replaced in a word of five
_WHOLE_MALUS = 28.0  # two short texts share letters by chance: as wholes they must be closer
_CANDIDATES = 25
_EMPTY = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "s", "sur", "un"}
)
# Words that say what an organisation is, not which one.
_COMMON = frozenset(
    {
        "agence", "association", "centre", "comite", "commune", "communaute", "conseil", "departement",
        "direction", "ecole", "jumelage", "mairie", "maison", "region", "service", "syndicat", "union",
        "ville",
    }
)  # fmt: skip


def likeness(question: str, name: str) -> float:
    """0 to 100, of two folded texts: the share of the letters of the question whose word is in the name (as
    it is, or but for a typing error; words that any name may hold count for less), or how close the two are
    as wholes, whichever says more.
    """
    whole = fuzz.ratio(question, name)
    asked, there = _words(question), _words(name)
    if not asked or not there:
        return float(whole)
    found = 0.0
    for word in asked:
        best = max(fuzz.ratio(word, other) for other in there)
        found += _weight(word) * best if best >= SAME_WORD else 0.0
    spread = 0.75 + 0.25 * min(1.0, len(asked) / len(there))
    return max(float(whole) - _WHOLE_MALUS, found / sum(map(_weight, asked)) * spread)


def most_alike(question: str, names: Iterable[str]) -> list[tuple[str, float]]:
    """The names (folded) most like the question, best first, each with its likeness; none if none is."""
    near = process.extract(
        question, list(names), scorer=fuzz.token_sort_ratio, limit=_CANDIDATES, score_cutoff=30
    )
    scored = [(name, likeness(question, name)) for name, _, _ in near]
    return worth_proposing(sorted(scored, key=lambda pair: (-pair[1], pair[0])))


def worth_proposing(scored: Sequence[tuple[T, float]]) -> list[tuple[T, float]]:
    """Of candidates sorted best first: none unless the best is alike, then those that follow well enough."""
    if not scored or scored[0][1] < LEAST:
        return []
    return [pair for pair in scored if pair[1] >= FOLLOWING]


def _weight(word: str) -> float:
    return len(word) * (0.4 if word in _COMMON else 1.0)


def _words(text: str) -> list[str]:
    words = text.split()
    return [w for w in words if w not in _EMPTY] or words
