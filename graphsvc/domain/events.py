"""Events: meetings, trainings, forums and festivals, with who was invited and who came."""

from dataclasses import dataclass
from enum import StrEnum

from graphsvc.domain.dates import PartialDate, check_period
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.places import check_name
from graphsvc.domain.text import check_key, check_text, keep_sets


class EventKind(StrEnum):
    """Kinds of event."""

    MEETING = "meeting"
    TRAINING = "training"
    FORUM = "forum"
    FESTIVAL = "festival"


class AttendanceRole(StrEnum):
    """What an actor was at an event. Attendance is a contact, never a tie."""

    INVITED = "invited"
    ATTENDED = "attended"
    ORGANISER = "organiser"


@dataclass(frozen=True, slots=True, order=True)
class Attendance:
    """An actor at an event."""

    actor: str
    role: AttendanceRole = AttendanceRole.ATTENDED


@dataclass(frozen=True, slots=True)
class Event:
    """An event; `place` is a place id. Attendances are kept sorted; (actor, role) is unique."""

    id: str
    title: str
    kind: EventKind
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    place: str | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    description: str | None = None
    source: str | None = None
    attendances: tuple[Attendance, ...] = ()

    def __post_init__(self) -> None:
        check_key("event", "id", self.id)
        check_name("event", self.title)
        check_period("event", self.start, self.end)
        for field in ("description", "source"):
            check_text("event", field, getattr(self, field))
        if len(set(self.attendances)) != len(self.attendances):
            raise InvalidValue("event", "attendances", self.id, "attendance_twice")
        object.__setattr__(self, "attendances", tuple(sorted(self.attendances)))
        keep_sets(self, "themes", "territories")
