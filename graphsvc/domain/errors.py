"""The errors of the core: each names a situation and carries the data a delivery layer needs to say it.

No sentence a user reads is made here: `code` and `facts` are turned into French (or English) at the edge.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(eq=False)
class MaillageError(Exception):
    """Base of every refusal. `code` is stable; `facts` are plain values fit for JSON."""

    @property
    def code(self) -> str:
        """Stable snake_case code of the situation."""
        name = type(self).__name__
        return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")

    @property
    def facts(self) -> dict[str, object]:
        """The values behind the refusal."""
        return {
            k: list(v) if isinstance(v, tuple) else v for k, v in vars(self).items() if not k.startswith("_")
        }

    def __str__(self) -> str:
        return f"{self.code}: " + ", ".join(f"{k}={v!r}" for k, v in self.facts.items())


@dataclass(eq=False)
class Refused(MaillageError):
    """The input is wrong; nothing was changed (exit status 1, HTTP 4xx)."""


@dataclass(eq=False)
class InvalidValue(Refused):
    """A field holds a value its rule (a code such as `latitude_range` or `end_before_start`) forbids."""

    record: str
    field: str
    value: object
    rule: str


@dataclass(eq=False)
class UnknownRecord(Refused):
    """No record answers to this key. `nearest` proposes up to three `{id, name}`."""

    kind: str
    key: str
    nearest: Sequence[dict[str, str]] = ()


@dataclass(eq=False)
class AmbiguousName(Refused):
    """Several records bear this name; `candidates` are `{id, name, kind, place}`."""

    kind: str
    key: str
    candidates: Sequence[dict[str, str]] = ()


@dataclass(eq=False)
class DanglingReference(Refused):
    """A record refers to another that is not in the store nor in the same change."""

    kind: str
    id: str
    field: str
    target_kind: str
    target: str


@dataclass(eq=False)
class ReferencedRecord(Refused):
    """A record cannot be withdrawn or merged away while others refer to it."""

    kind: str
    id: str
    by_kind: str
    by: str


@dataclass(eq=False)
class DuplicateKey(Refused):
    """A key (id, SIREN, RNA) already belongs to another record."""

    key: str
    id: str
    other: str


@dataclass(eq=False)
class CyclicHierarchy(Refused):
    """A parent chain (place, theme, part_of) would come back to its start."""

    kind: str
    id: str


@dataclass(eq=False)
class VersionConflict(Refused):
    """The record changed since it was read: `expected` against `found` (0 = absent)."""

    kind: str
    id: str
    expected: int
    found: int


@dataclass(eq=False)
class IdempotencyMismatch(Refused):
    """The same idempotency key was used for another set of changes."""

    key: str


@dataclass(eq=False)
class BundleTooLarge(Refused):
    """More rows than one transaction takes, into a store that is not empty."""

    rows: int
    limit: int


@dataclass(eq=False)
class BundleRejected(Refused):
    """An import was refused; `report` (an ImportReport) says each row, rule and remedy."""

    report: object = field(repr=False)


@dataclass(eq=False)
class StoreError(MaillageError):
    """The store cannot serve (exit status 3, HTTP 503)."""

    store: str


@dataclass(eq=False)
class StoreUnavailable(StoreError):
    """The store does not answer, refuses the credentials, or is busy for too long."""

    reason: str = ""


@dataclass(eq=False)
class StoreDamaged(StoreError):
    """The store's content cannot be read as ours; it was left untouched."""

    reason: str = ""


@dataclass(eq=False)
class StoreTooNew(StoreError):
    """The store was written by a later version of the product; it was left untouched."""

    found: int = 0
    supported: int = 0


@dataclass(eq=False)
class StoreLoading(StoreError):
    """A large first load has begun and not ended; rerun it to resume."""
