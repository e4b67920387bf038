"""What answers to a few letters, wherever one is: actors, territories, themes, pages of the site."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import url_for

from graphsvc.domain.text import fold
from graphsvc.search import How, nearest_topics, search
from graphsvc.snapshot import Snapshot
from web.french import capital
from web.kept import kept
from web.labels import label
from web.named import place_name, topic_name
from web.navigation import pages_open
from web.shown import actor_path
from web.spoken import gettext as _
from web.views.actors.listing import seat_name

SHORTEST, LONGEST = 2, 200
_MOST_ACTORS, _MOST_OTHERS = 6, 3
_EMPTY = frozenset({"de", "des", "du", "la", "le", "les", "et", "en", "l", "d", "a", "au", "aux"})


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: what it is called, what sort of thing it is (and where), and its address."""

    name: str
    sort: str
    address: str


def suggestions(snapshot: Snapshot | None, text: str) -> list[Found]:
    """A dozen answers at most, as one types: pages, actors, territories, themes; likely errors last."""
    asked = fold(text[:LONGEST])
    if len(asked) < SHORTEST:
        return []
    pages = list(pages_found(asked))[:_MOST_OTHERS]
    if snapshot is None:
        return pages
    hits = search(snapshot, text[:LONGEST], limit=_MOST_ACTORS)
    sure = [_actor(snapshot, hit.index) for hit in hits if hit.how is not How.TYPO]
    likely = [_actor(snapshot, hit.index) for hit in hits if hit.how is How.TYPO]
    topics = [*places_found(snapshot, text, _MOST_OTHERS), *themes_found(snapshot, text, _MOST_OTHERS)]
    return [*pages, *sure, *topics, *likely, *([] if sure or topics else alike(snapshot, text))]


def alike(snapshot: Snapshot, text: str) -> list[Found]:
    """The territories and themes whose name resembles the text: for when nothing bears it."""
    places = [snapshot.place(p) for p in _told_places(snapshot)]
    themes = [snapshot.theme(t) for t in range(len(snapshot.theme_ids))]
    return [
        *(_place(snapshot, e.id) for e in nearest_topics(places, text, _MOST_OTHERS)),
        *(_theme(snapshot, e.id) for e in nearest_topics(themes, text, _MOST_OTHERS)),
    ]


def places_found(snapshot: Snapshot, text: str, most: int) -> list[Found]:
    """Territories where somebody is or acts, by name or alias."""
    entries = [snapshot.place(p) for p in _told_places(snapshot)]
    found = _topics(((e.id, e.name, e.aliases) for e in entries), fold(text[:LONGEST]))
    return [_place(snapshot, code) for code in found[:most]]


def themes_found(snapshot: Snapshot, text: str, most: int) -> list[Found]:
    """Themes by label or synonym."""
    entries = [snapshot.theme(t) for t in range(len(snapshot.theme_ids))]
    found = _topics(((e.id, e.label, e.synonyms) for e in entries), fold(text[:LONGEST]))
    return [_theme(snapshot, code) for code in found[:most]]


def pages_found(asked: str) -> Iterator[Found]:
    """Pages of the site that this visitor may open, by the words of their title."""
    for title, address in pages_open():
        if _answers(asked, fold(title)):
            yield Found(title, _("Page du site"), address)


def _actor(snapshot: Snapshot, i: int) -> Found:
    actor = snapshot.actor(i)
    where = seat_name(snapshot, i)
    sort = capital(label("actor_kind", actor.kind.value))
    return Found(
        actor.name, f"{sort} · {where}" if where and where != actor.name else sort, actor_path(actor.id)
    )


def _place(snapshot: Snapshot, code: str) -> Found:
    p = snapshot.place_index(code) or 0
    level, chain = label("place_level", snapshot.place(p).level.value), snapshot.ancestors(p)
    country = f", {place_name(snapshot.place(chain[-1]))}" if len(chain) > 1 else ""
    sort = _("Territoire : %(level)s", level=level) + country
    return Found(place_name(snapshot.place(p)), sort, url_for("territories.territory", id_=code))


def _theme(snapshot: Snapshot, code: str) -> Found:
    t = snapshot.theme_index(code) or 0
    return Found(capital(topic_name(snapshot.theme(t))), _("Thème"), url_for("themes.theme", id_=code))


def _topics(entries: Iterable[tuple[str, str, tuple[str, ...]]], asked: str) -> list[str]:
    """The codes whose name, or a synonym, holds the words asked; names before synonyms, short before long."""
    if not asked:
        return []
    ranked = []
    for code, name, others in entries:
        folded = fold(name)
        if _answers(asked, folded):
            ranked.append((0 if folded.startswith(asked) else 1, len(folded), folded, code))
        elif any(_answers(asked, fold(other)) for other in others):
            ranked.append((2, len(folded), folded, code))
    return [code for *_rank, code in sorted(ranked)]


def _answers(asked: str, folded: str) -> bool:
    """Whether each word asked begins a word of the name, in any order."""
    words = folded.split()
    wanted = [w for w in asked.split() if w not in _EMPTY] or asked.split()
    return bool(wanted) and all(any(word.startswith(w) for word in words) for w in wanted)


@kept
def _told_places(snapshot: Snapshot) -> list[int]:
    """The places that have something on their page: a seat, a field of action, or such a place within."""
    actors = snapshot.actors
    named = {int(p) for p in actors.seat.tolist() if p >= 0} | {int(p) for p in actors.place_ids.tolist()}
    return sorted({a for p in named for a in snapshot.ancestors(p)})
