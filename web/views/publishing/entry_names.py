"""Names that forms propose and read back: the plain name, and `Name (code)` where two entries share one."""

from collections import Counter
from collections.abc import Iterable

from graphsvc.domain.errors import Refused
from graphsvc.domain.places import PlaceLevel
from graphsvc.domain.text import fold, sort_key
from graphsvc.search import find_actor
from graphsvc.snapshot import Snapshot
from web.kept import kept, kept_in_words
from web.named import topic_name

MOST_PROPOSED = 800
_LEVELS = list(PlaceLevel)


def theme_names(snapshot: Snapshot, ids: Iterable[str]) -> list[str]:
    """Themes as a person would type them."""
    return _names(_themes(snapshot), ids)


def shown_themes(snapshot: Snapshot, ids: Iterable[str]) -> dict[str, str]:
    """Themes by id as a list offers them, in the reader's language: nobody types these."""
    found = {id_: snapshot.theme_index(id_) for id_ in ids}
    return {id_: id_ if t is None else topic_name(snapshot.theme(t)) for id_, t in found.items()}


def place_names(snapshot: Snapshot, ids: Iterable[str]) -> list[str]:
    """Territories as a person would type them."""
    return _names(_places(snapshot), ids)


def actor_name(snapshot: Snapshot, key: str) -> str:
    """An actor as a person would type it."""
    i = snapshot.index(key)
    if i is None:
        return key
    try:
        alone = find_actor(snapshot, snapshot.name(i)) == i
    except Refused:
        alone = False
    return snapshot.name(i) if alone else f"{snapshot.name(i)} ({snapshot.ids[i]})"


@kept
def proposed_themes(snapshot: Snapshot) -> tuple[str, ...]:
    """Every theme, in French order."""
    return tuple(sorted(_themes(snapshot).values(), key=sort_key))[:MOST_PROPOSED]


@kept
def proposed_places(snapshot: Snapshot) -> tuple[str, ...]:
    """Territories, the wide ones first; communes as far as there is room for them."""
    names = _places(snapshot)
    levels = {id_: _LEVELS.index(snapshot.place(p).level) for p, id_ in enumerate(snapshot.place_ids)}
    wide_first = sorted(names, key=lambda id_: (levels[id_], sort_key(names[id_])))[:MOST_PROPOSED]
    return tuple(sorted((names[id_] for id_ in wide_first), key=sort_key))


@kept
def proposed_towns(snapshot: Snapshot) -> tuple[str, ...]:
    """Communes that have a point, for a distance."""
    names = _places(snapshot)
    towns = [
        names[id_]
        for p, id_ in enumerate(snapshot.place_ids)
        if snapshot.place(p).level is PlaceLevel.MUNICIPALITY and snapshot.place(p).latitude is not None
    ]
    return tuple(sorted(towns, key=sort_key))[:MOST_PROPOSED]


@kept_in_words
def proposed_skills(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """Every skill: code and label, in French order."""
    skills = (snapshot.skill(s) for s in range(len(snapshot.skill_ids)))
    return tuple(sorted(((s.id, topic_name(s)) for s in skills), key=lambda pair: sort_key(pair[1])))


@kept
def _themes(snapshot: Snapshot) -> dict[str, str]:
    return _distinct({id_: snapshot.theme(t).label for t, id_ in enumerate(snapshot.theme_ids)})


@kept
def _places(snapshot: Snapshot) -> dict[str, str]:
    return _distinct({id_: snapshot.place(p).name for p, id_ in enumerate(snapshot.place_ids)})


def _distinct(names: dict[str, str]) -> dict[str, str]:
    shared = Counter(fold(name) for name in names.values())
    return {id_: name if shared[fold(name)] == 1 else f"{name} ({id_})" for id_, name in names.items()}


def _names(known: dict[str, str], ids: Iterable[str]) -> list[str]:
    return [known.get(id_, id_) for id_ in ids]
