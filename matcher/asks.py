"""Who asks, and what narrows the question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.announcements import Nature
from graphsvc.domain.errors import InvalidValue, Refused

LONGEST_TEXT = 500
"""Characters of what an asker says of its project: a few sentences."""


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
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Asker:
    """An actor, an announcement or a project looking for one more partner: its position in the snapshot.

    A request is nobody of the network: only what its context says is known of it.
    """

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

    @classmethod
    def request(cls) -> "Asker":
        """Somebody who does not say who it is: the themes, territories and words of the context ask."""
        return cls(AskerKind.REQUEST, -1)


@dataclass(frozen=True, slots=True)
class Context:
    """What narrows the question.

    `themes` and `territories` are keys: a candidate must work on (act in) one of each that is given, or on
    something narrower or broader. `kinds` limits what the candidate is. `nature` says what is needed, as an
    announcement would; `text` the project in a few words, `LONGEST_TEXT` characters at most. `declined` are
    the public keys of actors the asker said "no thanks" to. Raises InvalidValue.
    """

    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    ask: Ask | None = None
    kinds: tuple[ActorKind, ...] = ()
    declined: frozenset[str] = frozenset()
    text: str = ""
    nature: Nature | None = None

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST_TEXT:
            raise InvalidValue("context", "text", self.text[:80], "text_too_long")
        for name, codes in (("ask", Ask), ("kinds", ActorKind), ("nature", Nature)):
            given = getattr(self, name)
            for value in given if isinstance(given, tuple) else (given,):
                if value is not None and value not in list(codes):
                    raise InvalidValue("context", name, str(value), "unknown_code")


@dataclass(eq=False)
class ContradictoryContext(Refused):
    """A project or an announcement is asked about a place that is not its own.

    `kind`: `place`; `asked`: the name of what was asked for; `nearest`: its own places, `{id, name}`.
    """

    kind: str
    asked: str
    nearest: Sequence[dict[str, str]] = ()


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Exposure:
    """How often each actor (by public key) was already suggested, and from when on it gives way.

    Past `limit` the score is multiplied by limit / count: a hub is not suggested to everybody.
    """

    limit: int
    counts: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.limit < 1:
            raise InvalidValue("exposure", "limit", self.limit, "at_least_one")
