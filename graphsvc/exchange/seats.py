"""The seat of an actor: a place code, or the municipality's name and postcode (exact, then fuzzy)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.text import fold
from graphsvc.exchange.cells import CellError
from graphsvc.exchange.names import NameIndex

FUZZY_CUTOFF = 88.0
FUZZY_MARGIN = 4.0  # a second candidate nearer than this makes it ambiguous
_ARTICLES = ("le ", "la ", "les ", "l ")


@dataclass(slots=True)
class SeatFinder:
    """Finds seats among the municipalities known; `places` resolves codes and the names of other places.

    `guessed` keeps what was understood despite a typing error: the name as given -> the id.
    """

    places: NameIndex
    guessed: dict[str, str] = field(default_factory=dict)
    _by_name: dict[str, list[str]] = field(default_factory=dict)

    def learn(self, places: Iterable[Place]) -> None:
        """Make the municipalities among these places known by name and alias."""
        for place in places:
            if place.level is PlaceLevel.MUNICIPALITY:
                for name in {municipality_key(n) for n in (place.name, *place.aliases)}:
                    self._by_name.setdefault(name, []).append(place.id)

    def find(self, code: str, municipality: str, postcode: str, *, abroad: bool) -> str | None:
        """The place id of the seat; None when nothing is said. Raises CellError when what is said is
        unclear.
        """
        if code:
            return self._coded(code)
        if not municipality:
            return None
        if abroad:
            return self.places.find(municipality)
        department = department_of(postcode)
        exact = self._within(self._by_name.get(municipality_key(municipality), []), department)
        if len(exact) == 1:
            return self.places.find(exact[0])
        if exact:
            raise CellError(
                "ambiguous_municipality", "give_insee_code", candidates=self.places.entries(exact[:10])
            )
        return self._fuzzy(municipality, department)

    def _coded(self, code: str) -> str:
        padded = (
            code.zfill(5) if code.isdigit() and len(code) == 4 else code
        )  # a spreadsheet drops the first 0
        return self.places.find(padded if padded in self.places.names else code)

    def _fuzzy(self, municipality: str, department: str | None) -> str:
        near: dict[str, float] = {}
        key = municipality_key(municipality)
        for name, score, _ in process.extract(
            key, self._by_name.keys(), scorer=fuzz.ratio, limit=10, score_cutoff=FUZZY_CUTOFF
        ):
            for id_ in self._within(self._by_name[name], department):
                near[id_] = max(near.get(id_, 0.0), score)
        order = sorted(near, key=lambda i: (-near[i], i))
        if order and (len(order) == 1 or near[order[0]] - near[order[1]] >= FUZZY_MARGIN):
            self.guessed[municipality] = order[0]
            return self.places.find(order[0])
        if order:
            raise CellError(
                "ambiguous_municipality", "give_insee_code", candidates=self.places.entries(order[:10])
            )
        raise CellError("unknown_municipality", "nearest_entries", nearest=self.places.nearest(municipality))

    def _within(self, ids: list[str], department: str | None) -> list[str]:
        """Those of the department; all of them when their codes are not INSEE codes or none is there."""
        if department is None:
            return sorted(ids)
        kept = sorted(i for i in ids if len(i) == 5 and i.startswith(department))
        return kept or sorted(i for i in ids if len(i) != 5)


def municipality_key(name: str) -> str:
    """A municipality's name as it is compared: folded, `st` written out, without CEDEX, district or
    article.
    """
    words = fold(name).split()
    if "cedex" in words:
        words = words[: words.index("cedex")]
    words = [{"st": "saint", "ste": "sainte", "s": "sur"}.get(w, w) for w in words]
    text = " ".join(words)
    for article in _ARTICLES:
        if text.startswith(article):
            return text.removeprefix(article)
    return text


def department_of(postcode: str) -> str | None:
    """The department code at the head of a French postcode; None when it cannot tell (Corsica, none)."""
    bare = postcode.replace(" ", "")
    if len(bare) == 4 and bare.isdigit():
        bare = "0" + bare
    if len(bare) != 5 or not bare.isdigit() or bare.startswith("20"):
        return None
    return bare[:3] if bare.startswith(("97", "98")) else bare[:2]
