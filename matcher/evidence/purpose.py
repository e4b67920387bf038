"""Purpose in common: what two actors say of themselves and of what they did, compared as French text.

Formula: cosine of TF-IDF vectors over stems and concepts; (1 + ln tf) x log(1 + N / n) / log(1 + N), the
length of a vector being sqrt(sum of squares + 4 x mean idf²), as if four more words of their own were in
each text: two short names sharing a word do not match fully. A concept is a theme of the vocabulary met
through its label, a synonym or an acronym: « forage » and « puits » meet in water although they share no
letter. The words of the projects, agreements and experience sheets an actor has a part in are its own too,
each counting what the part is worth (0.7 for a participant, see `profiles`): whoever did something like what
is asked is found, even if its own record is silent. Words of home place names are left out (places have their
own evidence) unless the vocabulary uses them; so is the name of a commune or grouping (`own_words`). So are
words that more than a fifth of the actors use. After Salton and Buckley (1988).
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.experiences import Experience
from graphsvc.domain.text import fold
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I64
from matcher.evidence.own_words import NAMED_AFTER_PLACE, own_words, place_names, without_names
from matcher.profiles import Work, works_shown
from matcher.sparse import Rows, Vector, gathered, normalised, rarity, rows_from_entries, transposed
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
    texts = _read_texts(snapshot)
    stems = texts.stems
    described = _with_concepts(texts.counts, stems, theme_phrases(snapshot), len(snapshot.theme_ids))
    joined = _with_works(described, snapshot.n, texts.parts)
    idf = rarity(joined)
    having = np.bincount(joined.ids, minlength=joined.columns)
    if snapshot.n >= TOO_COMMON_FROM:
        idf[having > TOO_COMMON * snapshot.n] = 0.0
    idf[: len(stems)][_home_words(snapshot, stems)] = 0.0
    used = idf[(having > 0) & (idf > 0)]
    shrink = float(np.sqrt(UNSEEN_WORDS * np.mean(used**2))) if len(used) else 1.0
    values = ((1 + np.log(joined.values)) * idf[joined.ids]).astype(np.float32)
    features = normalised(Rows(joined.ptr, joined.ids, values, joined.columns), shrink)
    own = int(described.ptr[snapshot.n])
    spoken = Rows(
        described.ptr[: snapshot.n + 1], described.ids[:own], described.values[:own], described.columns
    )
    return features, Lexicon(stems, idf, shrink, spoken)


def purpose_query(words: list[str], lexicon: Lexicon, phrases: PhraseBook) -> Vector:
    """The query of a text given as stems."""
    counts = Counter(words)
    tf: dict[int, float] = {}
    for word, count in counts.items():
        column = lexicon.column(word)
        if column is not None:
            tf[column] = float(count)
    for word in counts:
        for theme, phrase in phrases.get(word, ()):
            if all(other in counts for other in phrase):
                tf[len(lexicon.stems) + theme] = 1.0
    if not tf:
        return Vector.empty()
    ids = np.array(sorted(tf), np.int64)
    weights = (1 + np.log([tf[i] for i in ids.tolist()])) * lexicon.idf[ids]
    return Vector(ids, weights / np.sqrt(np.sum(weights**2) + lexicon.shrink**2))


def theme_phrases(snapshot: Snapshot) -> list[tuple[int, tuple[str, ...]]]:
    """For each label and synonym of a theme: the theme's position and the distinct stems it is made of."""
    found = set()
    for t in range(len(snapshot.theme_ids)):
        theme = snapshot.theme(t)
        for text in (theme.label, *theme.synonyms):
            phrase = tuple(sorted(set(stems_of(text))))
            if phrase:
                found.add((t, phrase))
    return sorted(found)


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


@dataclass(frozen=True, slots=True)
class _Texts:
    """Rows of stem counts, one a text: those of the n actors, then those of what they did. `parts` are
    (text, actor, what its part is worth).
    """

    counts: Rows
    stems: tuple[str, ...]
    parts: list[tuple[int, int, float]]


def _read_texts(snapshot: Snapshot) -> _Texts:
    """The texts of actors (from the snapshot's own counts, but for those named after a place) and of their
    works.
    """
    kinds = list(ActorKind)
    named = np.isin(snapshot.actors.kind, [kinds.index(kind) for kind in NAMED_AFTER_PLACE])
    places = {i: snapshot.actor(i) for i in np.flatnonzero(named).tolist()}
    works, parts = _read_works(snapshot, {i: place_names(actor) for i, actor in places.items()})
    told = {i: Counter(own_words(actor)) for i, actor in places.items()}
    told |= {snapshot.n + k: text for k, text in enumerate(works)}
    by_token = [stem(token) for token in snapshot.vocabulary]
    stems = tuple(sorted({s for s in by_token if s is not None}.union(*told.values())))
    position = {s: i for i, s in enumerate(stems)}
    column = np.array([position[s] if s is not None else -1 for s in by_token] or [-1], np.int64)
    actors_of = snapshot.actors
    owners = np.repeat(np.arange(snapshot.n, dtype=np.int64), np.diff(actors_of.token_ptr))
    ids, counted = column[actors_of.token_ids], actors_of.token_counts.astype(np.float64)
    keep = (ids >= 0) & ~named[owners]
    rows = [(i, position[s], float(c)) for i, text in told.items() for s, c in text.items()]
    extra = np.array(rows, np.float64).reshape(len(rows), 3)
    counts = _summed(
        snapshot.n + len(works),
        len(stems),
        np.concatenate([owners[keep], extra[:, 0].astype(np.int64)]),
        np.concatenate([ids[keep], extra[:, 1].astype(np.int64)]),
        np.concatenate([counted[keep], extra[:, 2]]),
    )
    return _Texts(counts, stems, parts)


def _read_works(
    snapshot: Snapshot, names: dict[int, list[list[str]]]
) -> tuple[list[Counter[str]], list[tuple[int, int, float]]]:
    """The words of each work without the names of the communes that took part, and whose part is worth what.

    `names`: those of actors named after a place, by position.
    """
    works: list[Counter[str]] = []
    parts: list[tuple[int, int, float]] = []
    for record, actors in works_shown(snapshot):
        worth: dict[int, float] = {}
        for key, part in actors:
            if (i := snapshot.index(key)) is not None:
                worth[i] = max(part, worth.get(i, 0.0))
        parts += [(snapshot.n + len(works), i, part) for i, part in sorted(worth.items())]
        theirs = [name for i in worth for name in names.get(i, ())]
        works.append(Counter(without_names(_work_words(record), theirs)))
    return works, parts


def _work_words(record: Work) -> list[str]:
    """The stems of what is told of a work."""
    described = record.done if isinstance(record, Experience) else record.description
    return stems_of(f"{record.title} {described or ''}")


def _with_works(rows: Rows, count: int, parts: list[tuple[int, int, float]]) -> Rows:
    """The rows of the first `count` texts, each with the rows of its works added at what its part is
    worth.
    """
    own = rows.ptr[count]
    owners, ids = [rows.owners()[:own]], [rows.ids[:own].astype(np.int64)]
    values = [rows.values[:own].astype(np.float64)]
    for text, actor, worth in parts:
        found, counted = rows.row(text)
        owners.append(np.full(len(found), actor, np.int64))
        ids.append(found.astype(np.int64))
        values.append(counted.astype(np.float64) * worth)
    return _summed(count, rows.columns, np.concatenate(owners), np.concatenate(ids), np.concatenate(values))


def _summed(count: int, columns: int, owners: I64, ids: I64, values: F64) -> Rows:
    """Rows in which entries met several times add up."""
    width = max(columns, 1)
    key, inverse = np.unique(owners * width + ids, return_inverse=True)
    totals = np.bincount(inverse, weights=values, minlength=len(key))
    return rows_from_entries(count, columns, key // width, key % width, totals)


def _with_concepts(
    counts: Rows, stems: tuple[str, ...], phrases: list[tuple[int, tuple[str, ...]]], themes: int
) -> Rows:
    """The same rows with a column for each theme, 1 where all stems of one of its phrases are met."""
    position = {s: i for i, s in enumerate(stems)}
    lists = transposed(counts)
    owners, ids, values = [counts.owners()], [counts.ids.astype(np.int64)], [counts.values.astype(np.float64)]
    for theme, phrase in phrases:
        if not all(word in position for word in phrase):
            continue
        met = lists.row(position[phrase[0]])[0]
        for word in phrase[1:]:
            met = np.intersect1d(met, lists.row(position[word])[0], assume_unique=True)
        owners.append(met.astype(np.int64))
        ids.append(np.full(len(met), len(stems) + theme, np.int64))
        values.append(np.ones(len(met)))
    width = len(stems) + themes
    return rows_from_entries(
        counts.count, width, np.concatenate(owners), np.concatenate(ids), np.concatenate(values)
    )


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
