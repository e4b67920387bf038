"""Purpose in common: what two actors say of themselves and of what they did, compared as French text.

Formula: every text (what the actor says, each project, agreement and experience sheet it has a part in) is a
vector over stems and concepts, (1 + ln tf) x log(1 + N / n) / log(1 + N), of length 1 but for short texts:
the length is sqrt(sum of squares + 4 x mean idf²), as if four more words of their own were in each, so that
two short names sharing a word do not match fully. An actor is v, the sum of its texts, a work counting what
the part in it is worth (0.7 for a participant, see `profiles`): its score is the inner product of the
question's text with v / max(sqrt(1 + |v|), |v|), in [0, 1]. Whoever did something like what is asked is
found, even if its own record is silent; who did it often comes before who did it once, and a work that fits
is not lost among those that do not. A concept is a theme of the vocabulary met through its label, a synonym
or an acronym: « forage » and « puits » meet in water although they share no letter. Words of home place
names are left out (places have their own evidence) unless the vocabulary uses them; so is the name of a
commune or grouping (`own_words`). So are words that more than a fifth of the actors use. After Salton and
Buckley (1988).
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from graphsvc.domain.actors import Actor
from graphsvc.domain.text import fold
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I64
from matcher.evidence.texts import read_texts, theme_phrases, together
from matcher.sparse import Rows, Vector, gathered, normalised, rarity
from matcher.stemming import stem, stems_of

UNSEEN_WORDS = 4
TOO_COMMON = 0.2
TOO_COMMON_FROM = 50
_AROUND = '.,;:!?()[]«»"-–/'


PhraseBook = dict[str, list[tuple[int, tuple[str, ...]]]]
"""Phrases (theme, stems) by their first stem."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The stems (columns 0 … S - 1, sorted), the concepts (columns S … S + T - 1, one a theme), their
    weights.

    `idf` is 0 for a feature that counts for nothing; `shrink` is the length added to every vector; `spoken`
    are the columns met in what each actor says of itself (its works left out).
    """

    stems: tuple[str, ...]
    idf: F64
    shrink: float
    spoken: Rows

    def column(self, word_stem: str) -> int | None:
        """The column of a stem."""
        at = bisect_left(self.stems, word_stem)
        return at if at < len(self.stems) and self.stems[at] == word_stem else None


def purpose_features(snapshot: Snapshot) -> tuple[Rows, Lexicon]:
    """The feature rows of the actors' texts and the lexicon that weighs them."""
    texts = read_texts(snapshot)
    stems, counts, n = texts.stems, texts.counts, snapshot.n
    joined = together(counts, n, texts.parts)
    idf = rarity(joined)
    having = np.bincount(joined.ids, minlength=joined.columns)
    if n >= TOO_COMMON_FROM:
        idf[having > TOO_COMMON * n] = 0.0
    idf[: len(stems)][_home_words(snapshot, stems)] = 0.0
    used = idf[(having > 0) & (idf > 0)]
    shrink = float(np.sqrt(UNSEEN_WORDS * np.mean(used**2))) if len(used) else 1.0
    features = _held(together(weighed(counts, idf, shrink), n, texts.parts))
    own = int(counts.ptr[n])
    spoken = Rows(counts.ptr[: n + 1], counts.ids[:own], counts.values[:own], counts.columns)
    return features, Lexicon(stems, idf, shrink, spoken)


def weighed(counts: Rows, idf: F64, shrink: float) -> Rows:
    """The vectors of texts, each under length 1."""
    values = ((1 + np.log(counts.values)) * idf[counts.ids]).astype(np.float32)
    return normalised(Rows(counts.ptr, counts.ids, values, counts.columns), shrink)


def purpose_query(words: list[str], lexicon: Lexicon, phrases: PhraseBook) -> Vector:
    """The query of a text given as stems."""
    counts = Counter(words)
    tf: dict[int, float] = {}
    for word, count in counts.items():
        column = lexicon.column(word)
        if column is not None:
            tf[column] = float(count)
    tf |= {len(lexicon.stems) + theme: 1.0 for theme in themes_spoken_of(words, phrases)}
    if not tf:
        return Vector.empty()
    ids = np.array(sorted(tf), np.int64)
    weights = (1 + np.log([tf[i] for i in ids.tolist()])) * lexicon.idf[ids]
    return Vector(ids, weights / np.sqrt(np.sum(weights**2) + lexicon.shrink**2))


def themes_spoken_of(words: list[str], phrases: PhraseBook) -> tuple[int, ...]:
    """The themes whose label or one of whose synonyms stands in a text given as stems, ascending."""
    said = set(words)
    return tuple(
        sorted({theme for word in said for theme, phrase in phrases.get(word, ()) if said.issuperset(phrase)})
    )


def phrase_book(snapshot: Snapshot) -> PhraseBook:
    """The phrases of the vocabulary, found by their first stem."""
    book: PhraseBook = {}
    for theme, phrase in theme_phrases(snapshot):
        book.setdefault(phrase[0], []).append((theme, phrase))
    return book


def columns_in_common(rows: Rows, first: int, query: Vector, candidates: I64) -> list[list[int]]:
    """For each candidate, the columns of the lexicon it shares with the query, the most telling first.

    `rows` and `query` count the columns of the lexicon from `first` on.
    """
    found: list[list[int]] = [[] for _ in candidates]
    if not len(query.ids):
        return found
    entries, owners = gathered(rows.ptr, candidates)
    ids = rows.ids[entries].astype(np.int64)
    at = np.minimum(query.ids.searchsorted(ids), len(query.ids) - 1)
    hit = np.flatnonzero(query.ids[at] == ids)
    gains = rows.values[entries[hit]].astype(np.float64) * query.weights[at[hit]]
    hit, gains = hit[gains > 0], gains[gains > 0]
    order = np.lexsort((ids[hit], -gains, owners[hit]))
    for owner, column in zip(owners[hit][order].tolist(), ids[hit][order].tolist(), strict=True):
        found[owner].append(column - first)
    return found


def purpose_facts(snapshot: Snapshot, lexicon: Lexicon, shared: list[int], j: int) -> dict[str, object]:
    """The words shared, as actor j writes them of itself, and the themes recognised in both texts.

    `shared` are the columns of the lexicon both sides have, the most telling first.
    `{"words": [...], "concepts": [{"id", "label"}]}`, in the same order, four at most of each. What only the
    candidate's works say orders the candidates, but is not told as its own words.
    """
    base = len(lexicon.stems)
    own = set(lexicon.spoken.row(j)[0].tolist()) if shared else set()
    topics = [snapshot.theme(c - base) for c in shared if c >= base and c in own][:4]
    wanted = [lexicon.stems[c] for c in shared if c < base and c in own]
    written = _as_written(snapshot.actor(j), set(wanted)) if wanted else {}
    words = [written[root] for root in wanted if root in written]
    return {"words": words[:4], "concepts": [{"id": t.id, "label": t.label} for t in topics]}


def _as_written(actor: Actor, wanted: set[str]) -> dict[str, str]:
    """The first word of each of these stems (some are taken out of `wanted`), as the actor writes it; a word
    that only the beginning of a sentence capitalises is told without its capital.
    """
    names = _words(" ".join((actor.name, actor.acronym or "", *(n.text for n in actor.other_names))))
    said = _words(actor.purpose or "")
    written: dict[str, str] = {}
    for k, raw in enumerate((*said, *names)):
        root = _root(raw)
        if root in wanted:
            word = raw.strip(_AROUND)
            begins = k < len(said) and (k == 0 or said[k - 1][-1] in ".!?")
            opens = begins and word[1:].islower() and raw not in names
            written[root] = word[0].lower() + word[1:] if opens else word
            wanted.remove(root)
            if not wanted:
                break
    return written


def _words(text: str) -> list[str]:
    return text.replace("'", " ").replace("’", " ").split()


@lru_cache(maxsize=100_000)
def _root(raw: str) -> str:
    """The stem of a word met with its punctuation, empty if it carries nothing."""
    word = raw.strip(_AROUND)
    return (stem(fold(word)) or "") if word else ""


def _held(rows: Rows) -> Rows:
    """Sums of texts brought under length 1: long ones to 1, shorter ones less than in proportion."""
    length = np.sqrt(np.bincount(rows.owners(), rows.values.astype(np.float64) ** 2, minlength=rows.count))
    scaled = rows.values / np.maximum(np.sqrt(1 + length), length)[rows.owners()]
    return Rows(rows.ptr, rows.ids, scaled.astype(np.float32), rows.columns)


def _home_words(snapshot: Snapshot, stems: tuple[str, ...]) -> list[int]:
    """Columns of the words of home place names that the theme vocabulary does not use."""
    used = {word for _, phrase in theme_phrases(snapshot) for word in phrase}
    home = {
        root
        for p in np.flatnonzero(snapshot.places.home).tolist()
        for name in (snapshot.place(p).name, *snapshot.place(p).aliases)
        for root in stems_of(name)
    }
    return [i for i, s in enumerate(stems) if s in home - used]
