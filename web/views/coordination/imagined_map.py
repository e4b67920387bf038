"""The network as the map places it, with the links one imagines in bold: a drawing without script."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from graphsvc.analytics.layout import Layout
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import I64, Ties

WIDTH = 1000.0
_MARGIN = 40.0
_MOST_TIES = 4_000  # a drawing, not an inventory: the longest ties of a large network are left out
_LONGEST_NAME = 34
_LINE, _LETTER = 18.0, 8.0  # of a name, in units of the drawing


@dataclass(frozen=True, slots=True)
class Spot:
    """An actor at one end of a new link; `anchor` keeps its name inside the frame."""

    x: float
    y: float
    kind: str
    name: str
    anchor: str
    name_y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """In a box of `width` x `height`: ties as one path, other actors as one path of dots, the new links."""

    width: float
    height: float
    ties: str
    dots: str
    new: tuple[tuple[float, float, float, float], ...]
    spots: tuple[Spot, ...]


def drawing_of(
    snapshot: Snapshot, layout: Layout, ties: Ties, links: Iterable[tuple[int, int]]
) -> Drawing | None:
    """The drawing; None when there is no new link to show."""
    new = [pair for pair in links if pair[0] != pair[1]]
    if not new:
        return None
    shown = _shown(layout, ties, new)
    x, y = layout.x, layout.y
    left, top = float(x[shown].min()), float(y[shown].min())
    scale = (WIDTH - 2 * _MARGIN) / max(1.0, float(x[shown].max()) - left)
    height = (float(y[shown].max()) - top) * scale + 2 * _MARGIN
    if height > WIDTH:  # a column of actors: as high as wide, no higher
        scale *= (WIDTH - 2 * _MARGIN) / max(1.0, height - 2 * _MARGIN)
        height = WIDTH
    at_x = np.round((x - left) * scale + _MARGIN, 1)
    at_y = np.round((y - top) * scale + _MARGIN, 1)

    def spot(i: int) -> Spot:
        name = snapshot.name(i)
        anchor = "start" if at_x[i] < WIDTH * 0.3 else "end" if at_x[i] > WIDTH * 0.7 else "middle"
        short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
        return Spot(
            float(at_x[i]), float(at_y[i]), snapshot.actor(i).kind.value, short, anchor, float(at_y[i]) - 13
        )

    source = np.repeat(np.arange(snapshot.n), ties.degree)
    once = np.flatnonzero(source < ties.ids)[:_MOST_TIES]
    ends = sorted({i for pair in new for i in pair})
    return Drawing(
        WIDTH,
        round(height, 1),
        "".join(
            f"M{at_x[a]:g} {at_y[a]:g}L{at_x[b]:g} {at_y[b]:g}"
            for a, b in zip(source[once].tolist(), ties.ids[once].tolist(), strict=True)
        ),
        "".join(f"M{at_x[i]:g} {at_y[i]:g}h.01" for i in shown.tolist()),
        tuple((float(at_x[a]), float(at_y[a]), float(at_x[b]), float(at_y[b])) for a, b in new),
        tuple(_apart([spot(i) for i in ends])),
    )


def _apart(spots: list[Spot]) -> list[Spot]:
    """The same spots, their names one under the other where they would overlap."""
    placed: list[Spot] = []
    for spot in sorted(spots, key=lambda s: (s.name_y, s.x)):
        y = spot.name_y
        while any(_overlap(spot, y, other) for other in placed):
            y += _LINE
        placed.append(replace(spot, name_y=y))
    return placed


def _overlap(spot: Spot, y: float, other: Spot) -> bool:
    width = _LETTER * max(len(spot.name), len(other.name))
    return abs(y - other.name_y) < _LINE and abs(spot.x - other.x) < width


def _shown(layout: Layout, ties: Ties, new: list[tuple[int, int]]) -> I64:
    """Who is drawn: those with a tie, in a frame around them, and the ends of the new links."""
    inventory = np.zeros(len(layout.x), np.bool_)
    inventory[list(layout.inventory.members)] = True
    chosen = (ties.degree > 0) | ~inventory
    chosen[[i for pair in new for i in pair]] = True
    found: I64 = np.flatnonzero(chosen).astype(np.int64)
    return found
