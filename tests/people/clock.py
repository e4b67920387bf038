"""A clock that the test moves."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.instant

    def advance(self, **by: float) -> None:
        """Later, by `timedelta` arguments."""
        self.instant += timedelta(**by)
