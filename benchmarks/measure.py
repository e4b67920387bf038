"""How a figure is measured: repeated, interleaved with its peers, the median kept."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_STAT, _IDLE = Path("/proc/stat"), 3


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    `target` is what was promised and `higher_is_better` its direction; `peer_ratio` is peer / ours for
    durations (2.0 = twice as fast as the peer), measured in the same run; `note` says of what, on how many
    repeats.
    """

    name: str
    value: float
    unit: str
    target: float | None = None
    higher_is_better: bool = False
    peer: str | None = None
    peer_ratio: float | None = None
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the promise is kept; None where nothing was promised."""
        if self.target is None:
            return None
        return self.value >= self.target if self.higher_is_better else self.value <= self.target

    def as_data(self) -> dict[str, Any]:
        """Plain values, `reached` included."""
        return {**asdict(self), "reached": self.reached}


@dataclass(frozen=True, slots=True)
class Budget:
    """How much measuring is wanted: 1.0 is a full run, less is quicker and noisier. Sizes never change."""

    share: float = 1.0

    def repeats(self, full: int) -> int:
        """How many times to repeat what a full run repeats `full` times; at least once."""
        return max(1, round(full * self.share))


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock duration of one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def interleaved(
    works: Mapping[str, Callable[[], object]], repeats: int, rest: float = 0.0
) -> dict[str, list[float]]:
    """Durations of several works run in turn, so that what disturbs the machine disturbs all of them; `rest`
    seconds before each let what the one before left running come to its end.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(repeats):
        names = list(works) if turn % 2 == 0 else list(works)[::-1]
        for name in names:
            time.sleep(rest)
            taken[name].append(seconds(works[name]))
    return taken


def settle(limit: float = 120.0, *, idle: float = 0.9, seconds_long: int = 3) -> float:
    """Wait until the cores of the machine have had nothing to do for some seconds, at most `limit`; returns
    the seconds waited. Where the kernel does not tell (no /proc/stat), waits for nothing.
    """
    began, calm = time.monotonic(), 0
    while _STAT.exists() and calm < seconds_long and time.monotonic() - began < limit:
        before = _core_times()
        time.sleep(1)
        spent = [now - then for now, then in zip(_core_times(), before, strict=True)]
        calm = calm + 1 if spent[_IDLE] >= idle * max(1, sum(spent)) else 0
    return time.monotonic() - began


def _core_times() -> list[int]:
    """Ticks of all cores together since the start: user, nice, system, idle and so on."""
    return [int(ticks) for ticks in _STAT.read_text(encoding="ascii").splitlines()[0].split()[1:9]]


def median(durations: list[float]) -> float:
    """The middle duration."""
    return statistics.median(durations)


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not pass (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-round(share * 10_000) * len(ordered) // 10_000) - 1)]
