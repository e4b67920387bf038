"""How each side of an introduction may be reached: shown to the other once both agreed, and only then.

What is shown is the address of the account, or another way that the person chose. It is read again each time:
who left the site, or no longer speaks for the actor, is no longer shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete
from sqlalchemy.orm import Session

from graphsvc.domain.errors import InvalidValue
from people.accounts import Account, as_account
from people.database import PrivateDatabase
from people.introduction_tables import ConsentRow
from people.tables import AccountRow

LONGEST_CONTACT = 160
SpeaksFor = Callable[[Account, "Side"], bool]


class Side(StrEnum):
    """The two sides of a request."""

    ASKER = "asker"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach one side; `account`: whose it is."""

    side: Side
    account: str
    text: str


def give_consent(
    session: Session, introduction_id: str, side: Side, account_id: str, contact: str, *, now: datetime
) -> None:
    """Remember in the caller's transaction that this person may be reached so (nothing typed: by the address
    of the account). Raises InvalidValue (too long, or a character that is not printed).
    """
    text = " ".join(contact.split())
    if len(text) > LONGEST_CONTACT or not text.isprintable():
        raise InvalidValue("introduction", "contact", "", "contact_form")
    row = session.get(ConsentRow, (introduction_id, side.value))
    if row is None:
        row = ConsentRow(introduction_id=introduction_id, side=side.value)
        session.add(row)
    row.account_id, row.contact, row.given_at = account_id, text or None, now
    session.flush()


def show_contact(
    private: PrivateDatabase, introduction_id: str, side: Side, account_id: str, contact: str
) -> None:
    """Agree later, or anew in the place of somebody who left. Raises InvalidValue."""
    now = private.now()
    with private.writing() as session:
        give_consent(session, introduction_id, side, account_id, contact, now=now)


def take_consent_back(private: PrivateDatabase, introduction_id: str, account_id: str) -> bool:
    """The person is no longer to be shown; whether they were."""
    with private.writing() as session:
        gone = delete(ConsentRow).filter_by(introduction_id=introduction_id, account_id=account_id)
        return bool(session.execute(gone).rowcount)  # type: ignore[attr-defined]  # a DELETE gives a cursor


def contacts_of(private: PrivateDatabase, introduction_id: str, speaks_for: SpeaksFor) -> dict[Side, Contact]:
    """The contact of each side that agreed, is still on the site and `speaks_for` its side today.

    Whether they may be shown is for the caller: both agreed, and the reader is one of them.
    """
    found: dict[Side, Contact] = {}
    with private.reading() as session:
        for side in Side:
            row = session.get(ConsentRow, (introduction_id, side.value))
            account = session.get(AccountRow, row.account_id) if row is not None else None
            if row is None or account is None or account.disabled_at is not None:
                continue
            if speaks_for(as_account(session, account), side):
                found[side] = Contact(side, account.id, row.contact or account.email)
    return found
