"""What narrows the lists of groups: themes, territories, a date. What is not understood is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from flask import request

from graphsvc.domain.errors import AmbiguousName, InvalidValue, UnknownRecord
from graphsvc.search import find_place, find_theme
from graphsvc.snapshot import Snapshot
from web.group_questions import day_asked
from web.shown import with_query
from web.views.actors.record_view import Named, named_place
from web.views.asked import texts
from web.views.opportunities.group_cards import named_theme
from web.words.messages import sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that was not understood, and addresses that ask for the nearest entries instead."""

    name: str
    given: str
    said: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Narrowed:
    """The filters as understood; `dated`: another day than today was asked for."""

    day: date
    dated: bool
    themes: list[Named] = field(default_factory=list)
    places: list[Named] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def theme_ids(self) -> tuple[str, ...]:
        """Codes of the themes."""
        return tuple(t.id for t in self.themes)

    @property
    def place_ids(self) -> tuple[str, ...]:
        """Codes of the territories."""
        return tuple(p.id for p in self.places)

    @property
    def anything(self) -> bool:
        """Whether something narrows the list."""
        return bool(self.themes or self.places or self.dated)


def read_filters(snapshot: Snapshot, today: date) -> Narrowed:
    """The filters of the address: `theme`, `territoire` (codes or names, several), `date`."""
    found = Narrowed(today, False)
    given = request.args.get("date", "").strip()
    try:
        found.day = day_asked(given, today)
        found.dated = found.day != today
    except InvalidValue as refusal:
        found.faults.append(Fault("date", given[:40], sentence(refusal)))
    _read(found, "theme", lambda key: found.themes.append(named_theme(snapshot, find_theme(snapshot, key))))
    _read(
        found, "territoire", lambda key: found.places.append(named_place(snapshot, find_place(snapshot, key)))
    )
    return found


def _read(found: Narrowed, name: str, understand: Callable[[str], None]) -> None:
    keys = texts(name)
    for key in keys:
        try:
            understand(key)
        except (UnknownRecord, AmbiguousName) as refusal:
            near = refusal.nearest if isinstance(refusal, UnknownRecord) else refusal.candidates
            others = [k for k in keys if k != key]
            choices = tuple((str(e["name"]), with_query({name: [*others, str(e["id"])]})) for e in near)
            found.faults.append(Fault(name, key[:80], sentence(refusal), choices))
