"""Classes of values on a map: natural breaks, those that keep like with like.

Fisher, On grouping for maximum homogeneity, 1958, known on maps as Jenks' breaks: the classes whose sums of
squared deviations from their means are least, found exactly by dynamic programming over distinct values.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST = 5
_TOO_MANY = 400  # distinct values: beyond, quantiles of them are weighed instead


@dataclass(frozen=True, slots=True)
class ValueClass:
    """Values from `least` to `most`, both reached by some area; `count` areas."""

    least: int
    most: int
    count: int


def classes_of(values: Iterable[int], most: int = MOST) -> list[ValueClass]:
    """At most `most` classes of positive values, in order; zero is a class of its own when it is there."""
    counts = Counter(values)
    zero = counts.pop(0, 0)
    distinct = sorted(counts)
    found = [ValueClass(0, 0, zero)] if zero else []
    if not distinct:
        return found
    weighed = distinct if len(distinct) <= _TOO_MANY else distinct[:: -(-len(distinct) // _TOO_MANY)]
    starts = _breaks(weighed, [counts[v] for v in weighed], min(most, len(weighed)))
    firsts = [weighed[s] for s in starts]
    for k, first in enumerate(firsts):
        after = firsts[k + 1] if k + 1 < len(firsts) else distinct[-1] + 1
        own = [v for v in distinct if first <= v < after]
        found.append(ValueClass(own[0], own[-1], sum(counts[v] for v in own)))
    return found


def class_of(value: int, classes: Sequence[ValueClass]) -> int:
    """The number of the class of a value: 0 for zero, then 1, 2, … from the lowest class."""
    if value <= 0:
        return 0
    positive = [c for c in classes if c.most > 0]
    return next((k for k, c in enumerate(positive, 1) if value <= c.most), len(positive))


def shade_of(value: int, classes: Sequence[ValueClass]) -> int:
    """The shade of a value: 0 for none, then 1 (light) to 5 (dark), as far apart as the classes allow."""
    number, count = class_of(value, classes), sum(c.most > 0 for c in classes)
    if number == 0:
        return 0
    return 3 if count < 2 else round(1 + (number - 1) * 4 / (count - 1))


def _breaks(values: Sequence[int], weights: Sequence[int], groups: int) -> list[int]:
    """Where each of the groups begins (positions in `values`)."""
    n = len(values)
    mass, first, second = [0.0], [0.0], [0.0]
    for value, weight in zip(values, weights, strict=True):
        mass.append(mass[-1] + weight)
        first.append(first[-1] + weight * value)
        second.append(second[-1] + weight * value * value)

    def within(a: int, b: int) -> float:
        """The squared deviations of values a to b - 1 from their mean."""
        total = first[b] - first[a]
        return second[b] - second[a] - total * total / (mass[b] - mass[a])

    cost = [within(0, b) if b else 0.0 for b in range(n + 1)]
    cuts: list[list[int]] = []
    for g in range(2, groups + 1):
        best, where = [float("inf")] * (n + 1), [0] * (n + 1)
        for b in range(g, n + 1):
            for a in range(g - 1, b):
                found = cost[a] + within(a, b)
                if found < best[b] - 1e-9:
                    best[b], where[b] = found, a
        cost = best
        cuts.append(where)
    starts, end = [], n
    for where in reversed(cuts):
        end = where[end]
        starts.append(end)
    return [0, *reversed(starts)]
