"""Which names are written and where: by priority, none over another, as the map on screen does it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from web.maps.sheet.lettering import text_width

Box = tuple[float, float, float, float]
SIZE = 14.0
MOST = 320
_OVER_SYMBOLS = 14  # the names that matter most may cover a symbol
_CELL = 80.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A name written with its top left corner there, in sheet units."""

    id: str
    text: str
    left: float
    top: float
    bold: bool
    faded: bool


@dataclass(slots=True)
class Grid:
    """Rectangles, found again by the cells they touch."""

    _cells: dict[tuple[int, int], list[Box]] = field(default_factory=dict)

    def hold(self, box: Box) -> None:
        """Remember a rectangle."""
        for cell in _touched(box):
            self._cells.setdefault(cell, []).append(box)

    def hits(self, box: Box) -> bool:
        """Whether a rectangle overlaps one of those held."""
        return any(
            box[0] < o[2] and box[2] > o[0] and box[1] < o[3] and box[3] > o[1]
            for cell in _touched(box)
            for o in self._cells.get(cell, ())
        )


def _touched(box: Box) -> Iterator[tuple[int, int]]:
    for x in range(int(box[0] // _CELL), int(box[2] // _CELL) + 1):
        for y in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
            yield x, y


def place_names(
    spots: Sequence[tuple[Mapping[str, Any], float, float, float]],
    edges: Sequence[Mapping[str, Any]],
    area: Box,
    taken: Grid,
    chosen: str = "",
) -> list[Placed]:
    """The names to write, the first the most important.

    `spots`: node, x, y and radius on the sheet. `chosen`: an actor whose name stands first, and in full; with
    one, only its neighbours are named besides.
    """
    degree = Counter(end for e in edges for end in (e["from"], e["to"]))
    near = {chosen} | {e["to"] if e["from"] == chosen else e["from"] for e in edges if _touches(e, chosen)}
    symbols = Grid()
    for _node, x, y, r in spots:
        symbols.hold((x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8))
    placed: list[Placed] = []
    order = sorted(spots, key=lambda s: (-_rank(s[0], degree, chosen), s[0]["id"]))
    for turn, (node, x, y, r) in enumerate(order):
        if len(placed) >= MOST:
            break
        if chosen and node["id"] not in near:
            continue
        strong = node["id"] == chosen
        bold = strong or node["partners"] > 5
        text = node["name"] if strong else node["short"]
        width = text_width(text, SIZE, bold=bold)
        free = _free_place(x, y, r, width, node, area, taken, symbols if turn >= _OVER_SYMBOLS else None)
        if free is None:
            continue
        taken.hold((free[0] - 2, free[1], free[0] + width + 2, free[1] + SIZE + 2))
        placed.append(Placed(node["id"], text, *free, bold, bool(node["context"]) and not strong))
    return placed


def _touches(edge: Mapping[str, Any], id_: str) -> bool:
    return id_ != "" and id_ in (edge["from"], edge["to"])


def _rank(node: Mapping[str, Any], degree: Mapping[str, int], chosen: str) -> float:
    return float(
        (1e6 if node["id"] == chosen else 0)
        - (50 if node["context"] else 0)
        + node["partners"] * 8
        + degree.get(node["id"], 0) * 4
        + (2 if node["kind"] == "commune" else 0)
    )


def _free_place(
    x: float,
    y: float,
    r: float,
    width: float,
    node: Mapping[str, Any],
    area: Box,
    taken: Grid,
    symbols: Grid | None,
) -> tuple[float, float] | None:
    """Under, beside, over: the first place that is free; partner territories are named beside only."""
    middle = y - SIZE / 2 - 1
    beside, under = (x + r + 4, middle), (x - width / 2, y + r + 2)
    places = [under, beside, (x - r - 4 - width, middle), (x - width / 2, y - r - SIZE - 3)]
    for left, top in [beside] if node["kind"] == "partner_territory" else places:
        box = (left - 2, top, left + width + 2, top + SIZE + 2)
        inside = (
            box[0] > area[0] and box[2] < area[2] and box[1] >= area[1] - SIZE and box[3] <= area[3] + SIZE
        )
        if inside and not taken.hits(box) and not (symbols and symbols.hits(box)):
            return left, top
    return None
