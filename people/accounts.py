"""Accounts, and how a person enters: the first link, a sign-in link, an invitation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from people import audit
from people.addresses import checked_address, folded_address
from people.database import PrivateDatabase
from people.errors import AccountDisabled, AccountExists, LinkRefused, UnknownAccount
from people.links import Purpose, find_link, issue_link, revoke_links, use_link
from people.roles import ACCOUNT_ROLES, FIRST_ROLE, Role
from people.sessions import start_session
from people.tables import AccountActorRow, AccountRow, InvitationActorRow, InvitationRow, LinkRow
from people.tokens import new_id


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in. `actors` are (store_id, public key) pairs."""

    id: str
    email: str
    role: Role
    disabled: bool = False
    actors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What a one-time link would do if it were used. `email` is None when the person must give it."""

    purpose: Purpose
    email: str | None
    role: Role
    actors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody came in: the account, and the token of the session just opened."""

    account: Account
    session_token: str


def find_account(private: PrivateDatabase, account_id: str) -> Account:
    """The account of this id. Raises UnknownAccount."""
    with private.reading() as session:
        return as_account(session, row_of(session, account_id))


def list_accounts(private: PrivateDatabase) -> list[Account]:
    """All accounts, by address."""
    with private.reading() as session:
        rows = session.scalars(select(AccountRow).order_by(AccountRow.email_folded)).all()
        return [as_account(session, row) for row in rows]


def first_coordinator_link(private: PrivateDatabase) -> str | None:
    """A token that makes the first account, None if there is an account already.

    It replaces the one printed before: only the last opens.
    """
    now = private.now()
    with private.writing() as session:
        if _count(session):
            return None
        revoke_links(session, now=now, purpose=Purpose.FIRST_COORDINATOR)
        return issue_link(session, Purpose.FIRST_COORDINATOR, now=now)


def sign_in_link(
    private: PrivateDatabase, email: str, *, create_role: Role | str | None = None, by: str = audit.OPERATOR
) -> str:
    """A token that signs in the account of this address.

    With `create_role` the account is made if there is none; an existing one keeps its role.
    Raises UnknownAccount, AccountDisabled, InvalidValue.
    """
    now = private.now()
    address = checked_address(email)
    with private.writing() as session:
        row = _by_address(session, address)
        if row is None:
            if create_role is None:
                raise UnknownAccount
            row = add_account(session, address, Role(create_role), now=now, by=by)
        if row.disabled_at is not None:
            raise AccountDisabled
        audit.record(session, at=now, by=by, action="sign_in_link", subject=row.id)
        return issue_link(session, Purpose.SIGN_IN, now=now, account_id=row.id)


def look_at(private: PrivateDatabase, token: str) -> Offer:
    """What the link would do; it stays unused. Raises LinkRefused."""
    with private.reading() as session:
        link = find_link(session, token, now=private.now())
        if link.invitation_id is not None:
            invitation = session.get_one(InvitationRow, link.invitation_id)
            actors = _invited_actors(session, invitation.id)
            return Offer(Purpose.INVITATION, invitation.email, Role(invitation.role), actors)
        if link.account_id is not None:
            account = row_of(session, link.account_id)
            return Offer(Purpose.SIGN_IN, account.email, Role(account.role))
        return Offer(Purpose(link.purpose), None, FIRST_ROLE)


def redeem(private: PrivateDatabase, token: str, *, email: str | None = None) -> Entered:
    """Use the link: make the account if it calls for one, and open a session. All or nothing.

    `email` is needed by the first coordinator's link only. Raises LinkRefused, AccountDisabled,
    AccountExists, InvalidValue; the link is used only if it worked.
    """
    now = private.now()
    with private.writing() as session:
        link = use_link(session, token, now=now)
        row = _ENTER[Purpose(link.purpose)](session, link, email, now)
        if row.disabled_at is not None:
            raise AccountDisabled
        opened = start_session(session, row.id, now=now)
        audit.record(session, at=now, by=row.id, action="sign_in", subject=row.id, purpose=link.purpose)
        return Entered(as_account(session, row), opened)


def add_account(
    session: Session,
    address: str,
    role: Role,
    *,
    now: datetime,
    by: str | None,
    actors: Iterable[tuple[str, str]] = (),
) -> AccountRow:
    """A new account in the caller's transaction; `by` None = made by the person. Raises AccountExists."""
    if role not in ACCOUNT_ROLES:
        raise ValueError(role)
    if _by_address(session, address) is not None:
        raise AccountExists
    row = AccountRow(
        id=new_id("acc"),
        email=address,
        email_folded=folded_address(address),
        role=role.value,
        created_at=now,
    )
    session.add(row)
    session.flush()
    for store_id, key in actors:
        session.add(AccountActorRow(account_id=row.id, store_id=store_id, actor_key=key, added_at=now))
    audit.record(session, at=now, by=by or row.id, action="account_created", subject=row.id, role=role.value)
    session.flush()
    return row


def row_of(session: Session, account_id: str) -> AccountRow:
    """The row of this account. Raises UnknownAccount."""
    row = session.get(AccountRow, account_id)
    if row is None:
        raise UnknownAccount
    return row


def exists(session: Session, address: str) -> bool:
    """Whether an account bears this address."""
    return _by_address(session, address) is not None


def as_account(session: Session, row: AccountRow) -> Account:
    """The account of a row, with its actors."""
    actors = select(AccountActorRow.store_id, AccountActorRow.actor_key).filter_by(account_id=row.id)
    pairs = tuple(sorted((store_id, key) for store_id, key in session.execute(actors)))
    return Account(row.id, row.email, Role(row.role), row.disabled_at is not None, pairs)


def _enter_first(session: Session, _link: LinkRow, email: str | None, now: datetime) -> AccountRow:
    if _count(session):
        raise LinkRefused("superseded")
    return add_account(session, checked_address(email or ""), FIRST_ROLE, now=now, by=None)


def _enter_again(session: Session, link: LinkRow, _email: str | None, _now: datetime) -> AccountRow:
    return row_of(session, link.account_id or "")


def _enter_invited(session: Session, link: LinkRow, _email: str | None, now: datetime) -> AccountRow:
    invitation = session.get_one(InvitationRow, link.invitation_id)
    if invitation.withdrawn_at is not None or invitation.accepted_at is not None:
        raise LinkRefused("superseded")
    invitation.accepted_at = now
    # An account that came to exist meanwhile is never entered by an invitation: its inviter knows the link.
    return add_account(
        session,
        invitation.email,
        Role(invitation.role),
        now=now,
        by=invitation.invited_by,
        actors=_invited_actors(session, invitation.id),
    )


_ENTER = {
    Purpose.FIRST_COORDINATOR: _enter_first,
    Purpose.SIGN_IN: _enter_again,
    Purpose.INVITATION: _enter_invited,
}


def _by_address(session: Session, address: str) -> AccountRow | None:
    return session.scalars(select(AccountRow).filter_by(email_folded=folded_address(address))).one_or_none()


def _invited_actors(session: Session, invitation_id: str) -> tuple[tuple[str, str], ...]:
    wanted = select(InvitationActorRow.store_id, InvitationActorRow.actor_key)
    found = session.execute(wanted.filter_by(invitation_id=invitation_id))
    return tuple(sorted((store_id, key) for store_id, key in found))


def _count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(AccountRow)) or 0
