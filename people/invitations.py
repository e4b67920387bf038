"""Invitations: an address is offered a role, and the actors it will speak for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from people import audit
from people.accounts import exists
from people.addresses import checked_address
from people.database import PrivateDatabase
from people.errors import AccountExists, UnknownInvitation
from people.links import LIFETIMES, Purpose, issue_link, revoke_links
from people.roles import ACCOUNT_ROLES, Role
from people.tables import InvitationActorRow, InvitationRow
from people.tokens import new_id


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that can still be accepted."""

    id: str
    email: str
    role: Role
    invited_by: str
    created_at: datetime
    expires_at: datetime


def invite(
    private: PrivateDatabase,
    email: str,
    role: Role,
    *,
    by: str,
    store_id: str | None = None,
    actors: Iterable[str] = (),
) -> str:
    """The token of an invitation of this address. `actors` are public keys in the graph `store_id`.

    Whether `by` may offer this role is decided by the permission function, before. Raises AccountExists,
    InvalidValue: a member without an actor could do nothing.
    """
    address, now = checked_address(email), private.now()
    keys = sorted(set(actors))
    if role not in ACCOUNT_ROLES or (keys and store_id is None):
        raise ValueError(role)
    with private.writing() as session:
        if exists(session, address):
            raise AccountExists
        row = InvitationRow(
            id=new_id("inv"),
            email=address,
            role=role.value,
            invited_by=by,
            created_at=now,
            expires_at=now + LIFETIMES[Purpose.INVITATION],
        )
        session.add(row)
        session.flush()
        session.add_all(
            InvitationActorRow(invitation_id=row.id, store_id=str(store_id), actor_key=k) for k in keys
        )
        audit.record(session, at=now, by=by, action="invited", subject=row.id, role=role.value, actors=keys)
        return issue_link(session, Purpose.INVITATION, now=now, invitation_id=row.id)


def open_invitations(private: PrivateDatabase) -> list[Invitation]:
    """Those neither accepted, withdrawn nor expired; the latest first."""
    with private.reading() as session:
        rows = session.scalars(
            select(InvitationRow)
            .filter_by(accepted_at=None, withdrawn_at=None)
            .where(InvitationRow.expires_at > private.now())
            .order_by(InvitationRow.created_at.desc(), InvitationRow.id)
        )
        return [
            Invitation(r.id, r.email, Role(r.role), r.invited_by, r.created_at, r.expires_at) for r in rows
        ]


def withdraw(private: PrivateDatabase, invitation_id: str, *, by: str) -> None:
    """Take an open invitation back: its link no longer opens. Raises UnknownInvitation."""
    now = private.now()
    with private.writing() as session:
        row = session.get(InvitationRow, invitation_id)
        if row is None or row.accepted_at is not None or row.withdrawn_at is not None:
            raise UnknownInvitation
        row.withdrawn_at = now
        revoke_links(session, now=now, invitation_id=row.id)
        audit.record(session, at=now, by=by, action="invitation_withdrawn", subject=row.id)
