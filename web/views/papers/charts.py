"""Lines over the years as SVG coordinates: drawn by the server, each with a table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_WIDTH, _HEIGHT = 720.0, 260.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 175.0, 14.0, 30.0
_SPARK_WIDTH, _SPARK_HEIGHT = 200.0, 40.0


@dataclass(frozen=True, slots=True)
class Line:
    """One series: `points` for a polyline, where its name goes, and its last value."""

    name: str
    points: str
    end_x: float
    end_y: float
    last: float


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines in a box of `width` x `height`; ticks are (position, text)."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    lines: tuple[Line, ...]
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]


def line_chart(labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]) -> LineChart | None:
    """A chart from zero up; None with fewer than two days, when there is no line to draw."""
    if len(labels) < 2:
        return None
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    step = _round_step(max((max(values) for _, values in series), default=0.0))
    most = step * max(1, ceil(max(max(values) for _, values in series) / step))

    def x_of(k: int) -> float:
        return round(_LEFT + (right - _LEFT) * k / (len(labels) - 1), 1)

    def y_of(value: float) -> float:
        return round(bottom - (bottom - _TOP) * value / most, 1)

    lines = [
        Line(
            name,
            " ".join(f"{x_of(k)},{y_of(v)}" for k, v in enumerate(values)),
            right,
            y_of(values[-1]),
            values[-1],
        )
        for name, values in series
    ]
    every = ceil(len(labels) / 7)
    return LineChart(
        _WIDTH,
        _HEIGHT,
        _LEFT,
        right,
        _TOP,
        bottom,
        tuple(_apart(lines)),
        tuple((x_of(k), labels[k]) for k in range(0, len(labels), every)),
        tuple((y_of(step * k), f"{step * k:g}") for k in range(round(most / step) + 1)),
    )


def spark(values: Sequence[float]) -> str:
    """The points of a small line without axes, from the least to the greatest value."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    level = 0.5 if high == low else 0.0
    return " ".join(
        f"{round(_SPARK_WIDTH * k / (len(values) - 1), 1)},"
        f"{round(_SPARK_HEIGHT * (1 - max(level, (v - low) / span)), 1)}"
        for k, v in enumerate(values)
    )


def _apart(lines: list[Line]) -> list[Line]:
    """The same lines, their names never closer than a line of text."""
    placed: list[Line] = []
    for line in sorted(lines, key=lambda one: one.end_y):
        y = line.end_y if not placed else max(line.end_y, placed[-1].end_y + 18)
        placed.append(Line(line.name, line.points, line.end_x, y, line.last))
    return [next(p for p in placed if p.name == line.name) for line in lines]


def _round_step(most: float) -> float:
    """1, 2 or 5 times a power of ten, for about five steps."""
    if most <= 5:
        return 1.0
    raw = most / 5
    power = 10 ** floor(log10(raw))
    return float(next(m * power for m in (1, 2, 5, 10) if m * power >= raw))
