"""What the records do not say of a candidate, and what they say of an earlier acquaintance."""

from collections.abc import Callable
from datetime import date
from math import isnan

from graphsvc.domain.agreements import Agreement
from graphsvc.domain.events import Event
from graphsvc.domain.links import LinkClass, LinkKind, State
from graphsvc.domain.projects import Project
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX, DAY_MIN, RelationSource
from matcher.question import Question
from matcher.reasons import Reason

OLD_YEARS = 3
_STATES, _KINDS, _CLASSES = tuple(State), tuple(LinkKind), tuple(LinkClass)


def not_known(
    snapshot: Snapshot, j: int, today: date, *, in_touch: bool, off_subject: bool = False
) -> list[Reason]:
    """What should be checked before writing to this actor, the most important first. `off_subject`: nothing
    known of it speaks of what is asked.
    """
    columns = snapshot.actors
    found = [Reason("subject_not_known", {})] if off_subject else []
    confirmed = columns.confirmed.item(j)
    if confirmed <= DAY_MIN:
        found.append(Reason("never_confirmed", {}))
    elif date.fromordinal(confirmed).year <= today.year - OLD_YEARS:
        found.append(Reason("no_confirmed_since", {"year": date.fromordinal(confirmed).year}))
    if not columns.engaged.item(j):
        found.append(Reason("activity_not_known", {}))
    if columns.theme_ptr.item(j) == columns.theme_ptr.item(j + 1):
        found.append(Reason("no_theme", {}))
    if snapshot.actor(j).purpose is None:
        found.append(Reason("no_purpose", {}))
    if columns.seat.item(j) < 0 and isnan(columns.lat.item(j)):
        found.append(Reason("seat_unknown", {}))
    if not in_touch:
        found.append(Reason("no_contact_yet", {}))
    return found


def about_asker(snapshot: Snapshot, question: Question, today: date) -> list[Reason]:
    """What the reader should know of the asker: it has ended, its announcement is closed, its project is
    over.
    """
    notes = []
    if question.day < today:
        notes.append(Reason("as_of", {"day": question.day.isoformat()}))
    ended = [i for i in question.members if snapshot.actors.ended[i] < today.toordinal()]
    if question.partners_excluded and ended:
        day = date.fromordinal(int(snapshot.actors.ended[ended[0]]))
        notes.append(Reason("asker_ended", {"year": day.year}))
    if question.announcement is not None and not snapshot.announcement(question.announcement).open_on(today):
        notes.append(Reason("announcement_closed", {"id": snapshot.announcement_ids[question.announcement]}))
    return notes


def rows_by_other(snapshot: Snapshot, members: tuple[int, ...]) -> dict[int, list[int]]:
    """Rows of relations that join one of these actors to each other actor."""
    found: dict[int, list[int]] = {}
    for i in members:
        rows = snapshot.relations_of(i)
        ends = zip(
            rows.tolist(),
            snapshot.relations.a[rows].tolist(),
            snapshot.relations.b[rows].tolist(),
            strict=True,
        )
        for row, a, b in ends:
            found.setdefault(b if a == i else a, []).append(row)
    return found


def acquaintance(snapshot: Snapshot, rows: list[int], j: int, today: int) -> list[Reason]:
    """Former cooperation, money, membership or meetings with actor j, from the rows that join it to the
    asker.
    """
    found: dict[tuple[str, object], Reason] = {}
    for row in rows:
        reason = _acquaintance(snapshot, row, j, today)
        if reason is not None:
            key = (reason.code, None if reason.code == "former_partners" else reason.facts["kind"])
            if key not in found or (found[key].facts["kind"] is None and reason.facts["kind"] is not None):
                found[key] = reason
    return list(found.values())


def _acquaintance(snapshot: Snapshot, row: int, j: int, today: int) -> Reason | None:
    relations = snapshot.relations
    state, kind = int(relations.state[row]), int(relations.kind[row])
    if state >= 0 and _STATES[state] in (State.RETRACTED, State.PLANNED):
        return None
    facts: dict[str, object] = {
        "kind": _KINDS[kind].value if kind >= 0 else None,
        "start": _year(int(relations.start[row])),
        "end": _year(int(relations.end[row])),
        "confirmed": _year(int(relations.confirmed[row])),
        "record": _record(snapshot, row),
    }
    link_class = _CLASSES[relations.link_class[row]]
    if state >= 0 and _STATES[state] is State.ATTEMPTED:
        return Reason("attempted_before", facts)
    if link_class is LinkClass.COOPERATION:
        return Reason("former_partners", facts) if relations.last[row] < today else None
    if link_class is LinkClass.RESOURCE:
        way = "from_them" if int(relations.a[row]) == j else "from_you"
        return Reason("linked_by_means", {**facts, "way": way if kind >= 0 else "in_a_project"})
    if link_class is LinkClass.CONTACT:
        event = int(relations.source[row]) == RelationSource.EVENT
        return Reason("already_in_touch", {**facts, "at_event": event})
    return None


def _record(snapshot: Snapshot, row: int) -> dict[str, object] | None:
    """The agreement, project or event a row was made from, None for a link."""
    position = int(snapshot.relations.record[row])
    readers: dict[RelationSource, Callable[[int], Agreement | Project | Event]] = {
        RelationSource.AGREEMENT: snapshot.agreement,
        RelationSource.PROJECT: snapshot.project,
        RelationSource.EVENT: snapshot.event,
    }
    source = RelationSource(int(snapshot.relations.source[row]))
    if source not in readers:
        return None
    record = readers[source](position)
    return {"kind": source.name.lower(), "id": record.id, "title": record.title}


def _year(day: int) -> int | None:
    return date.fromordinal(day).year if DAY_MIN < day < DAY_MAX else None
