"""Experience sheets: what was tried, where, with what result, and what to do differently."""

from dataclasses import dataclass

from graphsvc.domain.dates import PartialDate, check_period
from graphsvc.domain.places import check_name
from graphsvc.domain.text import check_key, check_text, keep_sets


@dataclass(frozen=True, slots=True)
class Experience:
    """An experience sheet; `start` and `end` bound the period it tells of."""

    id: str
    title: str
    actor: str | None = None
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None
    done: str | None = None
    successes: str | None = None
    failures: str | None = None
    advice: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        check_key("experience", "id", self.id)
        check_name("experience", self.title)
        check_period("experience", self.start, self.end)
        for field in ("done", "successes", "failures", "advice", "source"):
            check_text("experience", field, getattr(self, field))
        keep_sets(self, "themes", "territories")
