"""The network of a day as a still picture for paper: the positions of the map, every actor and live tie."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.analytics.structure import counted_actors
from graphsvc.snapshot import Snapshot
from web.maps.kept_layout import map_layout
from web.shown import services

WIDTH = 1000.0
NAMED = 14
_MARGIN = 14.0


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
    named = set(np.lexsort((drawn, -degree[drawn]))[:NAMED].tolist())
    dots = tuple(
        Dot(
            snapshot.actor(i).kind.value,
            *at(i),
            round(0.55 + 0.16 * float(np.sqrt(degree[i])), 2),
            snapshot.name(i) if k in named and degree[i] > 1 else "",
            at(i)[0] > WIDTH * 0.72,
        )
        for k, i in enumerate(drawn.tolist())
    )
    height = round(2 * _MARGIN + (float(y[drawn].max()) - top) * unit, 1)
    return StillMap(WIDTH, height, path, dots, int((degree[drawn] == 0).sum()))
