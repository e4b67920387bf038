"""Who asks, and what narrows the question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.errors import InvalidValue


class Ask(StrEnum):
    """What is asked for: to cooperate, something precise, or to pool means."""

    COOPERATE = "cooperate"
    NEED = "need"
    POOL = "pool"


class AskerKind(StrEnum):
    """What the suggestions are for."""

    ACTOR = "actor"
    ANNOUNCEMENT = "announcement"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Asker:
    """An actor, an announcement or a project looking for one more partner: its position in the snapshot."""

    kind: AskerKind
    index: int

    @classmethod
    def actor(cls, index: int) -> "Asker":
        """An actor looking for partners."""
        return cls(AskerKind.ACTOR, index)

    @classmethod
    def announcement(cls, index: int) -> "Asker":
        """An offer or a need looking for an answer."""
        return cls(AskerKind.ANNOUNCEMENT, index)

    @classmethod
    def project(cls, index: int) -> "Asker":
        """A project looking for one more participant. An ended one is asked as at its end."""
        return cls(AskerKind.PROJECT, index)


@dataclass(frozen=True, slots=True)
class Context:
    """What narrows the question.

    `themes` and `territories` are keys: a candidate must work on (act in) one of each that is given, or on
    something narrower or broader. `kinds` limits what the candidate is. `declined` are the public keys of
    actors the asker said "no thanks" to.
    """

    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    ask: Ask | None = None
    kinds: tuple[ActorKind, ...] = ()
    declined: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name, codes in (("ask", Ask), ("kinds", ActorKind)):
            given = getattr(self, name)
            for value in given if isinstance(given, tuple) else (given,):
                if value is not None and value not in list(codes):
                    raise InvalidValue("context", name, str(value), "unknown_code")


@dataclass(frozen=True, slots=True)
class Exposure:
    """How often each actor (by public key) was already suggested, and from when on it gives way.

    Past `limit` the score is multiplied by limit / count: a hub is not suggested to everybody.
    """

    limit: int
    counts: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.limit < 1:
            raise InvalidValue("exposure", "limit", self.limit, "at_least_one")
