"""What is wrong with what somebody typed: every field at once, in codes and facts."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphsvc.domain.errors import Refused


@dataclass(frozen=True, slots=True)
class Fault:
    """One field, the rule it breaks, and the values a sentence and its remedy need (plain, fit for JSON)."""

    field: str
    code: str
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(eq=False)
class DraftRefused(Refused):
    """A draft of this kind of record cannot be published as it is; nothing was changed."""

    kind: str
    faults: Sequence[Fault]

    @property
    def facts(self) -> dict[str, object]:
        """The faults as plain values."""
        told = [{"field": f.field, "code": f.code, "facts": dict(f.facts)} for f in self.faults]
        return {"kind": self.kind, "faults": told}
