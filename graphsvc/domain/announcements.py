"""Announcements: what an actor offers or needs, or a need recorded in a study that has no owner yet."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.places import check_name
from graphsvc.domain.text import check_key, check_text, keep_sets


class Direction(StrEnum):
    """Offer or need."""

    OFFER = "offer"
    NEED = "need"


class Nature(StrEnum):
    """What is offered or needed."""

    COOPERATE = "cooperate"
    SKILL = "skill"
    EQUIPMENT = "equipment"
    PREMISES = "premises"
    TRANSPORT = "transport"
    SHARED_MISSION = "shared_mission"
    FUNDING = "funding"
    VOLUNTEER = "volunteer"
    INTERNSHIP = "internship"
    TRAINING = "training"
    EVENT = "event"
    PATRONAGE = "patronage"
    EXPERIENCE = "experience"


class AnnouncementState(StrEnum):
    """`recorded` = a need found in a study, that any actor may adopt."""

    OPEN = "open"
    CLOSED = "closed"
    RECORDED = "recorded"


class Result(StrEnum):
    """What became of a closed announcement."""

    ANSWERED_HERE = "answered_here"  # by an actor of the network
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    UNANSWERED = "unanswered"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Announcement:
    """An offer or a need. `actor` is None only for a recorded need.

    `adopts` is the recorded need that this one takes up. `result` and `outcome` (free text) say how it ended.
    """

    id: str
    title: str
    direction: Direction
    nature: Nature
    actor: str | None = None
    skills: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    description: str | None = None
    published_on: PartialDate | None = None
    expires_on: PartialDate | None = None
    state: AnnouncementState = AnnouncementState.OPEN
    outcome: str | None = None
    source: str | None = None
    result: Result | None = None
    adopts: str | None = None

    def __post_init__(self) -> None:
        check_key("announcement", "id", self.id)
        check_name("announcement", self.title)
        for field in ("description", "outcome", "source"):
            check_text("announcement", field, getattr(self, field))
        if self.actor is None and self.state is not AnnouncementState.RECORDED:
            raise InvalidValue("announcement", "actor", "", "owner_required_unless_recorded")
        if self.adopts == self.id:
            raise InvalidValue("announcement", "adopts", self.id, "adopts_itself")
        if self.published_on and self.expires_on and self.expires_on.last_day < self.published_on.first_day:
            raise InvalidValue("announcement", "expires_on", str(self.expires_on), "end_before_start")
        keep_sets(self, "skills", "themes", "territories")

    def open_on(self, day: date) -> bool:
        """Whether it may be answered on that day: from its publication to its expiry, unless it is closed."""
        if self.state is AnnouncementState.CLOSED:
            return False
        if self.published_on is not None and day < self.published_on.first_day:
            return False
        return self.expires_on is None or day <= self.expires_on.last_day
