"""Places abroad that a text names: « un conteneur pour le Mali » asks for Mali though no territory is given.

A name is met word for word, whatever its accents and capitals; one of fewer than LONG letters that is no
country only with its capital (« dire » is not Diré). Of « Kayes, au Mali » Kayes is meant. A name that
several places bear is left out, unless one contains the others: then the narrowest is meant. Places of the
home country are left out: there an actor acts by being, and a commune's name is often a common word.
"""

import re
from weakref import WeakKeyDictionary

from graphsvc.domain.places import PlaceLevel
from graphsvc.domain.text import fold
from graphsvc.snapshot import Snapshot
from matcher.index import MatchIndex

LONG = 5
_WORD = re.compile(r"\w+")
_Name = tuple[str, ...]
_books: WeakKeyDictionary[MatchIndex, dict[_Name, int]] = WeakKeyDictionary()


def places_spoken_of(snapshot: Snapshot, index: MatchIndex, text: str) -> tuple[int, ...]:
    """The positions of the places, ascending."""
    written = _WORD.findall(text)
    if not written:
        return ()
    book = _books.get(index)
    if book is None:
        book = _books[index] = _book(snapshot, index)
    folded = tuple(fold(word) for word in written)
    longest = max((len(name) for name in book), default=0)
    found: set[int] = set()
    at = 0
    while at < len(folded):
        for length in range(min(longest, len(folded) - at), 0, -1):
            place = book.get(folded[at : at + length])
            if place is not None and _meant(snapshot, place, written[at : at + length]):
                found.add(place)
                at += length - 1
                break
        at += 1
    around = {up for p in found for up in index.places.chains[p][1:]}
    return tuple(sorted(found - around))


def _meant(snapshot: Snapshot, place: int, written: list[str]) -> bool:
    if len(written) > 1 or len(written[0]) >= LONG or written[0][0].isupper():
        return True
    return snapshot.place(place).level is PlaceLevel.COUNTRY


def _book(snapshot: Snapshot, index: MatchIndex) -> dict[_Name, int]:
    """The place each name stands for."""
    named: dict[_Name, set[int]] = {}
    for p, chain in enumerate(index.places.chains):
        if any(index.home[up] for up in chain):
            continue
        place = snapshot.place(p)
        for text in (place.name, *place.aliases):
            name = tuple(fold(word) for word in _WORD.findall(text))
            if name and not name[0].isdigit():
                named.setdefault(name, set()).add(p)
    book = {}
    for name, places in named.items():
        narrowest = max(places, key=lambda p: (len(index.places.chains[p]), -p))
        if places.issubset(index.places.chains[narrowest]):
            book[name] = narrowest
    return book
