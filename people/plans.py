"""Sets of links the coordination wants to see come true, kept with the figures of the day they were made."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from graphsvc.domain.errors import InvalidValue, UnknownRecord
from people import audit
from people.database import PrivateDatabase
from people.tables import PlanLinkRow, PlanRow
from people.tokens import new_id

LONGEST_NAME = 120
MOST_LINKS = 100


@dataclass(frozen=True, slots=True)
class PlannedLink:
    """Two actors by their public keys, and the names they had."""

    first_key: str
    second_key: str
    first_name: str
    second_name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A kept set. `figures`: name -> [before, after] as expected on `day`."""

    id: str
    name: str
    made_at: datetime
    made_by: str
    day: date
    figures: Mapping[str, Sequence[float]]
    links: tuple[PlannedLink, ...]
    set_aside_at: datetime | None = None


def keep_plan(
    private: PrivateDatabase,
    store_id: str,
    name: str,
    links: Sequence[PlannedLink],
    *,
    day: date,
    figures: Mapping[str, Sequence[float]],
    by: str,
) -> str:
    """Keep the set and return its id. Raises InvalidValue: no name, no link, too many."""
    title = " ".join(name.split())
    if not title:
        raise InvalidValue("plan", "name", "", "required")
    if len(title) > LONGEST_NAME:
        raise InvalidValue("plan", "name", title[:80], "plan_name_too_long")
    if not links:
        raise InvalidValue("plan", "links", "", "plan_without_link")
    if len(links) > MOST_LINKS:
        raise InvalidValue("plan", "links", len(links), "too_many_links")
    id_, now = new_id("plan"), private.now()
    with private.writing() as session:
        session.add(
            PlanRow(
                id=id_,
                store_id=store_id,
                name=title,
                made_at=now,
                made_by=by,
                day=day.isoformat(),
                figures=json.dumps({k: list(v) for k, v in figures.items()}, allow_nan=False),
            )
        )
        session.flush()
        session.add_all(
            PlanLinkRow(
                plan_id=id_,
                position=position,
                first_key=link.first_key,
                second_key=link.second_key,
                first_name=link.first_name[:500],
                second_name=link.second_name[:500],
            )
            for position, link in enumerate(links)
        )
        audit.record(session, at=now, by=by, action="plan_kept", subject=id_, links=len(links))
    return id_


def plans(private: PrivateDatabase, store_id: str) -> list[Plan]:
    """The plans of a graph: those being followed first, then those set aside, the latest first."""
    with private.reading() as session:
        rows = session.scalars(select(PlanRow).filter_by(store_id=store_id)).all()
    links = _links(private, [row.id for row in rows])
    found = [_as_plan(row, links.get(row.id, ())) for row in rows]
    return sorted(found, key=lambda p: (p.set_aside_at is not None, -p.made_at.timestamp(), p.id))


def find_plan(private: PrivateDatabase, store_id: str, id_: str) -> Plan:
    """The plan of this id. Raises UnknownRecord."""
    with private.reading() as session:
        row = session.scalars(select(PlanRow).filter_by(store_id=store_id, id=id_)).one_or_none()
    if row is None:
        raise UnknownRecord("plan", id_[:80])
    return _as_plan(row, _links(private, [id_]).get(id_, ()))


def set_plan_aside(private: PrivateDatabase, store_id: str, id_: str, *, aside: bool, by: str) -> None:
    """Stop following a plan, or follow it again; nothing is deleted. Raises UnknownRecord."""
    now = private.now()
    with private.writing() as session:
        row = session.scalars(select(PlanRow).filter_by(store_id=store_id, id=id_)).one_or_none()
        if row is None:
            raise UnknownRecord("plan", id_[:80])
        row.set_aside_at = now if aside else None
        audit.record(
            session, at=now, by=by, action="plan_set_aside" if aside else "plan_resumed", subject=id_
        )


def _links(private: PrivateDatabase, ids: Sequence[str]) -> dict[str, tuple[PlannedLink, ...]]:
    wanted = select(PlanLinkRow).where(PlanLinkRow.plan_id.in_(list(ids))).order_by(PlanLinkRow.position)
    found: dict[str, list[PlannedLink]] = {}
    with private.reading() as session:
        for row in session.scalars(wanted):
            link = PlannedLink(row.first_key, row.second_key, row.first_name, row.second_name)
            found.setdefault(row.plan_id, []).append(link)
    return {plan: tuple(links) for plan, links in found.items()}


def _as_plan(row: PlanRow, links: Sequence[PlannedLink]) -> Plan:
    return Plan(
        row.id,
        row.name,
        row.made_at,
        row.made_by,
        date.fromisoformat(row.day),
        json.loads(row.figures),
        tuple(links),
        row.set_aside_at,
    )
