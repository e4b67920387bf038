"""Sets of links one imagines, ready to be read: figures before and after, who leaves the list, a drawing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from graphsvc.analytics.structure import Structure
from graphsvc.analytics.what_if import Use, WhatIf, what_if
from graphsvc.snapshot import Snapshot
from web.kept import kept
from web.labels import label
from web.language import column
from web.views.actors.record_view import Named, named_actor
from web.words.coordination import FIGURES, USES, difference_text, figure_text, judged


@dataclass(frozen=True, slots=True)
class Change:
    """A figure in one set: its value, its difference with today's, and whether that is better or worse."""

    value: str
    text: str
    judged: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure today and in each set."""

    name: str
    today: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ImaginedLink:
    """A link of a set; `why_not` says why it changes nothing."""

    one: Named
    other: Named
    line: str
    why_not: str | None


@dataclass(frozen=True, slots=True)
class Moved:
    """An actor whose place on the work list changes, in words; `better` when it leaves it."""

    who: Named
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ImaginedSet:
    """One set, told."""

    links: tuple[ImaginedLink, ...]
    new: int
    freed: tuple[Moved, ...]
    moved: tuple[Moved, ...]


@kept
def imagine(snapshot: Snapshot, day: date, pairs: tuple[tuple[int, int], ...]) -> WhatIf:
    """What the set would change; remembered with the snapshot."""
    return what_if(snapshot, day, pairs)


def told(snapshot: Snapshot, found: WhatIf) -> ImaginedSet:
    """The set in words."""
    links = tuple(
        ImaginedLink(
            _named(snapshot, one.a),
            _named(snapshot, one.b),
            f"{snapshot.ids[one.a]} = {snapshot.ids[one.b]}",
            None if one.use is Use.NEW else USES[one.use][column()],
        )
        for one in found.links
    )
    moves = [
        Moved(
            _named(snapshot, m.index),
            label("isolation_state", m.before.value) if m.before else None,
            label("isolation_state", m.after.value) if m.after else None,
        )
        for m in found.moves
    ]
    return ImaginedSet(
        links,
        sum(link.why_not is None for link in links),
        tuple(m for m in moves if m.after is None),
        tuple(m for m in moves if m.after is not None),
    )


def figure_rows(today: Structure, sets: Sequence[Structure]) -> list[FigureRow]:
    """One row a figure, one column a set."""
    now, then = asdict(today), [asdict(one) for one in sets]
    return [
        FigureRow(
            label("figure", name),
            figure_text(name, now[name]),
            tuple(change_of(name, now[name], one[name]) for one in then),
        )
        for name in FIGURES
    ]


def change_of(name: str, before: float, after: float) -> Change:
    """A figure after, and how it differs."""
    return Change(figure_text(name, after), difference_text(name, before, after), judged(name, before, after))


def _named(snapshot: Snapshot, i: int) -> Named:
    return named_actor(snapshot, snapshot.ids[i])
