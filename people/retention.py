"""What is no longer needed is deleted, at the ages that `people.purposes` says."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from people.database import PrivateDatabase
from people.introduction_tables import IntroductionRow
from people.links import forget_links
from people.outbox import Delivery
from people.purposes import purpose
from people.sessions import forget_sessions
from people.tables import AuditRow, InvitationRow, OutboxRow


def purge(private: PrivateDatabase) -> None:
    """Delete what has outlived its purpose. Harmless at any time, and twice."""
    now = private.now()
    with private.writing() as session:
        for code, forget in _FORGET.items():
            forget(session, now, _age(code))


def _age(code: str) -> timedelta:
    age = purpose(code).kept_for
    if age is None:
        raise ValueError(code)
    return age


def _sessions(session: Session, now: datetime, age: timedelta) -> None:
    forget_sessions(session, now=now - age)


def _links(session: Session, now: datetime, age: timedelta) -> None:
    forget_links(session, before=now - age)


def _invitations(session: Session, now: datetime, age: timedelta) -> None:
    session.execute(delete(InvitationRow).where(InvitationRow.expires_at < now - age))


def _audit(session: Session, now: datetime, age: timedelta) -> None:
    session.execute(delete(AuditRow).where(AuditRow.at < now - age))


def _deliveries(session: Session, now: datetime, age: timedelta) -> None:
    # What still waits is a promise: it is never purged.
    old = OutboxRow.created_at < now - age
    session.execute(delete(OutboxRow).where(old, OutboxRow.state != Delivery.PENDING.value))


def _introductions(session: Session, now: datetime, age: timedelta) -> None:
    # The contacts that were shown go with them.
    session.execute(delete(IntroductionRow).where(IntroductionRow.asked_at < now - age))


_FORGET = {  # every purpose with an age has its purge: a test holds it
    "one_time_link": _links,
    "invitation": _invitations,
    "session": _sessions,
    "audit": _audit,
    "delivery": _deliveries,
    "introduction": _introductions,
}
