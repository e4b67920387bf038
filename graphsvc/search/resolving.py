"""One record from what a person wrote: its key, or its exact name; else the candidates, or the nearest."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz, process

from graphsvc.domain.errors import AmbiguousName, UnknownRecord
from graphsvc.domain.places import Place
from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import fold
from graphsvc.domain.themes import Skill, Theme
from graphsvc.likeness import FOLLOWING, LEAST, SAME_WORD, likeness, most_alike, worth_proposing
from graphsvc.search.names import NameKind, NameTable, prepare, significant_words
from graphsvc.search.ranking import search
from graphsvc.snapshot.snapshot import Snapshot

Topic = TypeVar("Topic", Place, Theme, Skill)
MOST_CANDIDATES = 10
_LEAST_SCORE = 45.0  # of `search`: below, only a few letters agree
_MOST_ENTRIES = 500


def find_actor(snapshot: Snapshot, key: str) -> int:
    """The index of the actor of this key, or the only one of exactly this name (then acronym or other name).

    Raises AmbiguousName with the candidates, or UnknownRecord with the three nearest.
    """
    found = snapshot.index(key.strip())
    if found is not None:
        return found
    table = prepare(snapshot)
    low, high = table.equal_to(fold(key) or key.strip())
    for kinds in ((NameKind.NAME,), (NameKind.ACRONYM, NameKind.ALIAS)):
        actors = sorted({int(table.actor[e]) for e in range(low, high) if table.kind[e] in kinds})
        if len(actors) == 1:
            return actors[0]
        if actors:
            raise AmbiguousName("actor", key, [_candidate(snapshot, i) for i in actors[:MOST_CANDIDATES]])
    raise UnknownRecord("actor", key, nearest_actors(snapshot, key))


def nearest_actors(snapshot: Snapshot, text: str) -> list[dict[str, str]]:
    """The three actors whose names resemble the text most, as `{"id", "name"}`."""
    return [{"id": snapshot.ids[i], "name": snapshot.name(i)} for i in nearest_names(snapshot, text)]


def nearest_names(snapshot: Snapshot, text: str, n: int = 3) -> list[int]:
    """The indices of at most n actors whose names resemble the text, best first; none if none does."""
    found = [hit.index for hit in search(snapshot, text, limit=n) if hit.score >= _LEAST_SCORE]
    if len(found) < n:
        table = prepare(snapshot)
        question = fold(text[:200])
        entries = _sharing_a_word(table, question)
        alike = [(likeness(question, table.folded[e]), int(table.actor[e])) for e in entries]
        for name, score in most_alike(question, table.folded):
            low, high = table.equal_to(name)
            alike += [(score, int(table.actor[e])) for e in range(low, high)]
        least = FOLLOWING if found else LEAST
        for score, i in sorted(alike, key=lambda pair: (-pair[0], table.rank[pair[1]])):
            if score >= least and i not in found:
                found.append(i)
                least = FOLLOWING
    return found[:n]


def _sharing_a_word(table: NameTable, question: str) -> list[int]:
    """The entries that hold a word of the question, but for a typing error; the commonest words aside."""
    entries: set[int] = set()
    for word in significant_words(question):
        near = process.extract(word, table.words, scorer=fuzz.ratio, limit=5, score_cutoff=SAME_WORD)
        for _, _, w in near:
            found = table.word_entries[table.word_ptr[w] : table.word_ptr[w + 1]]
            if len(found) <= _MOST_ENTRIES:
                entries.update(found.tolist())
    return sorted(entries)


def nearest_topics(entries: Iterable[Topic], text: str, n: int = 3) -> list[Topic]:
    """At most n places, themes or skills whose code, name or synonyms resemble the text, best first."""
    question = fold(text[:200])
    best: dict[str, tuple[Topic, float]] = {}
    for entry in entries:
        best[entry.id] = entry, max(likeness(question, fold(name)) for name in _names(entry))
    order = sorted(best.values(), key=lambda pair: (-pair[1], pair[0].id))
    return [entry for entry, _ in worth_proposing(order)[:n]]


def find_theme(snapshot: Snapshot, key: str) -> int:
    """The position of a theme by code, label or synonym. Raises AmbiguousName or UnknownRecord."""
    return _find_topic(RecordKind.THEME, [snapshot.theme(t) for t in range(len(snapshot.theme_ids))], key)


def find_skill(snapshot: Snapshot, key: str) -> int:
    """The position of a skill by code, label or synonym. Raises AmbiguousName or UnknownRecord."""
    return _find_topic(RecordKind.SKILL, [snapshot.skill(s) for s in range(len(snapshot.skill_ids))], key)


def find_place(snapshot: Snapshot, key: str) -> int:
    """The position of a place by code, name or alias. Raises AmbiguousName or UnknownRecord."""
    exact = snapshot.place_index(key.strip())
    if exact is not None:
        return exact
    return _find_topic(RecordKind.PLACE, [snapshot.place(p) for p in range(len(snapshot.place_ids))], key)


def _find_topic(kind: RecordKind, entries: Sequence[Topic], key: str) -> int:
    """Code first, then the name, then synonyms and the code whatever its case."""
    bare, question = key.strip(), fold(key)
    tests = (
        lambda e: e.id == bare,
        lambda e: fold(_label(e)) == question,
        lambda e: any(fold(name) == question for name in _names(e)),
    )
    for test in tests:
        found = [k for k, entry in enumerate(entries) if test(entry)]
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousName(kind.value, key, [_facts(entries[k]) for k in found[:MOST_CANDIDATES]])
    raise UnknownRecord(kind.value, key, [_facts(e) for e in nearest_topics(entries, key)])


def nearest_of(snapshot: Snapshot, kind: RecordKind, text: str) -> list[dict[str, str]]:
    """The three places or themes nearest to the text, as `{"id", "name"}` and the level of a place."""
    return [_facts(entry) for entry in nearest_topics(snapshot.tables[kind], text)]


def _label(entry: Place | Theme | Skill) -> str:
    return entry.name if isinstance(entry, Place) else entry.label


def _names(entry: Place | Theme | Skill) -> tuple[str, ...]:
    others = entry.aliases if isinstance(entry, Place) else entry.synonyms
    return (entry.id, _label(entry), *others)


def _facts(entry: Place | Theme | Skill) -> dict[str, str]:
    facts = {"id": entry.id, "name": _label(entry)}
    return {**facts, "level": entry.level.value} if isinstance(entry, Place) else facts


def _candidate(snapshot: Snapshot, i: int) -> dict[str, str]:
    actor = snapshot.actor(i)
    seat = int(snapshot.actors.seat[i])
    place = snapshot.place(seat).name if seat >= 0 else ""
    return {"id": actor.id, "name": actor.name, "kind": actor.kind.value, "place": place}
