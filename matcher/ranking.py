"""The default weights, in one place: what counts how much, for each kind of ask.

The score of a candidate is the weighted sum of its evidence, each in [0, 1]; the weights of a model sum to 1,
so the score is in [0, 1]. The weights were set by reading suggestions on the Essonne data and, for
`cooperate`, by what finds hidden cooperations there and on a development part of another network;
docs/matcher.md says why each is what it is. A learned model replaces them only where it does better on hidden
links.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

from matcher.asks import Ask


class Signal(StrEnum):
    """The evidence codes, one per file of `matcher/evidence` (ties gives two)."""

    THEMES = "themes"
    PURPOSE = "purpose"
    TERRITORIES = "territories"
    PROXIMITY = "proximity"
    TIES = "ties"
    WALK = "walk"
    COMPLEMENTARITY = "complementarity"
    KIND = "kind"
    FRESHNESS = "freshness"


BESIDE_SUBSTANCE = frozenset({Signal.PROXIMITY, Signal.KIND, Signal.FRESHNESS})
"""They order candidates, and make none: see `Model.floor`."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight for each signal; they sum to 1."""

    themes: float
    purpose: float
    territories: float
    proximity: float
    ties: float
    walk: float
    complementarity: float
    kind: float
    freshness: float

    def __post_init__(self) -> None:
        values = [getattr(self, f.name) for f in fields(self)]
        if min(values) < 0 or abs(sum(values) - 1) > 1e-9:
            raise ValueError(f"weights are positive and sum to 1: {self}")

    def of(self, signal: Signal) -> float:
        """The weight of a signal."""
        return float(getattr(self, signal.value))


@dataclass(frozen=True, slots=True)
class Model:
    """A way of ranking: its name, its weights for each ask, and how much substance a candidate must have.

    `floor` is the least weighted sum of the substantive signals (all but `BESIDE_SUBSTANCE`):
    under it an actor is not suggested, however near it is.
    """

    name: str
    cooperate: Weights
    need: Weights
    pool: Weights
    floor: float

    def weights(self, ask: Ask) -> Weights:
        """The weights for this kind of ask."""
        by_ask = {Ask.COOPERATE: self.cooperate, Ask.NEED: self.need, Ask.POOL: self.pool}
        return by_ask[ask]


DEFAULT = Model(
    name="default-3",
    cooperate=Weights(
        themes=0.20, purpose=0.29, territories=0.20, proximity=0.02, ties=0.02, walk=0.14,
        complementarity=0.09, kind=0.02, freshness=0.02,
    ),
    need=Weights(
        themes=0.27, purpose=0.09, territories=0.21, proximity=0.03, ties=0.03, walk=0.03,
        complementarity=0.28, kind=0.04, freshness=0.02,
    ),
    pool=Weights(
        themes=0.19, purpose=0.05, territories=0.46, proximity=0.11, ties=0.03, walk=0.03,
        complementarity=0.09, kind=0.02, freshness=0.02,
    ),
    floor=0.008,
)  # fmt: skip
