"""Folded groups on a sheet: a ring that shows of which kinds, the number inside, the name below."""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from web.maps.sheet.labels import Box, Grid
from web.maps.sheet.lettering import cut, text_width

_RING, _BUNDLE, _RIM = "#ffffff", "#4a6a8c", "#dde3ec"
_LEAST = 9.0  # sheet units: under this radius there is no room for a number
_SIZE = 13.0
Write = Callable[..., str]


def bubble_radius(bubble: Mapping[str, Any], scale: float) -> float:
    """Sheet units: the surface says how many, and a bubble never leaves its disc (as map-bubbles.js)."""
    own = (6 + 2.6 * math.sqrt(bubble["count"])) / min(scale, 0.5)
    return float(min(bubble["r"] * 0.86, own) * scale)


def bundle_lines(
    drawing: Mapping[str, Any], at: Callable[[float, float], tuple[float, float]]
) -> Iterator[str]:
    """Relations between bubbles: the more, the wider."""
    bundles = drawing.get("bundles", ())
    most = bundles[-1][4] if bundles else 1
    for x1, y1, x2, y2, count in bundles:
        (left, top), (right, bottom), share = at(x1, y1), at(x2, y2), math.sqrt(count / most)
        yield (
            f'<path d="M{left:.1f} {top:.1f}L{right:.1f} {bottom:.1f}" fill="none" stroke="{_BUNDLE}"'
            f' stroke-width="{0.5 + 6 * share:.2f}" stroke-opacity="{0.04 + 0.45 * share * share:.2f}"'
            ' stroke-linecap="round"/>'
        )


def bubbles(
    drawing: Mapping[str, Any],
    at: Callable[[float, float], tuple[float, float]],
    scale: float,
    area: Box,
    taken: Grid,
    write: Write,
) -> Iterator[str]:
    """The bubbles, then their names, the largest first, where nothing is written yet."""
    shown = sorted(drawing.get("bubbles", ()), key=lambda b: -b["count"])
    for bubble in shown:
        x, y = at(bubble["x"], bubble["y"])
        r = bubble_radius(bubble, scale)
        yield from _ring(bubble, x, y, r)
        taken.hold((x - r * 0.7, y - r * 0.7, x + r * 0.7, y + r * 0.7))
        if r >= _LEAST:
            size = min(20.0, max(10.0, r * 0.55))
            number = str(bubble["count"])
            yield write(number, x - text_width(number, size, bold=True) / 2, y - size * 0.5, size, bold=True)
    for bubble in shown:
        x, y = at(bubble["x"], bubble["y"])
        r = bubble_radius(bubble, scale)
        text = cut(str(bubble["title"]), _SIZE, 260.0, bold=True)
        width = text_width(text, _SIZE, bold=True)
        left = min(max(area[0] + 3, x - width / 2), area[2] - width - 3)
        for top in (y + r + 3, y - r - 16):
            box = (left - 2, top, left + width + 2, top + 15)
            if not taken.hits(box) and area[0] <= x <= area[2] and area[1] <= top <= area[3] - 15:
                taken.hold(box)
                yield write(text, left, top, _SIZE, bold=True, halo=True)
                break


def _ring(bubble: Mapping[str, Any], x: float, y: float, r: float) -> Iterator[str]:
    wide = max(2.0, min(9.0, r * 0.22))
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{_RING}" stroke="{_RIM}"/>'
    middle, around = r - wide / 2, 2 * math.pi * (r - wide / 2)
    past = 0.0
    for colour, count in bubble["kinds"]:
        share = count / bubble["count"] * around
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{middle:.1f}" fill="none" stroke="{colour}"'
            f' stroke-width="{wide:.1f}" stroke-dasharray="{share:.2f} {around:.2f}"'
            f' stroke-dashoffset="{-past:.2f}" transform="rotate(-90 {x:.1f} {y:.1f})"/>'
        )
        past += share
