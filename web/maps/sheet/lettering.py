"""How much room a text takes, and where lines break, without a font at hand: widths by sort of letter."""

import unicodedata

_NARROW, _WIDE = frozenset("iljtfrI.,:;'’|!()[] -\u00a0\u202f"), frozenset("mwMWœŒæÆ@%")
_SHARES = {
    "narrow": 0.33,
    "wide": 0.92,
    "capital": 0.7,
    "full": 1.0,
    "other": 0.56,
}  # of the size of the type


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line set in this size, a little too wide rather than too narrow."""
    return size * sum(_SHARES[_sort(c)] for c in text) * (1.13 if bold else 1.0)


def _sort(letter: str) -> str:
    if letter in _NARROW:
        return "narrow"
    if letter in _WIDE:
        return "wide"
    if letter.isascii():
        return "capital" if letter.isupper() else "other"
    if unicodedata.combining(letter):
        return "narrow"
    if unicodedata.east_asian_width(letter) in "WF":
        return "full"
    return "capital" if letter.isupper() else "other"


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, or its beginning and « … » where it is too long."""
    if text_width(text, size, bold=bold) <= room:
        return text
    while text and text_width(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, size: float, room: float, most: int) -> list[str]:
    """The text in lines no wider than `room`, `most` lines at most, the last one cut."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and text_width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [cut(line, size, room) for line in lines]
