"""The learned re-ranker: coefficients in JSON, refused when they do not fit, used only when they do better.

It reorders the first CANDIDATES of the exact default order and claims no exactness itself. The score
shown is the logistic of the weighted evidence (.5 = as likely a hidden partner as a candidate drawn from
the same list), times the same factors as the default. See docs/model-card.md.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from graphsvc.domain.errors import Refused
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64
from matcher.asks import AskerKind
from matcher.evaluation.metrics import Estimate
from matcher.learned.evidence import FEATURES

FORMAT = 2
CANDIDATES = 500
ENOUGH_LINKS = 500
"""Known cooperations under which a learned order is not trusted, whatever its figures."""
LEAST_LIKENESS = 0.8
SKETCH = 256
FILE = "matcher-model.json"
DEFAULT_NAME, LEARNED_NAME = "default", "learned"
"""What the two orders are called in an evaluation."""


@dataclass(eq=False)
class ModelRefused(Refused):
    """The coefficients cannot be used. `rule`: `unreadable`, `other_format`, `other_features`,
    `data_changed`, `too_few_links`, `not_better`.
    """

    rule: str

    @property
    def code(self) -> str:
        """`model_` and the rule."""
        return f"model_{self.rule}"


@dataclass(frozen=True, slots=True)
class DataMark:
    """What the model was trained on: where it was read, and a sketch of its cooperations that tells how much
    another network has in common with it.
    """

    store_id: str
    revision: int
    actors: int
    links: int
    sketch: tuple[str, ...]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """The mark of a snapshot: the SKETCH smallest hashes of its pairs of partners (Broder 1997)."""
        ties = snapshot.documented_ties()
        owners = np.repeat(np.arange(snapshot.n), np.diff(ties.ptr))
        keep = owners < ties.ids
        ids = snapshot.ids
        pairs = zip(owners[keep].tolist(), ties.ids[keep].tolist(), strict=True)
        marks = sorted(_hashed(f"{ids[a]}\n{ids[b]}") for a, b in pairs)[:SKETCH]
        return cls(snapshot.store_id, snapshot.revision, snapshot.n, ties.pairs, tuple(marks))

    def likeness(self, other: "DataMark") -> float:
        """Estimated share of the pairs of partners of either that are in both (Jaccard), in [0, 1]."""
        union = sorted(set(self.sketch) | set(other.sketch))[:SKETCH]
        if not union:
            return 1.0
        return len(set(union) & set(self.sketch) & set(other.sketch)) / len(union)


@dataclass(frozen=True, slots=True)
class Held:
    """What the evaluation said: figures of the default and of the learned order on hidden cooperations, and
    the gain in mrr on the same askers. `askers` is how many were asked.
    """

    default: Mapping[str, Estimate]
    learned: Mapping[str, Estimate]
    gain: Estimate
    askers: int


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """A trained re-ranker, compared by identity. `links` = known cooperations (pairs and participations) it
    was trained from; `asked` = who asked in its examples: it orders the answers to nobody else.
    """

    name: str
    base: str
    asked: tuple[AskerKind, ...]
    features: tuple[str, ...]
    coefficients: tuple[float, ...]
    intercept: float
    links: int
    trained_on: DataMark
    trained_at: str
    held: Held | None = None

    def scores(self, table: F64) -> F64:
        """The logistic of the weighted evidence, float64[candidates] in (0, 1)."""
        z = table @ np.array(self.coefficients) + self.intercept
        result: F64 = 1.0 / (1.0 + np.exp(-np.clip(z, -30.0, 30.0)))
        return result

    @property
    def better(self) -> bool:
        """Whether it beat the default on what was hidden, beyond chance (the interval of the gain is above
        0).
        """
        return self.held is not None and self.held.gain.low is not None and self.held.gain.low > 0.0

    def check(self, mark: DataMark) -> None:
        """Raise ModelRefused unless the coefficients may be used on this network."""
        if self.features != FEATURES or len(self.coefficients) != len(FEATURES):
            raise ModelRefused("other_features")
        if self.trained_on.likeness(mark) < LEAST_LIKENESS:
            raise ModelRefused("data_changed")
        if self.links < ENOUGH_LINKS:
            raise ModelRefused("too_few_links")
        if not self.better:
            raise ModelRefused("not_better")

    def to_json(self) -> str:
        """The artefact, as text."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, allow_nan=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Learned":
        """The artefact of a text. Raises ModelRefused (`unreadable`, `other_format`)."""
        try:
            data = json.loads(text)
            if data.pop("format") != FORMAT:
                raise ModelRefused("other_format")
            model = cls(
                **{
                    **data,
                    "asked": tuple(AskerKind(kind) for kind in data["asked"]),
                    "features": tuple(str(f) for f in data["features"]),
                    "coefficients": tuple(float(c) for c in data["coefficients"]),
                    "intercept": float(data["intercept"]),
                    "links": int(data["links"]),
                    "trained_on": _mark(data["trained_on"]),
                    "held": _held(data["held"]) if data.get("held") else None,
                }
            )
        # RecursionError: lists in lists without end; OverflowError: a number that no float or integer holds.
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
            raise ModelRefused("unreadable") from None
        if not all(math.isfinite(c) for c in (*model.coefficients, model.intercept)):
            raise ModelRefused("unreadable")
        return model


def read_learned(folder: Path) -> Learned | None:
    """The artefact kept in a folder, None when there is none. Raises ModelRefused when it cannot be read."""
    try:
        return Learned.from_json((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise ModelRefused("unreadable") from None


def write_learned(folder: Path, model: Learned) -> Path:
    """Write the artefact (atomically); returns where."""
    path = folder / FILE
    beside = path.with_suffix(".new")
    beside.write_text(model.to_json(), encoding="utf-8")
    beside.replace(path)
    return path


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _mark(data: Mapping[str, Any]) -> DataMark:
    return DataMark(**{**data, "sketch": tuple(str(s) for s in data["sketch"])})


def _held(data: Mapping[str, Any]) -> Held:
    return Held(
        default=_estimates(data["default"].items()),
        learned=_estimates(data["learned"].items()),
        gain=_estimate(data["gain"]),
        askers=int(data["askers"]),
    )


def _estimates(items: Iterable[tuple[str, Any]]) -> dict[str, Estimate]:
    return {name: _estimate(value) for name, value in items}


def _estimate(data: Mapping[str, Any]) -> Estimate:
    """Raises TypeError or ValueError for a figure that is no number: it is compared later."""
    return Estimate(**{name: None if given is None else float(given) for name, given in data.items()})
