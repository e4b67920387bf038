"""A reason as a code and plain values; the sentence is made at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fact:
    """`facts` are fit for JSON: texts, numbers, and lists of `{id, name}`."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
