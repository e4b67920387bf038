"""What changes an account after it was made: role, actors, disabled or not. Each change ends its sessions."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from people import audit
from people.accounts import Account, as_account, row_of
from people.database import PrivateDatabase
from people.errors import LastAdministrator
from people.links import revoke_links
from people.roles import ACCOUNT_ROLES, Role
from people.sessions import revoke_sessions
from people.tables import AccountActorRow, AccountRow


def set_role(private: PrivateDatabase, account_id: str, role: Role, *, by: str) -> Account:
    """Give another role; the sessions and links of the account end at once, so that nothing outlives it.

    Raises UnknownAccount, LastAdministrator. The same role again changes nothing.
    """
    if role not in ACCOUNT_ROLES:
        raise ValueError(role)
    now = private.now()
    with private.writing() as session:
        row = row_of(session, account_id)
        if row.role != role.value:
            if role is not Role.ADMIN:
                _keep_one_administrator(session, row)
            audit.record(
                session, at=now, by=by, action="role", subject=row.id, before=row.role, after=role.value
            )
            row.role = role.value
            _shut_out(session, row.id, now)
        return as_account(session, row)


def disable(private: PrivateDatabase, account_id: str, *, by: str) -> None:
    """Shut the account out at once: its sessions and unused links end.

    Raises UnknownAccount, LastAdministrator.
    """
    now = private.now()
    with private.writing() as session:
        row = row_of(session, account_id)
        if row.disabled_at is None:
            _keep_one_administrator(session, row)
            row.disabled_at = now
            audit.record(session, at=now, by=by, action="disabled", subject=row.id)
        _shut_out(session, row.id, now)


def enable(private: PrivateDatabase, account_id: str, *, by: str) -> None:
    """Let the account in again; a new sign-in link is needed. Raises UnknownAccount."""
    with private.writing() as session:
        row = row_of(session, account_id)
        if row.disabled_at is not None:
            row.disabled_at = None
            audit.record(session, at=private.now(), by=by, action="enabled", subject=row.id)


def set_actors(
    private: PrivateDatabase, account_id: str, store_id: str, keys: Iterable[str], *, by: str
) -> Account:
    """The actors of one graph that the account now speaks for. Raises UnknownAccount."""
    now, wanted = private.now(), sorted(set(keys))
    with private.writing() as session:
        row = row_of(session, account_id)
        session.execute(delete(AccountActorRow).filter_by(account_id=row.id, store_id=store_id))
        for key in wanted:
            session.add(AccountActorRow(account_id=row.id, store_id=store_id, actor_key=key, added_at=now))
        audit.record(session, at=now, by=by, action="actors", subject=row.id, actors=wanted)
        session.flush()
        return as_account(session, row)


def actors_spoken_for(private: PrivateDatabase, store_id: str) -> frozenset[str]:
    """The keys of the actors of a graph that somebody who may sign in speaks for."""
    wanted = select(AccountActorRow.actor_key).join(AccountRow, AccountRow.id == AccountActorRow.account_id)
    with private.reading() as session:
        rows = session.scalars(
            wanted.where(AccountActorRow.store_id == store_id, AccountRow.disabled_at.is_(None))
        )
        return frozenset(rows)


def _keep_one_administrator(session: Session, row: AccountRow) -> None:
    if row.role != Role.ADMIN:
        return
    enabled = select(AccountRow.id).filter_by(role=Role.ADMIN.value, disabled_at=None)
    if set(session.scalars(enabled)) <= {row.id}:
        raise LastAdministrator


def _shut_out(session: Session, account_id: str, now: datetime) -> None:
    revoke_sessions(session, account_id)
    revoke_links(session, now=now, account_id=account_id)
