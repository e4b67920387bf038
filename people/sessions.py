"""Sessions on the server: the browser holds a random token, everything else is here and can be revoked."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from people.database import PrivateDatabase
from people.roles import Role
from people.tables import AccountActorRow, AccountRow, SessionRow
from people.tokens import hash_token, new_token, same_hash

IDLE = timedelta(hours=8)
LONGEST = timedelta(days=7)
TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that holds now, and its account as it is now. `actors`: (store_id, public key) pairs."""

    account_id: str
    email: str
    role: Role
    actors: tuple[tuple[str, str], ...]
    data: dict[str, Any]
    last_seen_at: datetime


def start_session(session: Session, account_id: str, *, now: datetime) -> str:
    """A new session in the caller's transaction; gives its token."""
    token = new_token()
    session.add(
        SessionRow(
            token_hash=hash_token(token),
            account_id=account_id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + LONGEST,
            data="{}",
        )
    )
    session.flush()
    return token


def live_session(private: PrivateDatabase, token: str) -> LiveSession | None:
    """The session of this token; None if it is unknown, revoked or too old, or if the account is disabled."""
    now, wanted = private.now(), hash_token(token)
    with private.reading() as session:
        found = session.execute(
            select(SessionRow, AccountRow)
            .join(AccountRow, AccountRow.id == SessionRow.account_id)
            .where(SessionRow.token_hash == wanted, AccountRow.disabled_at.is_(None))
        ).one_or_none()
        if found is None:
            return None
        row, account = found
        if not same_hash(row.token_hash, wanted) or now >= row.expires_at or now - row.last_seen_at >= IDLE:
            return None
        actors = select(AccountActorRow.store_id, AccountActorRow.actor_key).filter_by(account_id=account.id)
        pairs = tuple((store_id, key) for store_id, key in session.execute(actors))
        role = Role(account.role)
        return LiveSession(account.id, account.email, role, pairs, json.loads(row.data), row.last_seen_at)


def keep_session(
    private: PrivateDatabase, token: str, *, seen: datetime | None, data: dict[str, Any] | None
) -> None:
    """Note that the session was used (once a minute at most), and its data (None = as before)."""
    now = private.now()
    values: dict[str, Any] = {}
    if seen is None or now - seen >= TOUCH_EVERY:
        values["last_seen_at"] = now
    if data is not None:
        values["data"] = json.dumps(data)
    if values:
        with private.writing() as session:
            session.execute(update(SessionRow).filter_by(token_hash=hash_token(token)).values(**values))


def end_session(private: PrivateDatabase, token: str) -> None:
    """Sign out: the token opens nothing any more."""
    with private.writing() as session:
        session.execute(delete(SessionRow).filter_by(token_hash=hash_token(token)))


def end_other_sessions(private: PrivateDatabase, account_id: str, kept_token: str) -> int:
    """Sign this account out everywhere else; gives the number of sessions ended."""
    with private.writing() as session:
        ended = session.scalars(
            delete(SessionRow)
            .where(SessionRow.account_id == account_id, SessionRow.token_hash != hash_token(kept_token))
            .returning(SessionRow.token_hash)
        )
        return len(ended.all())


def revoke_sessions(session: Session, account_id: str) -> None:
    """End all sessions of an account, in the caller's transaction."""
    session.execute(delete(SessionRow).filter_by(account_id=account_id))


def forget_sessions(session: Session, *, now: datetime) -> None:
    """Delete the sessions that no longer hold."""
    idle = SessionRow.last_seen_at <= now - IDLE
    session.execute(delete(SessionRow).where(or_(SessionRow.expires_at <= now, idle)))
