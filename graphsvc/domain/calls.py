"""Calls for projects: who pays, who may answer, until when."""

import math
from dataclasses import dataclass

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.dates import PartialDate, check_period
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.places import check_name
from graphsvc.domain.text import check_key, check_text, keep_sets


@dataclass(frozen=True, slots=True)
class Call:
    """A call for projects. `open_to` are the kinds that may answer (empty = not said); amounts in euros."""

    id: str
    title: str
    funder: str | None = None
    open_to: tuple[ActorKind, ...] = ()
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    opens_on: PartialDate | None = None
    closes_on: PartialDate | None = None
    max_amount: float | None = None
    url: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        check_key("call", "id", self.id)
        check_name("call", self.title)
        check_period("call", self.opens_on, self.closes_on)
        check_text("call", "source", self.source)
        if self.url is not None and not self.url.lower().startswith(("http://", "https://")):
            raise InvalidValue("call", "url", self.url, "website_scheme")
        if self.max_amount is not None and not (math.isfinite(self.max_amount) and self.max_amount >= 0):
            raise InvalidValue("call", "max_amount", self.max_amount, "negative")
        object.__setattr__(self, "open_to", tuple(sorted(set(self.open_to))))
        keep_sets(self, "themes", "territories")
