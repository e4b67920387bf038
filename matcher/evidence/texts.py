"""What every actor says and did, counted: a row of stems and concepts for each text of a network.

A concept is a theme of the vocabulary met through its label, a synonym or an acronym. The name of a commune
or grouping is no word of it, nor of what it took part in (`own_words`).
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.experiences import Experience
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I64
from matcher.evidence.own_words import NAMED_AFTER_PLACE, own_words, place_names, without_names
from matcher.profiles import Work, works_shown
from matcher.sparse import Rows, rows_from_entries, transposed
from matcher.stemming import stem, stems_of


@dataclass(frozen=True, slots=True)
class Texts:
    """Rows of counts, one a text: those of the n actors, then those of what they did. Columns: the stems,
    sorted, then one for each theme, 1 where the text speaks of it. `parts` are (text, actor, what its part
    is worth).
    """

    counts: Rows
    stems: tuple[str, ...]
    parts: list[tuple[int, int, float]]


def read_texts(snapshot: Snapshot) -> Texts:
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
    counts = _with_concepts(counts, stems, theme_phrases(snapshot), len(snapshot.theme_ids))
    return Texts(counts, stems, parts)


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


def together(rows: Rows, count: int, parts: list[tuple[int, int, float]]) -> Rows:
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
        works.append(Counter(without_names(work_words(record), theirs)))
    return works, parts


def work_words(record: Work) -> list[str]:
    """The stems of what is told of a work."""
    described = record.done if isinstance(record, Experience) else record.description
    return stems_of(f"{record.title} {described or ''}")


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


def _summed(count: int, columns: int, owners: I64, ids: I64, values: F64) -> Rows:
    """Rows in which entries met several times add up."""
    width = max(columns, 1)
    key, inverse = np.unique(owners * width + ids, return_inverse=True)
    totals = np.bincount(inverse, weights=values, minlength=len(key))
    return rows_from_entries(count, columns, key // width, key % width, totals)
