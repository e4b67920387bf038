"""What refers to an actor, made to refer to another: the pure half of a merge."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from graphsvc.domain.actors import Actor, DatedName
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.announcements import Announcement
from graphsvc.domain.calls import Call
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.events import Event
from graphsvc.domain.experiences import Experience
from graphsvc.domain.links import Link, natural_link_id
from graphsvc.domain.projects import Participation, Project
from graphsvc.domain.records import Record
from graphsvc.domain.text import fold

_FILLED = (
    "acronym",
    "part_of",
    "engagement",
    "seat",
    "purpose",
    "website",
    "siren",
    "rna",
    "source",
    "confirmed_on",
)


def rewired(record: Record, absorbed: str, kept: str) -> Record | None:
    """The record naming `kept` wherever it named `absorbed`; None for a link between the two."""
    match record:
        case Link():
            return _link(record, absorbed, kept)
        case Agreement():
            return replace(record, parties=_parties(record.parties, absorbed, kept))
        case Project():
            return replace(record, participations=_participations(record.participations, absorbed, kept))
        case Event():
            guests = {replace(a, actor=kept) if a.actor == absorbed else a for a in record.attendances}
            return replace(record, attendances=tuple(guests))
        case Announcement() | Experience():
            return replace(record, actor=kept)
        case Call():
            return replace(record, funder=kept)
        case Actor():
            return _relative(record, absorbed, kept)
        case _:
            return record


def enriched(kept: Actor, absorbed: Actor) -> Actor:
    """The kept actor, completed by what only the absorbed one said; its names become other names."""
    names = {fold(n) for n in (kept.name, kept.acronym or "", *(o.text for o in kept.other_names))}
    others = [DatedName(absorbed.name), *absorbed.other_names]
    if kept.acronym and (absorbed.acronym or "").strip():
        others.append(DatedName(absorbed.acronym or ""))
    new: list[DatedName] = []
    for other in others:
        if fold(other.text) not in names:
            names.add(fold(other.text))
            new.append(other)
    blanks: dict[str, Any] = {f: getattr(absorbed, f) for f in _FILLED if getattr(kept, f) is None}
    if blanks.get("part_of") == kept.id:
        del blanks["part_of"]
    if kept.latitude is None:
        blanks |= {"latitude": absorbed.latitude, "longitude": absorbed.longitude}
    if kept.founded is None and kept.ended is None:
        blanks |= {"founded": absorbed.founded, "ended": absorbed.ended}
    if kept.kind is absorbed.kind and kept.level is None:
        blanks["level"] = absorbed.level
    held = {(r.role, r.start, r.end) for r in kept.roles}
    return replace(
        kept,
        other_names=(*kept.other_names, *new),
        roles=(*kept.roles, *(r for r in absorbed.roles if (r.role, r.start, r.end) not in held)),
        themes=(*kept.themes, *absorbed.themes),
        territories=(*kept.territories, *absorbed.territories),
        succeeds=tuple(s for s in (*kept.succeeds, *absorbed.succeeds) if s not in (kept.id, absorbed.id)),
        **blanks,
    )


def _link(link: Link, absorbed: str, kept: str) -> Link | None:
    a, b = (kept if end == absorbed else end for end in (link.actor_a, link.actor_b))
    if a == b:
        return None
    natural = link.id == natural_link_id(link.kind, link.actor_a, link.actor_b, link.start)
    id_ = natural_link_id(link.kind, a, b, link.start) if natural else link.id
    return replace(link, id=id_, actor_a=a, actor_b=b)


def _parties(parties: Iterable[Party], absorbed: str, kept: str) -> tuple[Party, ...]:
    """One party for the two; a role that says more than `signatory` wins, the kept one's first."""
    merged: dict[str, Party] = {}
    for party in sorted(parties, key=lambda p: p.actor == absorbed):
        actor = kept if party.actor == absorbed else party.actor
        before = merged.get(actor)
        if before is None or before.role == Party.__dataclass_fields__["role"].default:
            merged[actor] = Party(actor, party.role)
    return tuple(merged.values())


def _participations(parts: Iterable[Participation], absorbed: str, kept: str) -> tuple[Participation, ...]:
    """One part for the two in the same role, over both periods."""
    merged: dict[tuple[str, str], Participation] = {}
    for part in sorted(parts, key=lambda p: p.actor == absorbed):
        moved = replace(part, actor=kept) if part.actor == absorbed else part
        key = moved.actor, moved.role.value
        before = merged.get(key)
        merged[key] = moved if before is None else _joined(before, moved)
    return tuple(merged.values())


def _joined(first: Participation, second: Participation) -> Participation:
    return replace(
        first,
        start=_earliest(first.start, second.start),
        end=_latest(first.end, second.end),
        source=first.source if first.source is not None else second.source,
    )


def _earliest(a: PartialDate | None, b: PartialDate | None) -> PartialDate | None:
    return min(a, b) if a and b else None


def _latest(a: PartialDate | None, b: PartialDate | None) -> PartialDate | None:
    return max(a, b, key=lambda d: d.last_day) if a and b else None


def _relative(actor: Actor, absorbed: str, kept: str) -> Actor:
    """A unit or a successor of the absorbed actor."""
    succeeds = tuple(kept if s == absorbed else s for s in actor.succeeds)
    part_of = kept if actor.part_of == absorbed else actor.part_of
    if actor.id == kept:
        succeeds = tuple(s for s in succeeds if s != kept)
        part_of = None if part_of == kept else part_of
    return replace(actor, succeeds=succeeds, part_of=part_of)
