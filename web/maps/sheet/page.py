"""The sheet: a page of the shape of an A4 on its side, as one SVG that asks nothing of anybody."""

from collections.abc import Mapping
from typing import Any

from web.maps.sheet.drawing import INK, SOFT, attribute, draw, nodes_seen
from web.maps.sheet.frame import Frame, whole_frame
from web.maps.sheet.legend import legend
from web.maps.sheet.lettering import cut, wrapped
from web.maps.sheet.words import SANS, Words

WIDTH, HEIGHT = 1600.0, 1131.0
PAPER = (WIDTH, HEIGHT)
SCREEN = (1440.0, 900.0)
"""What is projected: flatter, and fewer units, so that names and legend are larger."""
_MARGIN, _COLUMN, _GAP = 40.0, 300.0, 26.0


def sheet(
    drawing: Mapping[str, Any],
    words: Words,
    *,
    frame: Frame | None = None,
    chosen: str = "",
    family: str = SANS,
    size: tuple[float, float] = PAPER,
) -> str:
    """The SVG of the map: title, filters in words, drawing, legend, date. `frame` None: all of it."""
    width, height = size
    lines = wrapped(words.filters, 15.0, width - 2 * _MARGIN, 2)
    top = 122.0 + 20 * (len(lines) - 1)
    area = (_MARGIN, top, width - _MARGIN - _COLUMN - _GAP, height - 64)
    seen = (frame or whole_frame(drawing)).fitted(area[2] - area[0], area[3] - area[1])
    shown = nodes_seen(drawing, seen)
    ids = {n["id"] for n in shown}
    edges = [e for e in drawing["edges"] if e["from"] in ids or e["to"] in ids]
    known = chosen if any(n["id"] == chosen for n in drawing["nodes"]) else ""
    room = width - 2 * _MARGIN
    return "".join(
        (
            opening(family, size),
            f'<title id="title">{attribute(words.title)}</title>',
            f'<desc id="told">{attribute(" ".join(words.told))}</desc>',
            f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
            put(cut(words.title, 30, room, bold=True), _MARGIN, 64, 30, 'font-weight="700"'),
            put(words.count, _MARGIN, 90, 15, fill=SOFT),
            *(put(line, _MARGIN, 112 + 20 * k, 15) for k, line in enumerate(lines)),
            framed("seen", area, draw(drawing, seen, area, chosen=known)),
            legend(shown, edges, area[2] + _GAP, area[1] - 12, _COLUMN, area[3], drawing),
            put(cut(words.foot, 13, room), _MARGIN, height - 28, 13, fill=SOFT),
            "</svg>",
        )
    )


def opening(family: str, size: tuple[float, float] = PAPER) -> str:
    """The start of a sheet, described by its `title` and its `told`."""
    box = f'viewBox="0 0 {size[0]:g} {size[1]:g}" width="{size[0]:g}" height="{size[1]:g}"'
    told = 'role="img" aria-labelledby="title told"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} {told} font-family="{attribute(family)}">'


def framed(name: str, area: tuple[float, float, float, float], drawn: str) -> str:
    """A drawing cut at the edges of its area, with a rim; `name`: of the cut, one in the sheet."""
    box = (
        f'x="{area[0]:g}" y="{area[1]:g}" width="{area[2] - area[0]:g}" height="{area[3] - area[1]:g}" rx="8"'
    )
    return (
        f'<defs><clipPath id="{name}"><rect {box}/></clipPath></defs><g clip-path="url(#{name})">{drawn}</g>'
        f'<rect {box} fill="none" stroke="#c2c7cf"/>'
    )


def put(text: str, x: float, y: float, size: float, more: str = "", fill: str = INK) -> str:
    """A line of text on its base line."""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}" {more}>{attribute(text)}</text>'
