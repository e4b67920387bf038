"""Search by name: exact, then beginnings, acronym, other and former names, then typing errors.

Each way of matching has its own band of scores, so that the order of the ways never changes:
exact 100, beginning of the name 90-99, beginnings of its words 80-89, acronym 75-79, another or former name
65-74, typing errors up to 60. Within a band shorter names come first, then French alphabetical order.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from rapidfuzz import fuzz, process

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.text import fold
from graphsvc.search.names import EMPTY_WORDS, NameKind, NameTable, prepare, significant_words
from graphsvc.snapshot.columns import B1, F64, I32, I64
from graphsvc.snapshot.snapshot import Snapshot

TYPO_BAND = 60.0
WORD_CUTOFF = 72.0  # two words closer than this may be one word with a typing error
WORD_CANDIDATES = 30
NAME_CUTOFF = 78.0
FOUND_SHARE = 0.62  # share of the question's words, weighted by rarity and likeness, that a name must hold
LONGEST = 200
_KINDS = list(ActorKind)


class How(StrEnum):
    """Which way a name was matched."""

    KEY = "key"
    EXACT = "exact"
    PREFIX = "prefix"
    ACRONYM = "acronym"
    OTHER_NAME = "other_name"
    TYPO = "typo"


@dataclass(frozen=True, slots=True)
class Hit:
    """An actor found: its index, a score in ]0, 100], the name that matched as written, and how."""

    index: int
    score: float
    matched: str
    how: How


def search(
    snapshot: Snapshot, text: str, *, limit: int | None = 20, kinds: Collection[ActorKind | str] | None = None
) -> list[Hit]:
    """The actors whose name answers to the text, best first; `limit=None` for all of them.

    Typing errors are looked for only when the other ways give fewer than `limit` (or than 20) actors.
    """
    question = fold(text[:LONGEST])
    table = prepare(snapshot)
    allowed = _allowed(snapshot, kinds)
    hits: list[Hit] = []
    by_key = snapshot.index(text.strip())
    if by_key is not None and allowed[by_key]:
        hits.append(Hit(by_key, 100.0, text.strip(), How.KEY))
    if not question and not text.strip():
        return []
    scores, typos = _scores(table, question or text.strip(), allowed, limit or 20)
    wanted = None if limit is None else limit + 1
    for e in _best_entries(table, scores, wanted):
        if not hits or table.actor[e] != by_key:
            hits.append(_hit(table, e, float(scores[e]), typos))
    return hits[:limit]


def _allowed(snapshot: Snapshot, kinds: Collection[ActorKind | str] | None) -> B1:
    if not kinds:
        return np.ones(snapshot.n, np.bool_)
    return np.isin(snapshot.actors.kind, [_KINDS.index(ActorKind(k)) for k in kinds])


def _scores(table: NameTable, question: str, allowed: B1, enough: int) -> tuple[F64, B1]:
    """The score of every entry (0 = does not match), and which were found as typing errors."""
    scores = np.zeros(len(table.folded))
    if len(table.folded) == 0:
        return scores, np.zeros(0, np.bool_)
    _score_words(table, question, scores)
    _score_range(table, table.beginning_with(question), question, scores)
    low, high = table.equal_to(question)
    exact = np.array([100.0, 79.0, 74.0])
    scores[low:high] = exact[table.kind[low:high]]
    scores[~allowed[table.actor]] = 0.0
    typos = np.zeros(len(scores), np.bool_)
    if len(np.unique(table.actor[scores > 0])) < enough:
        near = _typo_scores(table, question)
        near[~allowed[table.actor]] = 0.0
        typos = (scores == 0) & (near > 0)
        scores[typos] = near[typos]
    return scores, typos


def _score_range(table: NameTable, span: tuple[int, int], question: str, scores: F64) -> None:
    """Entries that begin with the question: name 90-99, acronym 75-78, other names 70-73."""
    low, high = span
    share = len(question) / np.maximum(table.length[low:high], 1)
    base = np.array([90.0, 75.0, 70.0])[table.kind[low:high]]
    room = np.array([9.0, 3.0, 3.0])[table.kind[low:high]]
    scores[low:high] = np.maximum(scores[low:high], base + room * share)


def _score_words(table: NameTable, question: str, scores: F64) -> None:
    """Entries of which some word begins with each word of the question: name 80-89, other names 65-69."""
    found: I32 | None = None
    for word in significant_words(question):
        held = table.with_word(word)
        found = held if found is None else np.intersect1d(found, held, assume_unique=True)
        if not len(found):
            return
    if found is None:
        return
    share = np.minimum(len(question) / np.maximum(table.length[found], 1), 1.0)
    is_name = table.kind[found] == NameKind.NAME
    scores[found] = np.where(is_name, 80.0 + 9.0 * share, 65.0 + 4.0 * share)


def _typo_scores(table: NameTable, question: str) -> F64:
    """Likeness word by word, weighted by rarity; and of the whole text, for a space too many or too few."""
    weight = np.zeros(len(table.folded))
    total = 0.0
    typical = float(table.rarity.max(initial=1.0))
    for word in significant_words(question):
        if len(word) < 3:
            continue
        like = process.extract(
            word, table.words, scorer=fuzz.ratio, limit=WORD_CANDIDATES, score_cutoff=WORD_CUTOFF
        )
        best = np.zeros(len(weight))
        rarity = typical
        sound = [hit for hit in like if len(hit[0]) > 2 and hit[0] not in EMPTY_WORDS]
        for n, (_, score, w) in enumerate(sound):
            if n == 0:
                rarity = float(table.rarity[w])
            entries = table.word_entries[table.word_ptr[w] : table.word_ptr[w + 1]]
            best[entries] = np.maximum(best[entries], score / 100)
        weight += rarity * best
        total += rarity
    scores = np.zeros(len(weight))
    if total:
        share = weight / total
        length = np.maximum(table.length, len(question))
        closeness = (
            1 - np.abs(table.length - len(question)) / length
        )  # as long as the question: more likely it
        scores = np.where(share >= FOUND_SHARE, TYPO_BAND * share * (0.9 + 0.1 * closeness), 0.0)
    for _, score, e in process.extract(
        question, table.folded, scorer=fuzz.ratio, limit=50, score_cutoff=NAME_CUTOFF
    ):
        scores[e] = max(scores[e], TYPO_BAND * score / 100)
    return scores


def _best_entries(table: NameTable, scores: F64, limit: int | None) -> list[int]:
    """The best entry of each actor, ordered by score, French order, then id."""
    found = _foremost(table, np.flatnonzero(scores > 0), scores, limit)
    actors = table.actor[found]
    order = np.lexsort((found, actors, table.rank[actors], -np.round(scores[found], 6)))
    best = found[order]
    _, first = np.unique(table.actor[best], return_index=True)
    return [int(e) for e in best[np.sort(first)][:limit]]


def _foremost(table: NameTable, found: I64, scores: F64, limit: int | None) -> I64:
    """Enough of the entries to hold the best `limit` actors: sorting them all would cost most of the time."""
    if limit is None or len(found) <= 40 * limit:
        return found
    rounded = np.round(scores[found], 6)
    enough = found[rounded >= np.partition(rounded, -8 * limit)[-8 * limit]]
    return enough if len(np.unique(table.actor[enough])) >= limit else found


def _hit(table: NameTable, e: int, score: float, typos: B1) -> Hit:
    if typos[e]:
        how = How.TYPO
    elif table.kind[e] == NameKind.NAME:
        how = How.EXACT if score >= 100 else How.PREFIX
    else:
        how = How.ACRONYM if table.kind[e] == NameKind.ACRONYM else How.OTHER_NAME
    return Hit(int(table.actor[e]), round(score, 3), table.texts[e], how)
