"""When a cooperation is live: an interval of days that depends on the record only, never on today.

Live at day d: start <= d or unknown, and either end >= d, or no end and state active, unknown or empty;
`dormant` and `ended` without an end are live up to the day they were last confirmed; `planned`,
`attempted` and `retracted` never. A year-only date spans the year.
"""

from dataclasses import dataclass
from datetime import date

from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import State

ALWAYS = date.max
NEVER_BEGAN = date.min
_NEVER = frozenset({State.PLANNED, State.ATTEMPTED, State.RETRACTED})
_STOPPED = frozenset({State.DORMANT, State.ENDED})


@dataclass(frozen=True, slots=True)
class LiveInterval:
    """First and last live day, both included; `first > last` means never."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the day is inside."""
        return self.first <= day <= self.last

    def __and__(self, other: "LiveInterval") -> "LiveInterval":
        return LiveInterval(max(self.first, other.first), min(self.last, other.last))


NEVER = LiveInterval(date.max, date.min)


def live_interval(
    state: State | None, start: PartialDate | None, end: PartialDate | None, confirmed_on: PartialDate | None
) -> LiveInterval:
    """The days on which a link, agreement, project or participation is live.

    A dormant or ended record with neither an end nor a confirmation has no last day that one could
    name: it is never live.
    """
    if state in _NEVER:
        return NEVER
    first = start.first_day if start else NEVER_BEGAN
    if end is not None:
        return LiveInterval(first, end.last_day)
    if state in _STOPPED:
        return LiveInterval(first, confirmed_on.last_day) if confirmed_on else NEVER
    return LiveInterval(first, ALWAYS)
