"""One-time links: made, looked at, used once.

Looking does not use them: mail scanners and previews open every link they see.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from people.errors import LinkRefused
from people.tables import LinkRow
from people.tokens import hash_token, new_token, same_hash


class Purpose(StrEnum):
    """What a link is for."""

    FIRST_COORDINATOR = "first_coordinator"
    SIGN_IN = "sign_in"
    INVITATION = "invitation"


LIFETIMES = {
    Purpose.FIRST_COORDINATOR: timedelta(hours=24),
    Purpose.SIGN_IN: timedelta(hours=1),
    Purpose.INVITATION: timedelta(days=7),
}


def issue_link(
    session: Session,
    purpose: Purpose,
    *,
    now: datetime,
    account_id: str | None = None,
    invitation_id: str | None = None,
) -> str:
    """A new token; only its hash is kept."""
    token = new_token()
    session.add(
        LinkRow(
            token_hash=hash_token(token),
            purpose=purpose.value,
            account_id=account_id,
            invitation_id=invitation_id,
            created_at=now,
            expires_at=now + LIFETIMES[purpose],
        )
    )
    session.flush()
    return token


def find_link(session: Session, token: str, *, now: datetime) -> LinkRow:
    """The link that this token opens, left unused. Raises LinkRefused."""
    wanted = hash_token(token)
    row = session.get(LinkRow, wanted)
    if row is None or not same_hash(row.token_hash, wanted):
        raise LinkRefused("unknown")
    if row.used_at is not None:
        raise LinkRefused("used")
    if row.revoked_at is not None:
        raise LinkRefused("superseded")
    if row.expires_at <= now:
        raise LinkRefused("expired")
    return row


def use_link(session: Session, token: str, *, now: datetime) -> LinkRow:
    """The link, used from now on: of several who try at once, one succeeds. Raises LinkRefused."""
    row = find_link(session, token, now=now)
    unused = (
        update(LinkRow)
        .where(LinkRow.token_hash == row.token_hash, LinkRow.used_at.is_(None), LinkRow.revoked_at.is_(None))
        .values(used_at=now)
    )
    done: CursorResult[Any] = session.execute(unused)  # type: ignore[assignment]  # an UPDATE gives a cursor
    if done.rowcount != 1:
        raise LinkRefused("used")
    return row


def revoke_links(
    session: Session,
    *,
    now: datetime,
    purpose: Purpose | None = None,
    account_id: str | None = None,
    invitation_id: str | None = None,
) -> None:
    """Close the unused links of this purpose, account or invitation (all criteria given must hold)."""
    criteria = {"purpose": purpose, "account_id": account_id, "invitation_id": invitation_id}
    given = {name: value for name, value in criteria.items() if value is not None}
    if not given:
        raise ValueError("revoke_links without a criterion")
    unused = update(LinkRow).where(LinkRow.used_at.is_(None)).filter_by(**given)
    session.execute(unused.values(revoked_at=now))


def forget_links(session: Session, *, before: datetime) -> None:
    """Delete the links that expired before this instant."""
    session.execute(delete(LinkRow).where(LinkRow.expires_at < before))
