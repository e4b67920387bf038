"""The drawing alone, to stand in a page: as wide and high as what is seen, its symbols leading to records."""

from collections.abc import Mapping, Sequence
from typing import Any

from web.maps.sheet.drawing import attribute, draw
from web.maps.sheet.frame import Frame, whole_frame
from web.maps.sheet.words import SANS

_WIDTH, _FLATTEST, _HIGHEST = 1400.0, 0.4, 1.2


def bare_drawing(
    drawing: Mapping[str, Any],
    title: str,
    told: Sequence[str],
    *,
    frame: Frame | None = None,
    chosen: str = "",
) -> str:
    """The SVG element: a picture with its name and description for those who do not see it."""
    seen = frame or whole_frame(drawing)
    height = _WIDTH * min(_HIGHEST, max(_FLATTEST, seen.height / seen.width))
    area = (0.0, 0.0, _WIDTH, height)
    known = chosen if any(n["id"] == chosen for n in drawing["nodes"]) else ""
    drawn = draw(drawing, seen.fitted(_WIDTH, height), area, chosen=known, linked=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {height:.0f}" role="group"'
        f' aria-label="{attribute(title)}. {attribute(" ".join(told))}" font-family="{attribute(SANS)}">'
        f'<rect width="{_WIDTH:g}" height="{height:.0f}" fill="#ffffff"/>{drawn}</svg>'
    )
