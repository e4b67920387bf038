"""The network of a day as a still picture for paper: the positions of the map, every actor and live tie."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.analytics.structure import counted_actors
from graphsvc.snapshot import Snapshot
from web.maps.kept_layout import map_layout
from web.maps.sheet.labels import Grid
from web.maps.sheet.lettering import text_width
from web.shown import services

WIDTH = 1000.0
NAMED = 24
_MARGIN, _SIZE, _LONG = 14.0, 12.0, 30


@dataclass(frozen=True, slots=True)
class Dot:
    """An actor: where, how large (by its ties), and its name when it is among the most tied."""

    kind: str
    x: float
    y: float
    scale: float
    name: str
    left: bool


@dataclass(frozen=True, slots=True)
class StillMap:
    """The picture: `ties` as one path; `alone`: actors without a tie that day, drawn too."""

    width: float
    height: float
    ties: str
    dots: tuple[Dot, ...]
    alone: int


def still_map(snapshot: Snapshot, day: date) -> StillMap | None:
    """The picture of a day; None when there is nobody to draw."""
    ties = snapshot.ties(day)
    drawn = np.flatnonzero(counted_actors(snapshot, day, ties))
    if not len(drawn):
        return None
    layout = map_layout(services(), snapshot)
    x, y = layout.x, layout.y
    left, top = float(x[drawn].min()), float(y[drawn].min())
    span = max(float(x[drawn].max()) - left, float(y[drawn].max()) - top, 1.0)
    unit = (WIDTH - 2 * _MARGIN) / max(float(x[drawn].max()) - left, span / 2)

    def at(i: int) -> tuple[float, float]:
        return (
            round(_MARGIN + (float(x[i]) - left) * unit, 1),
            round(_MARGIN + (float(y[i]) - top) * unit, 1),
        )

    source = np.repeat(np.arange(snapshot.n), ties.degree)
    once = np.flatnonzero(source < ties.ids)
    path = " ".join("M{} {}L{} {}".format(*at(int(source[k])), *at(int(ties.ids[k]))) for k in once.tolist())
    degree = ties.degree
    first = [int(i) for i in drawn[np.lexsort((drawn, -degree[drawn]))] if degree[i] > 1][:NAMED]
    names = _placed([(i, _called(snapshot, i), *at(i)) for i in first], [at(int(i)) for i in drawn])
    dots = tuple(
        Dot(
            snapshot.actor(i).kind.value,
            *at(i),
            round(0.55 + 0.16 * float(np.sqrt(degree[i])), 2),
            *names.get(i, ("", False)),
        )
        for i in drawn.tolist()
    )
    height = round(2 * _MARGIN + (float(y[drawn].max()) - top) * unit, 1)
    return StillMap(WIDTH, height, path, dots, int((degree[drawn] == 0).sum()))


def _called(snapshot: Snapshot, i: int) -> str:
    """The name, or the acronym of one that would cross half the picture."""
    actor = snapshot.actor(i)
    return actor.acronym if actor.acronym and len(actor.name) > _LONG else actor.name


def _placed(
    wanted: list[tuple[int, str, float, float]], spots: list[tuple[float, float]]
) -> dict[int, tuple[str, bool]]:
    """Name and side of each actor that can be named, in order: right or left of its symbol (`True`: left).

    No name stands over another; one that covers a symbol on both sides is still written.
    """
    symbols, written = Grid(), Grid()
    for x, y in spots:
        symbols.hold((x - 4, y - 4, x + 4, y + 4))
    found: dict[int, tuple[str, bool]] = {}
    for i, name, x, y in wanted:
        wide = text_width(name, _SIZE, bold=True)
        sides = [
            (left, (x - 9 - wide if left else x + 9, y - 7, x - 9 if left else x + 9 + wide, y + 5))
            for left in (False, True)
        ]
        free = [
            side for side in sides if side[1][0] >= 0 and side[1][2] <= WIDTH and not written.hits(side[1])
        ]
        if free:
            left, box = next((side for side in free if not symbols.hits(side[1])), free[0])
            written.hold(box)
            found[i] = (name, left)
    return found
