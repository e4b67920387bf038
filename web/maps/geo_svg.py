"""Pieces of SVG that both geographic drawings are made of: links that tell, symbols, names.

Nothing has a style of its own: the style sheet colours classes, by day, by night and on paper. What keeps its
size at every zoom stands in a group at its point and bears `s`: the style sheet scales it by `--k`.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

from graphsvc.exchange.network import xml_text
from graphsvc.snapshot import Snapshot
from web.labels import KIND_STYLE, label
from web.maps.geo_names import ZOOMS, Written
from web.shown import SHAPES, actor_path

DOT = 7.0
"""Diameter of the symbol of an actor, in units of the drawing."""
LONGEST = 60
HATCH = (
    '<defs><pattern id="g-none" width="60" height="60" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="none" width="60" height="60"/>'
    '<path class="hatch" d="M0 0V60"/></pattern></defs>'
)
"""What fills an area where there is nothing to measure: seen without colours."""
_DESK = 700.0  # pixels: how wide a drawing is on a desk, before the script measures it


def text(value: object) -> str:
    """A text as it may stand in XML."""
    return str(escape(xml_text(str(value))))


def short(name: str) -> str:
    """A name that a drawing has room for."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def link(address: str, told: str, inside: str, classes: str = "", extra: str = "") -> str:
    """A shape that leads to a page and says what it is. Reached with the keys of the map, not with Tab."""
    named = f' class="{classes}"' if classes else ""
    return f'<a href="{text(address)}"{named}{extra} tabindex="-1"><title>{text(told)}</title>{inside}</a>'


def symbols(kinds: Iterable[str]) -> str:
    """The definitions of the symbols of these kinds of actors."""
    drawn = "".join(
        f'<path id="g-{kind}" class="dot" d="{SHAPES[style.shape]}" fill="{style.colour}"/>'
        for kind in sorted(set(kinds))
        if (style := KIND_STYLE.get(kind)) is not None
    )
    return f"<defs>{drawn}</defs>"


def actor_symbol(snapshot: Snapshot, i: int, x: float, y: float, *, chosen: bool, alone: bool) -> str:
    """The symbol of an actor, which leads to its record."""
    actor = snapshot.actor(i)
    kind = actor.kind.value
    ring = '<circle class="s ring" r="12"/>' if chosen else ""
    shape = f'<g transform="translate({x:.1f} {y:.1f})">{ring}<use class="s" href="#g-{kind}"/></g>'
    told = f"{actor.name}, {label('actor_kind', kind)}"
    return link(actor_path(actor.id), told, shape, "actor alone" if alone else "actor")


def names(written: Iterable[Written]) -> str:
    """Names over the drawing, each from its zoom on. The script and the style sheet show and hide them."""
    return "".join(
        f'<g transform="translate({w.spot.x:.1f} {w.spot.y:.1f})" class="z{w.level}">'
        f'<text class="s {w.side}"{_shift(w)}>{text(w.spot.text)}</text></g>'
        for w in written
    )


def _shift(written: Written) -> str:
    """How far a name stands from its point, in pixels."""
    away = written.spot.radius + 3
    if written.side == "middle":
        return ' dy=".35em"'
    if written.side in ("start", "end"):
        return f' x="{away if written.side == "start" else -away:.1f}" dy=".35em"'
    return f' y="{-away:.1f}"' if written.side == "above" else f' y="{away + 9:.1f}"'


def svg(
    width: float, height: float, box: tuple[float, float, float, float], name: str, parts: Iterable[str]
) -> Markup:
    """The whole drawing; `box` is what is seen of it at first (left, top, width, height)."""
    seen = " ".join(f"{side:.1f}" for side in box)
    whole = f"0 0 {width:g} {height:.1f}"
    level = max(k for k, zoom in enumerate(ZOOMS) if k == 0 or zoom <= 1.02 * _DESK / box[2])
    opening = (
        f'<svg viewBox="{seen}" data-whole="{whole}" data-z="{level}" role="group" aria-label="{text(name)}">'
    )
    return Markup(f"{opening}{''.join(parts)}</svg>")  # noqa: S704 - every text in it went through `text`
