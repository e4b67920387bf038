"""The words around the drawing of a sheet, and the letters they are set in."""

from collections.abc import Sequence
from dataclasses import dataclass

SANS = "Inter, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
SERIF = "Libertinus Serif"
"""The serif of the PDF and of the picture: it comes with what sets them."""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around the drawing. `told`: its description, for those who do not see it."""

    title: str
    filters: str
    count: str
    foot: str
    told: Sequence[str]
