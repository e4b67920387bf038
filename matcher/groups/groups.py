"""What pooling groups, triangles, convergences and links to revive have in common: members with roles."""

from dataclasses import dataclass
from enum import StrEnum

from matcher.reasons import Reason


class GroupRole(StrEnum):
    """What a member is in its group."""

    ASKER = "asker"  # who published the announcement, or adopts the need
    PRESENT = "present"  # acts at the place, works on the theme
    HEIR = "heir"  # stands for an actor that ended
    CONNECTOR = "connector"  # cooperates with all the others already
    HOME = "home"  # the actor of the territory
    PARTNER = "partner"  # the actor of the partner territory
    PEER = "peer"  # an actor of another partner territory
    SKILL = "skill"  # brings a skill or a theme that is missing
    MEANS = "means"  # brings means: money, premises, transport, training …
    EXPERIENCE = "experience"  # knows the destination
    SHARER = "sharer"  # has the same need and shares it
    HELPER = "helper"  # can help two others to begin again


@dataclass(frozen=True, slots=True)
class Member:
    """An actor of a group (`index` in the snapshot), its role, and what shows it."""

    index: int
    role: GroupRole
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Actors that should meet. `score` in [0, 1]; `themes`, `places`: positions, the most telling first."""

    score: float
    members: tuple[Member, ...]
    themes: tuple[int, ...]
    places: tuple[int, ...]
    reasons: tuple[Reason, ...]
