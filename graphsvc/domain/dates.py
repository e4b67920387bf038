"""Dates as sources give them: a year, a month or a day, and periods made of them.

A year-only date spans the year: `first_day` and `last_day` are its bounds.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from graphsvc.domain.errors import InvalidValue

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_FRENCH = re.compile(r"(\d{2})/(\d{2})/(\d{4})\Z", re.ASCII)


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day. Ordered by first day, coarser first."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise InvalidValue("date", "date", f"{self.year}-?-{self.day}", "date_form")
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            raise InvalidValue(
                "date", "date", f"{self.year}-{self.month}-{self.day}", "date_impossible"
            ) from None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `DD/MM/YYYY`.

        Raises InvalidValue with rule `date_form` or `date_impossible`.
        """
        text = text.strip()
        if m := _FRENCH.match(text):
            return cls(int(m[3]), int(m[2]), int(m[1]))
        if m := _ISO.match(text):
            return cls(int(m[1]), int(m[2]) if m[2] else None, int(m[3]) if m[3] else None)
        raise InvalidValue("date", "date", text, "date_form")

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """The exact day."""
        return cls(day.year, day.month, day.day)

    @property
    def first_day(self) -> date:
        """The earliest day this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day this date can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
        if self.day is not None:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.year, self.month or 0, self.day or 0) < (other.year, other.month or 0, other.day or 0)


def check_period(record: str, start: PartialDate | None, end: PartialDate | None) -> None:
    """Raise InvalidValue (`end_before_start`) when the period is certainly empty."""
    if start is not None and end is not None and end.last_day < start.first_day:
        raise InvalidValue(record, "end", f"{start}/{end}", "end_before_start")
