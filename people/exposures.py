"""How often each actor is suggested: one round of counting a day at most, the last few kept.

What is counted are the answers the matcher gives, not the pages people open: a robot that opens every page
changes nothing, reading writes nothing, and a graph takes `KEPT` rows whatever the traffic.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, select

from people.database import PrivateDatabase
from people.tables import ExposureRow

KEPT = 7


@dataclass(frozen=True, slots=True)
class ExposureRound:
    """The counts by public key, the limit that goes with them, and of which revision and day they are."""

    day: date
    revision: int
    made_at: datetime
    limit: int
    counts: dict[str, int] = field(repr=False)


def keep_round(
    private: PrivateDatabase, store_id: str, day: date, revision: int, limit: int, counts: dict[str, int]
) -> None:
    """Keep a round and the few before it; a second one of the same day takes the place of the first."""
    written = json.dumps(counts, sort_keys=True, separators=(",", ":"))
    with private.writing() as session:
        session.merge(
            ExposureRow(
                store_id=store_id,
                day=day.isoformat(),
                revision=revision,
                made_at=private.now(),
                limit=limit,
                counts=written,
            )
        )
        session.flush()
        latest = select(ExposureRow.day).filter_by(store_id=store_id).order_by(ExposureRow.day.desc())
        old = session.scalars(latest.offset(KEPT)).all()
        session.execute(delete(ExposureRow).where(ExposureRow.store_id == store_id, ExposureRow.day.in_(old)))


def last_round_at(private: PrivateDatabase, store_id: str) -> tuple[date, datetime] | None:
    """The day and instant of the last round, without its counts."""
    wanted = select(ExposureRow.day, ExposureRow.made_at).filter_by(store_id=store_id)
    with private.reading() as session:
        found = session.execute(wanted.order_by(ExposureRow.day.desc()).limit(1)).one_or_none()
    return (date.fromisoformat(found.day), found.made_at) if found is not None else None


def last_round(private: PrivateDatabase, store_id: str) -> ExposureRound | None:
    """The last round of a graph."""
    wanted = select(ExposureRow).filter_by(store_id=store_id).order_by(ExposureRow.day.desc()).limit(1)
    with private.reading() as session:
        row = session.scalars(wanted).one_or_none()
        if row is None:
            return None
        counts: dict[str, int] = json.loads(row.counts)
        return ExposureRound(date.fromisoformat(row.day), row.revision, row.made_at, row.limit, counts)
