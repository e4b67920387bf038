"""One record from what a person wrote: its key, or its exact name; else the candidates, or the nearest."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz, process

from graphsvc.domain.errors import AmbiguousName, UnknownRecord
from graphsvc.domain.places import Place
from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import fold
from graphsvc.domain.themes import Skill, Theme
from graphsvc.search.names import NameKind, prepare
from graphsvc.search.ranking import search
from graphsvc.snapshot.snapshot import Snapshot

Topic = TypeVar("Topic", Place, Theme, Skill)
MOST_CANDIDATES = 10


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
    nearest = [{"id": snapshot.ids[i], "name": snapshot.name(i)} for i in nearest_names(snapshot, key)]
    raise UnknownRecord("actor", key, nearest)


def nearest_names(snapshot: Snapshot, text: str, n: int = 3) -> list[int]:
    """The indices of the n actors whose names resemble the text most, best first."""
    found = [hit.index for hit in search(snapshot, text, limit=n)]
    if len(found) < n:
        table = prepare(snapshot)
        like = process.extract(fold(text[:200]), table.folded, scorer=fuzz.WRatio, limit=4 * n)
        for _, _, e in sorted(like, key=lambda hit: (-hit[1], table.rank[table.actor[hit[2]]])):
            if int(table.actor[e]) not in found:
                found.append(int(table.actor[e]))
    return found[:n]


def nearest_topics(entries: Iterable[Topic], text: str, n: int = 3) -> list[Topic]:
    """The n places, themes or skills whose code, name or synonyms resemble the text most, best first."""
    question = fold(text[:200])
    best: dict[str, tuple[float, Topic]] = {}
    for entry in entries:
        best[entry.id] = max(fuzz.WRatio(question, fold(name)) for name in _names(entry)), entry
    order = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].id))
    return [entry for _, entry in order[:n]]


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
