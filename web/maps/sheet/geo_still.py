"""A geographic drawing made to stand alone.

On the site a style sheet colours it and keeps its signs at one size at every zoom; in a file both are written
into it.
"""

import re

from web.maps.sheet.labels import Box

SHADES = ("#f7f7f3", "#dbe7ee", "#a9cbde", "#6ba7c8", "#2f7aa8", "#0f4c75")
"""From none to the most, as `--q0` … `--q5` of geography.css by day."""
ARCS = {
    "cooperation": ("#b3470b", ""),
    "resource": ("#7a5c00", "9 4"),
    "structural": ("#4d5663", "2 3"),
    "contact": ("#6a5c8f", "1 5"),
    "acts": ("#00634a", "10 3 2 3"),
}
WIDTHS = {1: 1.1, 2: 2.2, 3: 3.8, 4: 5.6}
GROUND, RIM, OUTER, HATCHED = "#eef4f7", "#c9d2d6", "#10272e", "#aab6bc"
_HALO, _CHOSEN = "#ffffff", "#b0004b"
_WHOLE = re.compile(r'<svg viewBox="([^"]+)" data-whole="[^"]+" data-z="(\d)"[^>]*>(.*)</svg>', re.DOTALL)
_SIGN = re.compile(r'class="s( [\w-]+)?( [\w-]+)?"')
_LEVELS = 5


def still(drawing: str, name: str, area: Box) -> str:
    """The drawing of `web.maps.geo_svg.svg` fitted into an area of a sheet, where it alone bears this name.

    Links, which a file cannot follow, become groups with the same title. Raises ValueError for another SVG.
    """
    found = _WHOLE.fullmatch(drawing)
    if found is None:
        raise ValueError(drawing[:80])
    seen, level, inside = found[1], int(found[2]), found[3]
    width, height = (float(side) for side in seen.split()[2:])
    wide, high = area[2] - area[0], area[3] - area[1]
    unit = max(width / wide, height / high)  # of the drawing, in one of the sheet
    inside = re.sub(r'<a href="[^"]*"', "<g", inside).replace("</a>", "</g>").replace(' tabindex="-1"', "")
    inside = re.sub(r' data-[a-z]+="[^"]*"', "", inside)
    inside = _SIGN.sub(lambda m: f'class="s{m[1] or ""}{m[2] or ""}" transform="scale({unit:.4f})"', inside)
    inside = re.sub(r'(class="s big" transform="scale\()[\d.]+', rf"\g<1>{unit * 1.35:.4f}", inside)
    inside = re.sub(
        r'<use class="s" transform="scale\([\d.]+\)"', f'<use transform="scale({unit * 0.62:.4f})"', inside
    )
    for quoted in ('id="g-', 'href="#g-', "url(#g-"):
        inside = inside.replace(quoted, quoted.replace("g-", f"{name}-"))
    box = f'x="{area[0]:g}" y="{area[1]:g}" width="{wide:g}" height="{high:g}"'
    return (
        f"<style>{_rules(f'#{name}', unit, level)}</style>"
        f'<svg id="{name}" {box} viewBox="{seen}" preserveAspectRatio="xMidYMid meet">{inside}</svg>'
    )


def _rules(own: str, unit: float, level: int) -> str:
    """The style of one drawing, strokes in its units; its land and its areas are drawn ten times as large."""
    hidden = [f".z{k}" for k in range(_LEVELS) if k > level and not (k <= 1 <= level)]
    rules = [
        f".areas path{{stroke:#c3d0d6;stroke-width:{8 * unit:.2f};stroke-linejoin:round}}",
        *(f".q{k} path,.q{k} circle{{fill:{shade}}}" for k, shade in enumerate(SHADES)),
        f".areas .unknown{{fill:#fff}} .hatch{{stroke:{HATCHED};stroke-width:14}} rect.none{{fill:#fff}}",
        f".plain{{fill:{SHADES[0]}}} .point circle{{stroke:#40606b;stroke-width:1}}",
        f".borders path{{fill:none;stroke:#40606b;stroke-width:{13 * unit:.2f};stroke-linejoin:round}}",
        f".borders .outer{{stroke:{OUTER};stroke-width:{20 * unit:.2f}}}",
        f".land path{{fill:#fbfaf6;stroke:{RIM};stroke-width:{6 * unit:.2f}}} .land .own{{fill:#dfe7ea}}",
        ".land .country path{fill:#f4d9b8}",
        f".dot{{stroke:{_HALO};stroke-width:1.6;paint-order:stroke}}",
        f".ring{{fill:none;stroke:{_CHOSEN};stroke-width:3}}",
        f".circle circle{{fill:{ARCS['cooperation'][0]};fill-opacity:.85;stroke:{_HALO};stroke-width:1.2}}",
        f".circle text,.marker text{{fill:{_HALO}}}",
        ".arc{fill:none;stroke:#5a6672;stroke-opacity:.85} .over{stroke-opacity:.4}",
        *(f".w{k}{{stroke-width:{width * unit:.3f}}}" for k, width in WIDTHS.items()),
        *(_arc_rule(code, colour, dash, unit) for code, (colour, dash) in ARCS.items()),
        f".marker circle{{stroke:{_HALO};stroke-width:1.2}} .origin circle{{fill:{OUTER};stroke:{_HALO}}}",
        *(f".marker.{code} circle{{fill:{colour}}}" for code, (colour, _dash) in ARCS.items()),
        ".marker.untied circle,.marker.over circle{fill:#fbfaf6;stroke:#4d5663;stroke-width:1.6}",
        "text{font-size:13px;font-weight:700} .middle,.above,.below{text-anchor:middle}",
        f".end{{text-anchor:end}} .names text{{fill:#14222a;stroke:{_HALO};stroke-width:3px}}",
        ".names text{stroke-linejoin:round;paint-order:stroke}",
        f".tray{{fill:{SHADES[0]};stroke:{RIM};stroke-dasharray:4 3}}",
        *([".there{display:none}"] if level < 2 else []),
        *(f".names {one}{{display:none}}" for one in hidden),
    ]
    return "".join(_scoped(own, rule) for rule in rules)


def _arc_rule(code: str, colour: str, dash: str, unit: float) -> str:
    dashes = " ".join(f"{float(part) * unit:.2f}" for part in dash.split())
    return f".arc.{code}{{stroke:{colour}" + (f";stroke-dasharray:{dashes}" if dashes else "") + "}"


def _scoped(own: str, rules: str) -> str:
    """Each selector under the one drawing it is for."""
    scoped = []
    for rule in filter(None, (part.strip() for part in rules.split("}"))):
        selectors, _brace, body = rule.partition("{")
        scoped.append(",".join(f"{own} {one.strip()}" for one in selectors.split(",")) + "{" + body + "}")
    return "".join(scoped)
