"""Borders as arcs: cut where three areas meet, written once for both sides, thinned without a gap.

An arc is a tuple of (x, y) whole numbers on a grid; an area is a list of rings, a ring a list of arc numbers,
`~n` for arc n run backwards: as in TopoJSON (https://github.com/topojson/topojson-specification).
"""

import heapq
from collections.abc import Iterable, Mapping
from itertools import pairwise

Point = tuple[int, int]
Arc = tuple[Point, ...]
Rings = list[list[int]]


def cut_into_arcs(areas: Mapping[str, list[list[Point]]]) -> tuple[list[Arc], dict[str, Rings]]:
    """Arcs and areas of closed rings (last point = first) that share their vertices."""
    around: dict[Point, set[Point]] = {}
    for rings in areas.values():
        for ring in rings:
            for one, other in pairwise(ring):
                around.setdefault(one, set()).add(other)
                around.setdefault(other, set()).add(one)
    known: dict[Arc, int] = {}
    arcs: list[Arc] = []
    found: dict[str, Rings] = {}
    for key, rings in areas.items():
        found[key] = [[_number(arc, known, arcs) for arc in _pieces(ring, around)] for ring in rings]
    return arcs, found


def _pieces(ring: list[Point], around: Mapping[Point, set[Point]]) -> list[Arc]:
    """The ring cut at every point where more than two borders meet."""
    open_ring = ring[:-1]
    ends = [k for k, point in enumerate(open_ring) if len(around[point]) > 2]
    if not ends:
        first = min(range(len(open_ring)), key=lambda k: open_ring[k])
        turned = open_ring[first:] + open_ring[:first]
        return [(*turned, turned[0])]
    turned = open_ring[ends[0] :] + open_ring[: ends[0]]
    marks = [k - ends[0] for k in ends] + [len(turned)]
    closed = [*turned, turned[0]]
    return [tuple(closed[a : b + 1]) for a, b in pairwise(marks)]


def _number(arc: Arc, known: dict[Arc, int], arcs: list[Arc]) -> int:
    back = arc[::-1]
    if arc in known:
        return known[arc]
    if back in known:
        return ~known[back]
    known[arc] = len(arcs)
    arcs.append(arc)
    return known[arc]


def dissolved(rings: Rings, arcs: list[Arc]) -> Rings:
    """The same area without the borders inside it: arcs run both ways fall out, the rest is joined anew."""
    used = [n for ring in rings for n in ring]
    left = {n for n in used if ~n not in used}
    joined = []
    while left:
        ring = [min(left)]
        left.remove(ring[0])
        start = _ends(ring[0], arcs)[0]
        while _ends(ring[-1], arcs)[1] != start:
            here = _ends(ring[-1], arcs)[1]
            step = next(n for n in sorted(left) if _ends(n, arcs)[0] == here)
            left.remove(step)
            ring.append(step)
        joined.append(ring)
    return joined


def _ends(n: int, arcs: list[Arc]) -> tuple[Point, Point]:
    return (arcs[n][0], arcs[n][-1]) if n >= 0 else (arcs[~n][-1], arcs[~n][0])


def points_of(ring: Iterable[int], arcs: list[Arc]) -> list[Point]:
    """The closed ring as points."""
    found: list[Point] = []
    for n in ring:
        run = arcs[n] if n >= 0 else arcs[~n][::-1]
        found += run[1:] if found else run
    return found


def area_of(ring: list[Point]) -> float:
    """Twice the area of a closed ring, without its sign."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)))


def thinned(arc: Arc, least: float) -> Arc:
    """The arc without the points that make triangles of less than `least` (twice the area, grid squared).

    Visvalingam and Whyatt, Line generalisation by repeated elimination of points, 1993. The ends stay; a
    closed arc keeps at least four points.
    """
    floor = 4 if arc[0] == arc[-1] else 2
    before = list(range(-1, len(arc) - 1))
    after = list(range(1, len(arc) + 1))
    worth = {k: _triangle(arc, k - 1, k, k + 1) for k in range(1, len(arc) - 1)}
    heap = [(value, k) for k, value in worth.items()]
    heapq.heapify(heap)
    kept = len(arc)
    reached = 0.0
    while heap and kept > floor:
        value, k = heapq.heappop(heap)
        if worth.get(k) != value:
            continue
        reached = max(reached, value)
        if reached >= least:
            break
        del worth[k]
        kept -= 1
        one, other = before[k], after[k]
        after[one], before[other] = other, one
        for j in (one, other):
            if j in worth:
                worth[j] = max(reached, _triangle(arc, before[j], j, after[j]))
                heapq.heappush(heap, (worth[j], j))
    return tuple(p for k, p in enumerate(arc) if k in worth or k in (0, len(arc) - 1))


def _triangle(arc: Arc, a: int, b: int, c: int) -> float:
    (ax, ay), (bx, by), (cx, cy) = arc[a], arc[b], arc[c]
    return float(abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)))
