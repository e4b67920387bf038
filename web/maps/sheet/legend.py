"""What the signs of the sheet mean: relations, their states, kinds of actors, with counts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.links import LinkClass
from web.french import capital
from web.labels import KIND_STYLE, plural
from web.maps.network import LINE
from web.maps.sheet.colours import APPEARED, GONE, REMAINED
from web.maps.sheet.drawing import INK, SOFT, attribute
from web.maps.sheet.lettering import cut, wrapped
from web.shown import SHAPES
from web.spoken import gettext as _

_SIZE, _STEP = 13.5, 20.0


def legend(
    seen: Sequence[Mapping[str, Any]],
    edges: Sequence[Mapping[str, Any]],
    left: float,
    top: float,
    width: float,
    bottom: float,
    drawing: Mapping[str, Any],
) -> str:
    """The legend in a column; kinds beyond the foot of the sheet are counted together.

    `drawing`: for what is drawn over the network, and the bubbles.
    """
    return "".join(_Column(left, top, width, bottom).parts(seen, edges, drawing))


class _Column:
    """Lines one under the other."""

    def __init__(self, left: float, top: float, width: float, bottom: float) -> None:
        self._left, self._y, self._width, self._bottom = left, top, width, bottom

    def parts(
        self,
        seen: Sequence[Mapping[str, Any]],
        edges: Sequence[Mapping[str, Any]],
        drawing: Mapping[str, Any],
    ) -> Iterator[str]:
        classes = Counter(str(e["class"]) for e in edges)
        if any("change" in e for e in edges):
            yield from self._comparison(edges)
        elif classes:
            yield self._title(_("Relations"))
            for code in LinkClass:
                if classes[code.value]:
                    colour, stroke, dashes = LINE[code.value]
                    dash = " ".join(map(str, dashes)) if isinstance(dashes, list) else ""
                    words = capital(plural("link_class", code.value, classes[code.value]))
                    yield self._line(colour, stroke, dash, 1.0, words, classes[code.value])
            yield from self._states(edges)
        yield from self._over(drawing.get("over", ()))
        if drawing.get("bubbles"):
            yield self._words(_("Bulle : un groupe replié, et combien d'acteurs"))
        yield self._title(_("Types d'acteurs"))
        kinds = Counter(str(n["kind"]) for n in seen)
        shown = [k.value for k in ActorKind if kinds[k.value]]
        room = int((self._bottom - 50 - self._y) // _STEP)
        for kind in shown[: room if len(shown) <= room else room - 1]:
            yield self._kind(kind, kinds[kind])
        if len(shown) > room:
            rest = sum(kinds[k] for k in shown[room - 1 :])
            yield self._words(_("et %(n)s acteurs d'autres types", n=rest))
        yield self._note(_("Taille : nombre de partenaires de coopération affichés."))

    def _comparison(self, edges: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        counts = Counter(int(e["change"]) for e in edges if "change" in e)
        yield self._title(_("Entre les deux années"))
        yield self._line(APPEARED, 2.6, "", 1.0, _("relation apparue"), counts[1])
        yield self._line(GONE, 2.2, "3 5", 1.0, _("relation terminée"), counts[-1])
        yield self._line(REMAINED, 1.0, "", 1.0, _("relation présente aux deux dates"), counts[0])

    def _over(self, lines: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        """Lines above the rest; a path is one, however many relations it follows."""
        words = {
            "path": _("chemin demandé"),
            "proposed": _("lien proposé"),
            "imagined": _("lien imaginé"),
        }
        for what, said in words.items():
            own = [line for line in lines if line["what"] == what]
            if own:
                dash = " ".join(map(str, own[0]["dashes"]))
                count = None if what == "path" else len(own)
                yield self._line(own[0]["color"], own[0]["width"], dash, 1.0, said, count)

    def _states(self, edges: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        colour = LINE["cooperation"][0]
        if any(e["live"] and not e["fresh"] for e in edges):
            yield self._line(colour, 2.0, "", 0.4, _("non confirmé depuis dix ans"))
        if any(not e["live"] for e in edges):
            yield self._line(colour, 2.0, "3 5", 0.4, _("terminé, en sommeil, prévu ou sans suite"))

    def _title(self, text: str) -> str:
        self._y += 12
        said = self._text(text, self._left, 15.0, 'font-weight="700"')
        self._y += 24
        return said

    def _line(
        self, colour: str, stroke: float, dash: str, opacity: float, words: str, count: int | None = None
    ) -> str:
        y = self._y + 7
        drawn = (
            f'<path d="M{self._left} {y:.1f}h30" fill="none" stroke="{colour}" stroke-width="{stroke + 0.4}"'
            f' stroke-opacity="{opacity}"' + (f' stroke-dasharray="{dash}"' if dash else "") + "/>"
        )
        return drawn + self._entry(words, count)

    def _kind(self, kind: str, count: int) -> str:
        style = KIND_STYLE[kind]
        drawn = (
            f'<path d="{SHAPES[style.shape]}" fill="{style.colour}"'
            f' transform="translate({self._left + 15:.1f} {self._y + 7:.1f}) scale(.95)"/>'
        )
        return drawn + self._entry(capital(plural("actor_kind", kind, count)), count)

    def _entry(self, words: str, count: int | None) -> str:
        said = ""
        if count is not None:
            said += self._text(f"{count}", self._left + self._width, _SIZE, 'text-anchor="end"', SOFT)
        for line in wrapped(words, _SIZE, self._width - 40 - (34 if count is not None else 0), 2):
            said += self._text(line, self._left + 40, _SIZE)
            self._y += _STEP
        return said

    def _words(self, text: str) -> str:
        said = self._text(cut(text, _SIZE, self._width), self._left, _SIZE, fill=SOFT)
        self._y += _STEP
        return said

    def _note(self, text: str) -> str:
        self._y += 8
        return "".join(self._words(line) for line in wrapped(text, _SIZE, self._width, 2))

    def _text(self, text: str, x: float, size: float, more: str = "", fill: str = INK) -> str:
        return (
            f'<text x="{x:.1f}" y="{self._y + size * 0.86:.1f}" font-size="{size:g}" fill="{fill}" {more}>'
            f"{attribute(text)}</text>"
        )
