"""Projects, and the part each actor takes in them."""

from dataclasses import dataclass
from enum import StrEnum

from graphsvc.domain.dates import PartialDate, check_period
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.links import State
from graphsvc.domain.places import check_name
from graphsvc.domain.text import check_key, check_text, keep_sets


class ParticipationRole(StrEnum):
    """What an actor is in a project; `funder` is a resource, not a cooperation."""

    LEAD = "lead"
    PARTNER = "partner"
    FUNDER = "funder"
    EXPERT = "expert"
    BENEFICIARY = "beneficiary"


@dataclass(frozen=True, slots=True)
class Participation:
    """An actor's part in a project, with its own dates when they differ from the project's."""

    actor: str
    role: ParticipationRole = ParticipationRole.PARTNER
    start: PartialDate | None = None
    end: PartialDate | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        check_period("participation", self.start, self.end)
        check_text("participation", "source", self.source)


@dataclass(frozen=True, slots=True)
class Project:
    """A project. Participations are kept sorted by actor, then role; (actor, role) is unique."""

    id: str
    title: str
    state: State | None = None
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None
    description: str | None = None
    source: str | None = None
    confirmed_on: PartialDate | None = None
    participations: tuple[Participation, ...] = ()

    def __post_init__(self) -> None:
        check_key("project", "id", self.id)
        check_name("project", self.title)
        check_period("project", self.start, self.end)
        for field in ("description", "source"):
            check_text("project", field, getattr(self, field))
        ordered = tuple(sorted(self.participations, key=lambda p: (p.actor, p.role.value)))
        if len({(p.actor, p.role) for p in ordered}) != len(ordered):
            raise InvalidValue("project", "participations", self.id, "participation_twice")
        object.__setattr__(self, "participations", ordered)
        keep_sets(self, "themes", "territories")
