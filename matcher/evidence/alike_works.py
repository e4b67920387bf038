"""Who already did something like what is asked: each project, agreement and experience sheet compared
with the question's words, one by one.

`purpose` compares with everything an actor ever did put together, where one work that fits is lost among
ten that do not. Here each work is a text of its own: its score is the TF-IDF cosine of `purpose.py` (same
stems, same weights) times what the candidate's part in it is worth (0.7 for a participant, see
`profiles.py`). Three readings, float64[candidates] each: `best` in [0, 1], the most alike; `all`, 1 - 1 /
(1 + sum), in [0, 1); `then`, the same sum where a work counts half for each THEN_DAYS between it and the
day the question is about. It is the nearest-neighbour rule over works (Deshpande and Karypis 2004,
Item-based top-N recommendation).
"""

from dataclasses import dataclass

import numpy as np

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MIN, F64, I64
from matcher.evidence.purpose import purpose_query
from matcher.evidence.texts import work_words
from matcher.index import MatchIndex
from matcher.profiles import works_shown
from matcher.ranking import Signal
from matcher.sparse import Rows, Vector, block_products, gathered, rows_from_entries

THEN_DAYS = 3 * 365.25


@dataclass(frozen=True, slots=True, eq=False)
class Works:
    """The works of a network: their texts (rows over the columns of the lexicon), the day each began (DAY_MIN
    = unknown), their kind, id and title, and the works of each actor with what its part is worth.
    """

    texts: Rows
    days: I64
    records: tuple[tuple[str, str, str], ...]
    of_actors: Rows


@dataclass(frozen=True, slots=True)
class Alike:
    """The three readings of the candidates."""

    best: F64
    all: F64
    then: F64


def works_of(snapshot: Snapshot, index: MatchIndex) -> Works:
    """The works of a network. Reads every text once."""
    queries: list[Vector] = []
    records: list[tuple[str, str, str]] = []
    days: list[int] = []
    parts: list[tuple[int, int, float]] = []
    for record, actors in works_shown(snapshot):
        parts += [(i, len(records), part) for key, part in actors if (i := snapshot.index(key)) is not None]
        records.append((type(record).__name__.lower(), record.id, record.title))
        days.append(record.start.first_day.toordinal() if record.start else DAY_MIN)
        queries.append(purpose_query(work_words(record), index.lexicon, index.phrases))
    ptr = np.cumsum([0, *(len(q.ids) for q in queries)]).astype(np.int64)
    ids = np.concatenate([np.empty(0, np.int64), *(q.ids for q in queries)]).astype(np.int32)
    values = np.concatenate([np.empty(0), *(q.weights for q in queries)]).astype(np.float32)
    columns = np.array(parts, np.float64).reshape(len(parts), 3)
    return Works(
        texts=Rows(ptr, ids, values, len(index.lexicon.idf)),
        days=np.array(days, np.int64),
        records=tuple(records),
        of_actors=rows_from_entries(snapshot.n, len(records), columns[:, 0], columns[:, 1], columns[:, 2]),
    )


def asked_words(index: MatchIndex, query: Vector) -> Vector:
    """The query of a plan for PURPOSE, on the columns of the lexicon."""
    return Vector(query.ids - index.block(Signal.PURPOSE)[0], query.weights)


def alike_scores(works: Works, words: Vector, candidates: I64, day: int) -> Alike:
    """The three readings of each candidate, for a question about `day`."""
    entries, owners = gathered(works.of_actors.ptr, candidates)
    nothing = np.zeros(len(candidates))
    if not len(entries) or not len(words.ids):
        return Alike(nothing, nothing, nothing)
    taken = works.of_actors.ids[entries]
    cosines = np.zeros(len(works.days))
    cosines[taken] = 1.0
    distinct = np.flatnonzero(cosines)
    cosines[distinct] = block_products(works.texts, distinct, words, (0, works.texts.columns))[:, 0]
    scores = cosines[taken] * works.of_actors.values[entries]
    gaps = np.abs(works.days[taken] - day)
    near = np.where(works.days[taken] > DAY_MIN, np.exp2(-gaps / THEN_DAYS), 0.0)
    best = nothing.copy()
    np.maximum.at(best, owners, scores)
    total = np.bincount(owners, scores, minlength=len(candidates))
    then = np.bincount(owners, scores * near, minlength=len(candidates))
    return Alike(np.minimum(best, 1.0), total / (1.0 + total), then / (1.0 + then))


def alike_facts(works: Works, words: Vector, candidate: int) -> dict[str, object]:
    """The work most alike: `{"record": {"kind", "id", "title"}}`, nothing when none is."""
    taken, parts = works.of_actors.row(candidate)
    if not len(taken) or not len(words.ids):
        return {}
    chosen = taken.astype(np.int64)
    scores = block_products(works.texts, chosen, words, (0, works.texts.columns))[:, 0] * parts
    at = int(np.argmax(scores))
    if scores[at] <= 0:
        return {}
    kind, id_, title = works.records[int(chosen[at])]
    return {"record": {"kind": kind, "id": id_, "title": title}}
