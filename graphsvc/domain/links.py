"""Links between two actors: their kind, the class of the kind, and their state as the source gives it."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from graphsvc.domain.dates import PartialDate, check_period
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.text import check_key, check_text, keep_sets


class LinkClass(StrEnum):
    """Cooperation makes a tie; the three others are drawn and counted apart."""

    COOPERATION = "cooperation"
    RESOURCE = "resource"
    STRUCTURAL = "structural"
    CONTACT = "contact"


class LinkKind(StrEnum):
    """What joins two actors. `part_of` is a field of the actor, drawn as structural, never a Link."""

    TWINNING = "twinning"
    DECENTRALISED_COOPERATION = "decentralised_cooperation"
    PARTNERSHIP = "partnership"
    SCHOOL_EXCHANGE = "school_exchange"
    EXPERTISE = "expertise"
    JOINT_ACTION = "joint_action"
    FUNDING = "funding"
    MEMBERSHIP = "membership"
    PREMISES = "premises"
    STAFF = "staff"
    BUSINESS = "business"
    OPERATOR = "operator"
    COORDINATION = "coordination"
    MET = "met"
    INTERVIEWED = "interviewed"
    INTRODUCED = "introduced"


CLASS_OF: dict[LinkKind, LinkClass] = {
    LinkKind.TWINNING: LinkClass.COOPERATION,
    LinkKind.DECENTRALISED_COOPERATION: LinkClass.COOPERATION,
    LinkKind.PARTNERSHIP: LinkClass.COOPERATION,
    LinkKind.SCHOOL_EXCHANGE: LinkClass.COOPERATION,
    LinkKind.EXPERTISE: LinkClass.COOPERATION,
    LinkKind.JOINT_ACTION: LinkClass.COOPERATION,
    LinkKind.FUNDING: LinkClass.RESOURCE,
    LinkKind.MEMBERSHIP: LinkClass.RESOURCE,
    LinkKind.PREMISES: LinkClass.RESOURCE,
    LinkKind.STAFF: LinkClass.RESOURCE,
    LinkKind.BUSINESS: LinkClass.RESOURCE,
    LinkKind.OPERATOR: LinkClass.STRUCTURAL,
    LinkKind.COORDINATION: LinkClass.STRUCTURAL,
    LinkKind.MET: LinkClass.CONTACT,
    LinkKind.INTERVIEWED: LinkClass.CONTACT,
    LinkKind.INTRODUCED: LinkClass.CONTACT,
}


class State(StrEnum):
    """As given by the source, never computed at import. Empty stays empty (None)."""

    PLANNED = "planned"
    ACTIVE = "active"
    DORMANT = "dormant"
    ENDED = "ended"
    ATTEMPTED = "attempted"
    UNKNOWN = "unknown"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Link:
    """A link from `actor_a` to `actor_b` (direction matters except for cooperation kinds).

    A cooperation link keeps its ends in sorted order: the pair is unordered.
    """

    id: str
    actor_a: str
    actor_b: str
    kind: LinkKind
    state: State | None = None
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None
    description: str | None = None
    source: str | None = None
    confirmed_on: PartialDate | None = None

    def __post_init__(self) -> None:
        check_key("link", "id", self.id)
        check_period("link", self.start, self.end)
        for field in ("description", "source"):
            check_text("link", field, getattr(self, field))
        if self.actor_a == self.actor_b:
            raise InvalidValue("link", "actor_b", self.actor_b, "link_to_itself")
        if self.link_class is LinkClass.COOPERATION and self.actor_a > self.actor_b:
            first, second = self.actor_b, self.actor_a
            object.__setattr__(self, "actor_a", first)
            object.__setattr__(self, "actor_b", second)
        keep_sets(self, "themes", "territories")

    @property
    def link_class(self) -> LinkClass:
        """The class of the kind."""
        return CLASS_OF[self.kind]


def natural_link_id(kind: LinkKind, actor_a: str, actor_b: str, start: PartialDate | None) -> str:
    """The key of a link that has none: kind + pair (unordered for cooperation) + start."""
    pair = sorted((actor_a, actor_b)) if CLASS_OF[kind] is LinkClass.COOPERATION else (actor_a, actor_b)
    raw = "~".join((kind.value, *pair, str(start or "")))
    return raw if len(raw) <= 200 else f"{kind.value}~{_digest(raw)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
