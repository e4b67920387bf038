"""From links, agreements, projects, units and events to pairs of actors."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from graphsvc.domain.actors import Actor
from graphsvc.domain.agreements import Agreement
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.events import AttendanceRole, Event
from graphsvc.domain.links import CLASS_OF, Link, LinkClass, LinkKind, State
from graphsvc.domain.liveness import LiveInterval, live_interval
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.snapshot.columns import DAY_MAX, DAY_MIN, RelationColumns, RelationSource
from graphsvc.snapshot.days import first_days, last_days

Index = Callable[[str], int | None]
_CLASSES = {value: k for k, value in enumerate(LinkClass)}
_KINDS = {value: k for k, value in enumerate(LinkKind)}
_STATES: dict[State | None, int] = {None: -1, **{value: k for k, value in enumerate(State)}}
_NO_KIND = -1
_DTYPES: dict[str, type[np.generic]] = {  # the values of a row, in order
    "a": np.int32,
    "b": np.int32,
    "source": np.int8,
    "record": np.int32,
    "link_class": np.int8,
    "kind": np.int8,
    "state": np.int8,
    "weight": np.float32,
    "first": np.int32,
    "last": np.int32,
    "start": np.int32,
    "end": np.int32,
    "confirmed": np.int32,
}


@dataclass(frozen=True, slots=True)
class _Documented:
    """What a source says of when: state, live interval, documented days."""

    state: int
    live: LiveInterval
    first: int
    last: int
    start: int
    end: int
    confirmed: int


Row = tuple[int, int, int, int, int, int, int, float, int, int, int, int, int]


def relation_columns(
    index: Index,
    links: Sequence[Link],
    agreements: Sequence[Agreement],
    projects: Sequence[Project],
    actors: Sequence[Actor],
    events: Sequence[Event],
) -> RelationColumns:
    """All rows, ordered by (a, b, source, record, class).

    What joins two actors lives within the life of both (docs/decisions/0021): a convention that a 2012 text
    calls ongoing did not outlive the agglomeration that was dissolved in 2015.
    """
    rows: list[Row] = []
    rows += _link_rows(index, links)
    rows += _agreement_rows(index, agreements)
    rows += _project_rows(index, projects)
    rows += _unit_rows(index, actors)
    rows += _event_rows(index, events)
    table = list(zip(*rows, strict=True)) if rows else [()] * len(_DTYPES)
    columns = {
        name: np.array(values, dtype) for (name, dtype), values in zip(_DTYPES.items(), table, strict=True)
    }
    born = first_days(a.founded for a in actors)
    gone = last_days((a.ended for a in actors), unknown=DAY_MAX)
    for end in ("a", "b"):
        columns["first"] = np.maximum(columns["first"], born[columns[end]])
        columns["last"] = np.minimum(columns["last"], gone[columns[end]])
    order = np.lexsort([columns[name] for name in ("link_class", "record", "source", "b", "a")])
    return RelationColumns(**{name: values[order] for name, values in columns.items()})


def _row(
    a: int,
    b: int,
    source: RelationSource,
    record: int,
    link_class: LinkClass,
    kind: int,
    weight: float,
    when: _Documented,
) -> Row:
    return (
        a,
        b,
        source,
        record,
        _CLASSES[link_class],
        kind,
        when.state,
        weight,
        when.first,
        when.last,
        when.start,
        when.end,
        when.confirmed,
    )


def _link_rows(index: Index, links: Iterable[Link]) -> Iterator[Row]:
    for k, link in enumerate(links):
        a, b = index(link.actor_a), index(link.actor_b)
        if a is None or b is None or a == b:
            continue
        kind = link.kind
        when = _documented(link.state, link.start, link.end, link.confirmed_on)
        yield _row(a, b, RelationSource.LINK, k, CLASS_OF[kind], _KINDS[kind], 1.0, when)


def _agreement_rows(index: Index, agreements: Iterable[Agreement]) -> Iterator[Row]:
    for k, agreement in enumerate(agreements):
        parties = sorted({i for party in agreement.parties if (i := index(party.actor)) is not None})
        when = _documented(agreement.state, agreement.start, agreement.end, agreement.confirmed_on)
        for a, b in combinations(parties, 2):
            weight = 1.0 / (len(parties) - 1)
            link_class = CLASS_OF[agreement.kind]
            yield _row(a, b, RelationSource.AGREEMENT, k, link_class, _KINDS[agreement.kind], weight, when)


def _project_rows(index: Index, projects: Iterable[Project]) -> Iterator[Row]:
    """Funders give resource rows, the others cooperate; an actor that does both cooperates."""
    for k, project in enumerate(projects):
        parts: dict[int, list[Participation]] = {}
        for part in project.participations:
            if (i := index(part.actor)) is not None:
                parts.setdefault(i, []).append(part)
        peers = {
            i: p
            for i, ps in parts.items()
            if (p := [x for x in ps if x.role is not ParticipationRole.FUNDER])
        }
        for a, b in combinations(sorted(parts), 2):
            together = a in peers and b in peers
            count = len(peers) if together else len(parts)
            link_class = LinkClass.COOPERATION if together else LinkClass.RESOURCE
            when = _participation(
                project, (peers if together else parts)[a], (peers if together else parts)[b]
            )
            yield _row(a, b, RelationSource.PROJECT, k, link_class, _NO_KIND, 1.0 / (count - 1), when)


def _unit_rows(index: Index, actors: Iterable[Actor]) -> Iterator[Row]:
    for k, actor in enumerate(actors):
        parent = index(actor.part_of) if actor.part_of else None
        child = index(actor.id)
        if parent is None or child is None:
            continue
        when = _documented(None, actor.founded, actor.ended, actor.confirmed_on)
        yield _row(parent, child, RelationSource.PART_OF, k, LinkClass.STRUCTURAL, _NO_KIND, 1.0, when)


def _event_rows(index: Index, events: Iterable[Event]) -> Iterator[Row]:
    """Organiser and those who came: being in the same room is not having met everybody."""
    for k, event in enumerate(events):
        present = [
            (index(p.actor), p.role) for p in event.attendances if p.role is not AttendanceRole.INVITED
        ]
        hosts = sorted({i for i, role in present if i is not None and role is AttendanceRole.ORGANISER})
        guests = sorted({i for i, _ in present if i is not None})
        when = _documented(None, event.start, event.end or event.start, None)
        pairs = {(min(h, g), max(h, g)) for h in hosts for g in guests if h != g}
        for a, b in sorted(pairs):
            yield _row(a, b, RelationSource.EVENT, k, LinkClass.CONTACT, _NO_KIND, 1.0, when)


@lru_cache(maxsize=8192)
def _documented(
    state: State | None, start: PartialDate | None, end: PartialDate | None, confirmed_on: PartialDate | None
) -> _Documented:
    live = live_interval(state, start, end, confirmed_on)
    return _Documented(
        _STATES[state],
        live,
        live.first.toordinal(),
        live.last.toordinal(),
        start.first_day.toordinal() if start else DAY_MIN,
        end.last_day.toordinal() if end else DAY_MAX,
        confirmed_on.last_day.toordinal() if confirmed_on else DAY_MIN,
    )


def _participation(
    project: Project, of_a: Sequence[Participation], of_b: Sequence[Participation]
) -> _Documented:
    """The widest meeting of the project's and both participations' days."""
    whole = _documented(project.state, project.start, project.end, project.confirmed_on)
    meetings = [
        whole.live & live_interval(None, pa.start, pa.end, None) & live_interval(None, pb.start, pb.end, None)
        for pa in of_a
        for pb in of_b
    ]
    live = max(meetings, key=lambda m: (m.last.toordinal() - m.first.toordinal(), m.first.toordinal()))
    first, last = live.first.toordinal(), live.last.toordinal()
    return _Documented(whole.state, live, first, last, whole.start, whole.end, whole.confirmed)
