"""The band of partner territories, and the trays of actors without relation."""

import math

from scipy import sparse

from graphsvc.analytics.layout.shapes import Band, BandGroup, Box
from graphsvc.domain.text import sort_key
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64

_COLUMN = 176.0  # width of a column of the band: a star, and its name beside it
_ROW = 42.0
_HEAD = 36.0  # room for the name of a country
_PAD = 26.0
_CELL = 46.0  # of a tray


def place_band(
    snapshot: Snapshot,
    graph: "sparse.csr_array",
    members: list[int],
    x: F64,
    y: F64,
    left: float,
    top: float,
    bottom: float,
) -> Band:
    """Partner territories in columns on the right, country by country, as high as the discs.

    Countries stand in the order of the mean height of the actors tied to them, so that fewer lines cross.
    """
    by_country: dict[str, list[int]] = {}
    for i in members:
        by_country.setdefault(snapshot.actor(i).country, []).append(i)
    height = max(bottom - top, 600.0)
    order = sorted(by_country, key=lambda c: (_height_of(graph, by_country[c], y), c))
    groups: list[BandGroup] = []
    column, at = 0, top + _PAD
    for country in order:
        inside = sorted(by_country[country], key=lambda i: sort_key(snapshot.name(i)))
        while inside:
            room = int((top + height - at - _HEAD) // _ROW)
            if room < min(2, len(inside)):
                column, at = column + 1, top + _PAD
                continue
            here, inside = inside[:room], inside[room:]
            x0 = left + _PAD + column * _COLUMN
            for k, i in enumerate(here):
                x[i], y[i] = x0 + _PAD, at + _HEAD + _ROW * k + _ROW / 3
            groups.append(BandGroup(country, x0, at, _COLUMN, _HEAD + _ROW * len(here), tuple(here)))
            at += _HEAD + _ROW * len(here) + 8
    columns = column + 1 if members else 0
    used = max((g.y + g.height for g in groups), default=top)
    tall = height if columns > 1 else used - top + _PAD
    box = Box(left, top, columns * _COLUMN + 4 * _PAD if members else 0.0, tall, tuple(members))
    return Band(box, tuple(groups))


def place_tray(
    snapshot: Snapshot,
    members: list[int],
    x: F64,
    y: F64,
    left: float,
    top: float,
    width: float,
) -> Box:
    """Rows of actors by kind then name, under the map, in a frame with room for its title."""
    inside = sorted(members, key=lambda i: (int(snapshot.actors.kind[i]), sort_key(snapshot.name(i))))
    per_row = max(1, int((width - 2 * _PAD) // _CELL))
    for k, i in enumerate(inside):
        x[i] = left + _PAD + _CELL * (k % per_row) + _CELL / 2
        y[i] = top + _HEAD + _CELL * (k // per_row) + _CELL / 2
    rows = math.ceil(len(inside) / per_row)
    return Box(left, top, width, _HEAD + rows * _CELL + _PAD / 2 if inside else 0.0, tuple(inside))


def _height_of(graph: "sparse.csr_array", members: list[int], y: F64) -> float:
    around = [float(y[j]) for i in members for j in graph.indices[graph.indptr[i] : graph.indptr[i + 1]]]
    return sum(around) / len(around) if around else 0.0
