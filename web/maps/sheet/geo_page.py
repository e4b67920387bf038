"""The geographic map on one sheet: the territory, the world, what their signs mean, filters and date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from web.french import capital
from web.labels import KIND_STYLE, plural
from web.maps.sheet.drawing import INK, SOFT, attribute
from web.maps.sheet.geo_still import ARCS, GROUND, HATCHED, SHADES, WIDTHS, still
from web.maps.sheet.labels import Box
from web.maps.sheet.lettering import cut, text_width, wrapped
from web.maps.sheet.page import HEIGHT, WIDTH, framed, opening, put
from web.maps.sheet.words import SANS, Words
from web.shown import SHAPES

_MARGIN, _GAP, _HOME = 40.0, 26.0, 640.0
_STEP, _SIZE = 22.0, 13.5


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: a sign (SVG around (0, 0), 30 wide) and its words."""

    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Legends:
    """Titles and lines: of the territory, of the world, of the kinds of actors drawn; `note` below."""

    home: str
    world: str
    classes: Sequence[Key]
    arcs: Sequence[Key]
    kinds: Sequence[Key]
    note: str


def geo_sheet(home: str, world: str, words: Words, legends: Legends, *, family: str = SANS) -> str:
    """The SVG of both drawings, which are those of the page."""
    lines = wrapped(words.filters, 15.0, WIDTH - 2 * _MARGIN, 2)
    top = 152.0 + 20 * (len(lines) - 1)
    left: Box = (_MARGIN, top, _MARGIN + _HOME, HEIGHT - 64 - _height(legends.classes, _HOME))
    right: Box = (left[2] + _GAP, top, WIDTH - _MARGIN, top + 520)
    room = WIDTH - 2 * _MARGIN
    return "".join(
        (
            opening(family),
            f'<title id="title">{attribute(words.title)}</title>',
            f'<desc id="told">{attribute(" ".join(words.told))}</desc>',
            f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#ffffff"/>',
            put(cut(words.title, 30, room, bold=True), _MARGIN, 64, 30, 'font-weight="700"'),
            put(words.count, _MARGIN, 90, 15, fill=SOFT),
            *(put(line, _MARGIN, 112 + 20 * k, 15) for k, line in enumerate(lines)),
            put(legends.home, left[0], top - 10, 15, 'font-weight="700"'),
            put(legends.world, right[0], top - 10, 15, 'font-weight="700"'),
            framed("home-seen", left, still(home, "home", left)),
            _sea(right),
            framed("world-seen", right, still(world, "world", right)),
            *_lines(legends.classes, left[0], left[3] + 14, _HOME),
            *_lines(legends.arcs, right[0], right[3] + 14, right[2] - right[0]),
            *_lines(
                legends.kinds,
                right[0],
                right[3] + 26 + _height(legends.arcs, right[2] - right[0]),
                right[2] - right[0],
            ),
            *_note(legends.note, right),
            put(cut(words.foot, 13, room), _MARGIN, HEIGHT - 28, 13, fill=SOFT),
            "</svg>",
        )
    )


def shade_key(shade: int | None, words: str) -> Key:
    """A class of the territory; None: nobody."""
    box = 'x="0" y="-8" width="30" height="15" stroke="#8a97a0"'
    if shade is None:
        hatch = f'<path d="M4 7L18 -8M14 7L28 -8M24 7L30 1" stroke="{HATCHED}" stroke-width="2"/>'
        return Key(f'<rect {box} fill="#fff"/>{hatch}', words)
    return Key(f'<rect {box} fill="{SHADES[shade]}"/>', words)


def arc_key(code: str, words: str, *, width: int = 2, faint: bool = False) -> Key:
    """A line of the world: its class, or how wide it is."""
    colour, dash = ARCS.get(code, (INK, ""))
    style = f'stroke="{colour}" stroke-width="{WIDTHS[width]}"' + (' stroke-opacity=".4"' if faint else "")
    return Key(f'<path d="M0 0H30" {style}' + (f' stroke-dasharray="{dash}"' if dash else "") + "/>", words)


def kind_key(kind: str, count: int) -> Key:
    """A kind of actor."""
    style = KIND_STYLE[kind]
    drawn = f'<path d="{SHAPES[style.shape]}" fill="{style.colour}" transform="translate(15 0)"/>'
    return Key(drawn, f"{capital(plural('actor_kind', kind, count))} ({count})")


def _cells(keys: Sequence[Key], width: float) -> Iterator[tuple[Key, float, float]]:
    """Each line and where it stands, one after the other as words in a paragraph."""
    x = y = 0.0
    for key in keys:
        wide = 40 + text_width(key.words, _SIZE) + 22
        if x and x + wide > width + 22:
            x, y = 0.0, y + _STEP
        yield key, x, y
        x += wide


def _height(keys: Sequence[Key], width: float) -> float:
    return max((y for _key, _x, y in _cells(keys, width)), default=0.0) + _STEP + 14


def _lines(keys: Sequence[Key], left: float, top: float, width: float) -> Iterator[str]:
    for key, x, y in _cells(keys, width):
        yield f'<g transform="translate({left + x:.1f} {top + y + 8:.1f})">{key.sign}</g>'
        yield put(cut(key.words, _SIZE, width - 40), left + x + 40, top + y + 13, _SIZE)


def _sea(area: Box) -> str:
    box = f'x="{area[0]:g}" y="{area[1]:g}" width="{area[2] - area[0]:g}" height="{area[3] - area[1]:g}"'
    return f'<rect {box} rx="8" fill="{GROUND}"/>'


def _note(text: str, area: Box) -> Iterator[str]:
    lines = wrapped(text, 13.0, area[2] - area[0], 3)
    for k, line in enumerate(lines):
        yield put(line, area[0], HEIGHT - 64 - 18 * (len(lines) - 1 - k), 13, fill=SOFT)
