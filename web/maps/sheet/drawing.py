"""The drawing itself as SVG: discs, band, trays, relations by style, symbols, names."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import escape

from graphsvc.exchange.network import xml_text
from web.maps.sheet.bubbles import bubbles, bundle_lines
from web.maps.sheet.frame import Frame
from web.maps.sheet.labels import SIZE, Box, Grid, place_names
from web.maps.sheet.lettering import cut, text_width
from web.shown import SHAPES

INK, SOFT, HALO = "#16202c", "#4a5563", "#ffffff"
_DISC = ("#f3f5f9", "#dde3ec")
_BAND, _CELL = ("#eaf4fb", "#b9d9ee"), "#f7fbfe"
_TRAY = ("#fafafa", "#c2c7cf")
_RADIUS = 6.5  # of the shapes of web.shown


def attribute(text: object) -> str:
    """A text as it may stand in XML: characters that XML cannot hold left out, signs escaped."""
    return str(escape(xml_text(str(text))))


def draw(
    drawing: Mapping[str, Any], frame: Frame, area: Box, *, chosen: str = "", linked: bool = False
) -> str:
    """The part of the map in `frame`, drawn into `area` (left, top, right, bottom of the sheet).

    `linked`: each symbol leads to the record of its actor, in a window of its own.
    """
    return "".join(_Pen(drawing, frame, area, chosen, linked).parts())


class _Pen:
    """Turns map units into sheet units: `frame` has the shape of `area`."""

    def __init__(
        self, drawing: Mapping[str, Any], frame: Frame, area: Box, chosen: str, linked: bool
    ) -> None:
        self._linked = linked
        self._drawing, self._frame, self._area, self._chosen = drawing, frame, area, chosen
        self._scale = (area[2] - area[0]) / frame.width
        self._taken = Grid()
        self._spots = [
            (n, *self._at(n["x"], n["y"]), n["size"] * self._scale)
            for n in drawing["nodes"]
            if frame.holds(n["x"], n["y"]) and "bubble" not in n
        ]

    def parts(self) -> list[str]:
        """From the ground up; titles and countries take their room before the names of actors."""
        return [
            *self._ground(),
            *self._boxes(),
            *self._countries(),
            *self._edges(),
            *bundle_lines(self._drawing, self._at),
            *self._over(),
            *self._symbols(),
            *bubbles(self._drawing, self._at, self._scale, self._area, self._taken, self.text),
            *self._names(),
        ]

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return (
            self._area[0] + (x - self._frame.left) * self._scale,
            self._area[1] + (y - self._frame.top) * self._scale,
        )

    def _ground(self) -> list[str]:
        found = []
        for disc in self._drawing["discs"]:
            x, y = self._at(disc["x"], disc["y"])
            r = disc["r"] * self._scale
            fill, rim, dash = _DISC[0], _DISC[1], ""
            if disc.get("title") and not disc.get("key"):  # whose group the data do not say: as a tray
                fill, rim, dash = _TRAY[0], _TRAY[1], ' stroke-dasharray="6 5"'
            found.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}" stroke="{rim}"{dash}/>'
            )
            if disc.get("title") and r > 24:
                found.append(self._disc_title(disc["title"], x, y - r - 4, 2 * r))
        return found

    def _disc_title(self, title: str, x: float, top: float, room: float) -> str:
        text = cut(title, 13.0, max(room, 90.0), bold=True)
        left = x - text_width(text, 13.0, bold=True) / 2
        self._taken.hold((left, top, left + text_width(text, 13.0, bold=True), top + 16))
        return self.text(text, left, top, 13.0, bold=True, fill=SOFT)

    def _boxes(self) -> list[str]:
        found = []
        for name, (fill, rim), dash in (
            ("band", _BAND, ""),
            ("tray", _TRAY, "6 5"),
            ("inventory", _TRAY, "6 5"),
        ):
            box = self._drawing[name]
            if not box:
                continue
            found.append(self._box(box, f'fill="{fill}" stroke="{rim}" stroke-dasharray="{dash}"'))
            x, y = self._at(box["x"], box["y"])
            size = max(13.0, min(17.0, 17 * self._scale * 2))
            top = y - size - 4 if name == "band" else y + 5
            found.append(self._title(f"{box['title']} ({box['count']})", x + 8, top, size))
        return found

    def _box(self, box: Mapping[str, Any], paint: str) -> str:
        x, y = self._at(box["x"], box["y"])
        width, height = box["width"] * self._scale, box["height"] * self._scale
        return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="5" {paint}/>'

    def _title(self, text: str, left: float, top: float, size: float) -> str:
        left = max(left, self._area[0] + 8)
        self._taken.hold((left, top, left + text_width(text, size, bold=True), top + size + 3))
        return self.text(text, left, top, size, bold=True)

    def _countries(self) -> list[str]:
        """Cells of the band, each under its name: whole, over what is free beside it, where it can be."""
        cells = self._drawing["countries"] if self._drawing["band"] else ()
        found = [self._box({**cell, "width": cell["width"] - 6}, f'fill="{_CELL}"') for cell in cells]
        for cell in cells:
            x, y = self._at(cell["x"] + 14, cell["y"] + 6)
            name = str(cell["name"]).upper()
            left, right = self._beside(cell, y)
            size = next((s for s in (10.0, 9.0, 8.0) if text_width(name, s, bold=True) <= right - left), 8.0)
            text = cut(name, size, right - left, bold=True)
            width = text_width(text, size, bold=True)
            x = max(left, min(x, right - width))
            box = (x - 2, y, x + width + 2, y + 12)
            if len(text) < min(4, len(name)) or self._taken.hits(box):
                continue
            self._taken.hold(box)
            found.append(self.text(text, x, y, size, bold=True, fill=SOFT))
        return found

    def _beside(self, cell: Mapping[str, Any], y: float) -> tuple[float, float]:
        """From where to where, in pixels, the line at `y` is free of other cells, within the band."""
        band = self._drawing["band"]
        edges = [self._at(x, 0)[0] for x in (cell["x"], cell["x"] + cell["width"])]
        ends = [self._at(x, 0)[0] for x in (band["x"], band["x"] + band["width"])]
        for other in self._drawing["countries"]:
            left, top = self._at(other["x"], other["y"])
            right, foot = left + other["width"] * self._scale, top + other["height"] * self._scale
            if other is cell or y + 12 < top or y > foot:
                continue
            if right <= edges[0] + 1:
                ends[0] = max(ends[0], right)
            elif left >= edges[1] - 1:
                ends[1] = min(ends[1], left)
        return ends[0] + 4, max(ends[1], edges[1]) - 4

    def _edges(self) -> list[str]:
        """One path for all the relations of a style."""
        at = self._ends()
        styles: dict[tuple[str, float, str, float], list[str]] = {}
        for e in self._drawing.get("alone", self._drawing["edges"]):
            (x1, y1), (x2, y2) = at[e["from"]], at[e["to"]]
            if self._unseen(x1, y1, x2, y2):
                continue
            path = f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
            styles.setdefault(self._edge_style(e), []).append(path)
        return [
            f'<path d="{"".join(paths)}" fill="none" stroke="{attribute(colour)}" stroke-width="{width:.2f}"'
            f' stroke-opacity="{opacity:.2f}"' + (f' stroke-dasharray="{dash}"' if dash else "") + "/>"
            for (colour, width, dash, opacity), paths in styles.items()
        ]

    def _over(self) -> list[str]:
        """A path and imagined links: wide, with a rim that parts them from what they cross."""
        at = self._ends()
        found = []
        for line in self._drawing.get("over", ()):
            (x1, y1), (x2, y2) = at[line["from"]], at[line["to"]]
            path = f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" fill="none"'
            dash = " ".join(map(str, line["dashes"]))
            found.append(f'{path} stroke="{HALO}" stroke-width="{line["width"] + 3:g}" stroke-opacity=".8"/>')
            found.append(
                f'{path} stroke="{line["color"]}" stroke-width="{line["width"]:g}"'
                + (f' stroke-dasharray="{dash}"' if dash else "")
                + "/>"
            )
        return found

    def _ends(self) -> dict[str, tuple[float, float]]:
        """Where a line to each actor ends: at its symbol, or at the bubble it is in."""
        folded = self._drawing.get("bubbles", ())
        return {
            n["id"]: self._at(spot["x"], spot["y"])
            for n in self._drawing["nodes"]
            for spot in [folded[n["bubble"]] if "bubble" in n else n]
        }

    def _edge_style(self, e: Mapping[str, Any]) -> tuple[str, float, str, float]:
        touches = bool(self._chosen) and self._chosen in (e["from"], e["to"])
        opacity = (0.9 if e["fresh"] else 0.4) if e["live"] else 0.3
        if self._chosen:
            opacity = max(opacity, 0.75) if touches else 0.06
        dashes = (e["dashes"] or []) if e["live"] else [3, 6]
        width = max(0.7, e["width"] * self._scale * (1.6 if touches else 1.0))
        return e["color"], width, " ".join(f"{max(1.0, d * self._scale):.1f}" for d in dashes), opacity

    def _unseen(self, x1: float, y1: float, x2: float, y2: float) -> bool:
        left, top, right, bottom = self._area
        return max(x1, x2) < left or min(x1, x2) > right or max(y1, y2) < top or min(y1, y2) > bottom

    def _symbols(self) -> list[str]:
        near = self._near()
        found = []
        for n, x, y, r in self._spots:
            opacity = (0.55 if n["context"] else 1.0) * (0.75 if n["ended"] else 1.0)
            if self._chosen and n["id"] not in near:
                opacity = 0.14
            rim = f' stroke="{INK}" stroke-width="1.6"' if n["id"] == self._chosen else ""
            drawn = (
                f'<path d="{SHAPES.get(n["shape"], SHAPES["dot"])}" fill="{attribute(n["color"])}"{rim}'
                f' transform="translate({x:.1f} {y:.1f}) scale({max(2.2, r) / _RADIUS:.3f})"'
                + (f' opacity="{opacity:.2f}"' if opacity < 1 else "")
                + f"><title>{attribute(n['name'])}</title></path>"
            )
            found.append(self._link(n, drawn) if self._linked else drawn)
        return found

    def _link(self, n: Mapping[str, Any], drawn: str) -> str:
        name = f'aria-label="{attribute(n["name"])}"'
        where = f'href="{attribute(n["url"])}" {name} target="_blank" rel="noopener" tabindex="-1"'
        return f"<a {where}>{drawn}</a>"

    def _near(self) -> set[str]:
        touching = [e for e in self._drawing["edges"] if self._chosen in (e["from"], e["to"])]
        return {self._chosen} | {end for e in touching for end in (e["from"], e["to"])}

    def _names(self) -> list[str]:
        placed = place_names(self._spots, self._drawing["edges"], self._area, self._taken, self._chosen)
        return [
            self.text(p.text, p.left, p.top, SIZE, bold=p.bold, halo=True, opacity=0.7 if p.faded else 1.0)
            for p in placed
        ]

    def text(
        self,
        text: str,
        left: float,
        top: float,
        size: float,
        *,
        bold: bool = False,
        fill: str = INK,
        halo: bool = False,
        opacity: float = 1.0,
    ) -> str:
        """A line of text; `halo`: a white rim that keeps it readable over lines."""
        said = attribute(text)
        at = f'x="{left:.1f}" y="{top + size * 0.86:.1f}" font-size="{size:g}"' + (
            ' font-weight="700"' if bold else ""
        )
        at += f' opacity="{opacity:.2f}"' if opacity < 1 else ""
        if halo:
            at += f' paint-order="stroke" stroke="{HALO}" stroke-width="3.4" stroke-linejoin="round"'
        return f'<text {at} fill="{fill}">{said}</text>'


def nodes_seen(drawing: Mapping[str, Any], frame: Frame) -> Sequence[Mapping[str, Any]]:
    """The actors of the drawing that stand in the frame."""
    return [n for n in drawing["nodes"] if frame.holds(n["x"], n["y"])]
