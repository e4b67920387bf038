"""The map with some groups folded, each into one bubble, as the screen shows it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

STRONGEST = 1500
"""Relations between bubbles that are drawn: the others would only darken the whole (as map-strokes.js)."""


@dataclass(frozen=True, slots=True)
class Folding:
    """Which groups are folded: `every` one or none, but those of `folded` and of `opened`, named by key."""

    every: bool = False
    folded: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()

    def folds(self, key: str) -> bool:
        """Whether the group of this key is one bubble."""
        return key in self.folded or (self.every and key not in self.opened)


def fold(
    drawing: dict[str, Any], groups: Sequence[Mapping[str, Any]], group_of: Sequence[int], folding: Folding
) -> None:
    """Put `bubbles` and `bundles` into a drawing; who is in a bubble bears its position (`bubble`).

    `groups` and `group_of` are those of the columns: one number for each node of the drawing, -1 for none.
    Bundles are (x1, y1, x2, y2, how many), the weakest first; relations within a bubble go with it.
    """
    closed = {k: g for k, g in enumerate(groups) if folding.folds(g["key"])}
    place = {k: at for at, k in enumerate(closed)}
    inside: dict[str, int] = {}
    for node, k in zip(drawing["nodes"], group_of, strict=True):
        if k in closed:
            node["bubble"] = inside[node["id"]] = place[k]
    drawing["bubbles"] = [
        {**g, "kinds": _kinds(drawing, at)} for at, g in enumerate(closed.values())
    ]  # the ring says who is in it
    drawing["discs"] = [
        d for d in drawing["discs"] if d.get("key") not in {g["key"] for g in closed.values()}
    ]
    drawing["bundles"] = _bundles(drawing, inside)


def _kinds(drawing: Mapping[str, Any], at: int) -> list[tuple[str, int]]:
    """Colours of the kinds in a bubble, the most frequent first."""
    return Counter(n["color"] for n in drawing["nodes"] if n.get("bubble") == at).most_common()


def _bundles(
    drawing: dict[str, Any], inside: Mapping[str, int]
) -> list[tuple[float, float, float, float, int]]:
    spots = {n["id"]: (float(n["x"]), float(n["y"])) for n in drawing["nodes"]}
    middles = [(float(b["x"]), float(b["y"])) for b in drawing["bubbles"]]
    sums: Counter[tuple[Any, Any]] = Counter()
    kept = []
    for edge in drawing["edges"]:
        one, other = (inside.get(edge[end], edge[end]) for end in ("from", "to"))
        if one == edge["from"] and other == edge["to"]:
            kept.append(edge)
        elif one != other:
            sums[min((one, other), (other, one), key=str)] += 1
    drawing["alone"] = kept

    def at(end: int | str) -> tuple[float, float]:
        return middles[end] if isinstance(end, int) else spots[end]

    strongest = sums.most_common(STRONGEST)[::-1]
    return [(*at(one), *at(other), count) for (one, other), count in strongest]
