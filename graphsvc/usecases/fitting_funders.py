"""Which funders an actor may ask, and why: whom they fund, on what, where, and what they call for today."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from graphsvc.analytics.facts import Fact
from graphsvc.domain.actors import ActorRole
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.projects import ParticipationRole
from graphsvc.domain.text import sort_key
from graphsvc.search.kept import kept_with_snapshot
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.common_topics import Common, Said, places_in_common, said_by, themes_in_common
from graphsvc.usecases.fitting_calls import Window, calls_for, said_of

_NEVER = frozenset({State.PLANNED, State.ATTEMPTED, State.RETRACTED})
_NAMED = 3
_SOURCES = 3


@dataclass(frozen=True, slots=True)
class FittingFunder:
    """A funder (an actor's index), the facts that speak for asking it, and what is not known."""

    index: int
    score: float
    because: tuple[Fact, ...]
    unknown: tuple[Fact, ...]
    already: bool


@dataclass(slots=True)
class _Grants:
    """What a funder is known to have paid for."""

    to: set[int] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    last: int = 0

    def add(
        self, to: int, themes: tuple[str, ...], places: tuple[str, ...], *days: PartialDate | None
    ) -> None:
        self.to.add(to)
        self.themes |= set(themes)
        self.places |= set(places)
        self.last = max([self.last, *(day.year for day in days if day is not None)])


def funders_for(snapshot: Snapshot, i: int, today: date, top: int = 6) -> tuple[FittingFunder, ...]:
    """The `top` funders that actor i may ask, best first; those that fund it already come last.

    Its open announcements and its projects speak for it as its record does, and the fact names them.
    A funder bears that role, or is documented as giver of a funding link or as funder of a project. It fits
    by what it funded for actors of the same kind, on the same themes and territories, and by a call that the
    actor may answer: score = 1 for an open call, + up to 1 each for kind, themes and territories (1 - 1/2^n
    for n in common). Nothing in common: left out.
    """
    grants = _all_grants(snapshot)
    open_calls = {
        snapshot.index(snapshot.call(fit.position).funder or ""): fit.position
        for fit in calls_for(snapshot, i, today)
        if fit.window is Window.OPEN
    }
    candidates = {*grants, *_bearing_the_role(snapshot, today), *(f for f in open_calls if f is not None)}
    found = []
    sources = said_by(snapshot, i, today)
    for f in sorted(candidates - {i}):
        if int(snapshot.actors.ended[f]) < today.toordinal() or f == int(snapshot.actors.part_of[i]):
            continue
        fit = _fit(snapshot, i, sources, f, grants.get(f, _Grants()), open_calls.get(f))
        if fit is not None:
            found.append(fit)
    found.sort(key=lambda fit: (fit.already, -fit.score, sort_key(snapshot.name(fit.index))))
    return tuple(found[:top])


def _fit(
    snapshot: Snapshot, i: int, sources: tuple[Said, ...], f: int, grants: _Grants, call: int | None
) -> FittingFunder | None:
    kind = snapshot.actor(i).kind
    alike = sorted((r for r in grants.to if r != i and snapshot.actor(r).kind is kind), key=snapshot.name)
    funder = snapshot.actor(f)
    themes = themes_in_common(snapshot, sources, sorted(grants.themes | set(funder.themes))) or []
    places = _beyond_home(snapshot, places_in_common(snapshot, sources, sorted(grants.places)) or [])
    because: list[Fact] = []
    if call is not None:
        because.append(Fact("open_call", {"id": snapshot.call_ids[call], "title": snapshot.call(call).title}))
    if alike:
        names = [snapshot.name(r) for r in alike[:_NAMED]]
        because.append(Fact("funds_alike", {"kind": kind.value, "count": len(alike), "actors": names}))
    because += [Fact("funds_themes", said_of("themes", _shortened(part))) for part in themes[:_SOURCES]]
    because += [Fact("funds_places", said_of("territories", _shortened(part))) for part in places[:_SOURCES]]
    if not because:
        return None
    unknown = [Fact("last_grant", {"year": grants.last})] if grants.last else [Fact("grants_undated", {})]
    common = (len(alike), *(sum(len(part.keys) for part in parts) for parts in (themes, places)))
    score = float(call is not None) + sum(1 - 0.5**n for n in common)
    return FittingFunder(f, score, tuple(because), tuple(unknown), i in grants.to)


def _shortened(part: Common) -> Common:
    return Common(part.told, part.keys[:_NAMED])


def _beyond_home(snapshot: Snapshot, places: list[Common]) -> list[Common]:
    """To act at home, or in the whole country, says nothing of two actors of the territory."""
    home = {a for p in snapshot.places.home.nonzero()[0] for a in snapshot.ancestors(int(p))}
    abroad = (Common(c.told, tuple(k for k in c.keys if snapshot.place_index(k) not in home)) for c in places)
    return [part for part in abroad if part.keys]


def _bearing_the_role(snapshot: Snapshot, today: date) -> Iterator[int]:
    for i in range(snapshot.n):
        for held in snapshot.actor(i).roles:
            if held.role is ActorRole.FUNDER and (held.end is None or held.end.last_day >= today):
                yield i


@kept_with_snapshot
def _all_grants(snapshot: Snapshot) -> dict[int, _Grants]:
    """What each funder paid for, as documented: funding links, and projects it funded."""
    grants: dict[int, _Grants] = defaultdict(_Grants)
    for k in range(len(snapshot.link_ids)):
        link = snapshot.link(k)
        giver, to = snapshot.index(link.actor_a), snapshot.index(link.actor_b)
        if link.kind is LinkKind.FUNDING and link.state not in _NEVER and None not in (giver, to):
            own = grants[giver if giver is not None else -1]
            own.add(
                to if to is not None else -1,
                link.themes,
                link.territories,
                link.start,
                link.end,
                link.confirmed_on,
            )
    for k in range(len(snapshot.project_ids)):
        project = snapshot.project(k)
        if project.state in _NEVER:
            continue
        parts = [(snapshot.index(p.actor), p.role) for p in project.participations]
        funders = {a for a, role in parts if a is not None and role is ParticipationRole.FUNDER}
        others = {a for a, role in parts if a is not None and role is not ParticipationRole.FUNDER}
        for giver in funders:
            for to in others - {giver}:
                grants[giver].add(to, project.themes, project.territories, project.start, project.end)
    return dict(grants)
