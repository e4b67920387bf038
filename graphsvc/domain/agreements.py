"""Agreements: one convention among two or more parties is one object, however many pairs it joins."""

from dataclasses import dataclass

from graphsvc.domain.dates import PartialDate, check_period
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.places import check_name
from graphsvc.domain.text import check_key, check_text, keep_sets


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """An actor bound by an agreement; `role` is free text (`signatory` when nothing is said)."""

    actor: str
    role: str = "signatory"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A convention. `kind` is a link kind; its class says whether it makes ties. Parties are kept sorted."""

    id: str
    title: str
    kind: LinkKind
    state: State | None = None
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None
    description: str | None = None
    source: str | None = None
    confirmed_on: PartialDate | None = None
    parties: tuple[Party, ...] = ()

    def __post_init__(self) -> None:
        check_key("agreement", "id", self.id)
        check_name("agreement", self.title)
        check_period("agreement", self.start, self.end)
        for field in ("description", "source"):
            check_text("agreement", field, getattr(self, field))
        for party in self.parties:
            check_text("agreement", "role", party.role)
        if len({p.actor for p in self.parties}) != len(self.parties):
            raise InvalidValue("agreement", "parties", self.id, "party_twice")
        object.__setattr__(self, "parties", tuple(sorted(self.parties)))
        keep_sets(self, "themes", "territories")
