"""The record of a key that an address, a form or a program gives; the key alone counts, not the name."""

from graphsvc.domain.errors import UnknownRecord
from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import fold
from graphsvc.likeness import most_alike
from graphsvc.search.resolving import nearest_actors, nearest_of
from graphsvc.snapshot.snapshot import Snapshot

_TOLD = 80  # characters of a key that a refusal repeats
_READ = 200
_NEAREST = 3


def known_actor(snapshot: Snapshot, key: str) -> int:
    """The index of the actor that answers to this key. Raises UnknownRecord with the nearest names."""
    found = snapshot.index(key)
    if found is None:
        raise UnknownRecord("actor", key[:_TOLD], nearest_actors(snapshot, key[:_READ]))
    return found


def known_record(snapshot: Snapshot, kind: RecordKind, key: str) -> int:
    """The position of the record with a title (project, announcement, event …) of this very key.

    Raises UnknownRecord with those whose key or title is nearest.
    """
    found = snapshot.position(kind, key)
    if found is None:
        raise UnknownRecord(kind.value, key[:_TOLD], _nearest_titles(snapshot, kind, fold(key[:_READ])))
    return found


def known_place(snapshot: Snapshot, key: str) -> int:
    """The position of the place of this very code. Raises UnknownRecord with the nearest names."""
    found = snapshot.place_index(key)
    if found is None:
        raise UnknownRecord("place", key[:_TOLD], nearest_of(snapshot, RecordKind.PLACE, key[:_READ]))
    return found


def known_theme(snapshot: Snapshot, key: str) -> int:
    """The position of the theme of this very code. Raises UnknownRecord with the nearest labels."""
    found = snapshot.theme_index(key)
    if found is None:
        raise UnknownRecord("theme", key[:_TOLD], nearest_of(snapshot, RecordKind.THEME, key[:_READ]))
    return found


def _nearest_titles(snapshot: Snapshot, kind: RecordKind, question: str) -> list[dict[str, str]]:
    titles = {record.id: record.title for record in snapshot.tables[kind]}
    told: dict[str, list[str]] = {}  # several may have one title
    for id_, title in titles.items():
        for text in {fold(id_), fold(title)}:
            told.setdefault(text, []).append(id_)
    best = dict.fromkeys(id_ for text, _ in most_alike(question, told) for id_ in told[text])
    return [{"id": id_, "name": titles[id_]} for id_ in list(best)[:_NEAREST]]
